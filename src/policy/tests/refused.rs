//! What the reader and the look-up of names refuse.

use super::{BASE, Policy, all_refused, changed, many};
use serde_json::{Value, json};

#[test]
fn text_that_is_no_policy_document() {
    let code = |text: &str| Policy::compile(text).unwrap_err().code();
    assert_eq!(code(""), "ERR_JSON");
    assert_eq!(code("[]"), "ERR_TYPE");
    assert_eq!(code("{}"), "ERR_MISSING_FIELD");
    assert_eq!(code(&BASE.replacen("\"view\": {", "\"edit\": {", 1)), "ERR_DUPLICATE_KEY");
    assert_eq!(Policy::compile_bytes(b"\"\xC0\"").unwrap_err().code(), "ERR_ILL_FORMED");
}

#[test]
fn format_and_names() {
    all_refused(
        r#"
        format = 2 => ERR_FORMAT_VERSION
        format = "1" => ERR_TYPE
        format = null => ERR_MISSING_FIELD
        name = "Base" => ERR_NAME
        name = "" => ERR_NAME
        label = "" => ERR_VALUE
        features.Sso = {} => ERR_NAME
        limits.2nd = { "counts": "user" } => ERR_NAME
        editions. = {} => ERR_NAME at editions
        kinds.my-kind = {} => ERR_NAME
        kinds.api_key = { "parent": "project" } => ERR_NAME
        kinds.index.actions.é = {} => ERR_NAME
        "#,
    );
    let newer = changed("format = 2\n licences = {}").unwrap_err();
    assert_eq!(newer.code(), "ERR_FORMAT_VERSION", "a newer format has fields that nobody here can know");
    let role = |length| ["kinds.index.roles.", &"a".repeat(length), " = {}"].concat();
    all_refused(&[role(65), " => ERR_NAME".to_owned()].concat());
    assert!(changed(&role(64)).is_ok());
    assert!(changed(r#"name = "base-2026""#).is_ok());
}

#[test]
fn fields_that_are_unknown_missing_or_of_another_type() {
    all_refused(
        r#"
        kind = {} => ERR_UNKNOWN_FIELD
        features.sso.lable = "" => ERR_UNKNOWN_FIELD
        limits.people.max = 1 => ERR_UNKNOWN_FIELD
        editions.small.price = 1 => ERR_UNKNOWN_FIELD
        invites.source = "" => ERR_UNKNOWN_FIELD
        organizations.first = "govern" => ERR_UNKNOWN_FIELD
        holders.user.default = [] => ERR_UNKNOWN_FIELD
        holders.group.baseline = {} => ERR_UNKNOWN_FIELD
        kinds.index.listed = true => ERR_UNKNOWN_FIELD
        kinds.index.actions.read.allow = [] => ERR_UNKNOWN_FIELD
        kinds.index.roles.reader.deny = [] => ERR_UNKNOWN_FIELD
        name = null => ERR_MISSING_FIELD
        kinds = null => ERR_MISSING_FIELD
        holders = null => ERR_MISSING_FIELD
        holders.user = null => ERR_MISSING_FIELD
        editions = null => ERR_MISSING_FIELD
        editions = {} => ERR_MISSING_FIELD
        limits.people.counts = null => ERR_MISSING_FIELD
        kinds.organization.top = null => ERR_MISSING_FIELD
        kinds.project.top = null => ERR_MISSING_FIELD
        kinds.automation.creator = null => ERR_MISSING_FIELD
        kinds.platform.roles.person = null => ERR_MISSING_FIELD
        kinds.index = "project" => ERR_TYPE
        kinds.index.private = "yes" => ERR_TYPE
        kinds.index.use = true => ERR_TYPE
        organizations = "govern" => ERR_TYPE
        organizations.further = ["govern"] => ERR_TYPE
        kinds.index.roles.reader.allow = "read" => ERR_TYPE
        kinds.index.roles.reader.allow[1] = 7 => ERR_TYPE
        kinds.index.roles.reader.implies = [] => ERR_TYPE
        editions.small.limits.projects = "1" => ERR_TYPE
        editions.small.limits.projects = -1 => ERR_NUMBER
        commands.share = "share" => ERR_TYPE
        commands.share.automation = 7 => ERR_TYPE
        questions.who.project = [] => ERR_TYPE
        invites.to = "everyone" => ERR_VALUE
        invites.days = 0 => ERR_NUMBER
        source = 1 => ERR_TYPE
        assertions = {} => ERR_TYPE
        assertions = ["owner"] => ERR_TYPE at assertions[0]
        assertions = [{ "only": "owner", "may": "govern", "on": "organization" }] => ERR_TYPE at assertions[0].only
        assertions = [{ "may": "govern", "on": "organization" }] => ERR_MISSING_FIELD at assertions[0].only
        assertions = [{ "only": [], "on": "organization" }] => ERR_MISSING_FIELD at assertions[0].may
        assertions = [{ "only": [], "may": "govern" }] => ERR_MISSING_FIELD at assertions[0].on
        assertions = [{ "only": [], "may": "govern", "on": "organization", "not": 1 }] => ERR_UNKNOWN_FIELD at assertions[0].not
        explained = [] => ERR_TYPE
        explained = { "same/project/a+b": 1 } => ERR_TYPE at explained.same/project/a+b
        explained = { "same/project/a+b": "" } => ERR_VALUE at explained.same/project/a+b
        "#,
    );
}

#[test]
fn names_that_nothing_declares() {
    all_refused(
        r#"
        kinds.index.parent = "projects" => ERR_UNKNOWN_KIND
        limits.people.counts = "group" => ERR_UNKNOWN_KIND
        limits.people.counts = "organization" => ERR_VALUE
        holders.robot = {} => ERR_UNKNOWN_HOLDER
        holders.user.roles.team = [] => ERR_UNKNOWN_KIND
        holders.user.roles.index = ["writer"] => ERR_UNKNOWN_ROLE at holders.user.roles.index[0]
        holders.user.baseline.project[0] = "reader" => ERR_UNKNOWN_ROLE
        holders.api_key.default[1] = "reader" => ERR_UNKNOWN_ROLE
        holders.group.feature = "saml" => ERR_UNKNOWN_FEATURE
        editions.small.features[0] = "saml" => ERR_UNKNOWN_FEATURE
        editions.small.limits.seats = 1 => ERR_UNKNOWN_LIMIT
        kinds.index.feature = "saml" => ERR_UNKNOWN_FEATURE
        kinds.index.create = "read" => ERR_UNKNOWN_ACTION
        kinds.index.create = "grant owner" => ERR_UNKNOWN_ACTION
        kinds.platform.create = "create_organization" => ERR_UNKNOWN_ACTION
        kinds.index.use = "run" => ERR_UNKNOWN_ACTION
        kinds.index.use = "grant reader" => ERR_UNKNOWN_ACTION
        kinds.automation.run = "read" => ERR_UNKNOWN_ACTION
        kinds.automation.run = "grant edit" => ERR_UNKNOWN_ACTION
        organizations.further = "create_organization" => ERR_UNKNOWN_ACTION
        organizations.further = "grant owner" => ERR_UNKNOWN_ACTION
        kinds.index.top = "owner" => ERR_UNKNOWN_ROLE
        kinds.index.default = "owner" => ERR_UNKNOWN_ROLE
        kinds.automation.creator = "owner" => ERR_UNKNOWN_ROLE
        kinds.automation.sharing[1] = "owner" => ERR_UNKNOWN_ROLE
        kinds.index.actions.read.feature = "saml" => ERR_UNKNOWN_FEATURE
        kinds.index.actions.read.limit = "seats" => ERR_UNKNOWN_LIMIT
        kinds.index.roles.reader.feature = "saml" => ERR_UNKNOWN_FEATURE
        kinds.index.roles.reader.allow[0] = "write" => ERR_UNKNOWN_ACTION
        kinds.project.roles.owner.allow[3] = "share" => ERR_UNKNOWN_ACTION
        kinds.project.roles.owner.allow[3] = "grant user" => ERR_UNKNOWN_ACTION
        kinds.project.roles.owner.grant[0] = "reader" => ERR_UNKNOWN_ROLE
        kinds.project.roles.user.implies.index[1] = "user" => ERR_UNKNOWN_ROLE
        kinds.project.roles.user.implies.table = [] => ERR_UNKNOWN_KIND
        kinds.organization.roles.user.default.project[0] = "boss" => ERR_UNKNOWN_ROLE
        commands.fly = {} => ERR_UNKNOWN_COMMAND
        commands.sign_in = {} => ERR_UNKNOWN_COMMAND
        commands.create_project = {} => ERR_UNKNOWN_COMMAND
        commands.share.table = "share" => ERR_UNKNOWN_KIND
        commands.share.index = "share" => ERR_UNKNOWN_ACTION
        questions.when = {} => ERR_UNKNOWN_COMMAND
        questions.who.project = "govern" => ERR_UNKNOWN_ACTION
        nobody[9] = "fly" => ERR_UNKNOWN_COMMAND
        assertions = [{ "only": [], "may": "read", "on": "table" }] => ERR_UNKNOWN_KIND at assertions[0].on
        assertions = [{ "only": [], "may": "write", "on": "index" }] => ERR_UNKNOWN_ACTION at assertions[0].may
        assertions = [{ "only": [], "may": "grant owner", "on": "index" }] => ERR_UNKNOWN_ACTION at assertions[0].may
        assertions = [{ "only": ["owner"], "may": "read", "on": "index" }] => ERR_UNKNOWN_ROLE at assertions[0].only[0]
        assertions = [{ "only": ["reader", "table/owner"], "may": "read", "on": "index" }] => ERR_UNKNOWN_ROLE at assertions[0].only[1]
        assertions = [{ "only": ["project/reader"], "may": "read", "on": "index" }] => ERR_UNKNOWN_ROLE at assertions[0].only[0]
        "#,
    );
}

#[test]
fn what_stands_twice() {
    all_refused(
        r#"
        editions.large.features[2] = "sso" => ERR_DUPLICATE
        kinds.automation.sharing[2] = "edit" => ERR_DUPLICATE
        kinds.project.roles.owner.allow[3] = "rename" => ERR_DUPLICATE
        kinds.project.roles.owner.grant[2] = "user" => ERR_DUPLICATE
        kinds.project.roles.owner.implies.project[1] = "user" => ERR_DUPLICATE
        kinds.organization.roles.user.default.project[1] = "user" => ERR_DUPLICATE
        holders.user.roles.project[2] = "owner" => ERR_DUPLICATE
        holders.api_key.default[1] = "user" => ERR_DUPLICATE
        nobody[9] = "delete_group" => ERR_DUPLICATE
        assertions = [{ "only": ["reader", "index/reader"], "may": "delete", "on": "index" }] => ERR_DUPLICATE at assertions[0].only[1]
        nobody[9] = "share" => ERR_DUPLICATE
        nobody[0] = "create_project" => ERR_DUPLICATE
        nobody[0] = "who" => ERR_DUPLICATE
        "#,
    );
}

#[test]
fn more_than_the_published_maximum() {
    let row = |place: &str, count, one: &Value| {
        all_refused(&[place, " = ", &many(count, one).to_string(), " => ERR_TOO_MANY"].concat());
    };
    row("kinds", 65, &json!({ "parent": "organization" }));
    row("features", 65, &json!({}));
    row("limits", 65, &json!({ "counts": "user" }));
    row("editions", 65, &json!({}));
    row("kinds.index.actions", 129, &json!({}));
    row("kinds.index.roles", 129, &json!({}));
    row("explained", 1025, &json!("on purpose"));
    let one = json!({ "only": ["owner"], "may": "govern", "on": "organization" });
    let assertions = |count| ["assertions = ", &Value::Array(vec![one.clone(); count]).to_string()].concat();
    all_refused(&[&assertions(1025), " => ERR_TOO_MANY"].concat());
    assert!(changed(&assertions(1024)).is_ok());
}
