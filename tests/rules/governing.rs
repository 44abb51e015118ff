//! Rules 10 and 11, as far as a load and a question show them: owners, and handing out roles.

use crate::companies::{changed_preset, code, pinecone, pinkfish, policy_code};
use serde_json::{Value, json};

const ANA: &str = "user/ana@x.com";
const UMA: &str = "user/uma@x.com";

fn owned_by(member: Value) -> String {
    code(pinecone("pinecone").set("/organizations/0/members/0", member).refused())
}

#[test]
fn rule_10_no_owner_left_is_refused() {
    assert_eq!(owned_by(json!({ "member": ANA, "roles": ["organization_user"] })), "ERR_NO_OWNER");
    assert_eq!(owned_by(json!({ "member": ANA })), "ERR_NO_OWNER", "by default a member is a user");
    let nobody = pinkfish().set("/organizations/0/members/0/roles", json!(["organization_member"]));
    assert_eq!(code(nobody.refused()), "ERR_NO_OWNER");
}

#[test]
fn rule_10_a_suspended_owner_does_not_count() {
    let member = json!({ "member": ANA, "roles": ["organization_owner"], "suspended": true });
    assert_eq!(owned_by(member), "ERR_NO_OWNER");
}

#[test]
fn rule_10_a_service_account_does_not_count() {
    let company = pinecone("pinecone")
        .set("/serviceAccounts/0/roles", json!(["organization_owner"]))
        .set("/organizations/0/members/0/roles", json!(["organization_user"]));
    assert_eq!(code(company.refused()), "ERR_NO_OWNER");
}

#[test]
fn rule_10_an_owner_elsewhere_does_not_count() {
    let company = pinecone("pinecone")
        .set("/organizations/1/members/-", json!({ "member": ANA, "roles": ["organization_owner"] }))
        .set("/organizations/0/members/0/roles", json!(["organization_user"]));
    let (refused, path) = company.refused();
    assert_eq!(refused, "ERR_NO_OWNER");
    assert!(path.starts_with("organizations[0]"), "{path}");
}

#[test]
fn rule_10_a_top_role_is_never_bound_with_an_end() {
    let members = json!([{ "member": UMA, "roles": ["project_owner"], "until": 9_000_000_000_000_u64 }]);
    assert_eq!(code(pinecone("pinecone").set("/projects/0/members", members).refused()), "ERR_TOP_ROLE_ENDS");
    let members = json!([{ "member": UMA, "roles": ["project_user"], "until": 9_000_000_000_000_u64 }]);
    assert_eq!(
        pinecone("pinecone").set("/projects/0/members", members).reason(
            UMA,
            "query_vectors",
            "project/search"
        ),
        "granted"
    );
}

/// Without owners by implication each project needs one of its own.
#[test]
fn rule_10_where_no_organization_role_implies_the_top_role_each_project_keeps_an_owner() {
    let text = changed_preset("pinecone", |policy| {
        policy["kinds"]["organization"]["roles"]["organization_owner"]
            .as_object_mut()
            .unwrap()
            .remove("implies");
    });
    let with = |members: Value| {
        let company = pinecone("pinecone")
            .with_policy(&text)
            .set("/projects/1/members", json!([{ "member": "user/gus@x.com" }]));
        company.set("/projects/0/members", members)
    };
    let owner = json!({ "member": UMA, "roles": ["project_owner"] });
    assert_eq!(with(json!([owner])).reason(UMA, "delete", "project/search"), "granted");
    assert_eq!(with(json!([owner])).reason(ANA, "delete", "project/search"), "no_role");
    let (refused, path) = with(json!([])).refused();
    assert_eq!(refused, "ERR_NO_OWNER");
    assert!(path.starts_with("projects[0]"), "{path}");
    assert_eq!(code(with(json!([{ "member": UMA, "roles": ["project_user"] }])).refused()), "ERR_NO_OWNER");
    assert_eq!(
        code(with(json!([{ "member": "service_account/ci", "roles": ["project_owner"] }])).refused()),
        "ERR_NO_OWNER"
    );
    let by_group = with(json!([{ "member": "group/team", "roles": ["project_owner"] }]))
        .set("/groups", json!([{ "id": "team", "organization": "acme", "members": [UMA] }]));
    assert_eq!(code(by_group.refused()), "ERR_NO_OWNER", "only a direct binding counts");
    let suspended = with(json!([owner])).set("/organizations/0/members/1/suspended", json!(true));
    assert_eq!(code(suspended.refused()), "ERR_NO_OWNER", "only an active user counts");
}

#[test]
fn rule_11_handing_out_a_role_is_an_action() {
    let company = pinecone("pinecone");
    for role in ["organization_owner", "organization_user", "organization_billing_admin"] {
        let action = format!("grant {role}");
        assert_eq!(company.reason(ANA, &action, "organization/acme"), "granted", "{role}");
        assert_eq!(company.reason(UMA, &action, "organization/acme"), "no_role", "{role}");
        assert_eq!(company.reason("user/bea@x.com", &action, "organization/acme"), "no_role", "{role}");
    }
    assert_eq!(company.reason(ANA, "grant organization_king", "organization/acme"), "unknown_action");
}

#[test]
fn rule_11_a_project_owner_hands_out_roles_of_that_project_only() {
    let company = pinecone("pinecone")
        .set("/projects/0/members", json!([{ "member": UMA, "roles": ["project_owner"] }]))
        .set("/projects/-", json!({ "id": "other", "organization": "acme", "members": [{ "member": UMA, "roles": ["project_user"] }] }));
    assert_eq!(company.reason(UMA, "grant project_owner", "project/search"), "granted");
    assert_eq!(company.reason(UMA, "grant project_owner", "project/other"), "no_role");
    assert_eq!(company.reason(UMA, "grant organization_user", "organization/acme"), "no_role");
}

#[test]
fn rule_11_a_group_never_holds_organization_roles() {
    for holder in ["group", "members"] {
        let text = changed_preset("pinecone", |policy| {
            policy["holders"][holder]["roles"]["organization"] = json!(["organization_user"]);
        });
        assert_eq!(policy_code(&text), "ERR_HOLDER_ROLE", "{holder}");
    }
}
