//! What the policy declares and nobody can use, what can be left with nobody, and roles that say the same.

use crate::office::{changed, desks, finding, office, warnings};
use bailiwick::Level;
use serde_json::json;

#[test]
fn a_policy_in_which_nothing_is_wrong() {
    let office = changed(&[]);
    assert_eq!(warnings(&office), [""; 0]);
}

#[test]
fn what_governs_is_in_reach_of_whoever_remains() {
    for (command, guard) in
        [("invite_member", "invite"), ("change_member_roles", "roles"), ("remove_member", "remove")]
    {
        let key = format!("ungoverned/organization/{command}");
        let unmapped = changed(&[(&format!("/commands/{command}"), json!(null))]);
        assert_eq!(warnings(&unmapped), [key.as_str()], "nobody may");
        let other = changed(&[
            (&format!("/commands/{command}"), json!({ "organization": "spare" })),
            ("/kinds/organization/actions/spare", json!({})),
            ("/kinds/organization/roles/clerk", json!({ "allow": ["look", "spare"], "grant": ["owner"] })),
        ]);
        assert!(warnings(&other).contains(&key), "only those may who can all go");
        let later = changed(&[(&format!("/kinds/organization/actions/{guard}/available"), json!(false))]);
        assert!(warnings(&later).contains(&key), "{guard} is not switched on");
    }
    let found = finding(
        &changed(&[("/commands/remove_member", json!(null))]),
        "ungoverned/organization/remove_member",
    );
    assert_eq!((found.level, found.roles), (Level::Warning, vec!["organization/owner".to_owned()]));
}

#[test]
fn a_project_is_governed_by_its_own_top_role_or_from_above() {
    for command in ["add_project_member", "change_project_member", "remove_project_member"] {
        let unmapped = changed(&[(&format!("/commands/{command}"), json!(null))]);
        assert_eq!(warnings(&unmapped), [format!("ungoverned/project/{command}")]);
    }
    // Taken from the manager, it is still the owner's who gives the role above.
    let from_above = changed(&[
        ("/kinds/project/actions/own", json!({})),
        (
            "/kinds/project/roles/chief",
            json!({ "allow": ["take"], "implies": { "project": ["manager"] }, "grant": ["chief"] }),
        ),
        ("/kinds/project/roles/manager/allow", json!(["close", "add", "change", "own"])),
        ("/kinds/organization/roles/owner/implies/project", json!(["chief"])),
    ]);
    assert!(!warnings(&from_above).iter().any(|key| key.starts_with("ungoverned")));
    let by_nobody = changed(&[("/kinds/project/roles/manager/grant", json!(["worker"]))]);
    let found = warnings(&by_nobody);
    assert!(
        found.contains(&"ungoverned/project/remove_project_member".to_owned()),
        "the top role is nobody's to give"
    );
}

#[test]
fn an_action_that_nobody_can_ever_do() {
    let unused = [("/kinds/project/actions/paint", json!({}))];
    let found = finding(&changed(&unused), "unallowed/project/paint");
    assert_eq!((found.roles.len(), found.actions), (0, vec!["project/paint".to_owned()]));
    // A role that nobody can hold allows nothing; one that comes along with others does.
    let mut held = unused.to_vec();
    held.push(("/kinds/project/roles/painter", json!({ "allow": ["paint"] })));
    assert_eq!(warnings(&changed(&held)), ["unallowed/project/paint"]);
    held.push(("/holders/user/baseline", json!({ "project": ["painter"] })));
    assert!(!warnings(&changed(&held)).iter().any(|key| key.starts_with("unallowed")));
    let hosts = changed(&[
        ("/kinds/platform/actions", json!({ "watch": {} })),
        ("/kinds/platform/roles/operator", json!({ "allow": ["watch"] })),
    ]);
    assert_eq!(warnings(&hosts), [""; 0], "the host holds the platform's roles");
}

#[test]
fn a_role_that_nobody_can_give() {
    let role = ("/kinds/project/roles/guest", json!({ "allow": ["work"] }));
    let held = ("/holders/user/roles/project", json!(["manager", "worker", "guest"]));
    let mut changes = vec![role, held];
    let found = finding(&changed(&changes), "ungrantable/project/guest");
    assert_eq!(found.roles, ["project/guest"]);
    changes.push(("/kinds/project/roles/manager/grant", json!(["manager", "worker", "guest"])));
    assert_eq!(warnings(&changed(&changes)), [""; 0]);
}

#[test]
fn a_grant_without_a_command_gives_nothing() {
    let mut changes = vec![
        ("/holders/api_key", json!({ "roles": { "project": ["worker"] } })),
        ("/holders/user/roles/project", json!(["manager"])),
    ];
    assert!(warnings(&changed(&changes)).contains(&"ungrantable/project/worker".to_owned()));
    changes.push(("/commands/create_api_key", json!({ "project": "add" })));
    assert_eq!(warnings(&changed(&changes)), [""; 0]);
    let mut shared = desks();
    shared.push(("/commands/remove_member", json!({ "organization": "remove" })));
    shared.push(("/commands/share", json!(null)));
    shared.push(("/commands/change_share", json!(null)));
    let found = warnings(&changed(&shared));
    assert!(found.contains(&"ungrantable/desk/see".to_owned()), "{found:?}");
    assert!(found.contains(&"ungrantable/desk/edit".to_owned()), "a successor is not given it");
}

#[test]
fn roles_that_give_the_same() {
    let found = finding(&changed(&[]), "same/organization/clerk+organization/hr");
    assert_eq!(found.level, Level::Note);
    let apart = [
        ("/holders/service_account/roles/organization", json!(["hr"])),
        ("/kinds/organization/roles/hr/default", json!({ "project": ["worker"] })),
        ("/kinds/organization/roles/hr/allow", json!(["look", "delete"])),
    ];
    for change in apart {
        let keys: Vec<_> = changed(&[change]).audit().into_iter().map(|finding| finding.key).collect();
        assert!(!keys.iter().any(|key| key.starts_with("same/")), "{keys:?}");
    }
    let paid =
        changed(&[("/features", json!({ "f": {} })), ("/kinds/organization/roles/hr/feature", json!("f"))]);
    assert!(!paid.audit().iter().any(|finding| finding.key.starts_with("same/")));
}

#[test]
fn a_role_that_contains_another_without_implying_it() {
    let keys = |changes: &[_]| -> Vec<String> {
        let found = changed(changes).audit().into_iter().map(|finding| finding.key);
        let mut found: Vec<String> = found.filter(|key| key.starts_with("contains/")).collect();
        found.sort();
        found
    };
    assert_eq!(
        keys(&[]),
        ["contains/organization/owner+organization/clerk", "contains/organization/owner+organization/hr"]
    );
    // Implied, also by way of another one.
    let implied = (
        "/kinds/organization/roles/owner/implies",
        json!({ "organization": ["clerk"], "project": ["manager"] }),
    );
    assert_eq!(keys(std::slice::from_ref(&implied)), ["contains/organization/owner+organization/hr"]);
    let by_way = ("/kinds/organization/roles/clerk/implies", json!({ "organization": ["hr"] }));
    assert_eq!(keys(&[implied, by_way]), [""; 0]);
    // What lies between says it already; a role without actions is contained in all.
    let between = ("/kinds/organization/roles/hr/allow", json!(["look", "delete"]));
    assert_eq!(
        keys(&[between]),
        ["contains/organization/hr+organization/clerk", "contains/organization/owner+organization/hr"]
    );
    let empty = ("/kinds/organization/roles/hr/allow", json!([]));
    assert_eq!(keys(&[empty]), ["contains/organization/owner+organization/clerk"]);
    // Sharing roles are a chain without that.
    let mut shared = desks();
    shared.push((
        "/kinds/desk/roles/edit",
        json!({ "allow": ["read", "write", "share"], "grant": ["edit", "see"] }),
    ));
    assert!(!keys(&shared).iter().any(|key| key.contains("desk")));
}

#[test]
fn what_is_explained_says_so_and_what_is_not_there_too() {
    let changes = [
        ("/kinds/project/actions/paint", json!({})),
        (
            "/explained",
            json!({ "unallowed/project/paint": "It comes next year.", "escalation/project/worker": "No." }),
        ),
    ];
    let policy = changed(&changes);
    assert_eq!(warnings(&policy), ["unallowed/project/paint", "stale_explanation/escalation/project/worker"]);
    assert_eq!(finding(&policy, "unallowed/project/paint").explained.as_deref(), Some("It comes next year."));
    let stale = finding(&policy, "stale_explanation/escalation/project/worker");
    assert_eq!(stale.explained, None);
}

#[test]
fn a_finding_leaves_as_data() {
    let changes = [
        ("/kinds/project/actions/paint", json!({})),
        ("/explained", json!({ "unallowed/project/paint": "Later." })),
    ];
    let found = serde_json::to_value(finding(&changed(&changes), "unallowed/project/paint")).unwrap();
    let wanted = json!({
        "key": "unallowed/project/paint", "level": "warning", "roles": [], "actions": ["project/paint"],
        "sentence": "No role that anyone can hold contains `project/paint`.", "explained": "Later.",
    });
    assert_eq!(found, wanted);
    let note =
        serde_json::to_value(finding(&changed(&[]), "same/organization/clerk+organization/hr")).unwrap();
    assert_eq!((&note["level"], note.get("explained")), (&json!("note"), None));
    assert!(office()["nobody"].as_array().is_some_and(|names| !names.is_empty()));
}
