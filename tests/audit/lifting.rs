//! Who can come to hold more than their roles give.

use crate::office::{changed, desks, finding, warnings};
use serde_json::{Value, json};

const NONE: [&str; 0] = [];

type Change = (&'static str, Value);

/// The role `hr` allows and grants.
fn hr(allow: &[&str], grant: &[&str]) -> Change {
    ("/kinds/organization/roles/hr", json!({ "allow": allow, "grant": grant }))
}

/// The role `worker` allows and grants.
fn worker(allow: &[&str], grant: &[&str]) -> Change {
    ("/kinds/project/roles/worker", json!({ "allow": allow, "grant": grant }))
}

fn found(changes: &[Change]) -> Vec<String> {
    warnings(&changed(changes))
}

#[test]
fn who_changes_roles_and_gives_both_the_own_and_a_larger_one_lifts_themselves() {
    let bad = [hr(&["roles"], &["owner", "hr"])];
    assert_eq!(found(&bad), ["escalation/organization/hr"]);
    let one = finding(&changed(&bad), "escalation/organization/hr");
    assert_eq!(one.roles, ["organization/hr"]);
    assert!(one.actions.contains(&"organization/delete".to_owned()));
    assert!(one.actions.contains(&"project/close".to_owned()), "with all that an owner implies");
    assert!(!one.actions.contains(&"organization/roles".to_owned()), "what it has is not gained");
    let start =
        "Whoever holds `organization/hr` can give themselves `organization/owner` by `change_member_roles`";
    assert!(one.sentence.starts_with(start), "{}", one.sentence);
}

#[test]
fn a_command_without_the_grant_and_a_grant_without_the_command_lift_nobody() {
    assert_eq!(found(&[hr(&["roles"], &[])]), NONE);
    assert_eq!(found(&[hr(&["look"], &["owner", "hr"])]), NONE);
    assert_eq!(found(&[hr(&["roles"], &["hr"])]), NONE, "the own role is nothing new");
    let smaller = [hr(&["look", "roles"], &["clerk", "hr"])];
    assert_eq!(found(&smaller), NONE, "nor is a smaller one");
    assert_eq!(found(&[worker(&["work"], &["manager", "worker"])]), NONE);
    let not_mapped = [
        ("/commands/change_project_member", json!(null)),
        ("/commands/add_project_member", json!(null)),
        worker(&["work", "add", "change"], &["manager", "worker"]),
    ];
    assert!(!found(&not_mapped).iter().any(|key| key.starts_with("escalation")));
}

/// Rule 11: who changes their own roles needs `grant` of those they have.
#[test]
fn who_cannot_give_what_they_have_needs_an_accomplice() {
    let appoints = [hr(&["roles"], &["owner", "clerk"])];
    assert_eq!(found(&appoints), ["collusion/organization/hr"]);
    let one = finding(&changed(&appoints), "collusion/organization/hr");
    let start = "Whoever holds `organization/hr` can give an accomplice `organization/owner` by `change_member_roles`";
    assert!(one.sentence.starts_with(start), "{}", one.sentence);
    assert_eq!(found(&[hr(&["invite"], &["owner"])]), ["collusion/organization/hr"]);
    assert_eq!(found(&[worker(&["work", "change"], &["manager"])]), ["collusion/project/worker"]);
    assert_eq!(found(&[worker(&["work", "add"], &["manager"])]), ["collusion/project/worker"]);
    assert_eq!(found(&[worker(&["work", "add"], &["manager", "worker"])]), ["collusion/project/worker"]);
    assert_eq!(found(&[worker(&["work", "change"], &["manager", "worker"])]), ["escalation/project/worker"]);
}

/// By a group, or with all members, one has a role without having it bound.
#[test]
fn a_group_and_all_members_are_a_way_around_what_one_has_bound() {
    for holder in ["group", "members"] {
        let lifts = |role: &str| {
            let place = ["/holders/", holder, "/roles/project"].concat();
            let place: &'static str = if holder == "group" {
                "/holders/group/roles/project"
            } else {
                assert_eq!(place, "/holders/members/roles/project");
                "/holders/members/roles/project"
            };
            found(&[(place, json!([role])), worker(&["work", "add"], &["manager"])])
        };
        assert_eq!(lifts("manager"), ["escalation/project/worker"], "{holder}: the role given");
        assert_eq!(lifts("worker"), ["escalation/project/worker"], "{holder}: the role that one has");
    }
}

#[test]
fn who_adds_to_groups_gives_what_a_group_may_hold() {
    let adds = hr(&["groups"], &[]);
    let held = ("/holders/group/roles/project", json!(["manager"]));
    let implies = ("/kinds/organization/roles/hr/implies", json!({ "project": ["trainer"] }));
    let trainer = ("/kinds/project/roles/trainer", json!({ "grant": ["manager"] }));
    assert_eq!(
        found(&[adds.clone(), trainer.clone(), implies.clone(), held]),
        ["escalation/organization/hr"]
    );
    assert_eq!(found(&[adds, trainer, implies]), NONE);
}

#[test]
fn who_configures_single_sign_on_asserts_what_they_may_give() {
    assert_eq!(found(&[hr(&["sso"], &["owner"])]), ["escalation/organization/hr"]);
    let one = finding(&changed(&[hr(&["sso"], &["owner"])]), "escalation/organization/hr");
    assert!(one.sentence.contains("`configure_sso`"), "{}", one.sentence);
    assert_eq!(found(&[hr(&["sso"], &[])]), NONE);
}

/// An invite gives roles of projects too, and needs no action there.
#[test]
fn who_invites_gives_project_roles_to_an_accomplice() {
    let trainer = ("/kinds/project/roles/trainer", json!({ "grant": ["manager"] }));
    let implies = ("/kinds/organization/roles/hr/implies", json!({ "project": ["trainer"] }));
    let invites = [hr(&["invite"], &["clerk"]), trainer.clone(), implies.clone()];
    assert_eq!(found(&invites), ["collusion/organization/hr"]);
    assert!(
        finding(&changed(&invites), "collusion/organization/hr")
            .actions
            .contains(&"project/close".to_owned())
    );
    let no_role = [hr(&["invite"], &[]), trainer, implies];
    assert_eq!(found(&no_role), NONE, "without an organization role nobody is invited");
}

/// Rule 9: an account holds what its maker holds, and is somebody else.
#[test]
fn a_service_account_is_an_accomplice_that_one_makes() {
    let makes = |allow: &[&str], grant: &[&str]| {
        found(&[
            hr(allow, grant),
            ("/holders/service_account/roles/organization", json!(["hr", "owner", "clerk"])),
        ])
    };
    let made = makes(&["invite", "accounts"], &["owner", "hr"]);
    assert_eq!(made, ["escalation/organization/hr"], "leaves, and is invited by the account");
    assert_eq!(makes(&["invite"], &["owner", "hr"]), ["collusion/organization/hr"]);
    assert_eq!(makes(&["accounts"], &["owner", "hr"]), NONE, "an account holds no more than its maker");
    assert_eq!(
        makes(&["roles", "accounts"], &["owner"]),
        ["collusion/organization/hr"],
        "nor is it given more"
    );
    let cannot_give_its_own = makes(&["invite", "accounts"], &["owner"]);
    assert_eq!(cannot_give_its_own, ["collusion/organization/hr"], "no account that could invite");
}

#[test]
fn one_step_opens_the_next() {
    let steps = [
        hr(&["roles"], &["clerk", "hr"]),
        ("/kinds/organization/roles/clerk", json!({ "allow": ["look"], "grant": ["owner"] })),
    ];
    let found = found(&steps);
    assert!(found.contains(&"escalation/organization/hr".to_owned()), "{found:?}");
    let one = finding(&changed(&steps), "escalation/organization/hr");
    assert!(
        one.actions.contains(&"organization/delete".to_owned()),
        "by way of the clerk: {:?}",
        one.actions
    );
}

#[test]
fn the_role_that_comes_along_with_another_is_counted() {
    let extra = [
        ("/kinds/project/actions/paint", json!({})),
        ("/kinds/project/roles/painter", json!({ "allow": ["paint"] })),
        ("/holders/user/baseline", json!({ "project": ["painter"] })),
    ];
    let one = finding(&changed(&extra), "escalation/organization/owner");
    assert_eq!(one.actions, ["project/paint"], "who is in a project has what the owner above has not");
    let implied = ("/kinds/organization/roles/owner/implies", json!({ "project": ["manager", "painter"] }));
    let [a, b, c] = extra;
    assert_eq!(found(&[a, b, c, implied]), NONE);
}

#[test]
fn two_roles_that_reach_together_what_neither_does() {
    let pair = vec![
        hr(&["roles"], &[]),
        ("/kinds/organization/roles/clerk", json!({ "allow": ["look"], "grant": ["owner", "clerk"] })),
    ];
    assert_eq!(found(&pair), ["collusion/organization/clerk+organization/hr"]);
    let one = finding(&changed(&pair), "collusion/organization/clerk+organization/hr");
    assert_eq!(one.roles, ["organization/clerk", "organization/hr"]);
    let start = "`organization/clerk` and `organization/hr` together reach `organization/owner` by `change_member_roles`";
    assert!(one.sentence.starts_with(start), "{}", one.sentence);

    // A larger role says nothing new.
    let mut larger = pair;
    larger.push(("/kinds/organization/roles/boss", json!({ "allow": ["roles", "delete"] })));
    larger.push(("/kinds/organization/roles/owner/grant", json!(["owner", "clerk", "hr", "boss"])));
    larger.push(("/holders/user/roles/organization", json!(["owner", "clerk", "hr", "boss"])));
    assert_eq!(found(&larger), ["collusion/organization/clerk+organization/hr"]);
}

#[test]
fn who_removes_a_member_makes_an_accomplice_the_holder_of_what_that_member_had() {
    assert_eq!(found(&desks()), ["succession/organization/owner"]);
    let one = finding(&changed(&desks()), "succession/organization/owner");
    assert_eq!(one.actions, ["desk/read", "desk/share", "desk/write", "desk/grant edit", "desk/grant see"]);
    assert!(one.sentence.contains("`desk/edit` by `remove_member`"), "{}", one.sentence);
    let mut all = desks();
    all.push((
        "/kinds/organization/roles/owner/implies",
        json!({ "project": ["manager"], "desk": ["edit"] }),
    ));
    assert_eq!(found(&all), NONE, "whoever has everything gains nothing");
    // An account with the same role names its maker.
    let mut accounts = desks();
    accounts.push(("/holders/service_account/roles/organization", json!(["owner"])));
    assert_eq!(found(&accounts), ["escalation/organization/owner"]);
}

/// Rule 10: projects keep owners of their own where none governs from above.
#[test]
fn a_project_that_keeps_its_owner_passes_to_a_successor() {
    let apart = [("/kinds/organization/roles/owner/implies", json!({}))];
    let keys = found(&apart);
    assert_eq!(keys, ["succession/organization/owner"]);
    assert!(finding(&changed(&apart), &keys[0]).actions.contains(&"project/close".to_owned()));
    let removes = hr(&["remove"], &["clerk"]);
    assert_eq!(found(std::slice::from_ref(&removes)), NONE, "governed from above it needs no successor");
    let [implies] = apart;
    assert!(found(&[implies, removes]).contains(&"succession/organization/hr".to_owned()));
    // Who takes someone out of a project names themselves, if they may give the role.
    let takes = [
        ("/kinds/organization/roles/owner/implies", json!({})),
        ("/commands/remove_member", json!(null)),
        worker(&["work", "take"], &["manager"]),
    ];
    assert_eq!(found(&takes), ["ungoverned/organization/remove_member", "escalation/project/worker"]);
}

#[test]
fn who_takes_a_share_away_is_its_successor() {
    let mut takes = desks();
    takes.push(("/commands/remove_member", json!({ "organization": "remove" })));
    takes.push(("/commands/unshare", json!({ "desk": "read" })));
    takes.push(("/kinds/desk/roles/see", json!({ "allow": ["read"], "grant": ["edit"] })));
    let found = found(&takes);
    assert!(found.contains(&"escalation/desk/see".to_owned()), "{found:?}");
    let one = finding(&changed(&takes), "escalation/desk/see");
    assert!(one.sentence.contains("`unshare`"), "{}", one.sentence);
}

#[test]
fn roles_that_give_are_looked_at_up_to_a_number_and_quickly() {
    let mut changes = vec![];
    let roles: serde_json::Map<_, _> = (0..120)
        .map(|index| {
            let next = format!("r{}", index + 1);
            (format!("r{index}"), json!({ "allow": ["read", "share"], "grant": [next] }))
        })
        .chain([("r120".to_owned(), json!({ "allow": ["share"] }))])
        .collect();
    let names: Vec<_> = roles.keys().cloned().collect();
    let names = json!(names);
    let body = json!({ "parent": "organization", "actions": { "read": {}, "share": {} }, "roles": roles });
    for (kind, held) in [
        ("/kinds/a", "/holders/user/roles/a"),
        ("/kinds/b", "/holders/user/roles/b"),
        ("/kinds/c", "/holders/user/roles/c"),
    ] {
        changes.push((kind, body.clone()));
        changes.push((held, names.clone()));
    }
    changes.push(("/commands/change_share", json!({ "a": "share", "b": "share", "c": "share" })));
    let policy = changed(&changes);
    let start = std::time::Instant::now();
    let found = policy.audit();
    assert!(start.elapsed().as_secs() < 20, "took {:?}", start.elapsed());
    let unchecked = found.iter().find(|finding| finding.key == "unchecked").unwrap();
    assert!(unchecked.sentence.starts_with("365 roles give or govern something"), "{}", unchecked.sentence);
}
