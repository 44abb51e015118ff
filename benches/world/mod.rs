//! The worlds that the benchmarks measure: one organization, one person with many shares, made the same each time.

#[allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::arithmetic_side_effects)]
pub(crate) mod studio;

use std::fmt::Write;

/// The moment of all questions.
pub(crate) const NOW: u64 = 1_793_491_200_000;
/// Whose access is measured.
pub(crate) const PRINCIPAL: &str = "user/ana@acme.example";
/// The policy of all worlds.
pub(crate) const POLICY: &str = include_str!("../../policies/pinkfish.json");

/// The id of resource `index`, 20 characters.
pub(crate) fn id(index: usize) -> String {
    format!("aut_{:016x}", (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A directory document with `shares` automations, each shared with the principal: a third to edit.
pub(crate) fn directory(shares: usize) -> String {
    let mut text = String::from(
        r#"{"format":1,"people":[{"id":"ana@acme.example"},{"id":"max@acme.example"}],"organizations":[{"id":"acme","edition":"enterprise","members":[{"member":"user/max@acme.example","roles":["organization_admin"]},{"member":"user/ana@acme.example"}]}],"resources":["#,
    );
    for index in 0..shares {
        let comma = if index == 0 { "" } else { "," };
        let role = if index % 3 == 0 { "edit" } else { "view" };
        let _ = write!(
            text,
            r#"{comma}{{"kind":"automation","id":"{}","parent":"organization/acme","shares":[{{"with":"user/max@acme.example","role":"edit"}},{{"with":"{PRINCIPAL}","role":"{role}"}}]}}"#,
            id(index)
        );
    }
    text.push_str("]}");
    text
}

/// A directory document with `bindings` bindings, as [`directory`] but one binding a resource.
pub(crate) fn bindings(bindings: usize) -> String {
    let mut text = directory(0).trim_end_matches("]}").to_owned();
    for index in 0..bindings {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"kind":"automation","id":"{}","parent":"organization/acme","shares":[{{"with":"{PRINCIPAL}","role":"edit"}}]}}"#,
            id(index)
        );
    }
    text.push_str("]}");
    text
}
