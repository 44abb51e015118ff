//! What ends, ends at its millisecond, also for an access held since before; and time does not run back.

use super::{ask_all, law, open};
use crate::oracle::{Oracle, Question};
use crate::world::ENDS;
use proptest::prelude::{prop_assert, prop_assert_eq};

/// A moment after all ends.
const FOREVER: u64 = 9_000_000_000_000;

#[test]
fn an_expired_binding_gives_nothing_at_its_millisecond() {
    law("an_expired_binding_gives_nothing_at_its_millisecond", 25, |world| {
        let oracle = Oracle::new(&world.policy, &world.directory);
        let moments: Vec<u64> = ENDS.iter().flat_map(|end| [end - 1, *end]).collect();
        ask_all(world, &open(world), &moments, |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let decision = access.check(action, kind, id, now);
            prop_assert_eq!(decision.allowed, oracle.check(question).allowed, "{:?}", question);
            for via in &decision.via {
                prop_assert!(
                    via.until.is_none_or(|until| now < until),
                    "{:?} is carried by what ended",
                    question
                );
            }
            if let Some(until) = decision.valid_until {
                prop_assert!(now < until);
            }
            Ok(())
        })
    });
}

#[test]
fn a_grant_is_valid_until_its_valid_until_and_not_after() {
    law("a_grant_is_valid_until_its_valid_until_and_not_after", 30, |world| {
        let directory = open(world);
        let fresh = open(world);
        ask_all(world, &directory, &[0], |access, question| {
            let Question { principal, organization, action, kind, id, now } = question;
            let decision = access.check(action, kind, id, now);
            let Some(until) = decision.valid_until else { return Ok(()) };
            let held = fresh.access(principal, organization);
            prop_assert!(held.can(action, kind, id, until - 1), "{:?} should last until {}", question, until);
            prop_assert!(!held.can(action, kind, id, until), "{:?} should end at {}", question, until);
            Ok(())
        })
    });
}

#[test]
fn a_moment_earlier_than_one_already_seen_counts_as_the_one_seen() {
    law("a_moment_earlier_than_one_already_seen_counts_as_the_one_seen", 30, |world| {
        let oracle = Oracle::new(&world.policy, &world.directory);
        let directory = open(world);
        let mut last = (String::new(), String::new());
        ask_all(world, &directory, &[2_000, 999], |access, question| {
            let pair = (question.principal.to_owned(), question.organization.to_owned());
            if pair != last {
                access.can("a0", "organization", "", 2_000);
                last = pair;
            }
            let Question { action, kind, id, .. } = question;
            let seen = oracle.check(Question { now: 2_000, ..question });
            prop_assert_eq!(access.can(action, kind, id, 999), seen.allowed, "{:?}", question);
            prop_assert_eq!(
                access.check(action, kind, id, 0).valid_until,
                seen.valid_until,
                "{:?}",
                question
            );
            Ok(())
        })
    });
}

#[test]
fn no_answer_changes_before_the_next_expiry() {
    law("no_answer_changes_before_the_next_expiry", 30, |world| {
        let oracle = Oracle::new(&world.policy, &world.directory);
        ask_all(world, &open(world), &[0, 1_000, 2_500], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            let last = access.next_expiry(now).map_or(FOREVER, |end| end - 1);
            prop_assert!(last >= now, "an end at {} is not after {}", last + 1, now);
            let later = oracle.check(Question { now: last, ..question });
            prop_assert_eq!(access.can(action, kind, id, now), later.allowed, "{:?}", question);
            Ok(())
        })
    });
}

#[test]
fn the_next_expiry_is_one_of_the_ends() {
    law("the_next_expiry_is_one_of_the_ends", 30, |world| {
        ask_all(world, &open(world), &[0, 1_000, 2_500], |access, question| {
            let next = access.next_expiry(question.now);
            prop_assert!(next.is_none_or(|end| ENDS.contains(&end)), "{:?} is no end", next);
            Ok(())
        })
    });
}
