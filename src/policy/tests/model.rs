//! What the compiler makes of a policy in which nothing is wrong.

use super::{BASE, Policy, base, changed, many};
use crate::policy::{Cell, Counts, Holder, KindId, Mask, Model, RoleId};
use serde_json::{Value, json};

const PRESETS: [(&str, &str); 5] = [
    ("pinecone", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"))),
    (
        "pinecone-literal",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone-literal.json")),
    ),
    (
        "pinecone-two-roles",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone-two-roles.json")),
    ),
    ("pinecone-2026", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone-2026.json"))),
    ("pinkfish", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinkfish.json"))),
];

fn kind(model: &Model, name: &str) -> KindId {
    model.kind_named(name).unwrap()
}

fn role(model: &Model, kind_name: &str, name: &str) -> RoleId {
    model.role_named(kind(model, kind_name), name).unwrap()
}

/// The names of the actions in a set.
fn names(model: &Model, kind: KindId, mask: Mask) -> Vec<&str> {
    let actions = model.kind(kind).actions.iter().enumerate();
    actions.filter(|(bit, _)| mask.has(*bit)).map(|(_, action)| action.name.as_str()).collect()
}

fn given(model: &Model, (on, name): (&str, &str), kind_name: &str) -> Vec<String> {
    let id = kind(model, kind_name);
    names(model, id, model.role(role(model, on, name)).on(id)).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_preset_compiles_under_its_name() {
    let mut digests = Vec::new();
    for (name, text) in PRESETS {
        let policy = Policy::compile(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(policy.name(), name);
        digests.push(policy.digest());
    }
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), PRESETS.len());
}

#[test]
fn a_role_gives_what_it_allows_grants_and_implies_all_the_way_down() {
    let policy = base();
    let model = policy.model();
    assert_eq!(given(model, ("project", "user"), "project"), ["create_indexes", "look"]);
    assert_eq!(given(model, ("project", "user"), "index"), ["read"]);
    assert_eq!(given(model, ("organization", "owner"), "index"), ["read"]);
    assert_eq!(
        given(model, ("organization", "owner"), "project"),
        ["rename", "manage_members", "manage_keys", "create_indexes", "look", "grant owner", "grant user"],
    );
    assert_eq!(
        given(model, ("organization", "user"), "organization"),
        ["create_projects", "create_automations"]
    );
    assert!(given(model, ("organization", "user"), "project").is_empty());
    assert!(given(model, ("organization", "owner"), "automation").is_empty());
    assert!(given(model, ("project", "owner"), "organization").is_empty());
    let closures = model.roles.iter().map(|role| &role.closure);
    assert!(closures.clone().all(|closure| closure.is_sorted_by_key(|(kind, _)| *kind)));
    assert!(closures.flatten().all(|(_, mask)| !mask.is_empty()));
}

#[test]
fn weight_counts_actions_and_grants_over_all_kinds() {
    let policy = base();
    let weight = |on, name| policy.model().role(role(policy.model(), on, name)).weight;
    assert_eq!(weight("index", "reader"), 1);
    assert_eq!(weight("project", "user"), 3);
    assert_eq!(weight("project", "owner"), 8);
    assert_eq!(weight("organization", "owner"), 3 + 2 + 2 + 8);
}

#[test]
fn grants_follow_the_declared_actions_one_for_each_role() {
    let policy = base();
    let model = policy.model();
    let project = model.kind(kind(model, "project"));
    assert_eq!((project.declared, project.actions.len()), (5, 8));
    let guest = role(model, "project", "guest");
    let grant = &project.actions[project.grant_bit(guest).unwrap()];
    assert_eq!((grant.name.as_str(), grant.label.as_str()), ("grant guest", "Give the role Guest"));
    assert_eq!((grant.grants, grant.feature, grant.available), (Some(guest), None, true));
    assert_eq!(project.bit("grant guest"), project.grant_bit(guest));
    assert_eq!(project.declared_bit("grant guest"), None);
}

#[test]
fn places_are_those_of_the_document() {
    let policy = base();
    let infos: Vec<_> = policy.kinds().collect();
    let kinds: Vec<_> = infos.iter().map(|info| info.kind.as_str()).collect();
    assert_eq!(kinds, ["platform", "organization", "project", "index", "automation"]);
    let automation = &infos[4];
    assert_eq!((automation.label.as_str(), automation.plural.as_str()), ("Automation", "Automations"));
    assert_eq!((automation.parent.as_deref(), automation.private), (Some("organization"), true));
    assert_eq!(automation.actions, ["run", "share", "delete"]);
    assert_eq!(automation.roles, ["edit", "view"]);
    assert_eq!((infos[0].parent.as_deref(), infos[3].plural.as_str()), (None, "Indexes"));
    let ids: Vec<_> = policy.model().kinds.iter().flat_map(|kind| &kind.roles).map(|role| role.0).collect();
    assert_eq!(ids, (0..10).collect::<Vec<u16>>());
    assert_eq!(policy.model().person, RoleId(0));
}

#[test]
fn labels_come_from_names_where_there_are_none() {
    let policy = base();
    let model = policy.model();
    assert_eq!((policy.name(), policy.label()), ("base", "Base"));
    assert_eq!(model.features[1].label, "Robots");
    assert_eq!((model.editions[0].label.as_str(), model.editions[1].label.as_str()), ("Small", "Large"));
    assert_eq!(model.holder(Holder::ServiceAccount).unwrap().label, "Service account");
    assert_eq!(model.kind(model.organization).actions[1].label, "Create projects");
}

#[test]
fn editions_limits_holders_and_invites_become_numbers() {
    let policy = base();
    let model = policy.model();
    assert_eq!(model.editions.iter().map(|edition| edition.features).collect::<Vec<_>>(), [0, 0b11]);
    assert_eq!(model.editions[0].limits, [Some(1), None]);
    assert_eq!(model.limits[0].counts, Counts::Kind(kind(model, "project")));
    assert_eq!(model.limits[1].counts, Counts::Holder(Holder::User));
    assert_eq!((model.invites.only_people, model.invites.days), (true, 3));
    let keys = model.holder(Holder::ApiKey).unwrap();
    assert_eq!(keys.default, [role(model, "project", "user")]);
    assert!(keys.roles.is_sorted());
    assert!(model.may_hold(Holder::ApiKey, role(model, "index", "reader")));
    assert!(!model.may_hold(Holder::ServiceAccount, role(model, "organization", "owner")));
    let project = kind(model, "project");
    let baseline = model.gives(Holder::User, role(model, "project", "user"), project);
    assert!(names(model, project, baseline).contains(&"look"));
    let absent = changed("holders.members = null\n invites = null").unwrap();
    assert!(absent.model().holder(Holder::Members).is_none());
    assert_eq!((absent.model().invites.only_people, absent.model().invites.days), (false, 7));
}

#[test]
fn commands_know_their_actions_by_kind() {
    let policy = base();
    let model = policy.model();
    let actions = |name: &str| {
        let command = model.commands.iter().find(|command| command.name == name).unwrap();
        let named = |(id, bit): &(KindId, usize)| {
            let kind = model.kind(*id);
            [&kind.name, ".", &kind.actions[*bit].name].concat()
        };
        command.actions.iter().map(named).collect::<Vec<_>>()
    };
    assert_eq!(actions("create_organization"), ["platform.create_organization"]);
    assert_eq!(actions("create_project"), ["organization.create_projects"]);
    assert_eq!(actions("create_resource"), ["project.create_indexes", "organization.create_automations"]);
    assert_eq!(actions("change_resource"), ["automation.share"]);
    assert_eq!(actions("delete_resource"), ["index.delete", "automation.delete"]);
    assert!(actions("create_group").is_empty());
    let twins = changed(r#"kinds.twin = { "parent": "project", "create": "create_indexes" }"#).unwrap();
    let creates = twins.model().commands.iter().find(|command| command.name == "create_resource");
    assert_eq!(creates.unwrap().actions.len(), 2, "one action that creates two kinds stands once");
    assert_eq!(model.questions[0].actions.len(), 2);
}

#[test]
fn what_guards_a_further_organization_and_the_use_of_a_resource_become_bits() {
    let policy = base();
    let model = policy.model();
    let bits = |name: &str| {
        let kind = model.kind(kind(model, name));
        let named = |bit: Option<usize>| bit.map(|bit| kind.actions[bit].name.clone());
        [named(kind.use_bit), named(kind.run_bit)]
    };
    assert_eq!(bits("index"), [Some("read".to_owned()), None]);
    assert_eq!(bits("automation"), [None, Some("run".to_owned())]);
    assert_eq!(bits("project"), [None, None]);
    assert_eq!(model.further, Some(1));
    assert_eq!(changed("organizations = null").unwrap().model().further, None);
    assert_eq!(changed("organizations = {}").unwrap().model().further, None);
}

#[test]
fn the_digest_changes_with_what_can_change_an_answer_and_not_with_labels() {
    let digest = base().digest();
    let with = |edit| changed(edit).unwrap().digest();
    let sorted = with("");
    assert_ne!(sorted, digest, "the order of kinds is their place");
    for same in [
        r#"label = "Another""#,
        r#"kinds.index.roles.reader.source = "here""#,
        r#"kinds.organization.roles.owner.grant = ["owner", "user"]"#,
    ] {
        assert_eq!(with(same), sorted, "{same}");
    }
    for other in [
        r#"name = "other""#,
        r#"invites.days = 4"#,
        r#"editions.small.limits.projects = 2"#,
        r#"editions.small.limits.people = 0"#,
        r#"editions.small.features[0] = "sso""#,
        r#"holders.api_key.default = ["guest"]"#,
        r#"kinds.automation.sharing = ["edit"]"#,
        r#"kinds.project.top = "user""#,
        r#"kinds.project.creator = "user""#,
        r#"limits.people.counts = "api_key""#,
        r#"kinds.index.private = true"#,
        r#"kinds.index.actions.read.requestable = true"#,
        r#"kinds.index.actions.read.available = false"#,
        r#"kinds.index.roles.reader.allow[1] = "delete""#,
        r#"kinds.organization.roles.user.default = {}"#,
        r#"kinds.organization.default = null"#,
        r#"holders.group.roles.index = ["reader"]"#,
        r#"holders.user.baseline = {}"#,
        r#"holders.members = null"#,
        r#"questions.matrix.project = "look""#,
        r#"commands.unshare.automation = "delete""#,
        r#"organizations.further = "create_automations""#,
        r#"organizations = null"#,
        r#"kinds.index.use = "delete""#,
        r#"kinds.index.use = null"#,
        r#"kinds.automation.run = "share""#,
        r#"kinds.automation.run = null"#,
    ] {
        assert_ne!(with(other), sorted, "{other}");
    }
}

#[test]
fn spaces_and_escapes_do_not_change_the_digest() {
    let escaped = BASE.replace("\"run\"", "\"\\u0072un\"").replace(": ", ":\n\t");
    assert_eq!(Policy::compile(&escaped).unwrap().digest(), base().digest());
}

#[test]
fn the_matrix_shows_the_declared_actions_of_one_kind() {
    let organization = base().matrix("organization").unwrap();
    let columns: Vec<_> = organization.roles.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(columns, ["Organization owner", "User"]);
    let cells: Vec<_> =
        organization.actions.iter().map(|row| (row.action.as_str(), row.cells.as_slice())).collect();
    assert_eq!(
        cells,
        [
            ("govern", [Cell::Yes, Cell::No].as_slice()),
            ("create_projects", &[Cell::Yes, Cell::Yes]),
            ("create_automations", &[Cell::Yes, Cell::Yes]),
            ("configure_sso", &[Cell::Feature, Cell::No]),
            ("export", &[Cell::NotAvailableYet, Cell::No]),
        ],
    );
    let sharing = serde_json::to_value(base().matrix("automation").unwrap()).unwrap();
    assert_eq!(sharing["roles"][0], json!({ "role": "edit", "label": "Edit" }));
    assert_eq!(
        sharing["actions"][0],
        json!({ "action": "run", "label": "Run", "cells": ["feature", "yes"] })
    );
    let sso = serde_json::to_value(&organization.actions[3]).unwrap();
    assert_eq!((&sso["feature"], &sso["cells"]), (&json!("Single sign-on"), &json!(["feature", "no"])));
    assert_eq!(base().matrix("planet"), None);
}

#[test]
fn the_published_maximum_itself_compiles() {
    let fields = |place: &str, value: Value| [place, " = ", &value.to_string(), "\n"].concat();
    let full = [
        fields("kinds.automation.actions", many(128, &json!({}))),
        fields("kinds.automation.roles", many(128, &json!({ "allow": ["x127"], "grant": ["x0"] }))),
        fields("nobody", json!(nobody_of_the_rest())),
        r#"
        kinds.automation.sharing = ["x0"]
        kinds.automation.creator = "x0"
        kinds.automation.run = null
        holders.user.roles.automation = ["x0"]
        holders.group.roles = {}
        holders.members.roles = {}
        commands = { "share": { "automation": "x127" }, "delete_resource": { "automation": "x1" } }
        "#
        .to_owned(),
    ];
    let full = changed(&full.concat());
    let full = full.unwrap();
    let model = full.model();
    let last = model.role(role(model, "automation", "x127"));
    assert_eq!(names(model, last.kind, last.on(last.kind)), ["x127", "grant x0"]);
    assert_eq!(model.kind(last.kind).actions.len(), 256);
}

fn nobody_of_the_rest() -> Vec<&'static str> {
    let mapped = ["share", "delete_resource", "create_organization", "create_project", "create_resource"];
    let policy = base();
    policy.model().commands.iter().map(|command| command.name).filter(|name| !mapped.contains(name)).collect()
}
