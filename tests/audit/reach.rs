//! The bound of what people can come to hold by themselves.

use crate::common::preset;
use crate::office::{changed, desks};
use bailiwick::{Policy, Reach};
use serde_json::json;

fn on(reach: &[Reach], kind: &str) -> Vec<String> {
    reach.iter().find(|reach| reach.kind == kind).map(|reach| reach.actions.clone()).unwrap_or_default()
}

fn reach(policy: &Policy, members: &[&[(&str, &str)]]) -> Vec<Reach> {
    policy.reach(members).unwrap()
}

const CLERK: (&str, &str) = ("organization", "clerk");
const OWNER: (&str, &str) = ("organization", "owner");
const WORKER: (&str, &str) = ("project", "worker");

#[test]
fn without_a_command_it_is_what_the_roles_give() {
    let office = changed(&[]);
    let one = reach(&office, &[&[CLERK, WORKER]]);
    assert_eq!(on(&one, "organization"), ["look"]);
    assert_eq!(on(&one, "project"), ["work"]);
    assert_eq!(one.len(), 2, "kinds on which nothing is held are left out");
    assert_eq!(reach(&office, &[]), []);
    assert_eq!(reach(&office, &[&[]]), []);
    let everyone = changed(&[
        ("/kinds/platform/actions", json!({ "found": {} })),
        ("/kinds/platform/roles/person", json!({ "allow": ["found"] })),
    ]);
    assert_eq!(on(&reach(&everyone, &[&[]]), "platform"), ["found"], "everybody holds `person`");
}

#[test]
fn a_name_that_the_policy_does_not_have_is_no_bound() {
    let office = changed(&[]);
    assert_eq!(office.reach(&[&[("organization", "king")]]), None);
    assert_eq!(office.reach(&[&[OWNER], &[("planet", "owner")]]), None);
}

#[test]
fn what_one_gives_all_may_come_to_hold() {
    let office = changed(&[]);
    let two = reach(&office, &[&[CLERK], &[OWNER]]);
    assert_eq!(two, reach(&office, &[&[OWNER]]), "an owner has it all");
    let apart = changed(&[
        ("/kinds/project/roles/worker", json!({ "allow": ["work", "change"] })),
        (
            "/kinds/organization/roles/clerk",
            json!({ "allow": ["look"], "implies": { "project": ["trainer"] } }),
        ),
        ("/kinds/project/roles/trainer", json!({ "grant": ["manager"] })),
    ]);
    assert!(!on(&reach(&apart, &[&[CLERK]]), "project").contains(&"close".to_owned()));
    assert!(!on(&reach(&apart, &[&[WORKER]]), "project").contains(&"close".to_owned()));
    assert!(on(&reach(&apart, &[&[CLERK], &[WORKER]]), "project").contains(&"close".to_owned()));
}

/// One member may hold several roles: what stands in the way is what they have bound on that kind.
#[test]
fn one_member_gives_up_what_they_could_not_give() {
    let policy = changed(&[
        (
            "/kinds/organization/roles/clerk",
            json!({ "allow": ["look"], "implies": { "project": ["trainer"] } }),
        ),
        ("/kinds/project/roles/trainer", json!({ "allow": ["change", "add"], "grant": ["manager"] })),
    ]);
    let closes =
        |members: &[&[(&str, &str)]]| on(&reach(&policy, members), "project").contains(&"close".to_owned());
    assert!(closes(&[&[CLERK]]), "nothing of the project is bound");
    assert!(closes(&[&[CLERK, WORKER]]), "what is bound is given up, and the role above still gives");
    let bound = changed(&[(
        "/kinds/project/roles/worker",
        json!({ "allow": ["change", "add"], "grant": ["manager"] }),
    )]);
    let closes =
        |members: &[&[(&str, &str)]]| on(&reach(&bound, members), "project").contains(&"close".to_owned());
    assert!(!closes(&[&[CLERK, WORKER]]), "who gives it up can give nothing any more");
    assert!(closes(&[&[CLERK, WORKER], &[CLERK]]), "to another they can");
}

/// An account takes what a person could not take themselves.
#[test]
fn an_account_that_one_makes_takes_what_one_gives() {
    let mut changes = vec![
        ("/kinds/project/roles/worker", json!({ "allow": ["add"], "grant": ["manager"] })),
        ("/kinds/organization/roles/clerk", json!({ "allow": ["look", "accounts"] })),
    ];
    let closes = |changes: &[_]| {
        on(&reach(&changed(changes), &[&[CLERK, WORKER]]), "project").contains(&"close".to_owned())
    };
    assert!(!closes(&changes), "no account may hold it");
    changes.push(("/holders/service_account/roles/project", json!(["manager"])));
    assert!(closes(&changes));
}

#[test]
fn a_successor_is_somebody_else() {
    let office = changed(&desks());
    let reads =
        |members: &[&[(&str, &str)]]| on(&reach(&office, members), "desk").contains(&"read".to_owned());
    assert!(!reads(&[&[OWNER]]));
    assert!(reads(&[&[OWNER], &[CLERK]]));
    assert!(!reads(&[&[CLERK], &[CLERK]]), "who may remove nobody names no successor");
}

#[test]
fn in_the_presets_nobody_reaches_more_than_their_role_gives() {
    let pinecone = preset("pinecone");
    let user = reach(
        &pinecone,
        &[&[("organization", "organization_user")], &[("organization", "organization_billing_admin")]],
    );
    assert!(!on(&user, "organization").contains(&"delete".to_owned()));
    assert_eq!(on(&user, "project"), [""; 0]);
    let pinkfish = preset("pinkfish");
    let member: &[(&str, &str)] = &[("organization", "organization_member"), ("automation", "view")];
    let member = reach(&pinkfish, &[member, member]);
    assert_eq!(on(&member, "automation"), ["view"]);
}
