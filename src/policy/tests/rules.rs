//! The rules that a policy must keep, broken one at a time.

use super::{BASE, Policy, all_refused, base, changed};
use crate::error::Error;
use serde_json::{Value, json};

#[test]
fn kinds_are_one_tree_without_circles() {
    all_refused(
        r#"
        kinds.index.parent = "index" => ERR_CYCLE
        kinds.project.parent = "index" => ERR_CYCLE at kinds.index.parent
        kinds.platform.parent = "index" => ERR_CYCLE at kinds.index.parent
        kinds.index.parent = null => ERR_KIND_TREE
        kinds.index.parent = "platform" => ERR_KIND_TREE
        kinds.project.parent = "automation" => ERR_KIND_TREE
        kinds.organization.parent = null => ERR_KIND_TREE
        kinds = {} => ERR_KIND_TREE
        kinds = { "platform": {} } => ERR_KIND_TREE
        "#,
    );
}

#[test]
fn implied_roles_run_down_and_never_in_a_circle() {
    all_refused(
        r#"
        kinds.project.roles.guest.implies = { "project": ["guest"] } => ERR_CYCLE at kinds.project.roles.guest.implies.project[0]
        kinds.project.roles.guest.implies = { "index": ["reader"], "project": ["owner"] } => ERR_CYCLE at kinds.project.roles.guest.implies.project[0]
        kinds.project.roles.guest.implies = { "organization": ["user"] } => ERR_UNRELATED_KIND at kinds.project.roles.guest.implies.organization
        kinds.project.roles.guest.implies = { "automation": ["view"] } => ERR_UNRELATED_KIND at kinds.project.roles.guest.implies.automation
        kinds.organization.roles.user.default = { "organization": [] } => ERR_UNRELATED_KIND at kinds.organization.roles.user.default.organization
        kinds.project.roles.user.default = { "automation": [] } => ERR_UNRELATED_KIND at kinds.project.roles.user.default.automation
        "#,
    );
}

#[test]
fn a_circle_is_named_where_it_closes_and_not_above_it() {
    let error = changed(
        r#"
        kinds.index.roles.a = { "implies": { "index": ["reader", "b"] } }
        kinds.index.roles.b = { "implies": { "index": ["reader", "a"] } }
        kinds.organization.roles.user.implies = { "index": ["b"] }
        "#,
    );
    let error = error.unwrap_err();
    assert_eq!((error.code(), error.path()), ("ERR_CYCLE", "kinds.index.roles.b.implies.index[1]"));
}

#[test]
fn sharing_roles_are_a_chain_and_who_shares_gives_what_is_below() {
    all_refused(
        r#"
        kinds.automation.sharing = ["view", "edit"] => ERR_SHARING_CHAIN at kinds.automation.creator
        kinds.automation.creator = "view" => ERR_SHARING_CHAIN
        kinds.automation.roles.edit.implies = {} => ERR_SHARING_CHAIN at kinds.automation.sharing[1]
        kinds.automation.roles.edit.grant = ["edit"] => ERR_SHARING_CHAIN
        kinds.automation.roles.edit.grant = ["view"] => ERR_SHARING_CHAIN
        kinds.automation.roles.edit.grant = [] => ERR_SHARING_CHAIN
        kinds.automation.roles.view.allow[1] = "share" => ERR_SHARING_CHAIN at kinds.automation.roles.view.grant
        "#,
    );
    assert!(changed(r#"kinds.automation.sharing = ["edit"]"#).is_ok());
    let nobody_shares = changed(
        r#"
        commands.share = null
        nobody[0] = "share"
        kinds.automation.roles.edit.grant = []
        "#,
    );
    assert!(nobody_shares.is_ok());
}

#[test]
fn groups_hold_no_organization_roles_and_keys_govern_nothing() {
    all_refused(
        r#"
        holders.group.roles.organization = ["user"] => ERR_HOLDER_ROLE at holders.group.roles.organization[0]
        holders.members.roles.platform = ["person"] => ERR_HOLDER_ROLE at holders.members.roles.platform[0]
        holders.api_key.roles.organization = ["user"] => ERR_HOLDER_ROLE at holders.api_key.roles.organization[0]
        holders.api_key.roles.automation = ["view"] => ERR_HOLDER_ROLE at holders.api_key.roles.automation[0]
        holders.api_key.roles.project[2] = "owner" => ERR_HOLDER_ROLE
        holders.api_key.baseline = { "project": ["owner"] } => ERR_HOLDER_ROLE at holders.api_key.baseline.project[0]
        kinds.project.roles.guest.feature = "sso" => ERR_HOLDER_ROLE at holders.user.baseline.project[0]
        kinds.project.roles.guest.grant = ["guest"] => ERR_HOLDER_ROLE at holders.api_key.roles.project[0]
        holders.user.baseline = { "project": ["owner"] } => ERR_HOLDER_ROLE at holders.user.baseline.project[0]
        holders.user.baseline = { "platform": ["operator"] } => ERR_HOLDER_ROLE at holders.user.baseline.platform[0]
        holders.user.roles.platform = ["operator"] => ERR_HOLDER_ROLE at holders.user.roles.platform[0]
        kinds.platform.roles.person.implies = { "platform": ["operator"] } => ERR_UNRELATED_KIND at kinds.platform.roles.person.implies.platform
        kinds.platform.roles.person.implies = { "organization": ["owner"] } => ERR_UNRELATED_KIND at kinds.platform.roles.person.implies.organization
        holders.api_key.default = ["owner"] => ERR_HOLDER_ROLE at holders.api_key.default[0]
        kinds.project.roles.guest.allow[0] = "manage_keys" => ERR_HOLDER_ROLE at holders.api_key.roles.project[0]
        kinds.project.roles.guest.allow[0] = "manage_members" => ERR_HOLDER_ROLE at holders.api_key.roles.project[0]
        kinds.index.roles.reader.grant = ["reader"] => ERR_HOLDER_ROLE at holders.api_key.roles.index[0]
        "#,
    );
    for command in [
        "add_project_member",
        "change_project_member",
        "remove_project_member",
        "create_api_key",
        "change_api_key",
        "rotate_api_key",
        "delete_api_key",
    ] {
        let edit = ["commands.", command, r#" = { "project": "look" }"#].concat();
        all_refused(&[&edit, " => ERR_HOLDER_ROLE at holders.api_key.roles.project[0]"].concat());
    }
}

#[test]
fn what_people_are_given_people_may_hold() {
    all_refused(
        r#"
        holders.user.roles.organization = ["user"] => ERR_HOLDER_ROLE at kinds.organization.top
        holders.user.roles.organization = ["owner"] => ERR_HOLDER_ROLE at kinds.organization.default
        holders.user.roles.project = ["user"] => ERR_HOLDER_ROLE at kinds.project.top
        holders.user.roles.automation = ["view"] => ERR_HOLDER_ROLE at kinds.automation.creator
        holders.user.roles.project = ["owner"] => ERR_HOLDER_ROLE at kinds.organization.roles.user.default.project[0]
        kinds.organization.roles.user.default.project[0] = "guest" => ERR_HOLDER_ROLE
        "#,
    );
}

#[test]
fn governing_needs_no_feature_and_reaches_every_role() {
    all_refused(
        r#"
        kinds.platform.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.organization.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.project.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.organization.roles.owner.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.project.roles.owner.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.organization.actions.govern.feature = "sso" => ERR_GOVERNING_FEATURE
        holders.user.feature = "sso" => ERR_GOVERNING_FEATURE
        kinds.organization.roles.owner.grant = ["owner"] => ERR_UNMAPPED
        kinds.organization.roles.guest = {} => ERR_UNMAPPED at kinds.organization.roles.owner.grant
        "#,
    );
    for command in ["change_member_roles", "remove_member", "suspend_member", "restore_member"] {
        let edit = ["commands.", command, r#" = { "organization": "configure_sso" }"#].concat();
        let refused = "ERR_GOVERNING_FEATURE at kinds.organization.actions.configure_sso.feature";
        all_refused(&[&edit, " => ", refused].concat());
    }
    let elsewhere = changed("kinds.index.feature = \"sso\"\n kinds.project.roles.user.feature = \"sso\"");
    assert!(elsewhere.is_ok());
}

/// The base policy with one assertion.
fn asserted(only: &[&str], may: &str, on: &str) -> Result<Policy, Error> {
    let one = json!([{ "only": only, "may": may, "on": on, "source": "made for this test" }]);
    changed(&["assertions = ", &one.to_string()].concat())
}

#[test]
fn an_assertion_holds_for_every_role_of_every_kind() {
    let broken = |only: &[&str], may, on, by: &str| {
        let error = asserted(only, may, on).unwrap_err();
        assert_eq!((error.code(), error.path()), ("ERR_ASSERTION", "assertions[0].only"), "{may} {only:?}");
        assert!(error.message().starts_with(by), "{}", error.message());
    };
    assert!(asserted(&["owner"], "govern", "organization").is_ok());
    broken(&["user"], "govern", "organization", "`organization/owner` may `govern` too");
    broken(&[], "govern", "organization", "`organization/owner`");
    assert!(asserted(&[], "delete", "index").is_ok(), "an action that no role contains");
    assert!(asserted(&["reader"], "delete", "index").is_ok(), "the roles named need not contain it");

    // What a role implies it contains, on its own kind and on those below.
    broken(&["owner"], "create_projects", "organization", "`organization/user`");
    broken(&["user"], "create_projects", "organization", "`organization/owner`");
    assert!(asserted(&["owner", "user"], "create_projects", "organization").is_ok());
    let above = ["owner", "user", "organization/owner", "guest"];
    assert!(asserted(&above, "look", "project").is_ok());
    broken(&["owner", "user", "guest"], "look", "project", "`organization/owner` may `look` too");
    broken(&["reader", "project/user", "project/owner"], "read", "index", "`organization/owner`");

    // Handing out a role is an action like any other.
    assert!(asserted(&["owner", "organization/owner"], "grant owner", "project").is_ok());
    broken(&["owner"], "grant owner", "project", "`organization/owner` may `grant owner` too");
}

#[test]
fn what_a_policy_says_about_itself_changes_no_answer() {
    let digest = changed("").unwrap().digest();
    assert_eq!(asserted(&["owner"], "govern", "organization").unwrap().digest(), digest);
    let explained = changed(r#"explained = { "a": "on purpose", "b": "too" }"#).unwrap();
    assert_eq!(explained.digest(), digest);
    let kept: Vec<_> = explained.model().explained.iter().map(|(key, why)| [key.as_str(), why]).collect();
    assert_eq!(kept, [["a", "on purpose"], ["b", "too"]]);
}

/// The base document in which nothing guards `name` and `nobody` does not list it.
fn unguarded(name: &str) -> Value {
    let mut document: Value = serde_json::from_str(BASE).unwrap();
    document["nobody"].as_array_mut().unwrap().retain(|listed| listed != name);
    for field in ["commands", "questions"] {
        document[field].as_object_mut().unwrap().remove(name);
    }
    let kinds: &[&str] = match name {
        "create_organization" => &["organization"],
        "create_project" => &["project"],
        "create_resource" => &["index", "automation"],
        _ => &[],
    };
    for kind in kinds {
        document["kinds"][kind].as_object_mut().unwrap().remove("create");
    }
    document
}

#[test]
fn every_command_and_question_is_mapped_or_nobodys() {
    let base = base();
    let commands = base.model().commands.iter().map(|command| ("commands", command.name));
    let questions = base.model().questions.iter().map(|question| ("questions", question.name));
    let names: Vec<_> = commands.chain(questions).collect();
    assert_eq!(names.len(), 38);
    for (field, name) in names {
        let mut document = unguarded(name);
        let error = Policy::compile(&document.to_string()).unwrap_err();
        assert_eq!((error.code(), error.path()), ("ERR_UNMAPPED", [field, ".", name].concat().as_str()));
        document["nobody"].as_array_mut().unwrap().push(json!(name));
        assert!(Policy::compile(&document.to_string()).is_ok(), "{name} may be nobody's");
    }
    all_refused("commands.share = {} => ERR_UNMAPPED");
}
