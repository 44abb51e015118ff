//! Rules 6 and 7: content is its creator's, and what sharing is.

use crate::companies::{changed_preset, code, pinkfish, policy_code};
use serde_json::{Value, json};

const MEL: &str = "user/mel@x.com";
const MAX: &str = "user/max@x.com";
const ADAM: &str = "user/adam@x.com";

const ALL: [&str; 7] = ["view", "edit", "delete", "run", "share", "manage_triggers", "manage_api_keys"];

/// The automation `a1` with Mel's own share and more.
fn shared(more: &[Value]) -> crate::companies::Company {
    let mut shares = vec![json!({ "with": MEL, "role": "edit" })];
    shares.extend_from_slice(more);
    pinkfish().set("/resources/0/shares", json!(shares))
}

#[test]
fn rule_06_an_admin_is_not_a_reader() {
    let company = pinkfish();
    for action in ALL {
        assert_eq!(company.reason(ADAM, action, "automation/a1"), "unknown_resource", "{action}");
    }
    for action in ["add_users", "edit_users", "remove_users", "rename", "manage_billing"] {
        assert_eq!(company.reason(ADAM, action, "organization/reef"), "granted", "{action}");
    }
    assert_eq!(company.reason(ADAM, "access_unshared_content", "organization/reef"), "no_role");
}

#[test]
fn rule_06_an_admin_is_a_member_too() {
    let company = pinkfish();
    for action in ["access_shared_content", "create_automations", "create_connections"] {
        assert_eq!(company.reason(ADAM, action, "organization/reef"), "granted", "{action}");
        assert_eq!(company.reason(MAX, action, "organization/reef"), "granted", "{action}");
    }
}

#[test]
fn rule_06_who_creates_a_resource_gets_its_highest_sharing_role() {
    let company = pinkfish();
    for action in ALL {
        assert_eq!(company.reason(MEL, action, "automation/a1"), "granted", "{action}");
    }
    assert_eq!(company.check(MEL, "share", "automation/a1")["via"][0]["role"], "edit");
    let by_another = pinkfish().set("/resources/0/creator", json!(ADAM));
    assert_eq!(by_another.reason(MEL, "view", "automation/a1"), "unknown_resource");
    assert_eq!(by_another.reason(ADAM, "share", "automation/a1"), "granted");
}

#[test]
fn rule_07_a_share_is_a_binding_on_one_resource() {
    let company = shared(&[json!({ "with": MAX, "role": "view" })]).set(
        "/resources/-",
        json!({ "kind": "automation", "id": "a2", "parent": "organization/reef", "creator": MEL }),
    );
    assert_eq!(company.reason(MAX, "view", "automation/a1"), "granted");
    assert_eq!(company.reason(MAX, "edit", "automation/a1"), "no_role");
    assert_eq!(company.reason(MAX, "view", "automation/a2"), "unknown_resource");
}

#[test]
fn rule_07_to_a_group_or_to_members() {
    let to_group = pinkfish().set(
        "/resources/0",
        json!({ "kind": "automation", "id": "a1", "parent": "organization/reef", "shares": [
            { "with": ADAM, "role": "edit" }, { "with": "group/design", "role": "edit" }] }),
    );
    assert_eq!(to_group.reason(MEL, "edit", "automation/a1"), "granted");
    assert_eq!(to_group.check(MEL, "edit", "automation/a1")["via"][0]["group"], "design");
    assert_eq!(to_group.reason(MAX, "view", "automation/a1"), "unknown_resource");
    let to_all = shared(&[json!({ "with": "members", "role": "view" })]);
    assert_eq!(to_all.reason(MAX, "view", "automation/a1"), "granted");
    assert_eq!(to_all.reason(ADAM, "view", "automation/a1"), "granted");
    assert_eq!(to_all.reason(MAX, "edit", "automation/a1"), "no_role");
}

#[test]
fn rule_07_until_a_time() {
    let company = shared(&[
        json!({ "with": MAX, "role": "edit", "until": 1000 }),
        json!({ "with": MAX, "role": "view" }),
    ]);
    assert_eq!(company.reason_at(MAX, "edit", "automation/a1", 999), "granted");
    assert_eq!(company.check_at(MAX, "edit", "automation/a1", 999)["validUntil"], 1000);
    assert_eq!(company.reason_at(MAX, "edit", "automation/a1", 1000), "expired");
    assert_eq!(company.reason_at(MAX, "view", "automation/a1", 1000), "granted");
}

#[test]
fn rule_07_never_outside_the_organization() {
    let company = shared(&[json!({ "with": "user/out@x.com", "role": "view" })]);
    assert_eq!(code(company.clone().refused()), "ERR_UNKNOWN_PERSON");
    let known = company.set("/people/-", json!({ "id": "out@x.com" }));
    assert_eq!(code(known.refused()), "ERR_NOT_A_MEMBER");
}

#[test]
fn rule_07_what_applies_is_the_union() {
    let company = shared(&[
        json!({ "with": "members", "role": "view" }),
        json!({ "with": "group/design", "role": "view" }),
    ]);
    assert_eq!(company.reason(MEL, "edit", "automation/a1"), "granted", "a lower share takes nothing away");
    let via = company.check(MEL, "view", "automation/a1")["via"].as_array().unwrap().len();
    assert_eq!(via, 3, "directly, by the group, by everyone");
}

#[test]
fn rule_07_sharing_roles_form_a_chain() {
    let text = changed_preset("pinkfish", |policy| {
        policy["kinds"]["connection"]["roles"]["edit"]["allow"] = json!(["edit", "delete", "share"]);
    });
    assert_eq!(policy_code(&text), "ERR_SHARING_CHAIN");
    let text = changed_preset("pinkfish", |policy| {
        policy["kinds"]["automation"]["sharing"] = json!(["view", "edit"])
    });
    assert_eq!(policy_code(&text), "ERR_SHARING_CHAIN");
}

#[test]
fn rule_07_a_sharing_role_that_shares_gives_itself_and_all_below() {
    for grant in [json!(["edit"]), json!(["view"]), json!([])] {
        let text = changed_preset("pinkfish", |policy| {
            policy["kinds"]["automation"]["roles"]["edit"]["grant"] = grant
        });
        assert_eq!(policy_code(&text), "ERR_SHARING_CHAIN");
    }
    let company = pinkfish();
    for action in ["grant edit", "grant view"] {
        assert_eq!(company.reason(MEL, action, "automation/a1"), "granted", "{action}");
    }
}

#[test]
fn rule_07_one_user_keeps_the_highest_role_without_end() {
    let last = |shares: Value| code(pinkfish().set("/resources/0/shares", shares).refused());
    assert_eq!(last(json!([])), "ERR_NO_HOLDER");
    assert_eq!(last(json!([{ "with": MEL, "role": "view" }])), "ERR_NO_HOLDER");
    assert_eq!(
        last(json!([{ "with": MEL, "role": "edit", "until": 9_000_000_000_000_u64 }])),
        "ERR_NO_HOLDER"
    );
    assert_eq!(last(json!([{ "with": "group/design", "role": "edit" }])), "ERR_NO_HOLDER");
    assert_eq!(last(json!([{ "with": "members", "role": "edit" }])), "ERR_NO_HOLDER");
    assert_eq!(last(json!([{ "with": "service_account/bot", "role": "edit" }])), "ERR_NO_HOLDER");
}

#[test]
fn rule_07_what_comes_later_is_defined_and_not_available_yet() {
    for (kind, read) in [("data_store", "read"), ("file_store", "read"), ("vault", "read")] {
        let on = format!("{kind}/s1");
        let resource = json!({ "kind": kind, "id": "s1", "parent": "organization/reef", "creator": MEL });
        let company = pinkfish().set("/resources/-", resource);
        assert_eq!(company.reason(MEL, read, &on), "not_available_yet");
        assert_eq!(company.button(MEL, read, &on)["state"], "disabled");
        let text = changed_preset("pinkfish", |policy| policy["kinds"][kind]["available"] = json!(true));
        assert_eq!(
            company.with_policy(&text).reason(MEL, read, &on),
            "granted",
            "until the policy switches it on"
        );
    }
}
