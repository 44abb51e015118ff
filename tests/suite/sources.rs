//! The data of the suite, compiled in, since a browser has no files. A native test compares these lists
//! with what lies in the directories.

/// The vectors, by file name.
pub(crate) const VECTORS: &[(&str, &str)] = &[
    ("commands-guild.json", include_str!("../vectors/commands-guild.json")),
    ("delimiters.json", include_str!("../vectors/delimiters.json")),
    ("editions.json", include_str!("../vectors/editions.json")),
    ("errors-commands.json", include_str!("../vectors/errors-commands.json")),
    ("errors-directory.json", include_str!("../vectors/errors-directory.json")),
    ("errors-policy.json", include_str!("../vectors/errors-policy.json")),
    ("errors-reading.json", include_str!("../vectors/errors-reading.json")),
    ("lists.json", include_str!("../vectors/lists.json")),
    ("lookalike-ids.json", include_str!("../vectors/lookalike-ids.json")),
    ("magic-names.json", include_str!("../vectors/magic-names.json")),
    ("members-invite.json", include_str!("../vectors/members-invite.json")),
    ("members-pinkfish.json", include_str!("../vectors/members-pinkfish.json")),
    ("members-project.json", include_str!("../vectors/members-project.json")),
    ("members-remove.json", include_str!("../vectors/members-remove.json")),
    ("members-roles.json", include_str!("../vectors/members-roles.json")),
    ("nested.json", include_str!("../vectors/nested.json")),
    ("organizations-create-pinkfish.json", include_str!("../vectors/organizations-create-pinkfish.json")),
    ("organizations-create.json", include_str!("../vectors/organizations-create.json")),
    ("organizations.json", include_str!("../vectors/organizations.json")),
    ("pinecone-2026.json", include_str!("../vectors/pinecone-2026.json")),
    ("pinecone-literal.json", include_str!("../vectors/pinecone-literal.json")),
    ("pinecone.json", include_str!("../vectors/pinecone.json")),
    ("pinkfish-editions.json", include_str!("../vectors/pinkfish-editions.json")),
    ("pinkfish-sharing.json", include_str!("../vectors/pinkfish-sharing.json")),
    ("remedies.json", include_str!("../vectors/remedies.json")),
    ("time.json", include_str!("../vectors/time.json")),
];

/// Policies that several vectors share, by name.
pub(crate) const POLICIES: &[(&str, &str)] = &[
    ("guild", include_str!("../vectors/policies/guild.json")),
    ("studio", include_str!("../vectors/policies/studio.json")),
];

/// Which table belongs to which policy.
pub(super) const MANIFEST: &str = include_str!("../tables/tables.json");

/// The tables, by file name.
pub(crate) const TABLES: &[(&str, &str)] = &[
    ("pinecone-2026-organization.csv", include_str!("../tables/pinecone-2026-organization.csv")),
    ("pinecone-2026-project.csv", include_str!("../tables/pinecone-2026-project.csv")),
    ("pinecone-organization-two-roles.csv", include_str!("../tables/pinecone-organization-two-roles.csv")),
    ("pinecone-organization.csv", include_str!("../tables/pinecone-organization.csv")),
    ("pinecone-project.csv", include_str!("../tables/pinecone-project.csv")),
    ("pinkfish-organization.csv", include_str!("../tables/pinkfish-organization.csv")),
    ("pinkfish-sharing.csv", include_str!("../tables/pinkfish-sharing.csv")),
];

/// A table's text.
pub(super) fn table(name: &str) -> &'static str {
    let found = TABLES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    found.unwrap_or_else(|| panic!("no table `{name}`"))
}
