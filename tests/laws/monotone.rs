//! More facts never take away, order does not matter, and nothing crosses organizations.

use super::{MOMENTS, Twin, ask_all, law, open};
use crate::common::json;
use crate::oracle::Question;
use crate::world::World;
use proptest::prelude::{prop_assert, prop_assert_eq};
use serde_json::{Value, json};

#[test]
fn deny_by_default() {
    law("deny_by_default", 40, |world| {
        let mut world = world.clone();
        let organizations = world.ids("organizations");
        let accounts = list_mut(&mut world.directory, "serviceAccounts");
        accounts.extend(
            organizations
                .iter()
                .map(|id| json!({ "id": format!("bare-{id}"), "organization": id, "roles": [] })),
        );
        ask_all(&world, &open(&world), &[1_000], |access, question| {
            let decision = access.check(question.action, question.kind, question.id, question.now);
            let is_bare = question.principal.starts_with("service_account/bare-");
            prop_assert!(!(is_bare && decision.allowed), "{:?} is granted from nothing", question);
            prop_assert!(
                !decision.allowed || !decision.via.is_empty(),
                "{:?} is carried by nothing",
                question
            );
            Ok(())
        })
    });
}

#[test]
fn more_bindings_never_less_access() {
    law("more_bindings_never_less_access", 40, |world| {
        let more = with_more_bindings(world);
        let after = Twin::of(&more);
        ask_all(world, &open(world), &[999, 2_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            if access.can(action, kind, id, now) {
                let kept = after.borrow_mut().access(question).can(action, kind, id, now);
                prop_assert!(kept, "{:?} is lost by more bindings", question);
            }
            Ok(())
        })
    });
}

/// Every listed share, project membership and membership in a group is joined by one more.
fn with_more_bindings(world: &World) -> World {
    let mut more = world.clone();
    for resource in list_mut(&mut more.directory, "resources") {
        let kind = resource["kind"].as_str().unwrap().to_owned();
        let shareable = more.policy["holders"]["members"]["roles"][&kind][0].clone();
        if let Some(shares) = resource.get_mut("shares").and_then(Value::as_array_mut) {
            let given = shares.iter().any(|one| one["with"] == "members" && one["role"] == shareable);
            if !given {
                shares.push(json!({ "with": "members", "role": shareable }));
            }
        }
    }
    for project in list_mut(&mut more.directory, "projects") {
        if let Some(members) = project.get_mut("members").and_then(Value::as_array_mut)
            && !members.iter().any(|one| one["member"] == "members")
        {
            members.push(json!({ "member": "members", "roles": ["user"] }));
        }
    }
    let organizations = world.list("organizations").to_vec();
    for group in list_mut(&mut more.directory, "groups") {
        let organization = organizations.iter().find(|one| one["id"] == group["organization"]).unwrap();
        let owner = organization["members"][0]["member"].clone();
        let members = group["members"].as_array_mut().unwrap();
        if !members.contains(&owner) {
            members.push(owner);
        }
    }
    more
}

#[test]
fn order_of_facts_does_not_matter() {
    law("order_of_facts_does_not_matter", 30, |world| {
        let turned = World { policy: world.policy.clone(), directory: reversed(&world.directory) };
        let after = Twin::of(&turned);
        ask_all(world, &open(world), &[1_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let left = access.check(action, kind, id, now);
            let right = after.borrow_mut().access(question).check(action, kind, id, now);
            prop_assert_eq!(json(&left), json(&right), "{:?}", question);
            Ok(())
        })
    });
}

/// The same document with every list in the opposite order.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().rev().map(reversed).collect(),
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), reversed(field))).collect(),
        other => other.clone(),
    }
}

#[test]
fn duplicates_of_facts_do_not_matter() {
    law("duplicates_of_facts_do_not_matter", 20, |world| {
        let twice = with_groups_doubled(world);
        let after = Twin::of(&twice);
        ask_all(world, &open(world), &MOMENTS, |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let left = access.check(action, kind, id, now);
            let right = after.borrow_mut().access(question).check(action, kind, id, now);
            prop_assert_eq!(left.reason, right.reason, "{:?}", question);
            prop_assert_eq!(left.valid_until, right.valid_until, "{:?}", question);
            Ok(())
        })
    });
}

/// Every group has a twin with the same members and the same bindings: the same access in two ways.
fn with_groups_doubled(world: &World) -> World {
    let mut twice = world.clone();
    let twins: Vec<Value> = world.list("groups").iter().map(|group| renamed(group, "id")).collect();
    list_mut(&mut twice.directory, "groups").extend(twins);
    for (list, field, who) in [("projects", "members", "member"), ("resources", "shares", "with")] {
        for record in list_mut(&mut twice.directory, list) {
            if let Some(bound) = record.get_mut(field).and_then(Value::as_array_mut) {
                let to_groups = bound.iter().filter(|one| one[who].as_str().unwrap().starts_with("group/"));
                let twins: Vec<Value> = to_groups.map(|one| renamed(one, who)).collect();
                bound.extend(twins);
            }
        }
    }
    twice
}

fn renamed(record: &Value, field: &str) -> Value {
    let mut twin = record.clone();
    twin[field] = Value::from(format!("{}-twin", record[field].as_str().unwrap()));
    twin
}

#[test]
fn nothing_crosses_organizations() {
    law("nothing_crosses_organizations", 40, |world| {
        let alone = only_first_organization(world);
        let after = Twin::of(&alone);
        let first = world.ids("organizations").swap_remove(0);
        let directory = open(world);
        ask_all(world, &directory, &[999], |access, question| {
            let Question { principal, organization, action, kind, id, now } = question;
            let decision = access.check(action, kind, id, now);
            let belongs = id == "platform" || id == organization || id.ends_with(&format!("-{organization}"));
            prop_assert!(!decision.allowed || belongs, "{:?} reaches another organization", question);
            if organization == first && principal.starts_with("user/") {
                let without = after.borrow_mut().access(question).check(action, kind, id, now);
                prop_assert_eq!(json(&decision), json(&without), "{:?} depends on another", question);
            }
            Ok(())
        })
    });
}

#[test]
fn another_organizations_resource_answers_as_one_that_does_not_exist() {
    law("another_organizations_resource_answers_as_one_that_does_not_exist", 12, |world| {
        let directory = open(world);
        ask_all(world, &directory, &[999], |access, question| {
            let Question { principal, organization, action, kind, id, now } = question;
            let foreign = ["-o0", "-o1", "-o2"].iter().any(|end| id.ends_with(end));
            if foreign && !id.ends_with(&format!("-{organization}")) {
                let there = json(&access.check(action, kind, id, now)).to_string();
                let nowhere = json(&access.check(action, kind, "missing", now)).to_string();
                prop_assert_eq!(there.replace(id, "missing"), nowhere, "{:?}", question);
                let there = directory.check(principal, organization, action, kind, id, now);
                let nowhere = directory.check(principal, organization, action, kind, "missing", now);
                prop_assert_eq!(json(&there), json(&nowhere), "{:?}", question);
            }
            Ok(())
        })
    });
}

/// The world without every organization but the first, and without all that is in them.
fn only_first_organization(world: &World) -> World {
    let first = world.ids("organizations").swap_remove(0);
    let ending = format!("-{first}");
    let mut alone = world.clone();
    for list in ["groups", "serviceAccounts", "projects", "apiKeys", "resources", "invites"] {
        list_mut(&mut alone.directory, list).retain(|one| one["id"].as_str().unwrap().ends_with(&ending));
    }
    list_mut(&mut alone.directory, "organizations").truncate(1);
    alone
}

fn list_mut<'a>(directory: &'a mut Value, list: &str) -> &'a mut Vec<Value> {
    if directory[list].is_null() {
        directory[list] = json!([]);
    }
    directory[list].as_array_mut().unwrap()
}
