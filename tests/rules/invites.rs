//! Rule 13, as far as a load and a question show it: who can be invited, and that an invite gives nothing yet.

use crate::companies::{Company, code, pinecone, pinkfish};
use bailiwick::{Answer, Query};
use serde_json::{Value, json};

/// An invite of that address to Acme, changed.
fn invite(id: &str, address: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut invite = json!({
        "id": id, "organization": "acme", "address": address, "roles": ["organization_user"],
        "sender": "user/ana@x.com", "expires": 9_000_000_000_000_u64,
    });
    change(&mut invite);
    invite
}

fn with(invites: &[Value]) -> Company {
    pinecone("pinecone").set("/invites", json!(invites))
}

#[test]
fn rule_13_no_access_before_acceptance() {
    let company = with(&[invite("i", "gus@x.com", |_| {})]);
    assert_eq!(company.reason("user/gus@x.com", "view_account", "organization/acme"), "not_a_member");
    assert_eq!(company.organizations("user/gus@x.com"), ["globex"]);
}

#[test]
fn rule_13_a_second_pending_one_in_one_organization_is_a_conflict() {
    let twice = with(&[invite("i", "new@x.com", |_| {}), invite("j", "new@x.com", |_| {})]);
    assert_eq!(code(twice.refused()), "ERR_CONFLICT");
    let elsewhere = |invite: &mut Value| {
        invite["organization"] = json!("globex");
        invite["sender"] = json!("user/gus@x.com");
    };
    with(&[invite("i", "new@x.com", |_| {}), invite("j", "new@x.com", elsewhere)]).directory();
}

#[test]
fn rule_13_pinkfish_invites_people_who_have_signed_up_and_pinecone_any_address() {
    let to_reef = |invite: &mut Value| {
        invite["organization"] = json!("reef");
        invite["sender"] = json!("user/adam@x.com");
        invite["roles"] = json!(["organization_member"]);
    };
    let unknown = pinkfish().set("/invites", json!([invite("i", "new@x.com", to_reef)]));
    assert_eq!(code(unknown.clone().refused()), "ERR_UNKNOWN_PERSON");
    unknown.set("/people/-", json!({ "id": "new@x.com" })).directory();
    with(&[invite("i", "new@x.com", |_| {})]).directory();
}

#[test]
fn rule_13_an_invite_comes_from_a_member_and_goes_to_somebody_else() {
    let by_a_stranger = invite("i", "new@x.com", |invite| invite["sender"] = json!("user/gus@x.com"));
    assert_eq!(code(with(&[by_a_stranger]).refused()), "ERR_NOT_A_MEMBER");
    assert_eq!(code(with(&[invite("i", "uma@x.com", |_| {})]).refused()), "ERR_CONFLICT");
}

#[test]
fn rule_13_an_address_is_in_normal_form() {
    for address in ["New@x.com", "new@x.com ", "new", "new@@x.com", "new@", "@x.com"] {
        assert_eq!(code(with(&[invite("i", address, |_| {})]).refused()), "ERR_ADDRESS", "{address:?}");
    }
}

#[test]
fn rule_13_an_invite_names_roles_that_users_may_hold_in_its_own_organization() {
    let refused = |change: fn(&mut Value)| code(with(&[invite("i", "new@x.com", change)]).refused());
    assert_eq!(refused(|invite| invite["roles"] = json!([])), "ERR_ROLE_REQUIRED");
    let projects = |project: &str, role: &str| json!([{ "project": project, "roles": [role] }]);
    assert_eq!(
        code(
            with(
                &[invite("i", "new@x.com", |invite| invite["projects"] = projects("search", "project_key"))]
            )
            .refused()
        ),
        "ERR_HOLDER_ROLE"
    );
    assert_eq!(
        code(
            with(&[invite("i", "new@x.com", |invite| invite["projects"] = projects("far", "project_user"))])
                .refused()
        ),
        "ERR_OTHER_ORGANIZATION"
    );
    with(&[invite("i", "new@x.com", |invite| invite["projects"] = projects("search", "project_user"))])
        .directory();
}

#[test]
fn rule_13_who_is_written_as_a_principal_is_no_address_to_invite() {
    let directory = pinecone("pinecone").directory();
    let offered = |target: &str, kind: &str, id: &str| {
        let query = Query::new("acme", 1_000).asked_by("user/ana@x.com");
        match directory.grantable(query, target, kind, id).unwrap() {
            Answer::Told(roles) => roles.len(),
            Answer::Denied(denied) => panic!("{}", denied.decision.reason.as_str()),
        }
    };
    assert!(offered("new@x.com", "organization", "acme") > 0);
    assert!(offered("new@x.com", "project", "search") > 0);
    for target in ["user/new@x.com", "group/new@x.com", "members/new@x.com"] {
        assert_eq!(offered(target, "organization", "acme"), 0, "{target}");
        assert_eq!(offered(target, "project", "search"), 0, "{target}");
    }
    assert_eq!(offered("api_key/new@x.com", "organization", "acme"), 0);
}
