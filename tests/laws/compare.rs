//! The engine and the oracle agree, and all the ways to ask agree with one another.

use super::{MOMENTS, ask_all, law, open};
use crate::common::{json, list_all, reason};
use crate::oracle::{Answer, Oracle, Question, Via};
use crate::world::World;
use bailiwick::Decision;
use proptest::prelude::{TestCaseError, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

/// The engine's decision in the oracle's words, `via` sorted since one distance has no order of its own.
fn answer(decision: &Decision) -> (bool, String, Vec<Via>, Option<u64>) {
    let written = json(decision);
    let mut via: Vec<Via> = written["via"].as_array().unwrap().iter().map(via).collect();
    via.sort();
    (decision.allowed, reason(decision), via, decision.valid_until)
}

fn via(value: &Value) -> Via {
    let hows = ["direct", "group", "members", "platform"];
    let how = hows.into_iter().find(|how| value["how"] == **how);
    Via {
        role: value["role"].as_str().unwrap().to_owned(),
        on: value["on"].as_str().unwrap().to_owned(),
        how: how.unwrap_or_else(|| panic!("no such way: {value}")),
        group: value["group"].as_str().map(str::to_owned),
        implied: value["implied"].as_bool().unwrap(),
        until: value["until"].as_u64(),
    }
}

fn expected(answer: Answer) -> (bool, String, Vec<Via>, Option<u64>) {
    let mut via = answer.via;
    via.sort();
    (answer.allowed, answer.reason.to_owned(), via, answer.valid_until)
}

#[test]
fn the_engine_answers_as_the_oracle() {
    law("the_engine_answers_as_the_oracle", 60, |world| {
        let directory = open(world);
        let oracle = Oracle::new(&world.policy, &world.directory);
        ask_all(world, &directory, &MOMENTS, |access, question| {
            let decision = access.check(question.action, question.kind, question.id, question.now);
            prop_assert_eq!(answer(&decision), expected(oracle.check(question)), "{:?}", question);
            Ok(())
        })
    });
}

#[test]
fn a_directory_backed_check_answers_as_the_oracle() {
    law("a_directory_backed_check_answers_as_the_oracle", 8, |world| {
        let directory = open(world);
        let oracle = Oracle::new(&world.policy, &world.directory);
        ask_all(world, &directory, &[1_000], |_, ask| {
            let Question { principal, organization, action, kind, id, now } = ask;
            let decision = directory.check(principal, organization, action, kind, id, now);
            prop_assert_eq!(answer(&decision), expected(oracle.check_in_directory(ask)), "{:?}", ask);
            Ok(())
        })
    });
}

#[test]
fn the_switcher_answers_as_the_oracle() {
    law("the_switcher_answers_as_the_oracle", 100, |world| {
        let directory = open(world);
        let oracle = Oracle::new(&world.policy, &world.directory);
        for principal in &world.principals() {
            let entries = directory.organizations(principal);
            let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
            prop_assert_eq!(&ids, &oracle.organizations(principal), "{}", principal);
            for entry in &entries {
                let found = world.list("organizations").iter().find(|one| one["id"] == *entry.id).unwrap();
                prop_assert_eq!(&Value::from(entry.edition.as_str()), &found["edition"]);
            }
        }
        Ok(())
    });
}

#[test]
fn can_equals_check() {
    law("can_equals_check", 25, |world| {
        ask_all(world, &open(world), &MOMENTS, |access, Question { action, kind, id, now, .. }| {
            let decision = access.check(action, kind, id, now);
            prop_assert_eq!(access.can(action, kind, id, now), decision.allowed);
            prop_assert_eq!(decision.allowed, reason(&decision) == "granted");
            Ok(())
        })
    });
}

#[test]
fn button_equals_check() {
    law("button_equals_check", 20, |world| {
        let oracle = Oracle::new(&world.policy, &world.directory);
        ask_all(world, &open(world), &[0, 2_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let button = serde_json::to_value(access.button(action, kind, id, now)).unwrap();
            let decision = access.check(action, kind, id, now);
            prop_assert_eq!(&button["reason"], &json(&decision)["reason"]);
            prop_assert_eq!(button["state"] == "enabled", decision.allowed);
            prop_assert_eq!(&button["state"], oracle.button_state(question), "{:?}", question);
            prop_assert!(button["state"] != "disabled" || button["text"] != "", "a disabled button says why");
            Ok(())
        })
    });
}

#[test]
fn list_equals_check() {
    law("list_equals_check", 30, |world| {
        let oracle = Oracle::new(&world.policy, &world.directory);
        each_table(world, |access, question, ids| {
            let Question { action, kind, now, .. } = question;
            let mut granted: Vec<&String> =
                ids.iter().filter(|id| access.can(action, kind, id, now)).collect();
            granted.sort();
            let listed = list_all(access, action, kind, 1000, now);
            prop_assert_eq!(listed.iter().collect::<Vec<_>>(), granted, "{:?}", question);
            prop_assert_eq!(&listed, &oracle.list(question), "{:?}", question);
            prop_assert_eq!(&listed, &list_all(access, action, kind, 1, now), "{:?}", question);
            Ok(())
        })
    });
}

#[test]
fn can_many_equals_check() {
    law("can_many_equals_check", 40, |world| {
        let directory = open(world);
        for (principal, organization) in pairs(world) {
            let access = directory.access(&principal, &organization);
            for kind in world.kinds() {
                let (actions, ids) = (world.actions(&kind), world.ids_of_kind(&kind));
                let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let bits = access.can_many(&actions, &kind, &ids, 1_000);
                let mut cells = Vec::new();
                for id in &ids {
                    cells.extend(actions.iter().map(|action| u8::from(access.can(action, &kind, id, 1_000))));
                }
                prop_assert_eq!(bits, cells, "{} {} {}", principal, organization, kind);
            }
        }
        Ok(())
    });
}

/// Every list of a world: the ids of one kind under one action.
fn each_table(
    world: &World,
    mut each: impl FnMut(&bailiwick::Access, Question<'_>, &[String]) -> TestCaseResult,
) -> Result<(), TestCaseError> {
    let directory = open(world);
    for (principal, organization) in &pairs(world) {
        let access = directory.access(principal, organization);
        for kind in &world.kinds() {
            let ids = world.ids_of_kind(kind);
            for action in &world.actions(kind) {
                let question = Question { principal, organization, action, kind, id: "", now: 1_000 };
                each(&access, question, &ids)?;
            }
        }
    }
    Ok(())
}

fn pairs(world: &World) -> Vec<(String, String)> {
    let organizations = world.organizations();
    let pair = |principal: String| {
        organizations
            .iter()
            .map(move |organization| (principal.clone(), organization.clone()))
            .collect::<Vec<_>>()
    };
    world.principals().into_iter().flat_map(pair).collect()
}
