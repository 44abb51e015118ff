//! What travels says what stays at home: capsules, their ends, and what turns one into the next.

use super::{ask_all, law, open};
use crate::common::json;
use crate::world::World;
use bailiwick::{Access, Capsule, Directory, Lifetime, Reason};
use proptest::prelude::{prop_assert, prop_assert_eq};

const LIFE: Lifetime = Lifetime { issued_at: 500, not_after: 2_500 };

#[test]
fn a_capsule_says_what_the_access_says() {
    law("a_capsule_says_what_the_access_says", 20, |world| {
        let directory = open(world);
        let vocabulary = directory.policy().vocabulary();
        ask_all(world, &directory, &[1_000, 2_000], |access, question| {
            let capsule = directory.capsule(question.principal, question.organization, LIFE).unwrap();
            let opened = Capsule::open(capsule.as_bytes(), &vocabulary).unwrap();
            let mut expected = access.check(question.action, question.kind, question.id, question.now);
            if expected.allowed {
                expected.valid_until =
                    Some(expected.valid_until.map_or(LIFE.not_after, |end| end.min(LIFE.not_after)));
            }
            let told = opened.check(question.action, question.kind, question.id, question.now);
            prop_assert_eq!(json(&told), json(&expected), "{:?}", question);
            Ok(())
        })
    });
}

#[test]
fn a_capsule_answers_nothing_after_its_end() {
    law("a_capsule_answers_nothing_after_its_end", 20, |world| {
        let directory = open(world);
        for opened in capsules(world, &directory).iter().map(|capsule| reopened(&directory, capsule)) {
            prop_assert_eq!(opened.not_after(), Some(2_500));
            prop_assert!(opened.next_expiry(0).is_some_and(|end| end <= 2_500));
            for kind in ["platform", "organization", "project", "alpha"] {
                for now in [2_500, 2_501, 0] {
                    prop_assert!(!opened.can("a0", kind, "o0", now));
                    let stale = opened.check("a0", kind, "o0", now);
                    prop_assert_eq!(
                        (stale.reason, stale.remedy.len(), stale.ask.len()),
                        (Reason::Stale, 0, 0)
                    );
                    prop_assert!(opened.list("a0", kind, None, 10, now).unwrap().items.is_empty());
                    prop_assert_eq!(opened.can_many(&["a0"], kind, &["o0"], now), [0]);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_capsule_that_is_cut_or_changed_is_refused() {
    law("a_capsule_that_is_cut_or_changed_is_refused", 3, |world| {
        let directory = open(world);
        let vocabulary = directory.policy().vocabulary();
        for capsule in capsules(world, &directory).into_iter().take(2) {
            let bytes = capsule.as_bytes();
            for end in 0..bytes.len() {
                prop_assert!(
                    Capsule::open(&bytes[..end], &vocabulary).is_err(),
                    "{} of {}",
                    end,
                    bytes.len()
                );
            }
            for bit in 0..bytes.len() * 8 {
                let mut changed = bytes.to_vec();
                changed[bit / 8] ^= 1 << (bit % 8);
                let code = Capsule::open(&changed, &vocabulary).err().map(|error| error.code());
                prop_assert_eq!(code, Some("ERR_CAPSULE"), "bit {}", bit);
            }
        }
        Ok(())
    });
}

#[test]
fn a_delta_makes_the_next_capsule_and_no_other() {
    law("a_delta_makes_the_next_capsule_and_no_other", 15, |world| {
        let directory = open(world);
        let capsules = capsules(world, &directory);
        for pair in capsules.windows(2) {
            let delta = pair[0].delta(&pair[1]);
            prop_assert_eq!(&pair[0].apply(&delta).unwrap(), &pair[1]);
            prop_assert!(pair[0] == pair[1] || pair[1].apply(&delta).is_err(), "it fits another");
            prop_assert!(delta.len() <= pair[1].as_bytes().len() * 4 / 3 + 64);
            for end in 0..delta.len() {
                prop_assert!(pair[0].apply(&delta[..end]).is_err(), "{} of {}", end, delta.len());
            }
        }
        Ok(())
    });
}

/// The capsules of all members, each in each organization, also where they are strangers.
fn capsules(world: &World, directory: &Directory) -> Vec<Capsule> {
    let organizations = world.organizations();
    let pairs = world
        .principals()
        .into_iter()
        .flat_map(|who| organizations.iter().map(move |here| (who.clone(), here)));
    pairs
        .map(|(principal, organization)| directory.capsule(&principal, organization, LIFE).unwrap())
        .collect()
}

fn reopened(directory: &Directory, capsule: &Capsule) -> Access {
    Capsule::open(capsule.as_bytes(), &directory.policy().vocabulary()).unwrap()
}
