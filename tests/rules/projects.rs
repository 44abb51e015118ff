//! Rules 3, 4, 5 and 9: who has what in projects, and what keys and service accounts are.

use crate::common::preset;
use crate::companies::{changed_preset, code, pinecone, pinkfish, policy_code};
use serde_json::{Value, json};

const UMA: &str = "user/uma@x.com";
const BEA: &str = "user/bea@x.com";

/// The actions of a kind that somebody is granted.
fn granted(preset_name: &str, who: &str, on: &str) -> Vec<String> {
    let company = pinecone(preset_name);
    let matrix: Value =
        serde_json::to_value(preset(preset_name).matrix(on.split('/').next().unwrap()).unwrap()).unwrap();
    let actions =
        matrix["actions"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap().to_owned());
    actions.filter(|action| company.reason(who, action, on) == "granted").collect()
}

#[test]
fn rule_03_an_owner_owns_every_project_without_a_binding() {
    for name in ["pinecone", "pinecone-literal"] {
        let company =
            pinecone(name).set("/projects/-", json!({ "id": "new", "organization": "acme", "creator": UMA }));
        for project in ["project/search", "project/new"] {
            let decision = company.check("user/ana@x.com", "delete", project);
            let via = json!([{ "role": "organization_owner", "on": "organization/acme", "how": "direct", "implied": true }]);
            assert_eq!(decision["via"], via);
        }
    }
    let all = granted("pinecone", "user/ana@x.com", "project/search");
    assert_eq!(all.len(), 24, "every action of a project: {all:?}");
}

#[test]
fn rule_03_only_an_owner_does() {
    for role in ["organization_user", "organization_billing_admin"] {
        let company = pinecone("pinecone").set("/organizations/0/members/1/roles", json!([role]));
        assert_eq!(company.reason(UMA, "view_members", "project/search"), "no_role", "{role}");
    }
    let company = pinecone("pinecone").set("/organizations/0/members/1/roles", json!(["organization_owner"]));
    assert_eq!(company.reason(UMA, "delete", "project/search"), "granted");
}

#[test]
fn rule_04_a_user_owns_the_projects_they_create() {
    let company = pinecone("pinecone")
        .set("/projects/0", json!({ "id": "search", "organization": "acme", "creator": UMA }));
    assert_eq!(company.reason(UMA, "delete", "project/search"), "granted");
    assert_eq!(company.check(UMA, "delete", "project/search")["via"][0]["role"], "project_owner");
}

#[test]
fn rule_04_without_a_chosen_role_the_default_of_the_organization_role_holds() {
    let company = pinecone("pinecone").set("/projects/0/members", json!([{ "member": UMA }]));
    assert_eq!(company.check(UMA, "delete", "project/search")["via"][0]["role"], "project_owner");
}

#[test]
fn rule_04_where_a_role_was_chosen_that_role_holds() {
    let company = pinecone("pinecone")
        .set("/projects/0/members", json!([{ "member": UMA, "roles": ["project_user"] }]));
    assert_eq!(company.reason(UMA, "upsert_vectors", "project/search"), "granted");
    assert_eq!(company.reason(UMA, "delete", "project/search"), "no_role");
}

#[test]
fn rule_04_elsewhere_a_user_has_nothing() {
    assert_eq!(granted("pinecone", UMA, "project/search"), [""; 0]);
}

#[test]
fn rule_04_a_billing_admin_has_no_default_so_a_role_is_chosen() {
    let company = pinecone("pinecone").set("/projects/0/members", json!([{ "member": BEA }]));
    assert_eq!(code(company.refused()), "ERR_ROLE_REQUIRED");
}

#[test]
fn rule_04_read_literally_a_user_owns_every_project() {
    assert_eq!(granted("pinecone-literal", UMA, "project/search").len(), 24);
    assert_eq!(granted("pinecone-literal", BEA, "project/search"), [""; 0]);
}

#[test]
fn rule_05_a_billing_admin_sees_and_changes_billing_and_nothing_else() {
    let all = granted("pinecone", BEA, "organization/acme");
    assert_eq!(all, ["view_account", "view_billing", "update_billing", "view_usage", "view_support_plans"]);
}

#[test]
fn rule_05_and_nothing_of_a_project_unless_bound_there() {
    assert_eq!(granted("pinecone", BEA, "project/search"), [""; 0]);
    let company = pinecone("pinecone")
        .set("/projects/0/members", json!([{ "member": BEA, "roles": ["project_user"] }]));
    assert_eq!(company.reason(BEA, "query_vectors", "project/search"), "granted");
    assert_eq!(company.reason(BEA, "delete", "project/search"), "no_role");
}

#[test]
fn rule_09_a_key_belongs_to_one_project_and_holds_project_key() {
    let company = pinecone("pinecone").set("/projects/-", json!({ "id": "new", "organization": "acme" }));
    assert_eq!(
        company.check("api_key/key", "upsert_vectors", "project/search")["via"][0]["role"],
        "project_key"
    );
    assert_eq!(company.reason("api_key/key", "upsert_vectors", "project/new"), "no_role");
    assert_eq!(company.reason("api_key/key", "view_account", "organization/acme"), "no_role");
    let elsewhere = company.check_in("globex", "api_key/key", "upsert_vectors", "project/far", 0);
    assert_eq!(elsewhere["reason"], "not_a_member");
}

#[test]
fn rule_09_a_key_neither_manages_members_nor_keys() {
    let all = granted("pinecone", "api_key/key", "project/search");
    for action in
        ["view_members", "add_members", "view_api_keys", "create_api_keys", "update_api_keys", "rename"]
    {
        assert!(!all.contains(&action.to_owned()), "{action}");
    }
    for role in ["project_owner", "project_user"] {
        let company = pinecone("pinecone").set("/apiKeys/0/roles", json!([role]));
        assert_eq!(code(company.refused()), "ERR_HOLDER_ROLE", "{role}");
    }
    let text = changed_preset("pinecone", |policy| {
        policy["holders"]["api_key"]["roles"]["project"] = json!(["project_key", "project_owner"]);
    });
    assert_eq!(policy_code(&text), "ERR_HOLDER_ROLE");
    let text = changed_preset("pinecone", |policy| {
        policy["holders"]["api_key"]["roles"]["organization"] = json!(["organization_user"]);
    });
    assert_eq!(policy_code(&text), "ERR_HOLDER_ROLE");
}

#[test]
fn rule_09_a_key_holds_what_its_own_row_says_and_no_more() {
    let added = json!([{ "member": "api_key/key", "roles": ["project_key"] }]);
    let company = pinecone("pinecone").set("/projects/0/members", added);
    assert_eq!(code(company.refused()), "ERR_UNKNOWN_PRINCIPAL");
    let text = changed_preset("pinecone", |policy| {
        policy["kinds"]["note"] = json!({
            "parent": "project", "actions": { "read": {} }, "roles": { "reader": { "allow": ["read"] } },
        });
        policy["holders"]["api_key"]["roles"]["note"] = json!(["reader"]);
    });
    let shares = json!([{ "with": "api_key/key", "role": "reader" }]);
    let note = json!([{ "kind": "note", "id": "n", "parent": "project/search", "shares": shares }]);
    let company = pinecone("pinecone").with_policy(&text).set("/resources", note);
    assert_eq!(code(company.refused()), "ERR_UNKNOWN_PRINCIPAL");
}

#[test]
fn rule_09_in_2026_a_key_is_a_project_editor_by_default() {
    let company =
        pinecone("pinecone-2026").set("/organizations/0/members/1/roles", json!(["organization_member"]));
    let decision = company.check("api_key/key", "create_indexes", "project/search");
    assert_eq!(decision["via"][0]["role"], "project_editor", "{decision}");
    for role in ["project_owner", "project_manager", "project_member"] {
        let company = company.clone().set("/apiKeys/0/roles", json!([role]));
        assert_eq!(code(company.refused()), "ERR_HOLDER_ROLE", "{role}");
    }
}

#[test]
fn rule_09_in_pinkfish_managing_keys_is_an_action_only() {
    let company = pinkfish();
    assert_eq!(company.reason("user/mel@x.com", "manage_api_keys", "automation/a1"), "granted");
    let with_key = company.set("/apiKeys", json!([{ "id": "key", "project": "a1" }]));
    assert!(code(with_key.refused()).starts_with("ERR_"), "there are no keys to hold a role");
}

#[test]
fn rule_09_a_service_account_holds_organization_and_project_roles() {
    let company = pinecone("pinecone")
        .set("/serviceAccounts/0/roles", json!(["organization_user"]))
        .set("/projects/0/members", json!([{ "member": "service_account/ci", "roles": ["project_user"] }]));
    assert_eq!(company.reason("service_account/ci", "create_projects", "organization/acme"), "granted");
    assert_eq!(company.reason("service_account/ci", "upsert_vectors", "project/search"), "granted");
    assert_eq!(company.reason("service_account/ci", "delete", "project/search"), "no_role");
    let elsewhere =
        company.check_in("globex", "service_account/ci", "view_account", "organization/globex", 0);
    assert_eq!(elsewhere["reason"], "not_a_member");
}

#[test]
fn rule_09_keys_and_service_accounts_are_never_in_members() {
    let company = pinecone("pinecone")
        .set("/serviceAccounts/0/roles", json!(["organization_user"]))
        .set("/projects/-", json!({ "id": "new", "organization": "acme", "members": [{ "member": "members", "roles": ["project_user"] }] }));
    assert_eq!(company.reason(BEA, "query_vectors", "project/new"), "granted");
    assert_eq!(company.reason("service_account/ci", "query_vectors", "project/new"), "no_role");
    assert_eq!(company.reason("api_key/key", "query_vectors", "project/new"), "no_role");
    let grouped = company
        .set("/groups", json!([{ "id": "team", "organization": "acme", "members": ["service_account/ci"] }]));
    assert!(code(grouped.refused()).starts_with("ERR_"), "a group has users only");
}
