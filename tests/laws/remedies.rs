//! A remedy does what it says: applied to the document, it turns the denial into a grant.

use super::{ask_all, law, open};
use crate::common::json;
use crate::oracle::{Oracle, Question};
use crate::world::World;
use proptest::prelude::{prop_assert, prop_assert_eq};
use serde_json::{Value, json};

#[test]
fn remedy_turns_the_answer() {
    law("remedy_turns_the_answer", 40, |world| {
        let mut budget = 120;
        ask_all(world, &open(world), &[1_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let decision = json(&access.check(action, kind, id, now));
            let Some(changed) = changed(world, question, &decision) else { return Ok(()) };
            if budget > 0 {
                budget -= 1;
                let after = open(&changed).access(question.principal, question.organization);
                if !an_edition_opens(&changed, question) {
                    return Ok(());
                }
                let turned = json(&after.check(action, kind, id, now));
                prop_assert_eq!(
                    &turned["reason"],
                    "granted",
                    "{:?}\n{}\nthen {}",
                    question,
                    decision,
                    turned
                );
            }
            Ok(())
        })
    });
}

#[test]
fn only_some_reasons_carry_a_remedy() {
    law("only_some_reasons_carry_a_remedy", 40, |world| {
        ask_all(world, &open(world), &[1_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let decision = json(&access.check(action, kind, id, now));
            let remedies = decision["remedy"].as_array().unwrap();
            let asks = decision["ask"].as_array().unwrap();
            let via = decision["via"].as_array().unwrap();
            let reason = decision["reason"].as_str().unwrap();
            let may = ["no_role", "expired", "feature_unavailable", "limit_reached"].contains(&reason);
            prop_assert!(may || remedies.is_empty() && asks.is_empty(), "{:?}: {}", question, decision);
            prop_assert_eq!(via.is_empty(), reason != "granted", "{:?}: {}", question, decision);
            for ask in asks {
                let of = ask["remedy"].as_u64().unwrap();
                prop_assert!(of < remedies.len() as u64, "{:?} asks for nothing: {}", question, decision);
                prop_assert!(ask["people"].is_null(), "an access names no people: {}", decision);
            }
            Ok(())
        })
    });
}

/// The world after the first remedy, and after the edition's too; `None` where there is none, where the
/// access does not know the place, or where the resource is not one of this organization.
fn changed(world: &World, question: Question<'_>, decision: &Value) -> Option<World> {
    let remedies = decision["remedy"].as_array()?;
    let first = remedies.first()?;
    let exists = [question.organization, "platform"].contains(&question.id)
        || question.id.ends_with(&format!("-{}", question.organization));
    if !exists {
        return None;
    }
    let is_placed = first["on"].as_str().is_none_or(|on| on.contains('/'));
    if !is_placed {
        return None;
    }
    let mut changed = world.clone();
    if first["change"] != "edition" {
        give(&mut changed, question.principal, first);
    }
    if let Some(edition) = remedies.iter().find(|one| one["change"] == "edition") {
        record(&mut changed, "organizations", question.organization)["edition"] = edition["edition"].clone();
    }
    Some(changed)
}

/// Whether there is an edition in which the changed world grants: some gates no edition opens.
fn an_edition_opens(world: &World, question: Question<'_>) -> bool {
    let mut world = world.clone();
    let editions: Vec<String> = world.policy["editions"].as_object().unwrap().keys().cloned().collect();
    editions.into_iter().any(|edition| {
        record(&mut world, "organizations", question.organization)["edition"] = edition.into();
        Oracle::new(&world.policy, &world.directory).check(question).allowed
    })
}

/// Binds the role of a remedy to the principal, without end.
fn give(world: &mut World, principal: &str, remedy: &Value) {
    let (kind, id) = remedy["on"].as_str().unwrap().split_once('/').unwrap();
    let (holder, name) = principal.split_once('/').unwrap();
    let role = &remedy["role"];
    match (kind, holder) {
        ("organization", "service_account") => add_role(record(world, "serviceAccounts", name), role),
        ("organization", _) => add_role(bound(record(world, "organizations", id), principal), role),
        ("project", "api_key") => add_role(record(world, "apiKeys", name), role),
        ("project", _) => add_role(bound(record(world, "projects", id), principal), role),
        _ => share(record(world, "resources", id), principal, role),
    }
}

fn record<'a>(world: &'a mut World, list: &str, id: &str) -> &'a mut Value {
    let records = world.directory[list].as_array_mut().unwrap();
    records.iter_mut().find(|one| one["id"] == *id).unwrap_or_else(|| panic!("no {id} in {list}"))
}

/// The entry of a member, made where there is none; it ends no more.
fn bound<'a>(record: &'a mut Value, who: &str) -> &'a mut Value {
    if record["members"].is_null() {
        record["members"] = json!([{ "member": record["creator"], "roles": ["owner"] }]);
    }
    let members = record["members"].as_array_mut().unwrap();
    if !members.iter().any(|one| one["member"] == *who) {
        members.push(json!({ "member": who, "roles": [] }));
    }
    let member = members.iter_mut().find(|one| one["member"] == *who).unwrap();
    member.as_object_mut().unwrap().remove("until");
    member
}

fn add_role(record: &mut Value, role: &Value) {
    if record["roles"].is_null() {
        record["roles"] = json!([]);
    }
    let roles = record["roles"].as_array_mut().unwrap();
    if !roles.contains(role) {
        roles.push(role.clone());
    }
}

fn share(record: &mut Value, who: &str, role: &Value) {
    if record["shares"].is_null() {
        record["shares"] = json!([{ "with": record["creator"], "role": "high" }]);
    }
    let shares = record["shares"].as_array_mut().unwrap();
    shares.retain(|one| one["with"] != *who || one["role"] != *role);
    shares.push(json!({ "with": who, "role": role }));
}
