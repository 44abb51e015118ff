//! Rule 8: features and limits only subtract, and only while they are missing.

use crate::companies::{changed_preset, pinecone, pinkfish, policy_code};
use serde_json::json;

const ANA: &str = "user/ana@x.com";

#[test]
fn rule_08_an_action_may_need_a_feature() {
    let company = pinecone("pinecone");
    assert_eq!(company.reason(ANA, "configure_sso", "organization/acme"), "granted");
    let smaller = company.set("/organizations/0/edition", json!("standard"));
    let decision = smaller.check(ANA, "configure_sso", "organization/acme");
    assert_eq!(decision["reason"], "feature_unavailable");
    assert_eq!(
        decision["remedy"],
        json!([{ "change": "edition", "edition": "enterprise", "feature": "sso" }])
    );
    assert_eq!(smaller.button(ANA, "configure_sso", "organization/acme")["state"], "disabled");
}

#[test]
fn rule_08_a_kind_may_need_a_feature() {
    let text = changed_preset("pinkfish", |policy| policy["kinds"]["automation"]["feature"] = json!("sso"));
    let company = pinkfish().with_policy(&text);
    assert_eq!(company.reason("user/mel@x.com", "run", "automation/a1"), "granted");
    let smaller = company.set("/organizations/0/edition", json!("team"));
    assert_eq!(smaller.reason("user/mel@x.com", "run", "automation/a1"), "feature_unavailable");
    assert_eq!(smaller.reason("user/max@x.com", "run", "automation/a1"), "unknown_resource");
}

#[test]
fn rule_08_a_role_may_need_a_feature_and_its_bindings_stay() {
    let text = changed_preset("pinecone", |policy| {
        policy["kinds"]["project"]["roles"]["project_user"]["feature"] = json!("sso");
    });
    let members = json!([{ "member": "user/uma@x.com", "roles": ["project_user"] }]);
    let company = pinecone("pinecone").with_policy(&text).set("/projects/0/members", members);
    assert_eq!(company.reason("user/uma@x.com", "query_vectors", "project/search"), "granted");
    let smaller = company.set("/organizations/0/edition", json!("standard"));
    assert_eq!(smaller.reason("user/uma@x.com", "query_vectors", "project/search"), "feature_unavailable");
    assert_eq!(smaller.reason("user/uma@x.com", "delete", "project/search"), "no_role");
    let again = smaller.set("/organizations/0/edition", json!("enterprise"));
    assert_eq!(again.reason("user/uma@x.com", "query_vectors", "project/search"), "granted");
}

#[test]
fn rule_08_service_accounts_need_enterprise() {
    for edition in ["starter", "standard"] {
        let company = pinecone("pinecone")
            .set("/serviceAccounts/0/roles", json!(["organization_owner"]))
            .set("/organizations/0/edition", json!(edition));
        for (action, on) in
            [("view_account", "organization/acme"), ("delete", "project/search"), ("fly", "starship/x")]
        {
            assert_eq!(
                company.reason("service_account/ci", action, on),
                "feature_unavailable",
                "{edition}: {action}"
            );
        }
    }
}

#[test]
fn rule_08_in_pinkfish_invitations_organizations_and_invoices_need_features() {
    let granted =
        [("free", [false, false, false]), ("team", [true, true, false]), ("enterprise", [true, true, true])];
    for (edition, cells) in granted {
        let company = pinkfish().set("/organizations/0/edition", json!(edition));
        for (action, expected) in
            ["add_users", "manage_organizations", "use_invoice_billing"].iter().zip(cells)
        {
            let expected = if expected { "granted" } else { "feature_unavailable" };
            assert_eq!(
                company.reason("user/adam@x.com", action, "organization/reef"),
                expected,
                "{edition}: {action}"
            );
            assert_eq!(
                company.reason("user/mel@x.com", action, "organization/reef"),
                "no_role",
                "{edition}: {action}"
            );
        }
    }
}

#[test]
fn rule_08_limit_guards_only_what_adds() {
    let company = pinecone("pinecone").set("/organizations/0/edition", json!("starter"));
    let decision = company.check(ANA, "create_projects", "organization/acme");
    assert_eq!(decision["reason"], "limit_reached", "one project of one");
    assert_eq!(
        decision["remedy"],
        json!([{ "change": "edition", "edition": "standard", "limit": "projects" }])
    );
    for action in ["rename", "delete", "upsert_vectors", "create_api_keys"] {
        assert_eq!(company.reason(ANA, action, "project/search"), "granted", "{action}");
    }
}

#[test]
fn rule_08_limit_never_takes_away_what_exists() {
    let company = pinecone("pinecone")
        .set("/projects/-", json!({ "id": "second", "organization": "acme" }))
        .set("/projects/-", json!({ "id": "third", "organization": "acme" }))
        .set("/organizations/0/edition", json!("starter"));
    for project in ["project/search", "project/second", "project/third"] {
        assert_eq!(
            company.reason(ANA, "upsert_vectors", project),
            "granted",
            "three projects where one is allowed"
        );
    }
    assert_eq!(company.reason(ANA, "create_projects", "organization/acme"), "limit_reached");
}

#[test]
fn rule_08_a_limit_counts_in_one_organization() {
    let company = pinecone("pinecone")
        .set("/projects/0/organization", json!("globex"))
        .set("/organizations/0/edition", json!("starter"));
    assert_eq!(
        company.reason(ANA, "create_projects", "organization/acme"),
        "granted",
        "Globex has the two projects"
    );
}

#[test]
fn rule_08_pending_invites_count() {
    let invite = |number: usize| {
        json!({ "id": format!("i{number}"), "organization": "acme", "address": format!("n{number}@x.com"),
                "roles": ["organization_user"], "sender": ANA, "expires": 9_000_000_000_000_u64 })
    };
    let with = |count: usize| {
        let invites: Vec<_> = (0..count).map(invite).collect();
        let company = pinecone("pinecone")
            .set("/organizations/0/edition", json!("starter"))
            .set("/invites", json!(invites));
        company.reason(ANA, "invite_members", "organization/acme")
    };
    assert_eq!(with(1), "granted", "three members and one invite of five");
    assert_eq!(with(2), "limit_reached", "three members and two invites of five");
}

#[test]
fn rule_08_the_top_role_and_governing_never_require_a_feature() {
    for (kind, top) in [("organization", "organization_owner"), ("project", "project_owner")] {
        let text = changed_preset("pinecone", |policy| {
            policy["kinds"][kind]["roles"][top]["feature"] = json!("sso")
        });
        assert_eq!(policy_code(&text), "ERR_GOVERNING_FEATURE", "{top}");
    }
    let company = pinecone("pinecone").set("/organizations/0/edition", json!("starter"));
    for action in
        ["update_member_roles", "remove_members", "suspend_members", "delete", "grant organization_user"]
    {
        assert_eq!(company.reason(ANA, action, "organization/acme"), "granted", "{action}");
    }
}
