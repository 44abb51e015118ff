//! Rules 1, 2 and 12: closed organizations, what is not told, the switcher.

use crate::companies::{Company, changed_preset, code, pinecone, pinkfish, policy_code};
use serde_json::json;

#[test]
fn rule_01_an_owner_is_nobody_in_another_organization() {
    let company = pinecone("pinecone");
    assert_eq!(company.reason("user/ana@x.com", "delete", "project/search"), "granted");
    assert_eq!(company.reason("user/ana@x.com", "delete", "project/far"), "no_role");
    assert_eq!(company.reason("user/ana@x.com", "rename", "organization/globex"), "no_role");
    let there = company.check_in("globex", "user/ana@x.com", "delete", "project/far", 0);
    assert_eq!(there["reason"], "not_a_member");
}

#[test]
fn rule_01_roles_in_one_organization_do_not_reach_into_another() {
    let company = pinecone("pinecone").set(
        "/organizations/1/members/-",
        json!({ "member": "user/ana@x.com", "roles": ["organization_user"] }),
    );
    let there = |action: &str, on: &str| {
        company.check_in("globex", "user/ana@x.com", action, on, 0)["reason"].clone()
    };
    assert_eq!(there("view_account", "organization/globex"), "granted");
    assert_eq!(there("rename", "organization/globex"), "no_role");
    assert_eq!(there("delete", "project/far"), "no_role");
    assert_eq!(there("delete", "project/search"), "no_role");
}

#[test]
fn rule_01_foreign_and_missing_resources_answer_word_for_word() {
    let company = pinecone("pinecone");
    for who in ["user/ana@x.com", "user/uma@x.com", "service_account/ci", "api_key/key"] {
        let foreign = company.check(who, "delete", "project/far").to_string();
        assert_eq!(
            foreign.replace("project/far", "project/gone"),
            company.check(who, "delete", "project/gone").to_string()
        );
        assert_eq!(
            company.explain(who, "delete", "project/far"),
            company.explain(who, "delete", "project/gone")
        );
        assert_eq!(company.explain(who, "delete", "project/far")["reason"], "unknown_resource");
        let organization = company.explain(who, "rename", "organization/globex");
        assert_eq!(organization, company.explain(who, "rename", "organization/gone"));
    }
}

#[test]
fn rule_01_a_project_belongs_to_exactly_one_organization() {
    let twice = pinecone("pinecone").set("/projects/1/id", json!("search"));
    assert_eq!(code(twice.refused()), "ERR_DUPLICATE");
    let nowhere = pinecone("pinecone").set("/projects/1/organization", json!("gone"));
    assert_eq!(code(nowhere.refused()), "ERR_UNKNOWN_ORGANIZATION");
}

#[test]
fn rule_01_nothing_is_bound_across_organizations() {
    let bound = |who: &str| {
        let member = json!([{ "member": who, "roles": ["project_user"] }]);
        code(pinecone("pinecone").set("/projects/1/members", member).refused())
    };
    assert_eq!(bound("user/uma@x.com"), "ERR_NOT_A_MEMBER");
    assert_eq!(bound("service_account/ci"), "ERR_OTHER_ORGANIZATION");
    let grouped = pinecone("pinecone")
        .set("/groups", json!([{ "id": "team", "organization": "globex", "members": ["user/uma@x.com"] }]));
    assert_eq!(code(grouped.refused()), "ERR_NOT_A_MEMBER");
    let group_of_another = pinecone("pinecone")
        .set("/groups", json!([{ "id": "team", "organization": "globex", "members": ["user/gus@x.com"] }]))
        .set("/projects/0/members", json!([{ "member": "group/team", "roles": ["project_user"] }]));
    assert_eq!(code(group_of_another.refused()), "ERR_OTHER_ORGANIZATION");
}

#[test]
fn rule_02_private_resource_not_held_answers_as_one_that_does_not_exist() {
    let company = pinkfish();
    for who in ["user/adam@x.com", "user/max@x.com", "service_account/bot"] {
        for action in ["view", "edit", "grant view"] {
            let held_by_others = company.check(who, action, "automation/a1");
            assert_eq!(held_by_others["reason"], "unknown_resource");
            assert_eq!(held_by_others, company.check(who, action, "automation/gone"));
            let explained = company.explain(who, action, "automation/a1");
            assert_eq!(explained, company.explain(who, action, "automation/gone"));
            assert_eq!(explained["reason"], "unknown_resource");
        }
        assert_eq!(
            company.button(who, "view", "automation/a1"),
            company.button(who, "view", "automation/gone")
        );
    }
}

#[test]
fn rule_02_what_ended_leaves_no_trace_of_a_private_resource() {
    let shares = json!([{ "with": "user/mel@x.com", "role": "edit" }, { "with": "user/max@x.com", "role": "view", "until": 5 }]);
    let company = pinkfish().set("/resources/0/shares", shares);
    assert_eq!(company.reason_at("user/max@x.com", "view", "automation/a1", 4), "granted");
    let ended = company.check_at("user/max@x.com", "view", "automation/a1", 5);
    assert_eq!(ended, company.check_at("user/max@x.com", "view", "automation/gone", 5));
}

#[test]
fn rule_02_a_listed_resource_not_held_says_no_role() {
    let company = pinecone("pinecone");
    assert_eq!(company.reason("user/uma@x.com", "view_indexes", "project/search"), "no_role");
    assert_eq!(company.explain("user/uma@x.com", "view_indexes", "project/search")["reason"], "no_role");
}

#[test]
fn rule_02_denials_without_standing_carry_no_via_remedy_ask() {
    let company = pinkfish().set("/organizations/0/members/2/suspended", json!(true));
    let silent = |decision: serde_json::Value, reason: &str| {
        assert_eq!(decision["reason"], reason);
        for field in ["via", "remedy", "ask"] {
            assert_eq!(decision[field], json!([]), "{field} of {decision}");
        }
    };
    for ask in [Company::check, Company::explain] {
        silent(ask(&company, "user/ghost@x.com", "rename", "organization/reef"), "unknown_principal");
        silent(ask(&company, "user/max@x.com", "rename", "organization/reef"), "suspended");
        silent(ask(&company, "user/mel@x.com", "rename", "starship/reef"), "unknown_kind");
        silent(ask(&company, "user/mel@x.com", "fly", "organization/reef"), "unknown_action");
        silent(ask(&company, "user/adam@x.com", "view", "automation/a1"), "unknown_resource");
    }
    silent(company.check_in("gone", "user/mel@x.com", "rename", "organization/gone", 0), "not_a_member");
    let company = pinecone("pinecone");
    silent(company.check("user/gus@x.com", "view_account", "organization/acme"), "not_a_member");
    silent(company.explain("user/ana@x.com", "delete", "project/far"), "unknown_resource");
}

#[test]
fn rule_02_people_are_named_only_from_a_directory_and_to_who_may_view_members() {
    let company = pinecone("pinecone")
        .set("/projects/0/members", json!([{ "member": "user/uma@x.com", "roles": ["project_user"] }]));
    let names_people = |decision: serde_json::Value| decision["ask"].to_string().contains("people");
    assert!(
        !names_people(company.check("user/uma@x.com", "delete", "project/search")),
        "an access names nobody"
    );
    assert!(
        !names_people(company.explain("user/bea@x.com", "delete", "project/search")),
        "Bea views no members"
    );
    let asked = company.explain("user/uma@x.com", "delete", "project/search");
    let of_the_organization =
        asked["ask"].as_array().unwrap().iter().find(|ask| ask["on"] == "organization/acme");
    assert!(
        of_the_organization.unwrap().get("people").is_none(),
        "Uma views members of the project only: {asked}"
    );
}

#[test]
fn rule_02_people_named_are_those_who_hold_it_now_and_are_active() {
    let shares = json!([
        { "with": "user/mel@x.com", "role": "edit" }, { "with": "user/adam@x.com", "role": "view" },
        { "with": "group/design", "role": "edit", "until": 1000 }]);
    let company =
        pinkfish().set("/groups/0/members", json!(["user/max@x.com"])).set("/resources/0/shares", shares);
    let people = |company: &Company, now: u64| {
        let asked = company.explain_at("user/adam@x.com", "edit", "automation/a1", now);
        assert_eq!(
            (&asked["ask"][0]["role"], &asked["ask"][0]["on"]),
            (&json!("edit"), &json!("automation/a1"))
        );
        asked["ask"][0]["people"].clone()
    };
    assert_eq!(people(&company, 999), json!(["user/max@x.com", "user/mel@x.com"]));
    assert_eq!(people(&company, 1000), json!(["user/mel@x.com"]), "what ended names nobody");
    let suspended = company.set("/organizations/0/members/2/suspended", json!(true));
    assert_eq!(people(&suspended, 999), json!(["user/mel@x.com"]), "who is suspended helps nobody");
}

#[test]
fn rule_12_every_person_known_holds_the_platforms_role() {
    let company = pinecone("pinecone");
    for who in ["user/ana@x.com", "user/uma@x.com", "user/bea@x.com"] {
        let decision = company.check(who, "create_organization", "platform/platform");
        assert_eq!(decision["via"][0]["how"], "platform", "{decision}");
    }
    assert_eq!(company.reason("service_account/ci", "create_organization", "platform/platform"), "no_role");
    assert_eq!(company.reason("api_key/key", "create_organization", "platform/platform"), "no_role");
}

#[test]
fn rule_12_the_operator_is_never_in_a_document() {
    let company = pinecone("pinecone");
    for who in ["user/ana@x.com", "user/uma@x.com", "service_account/ci", "api_key/key"] {
        assert_eq!(company.reason(who, "change_edition", "platform/platform"), "no_role");
    }
    let shares = json!([{ "with": "user/ana@x.com", "role": "operator" }]);
    let smuggled =
        json!([{ "kind": "platform", "id": "platform", "parent": "platform/platform", "shares": shares }]);
    assert_eq!(code(pinecone("pinecone").set("/resources", smuggled).refused()), "ERR_VALUE");
    let unowned = json!([{ "kind": "organization", "id": "new", "parent": "platform/platform" }]);
    assert_eq!(code(pinecone("pinecone").set("/resources", unowned).refused()), "ERR_VALUE");
    let asked = company.check("service_account/ci", "change_edition", "platform/platform");
    assert_eq!((&asked["remedy"], &asked["ask"]), (&json!([]), &json!([])), "nobody can be asked for it");
    let text = changed_preset("pinecone", |policy| {
        let operator = &mut policy["kinds"]["platform"]["roles"]["operator"];
        operator["implies"] = json!({ "organization": ["organization_owner"] });
        policy["assertions"] = json!([]); // the preset promises that owners alone do some of it
    });
    let asked = company.with_policy(&text).check("user/uma@x.com", "rename", "organization/acme");
    assert!(asked["ask"].to_string().contains("organization_owner"), "{asked}");
    assert!(!asked["ask"].to_string().contains("operator"), "the host is not asked: {asked}");
    let member = json!({ "member": "user/uma@x.com", "roles": ["operator"] });
    let smuggled = pinecone("pinecone").set("/organizations/0/members/1", member);
    assert_eq!(code(smuggled.refused()), "ERR_UNKNOWN_ROLE");
}

#[test]
fn rule_12_what_everybody_holds_gives_nothing_in_an_organization() {
    let text = changed_preset("pinecone", |policy| {
        let person = &mut policy["kinds"]["platform"]["roles"]["person"];
        person["implies"] = json!({ "organization": ["organization_user"] });
    });
    assert_eq!(policy_code(&text), "ERR_UNRELATED_KIND");
}

#[test]
fn rule_12_the_switcher_shows_where_one_is_active() {
    let company = pinecone("pinecone")
        .set("/organizations/1/members/-", json!({ "member": "user/uma@x.com" }))
        .set("/organizations/1/members/-", json!({ "member": "user/bea@x.com", "suspended": true }));
    assert_eq!(company.organizations("user/uma@x.com"), ["acme", "globex"]);
    assert_eq!(company.organizations("user/bea@x.com"), ["acme"]);
    assert_eq!(company.organizations("user/gus@x.com"), ["globex"]);
    assert_eq!(company.organizations("service_account/ci"), ["acme"]);
    assert_eq!(company.organizations("api_key/key"), ["acme"]);
    assert_eq!(company.organizations("user/ghost@x.com"), [""; 0]);
    let owner = json!({ "member": "user/uma@x.com", "roles": ["organization_owner"] });
    let third = json!({ "id": "abyss", "edition": "starter", "members": [owner] });
    let company = company.set("/organizations/-", third);
    assert_eq!(company.organizations("user/uma@x.com"), ["abyss", "acme", "globex"], "by id");
}
