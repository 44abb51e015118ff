//! An access is its bytes: they travel and answer the same, and no bytes and no names make it panic.

use super::{ask_all, law, open};
use crate::common::json;
use crate::oracle::Question;
use crate::world::World;
use bailiwick::{Access, Directory};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;

/// Names that were trouble in one system or another.
const MAGIC: [&str; 16] = [
    "",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "*",
    "public",
    "null",
    "undefined",
    "\0",
    "a\0b",
    "/",
    "grant ",
    "grant owner",
    "\u{feff}platform",
];

#[test]
fn access_bytes_round_trip() {
    law("access_bytes_round_trip", 30, |world| {
        let directory = open(world);
        for (principal, organization) in members(world) {
            let access = directory.access(&principal, &organization);
            let opened = Access::open(access.as_bytes().to_vec()).unwrap();
            prop_assert_eq!(opened.principal(), access.principal());
            prop_assert_eq!(opened.organization(), access.organization());
            prop_assert_eq!(opened.revision(), access.revision());
            prop_assert_eq!(opened.next_expiry(0), access.next_expiry(0));
            prop_assert_eq!(opened.as_bytes(), access.as_bytes());
        }
        ask_all(world, &directory, &[1_000], |access, question| {
            let Question { action, kind, id, now, .. } = question;
            if action == "a0" || action == "a1" {
                let opened = Access::open(access.as_bytes().to_vec()).unwrap();
                let (left, right) =
                    (opened.check(action, kind, id, now), access.check(action, kind, id, now));
                prop_assert_eq!(json(&left), json(&right), "{:?}", question);
            }
            Ok(())
        })
    });
}

#[test]
fn a_directory_makes_the_same_bytes_twice() {
    law("a_directory_makes_the_same_bytes_twice", 30, |world| {
        let (directory, again) = (open(world), open(world));
        for (principal, organization) in members(world) {
            let (left, right) =
                (directory.access(&principal, &organization), again.access(&principal, &organization));
            prop_assert_eq!(left.as_bytes(), right.as_bytes());
        }
        Ok(())
    });
}

#[test]
fn reading_is_total_on_every_truncation() {
    law("reading_is_total_on_every_truncation", 12, |world| {
        for bytes in some_bytes(world) {
            for end in 0..bytes.len() {
                prop_assert!(Access::open(bytes[..end].to_vec()).is_err(), "{} of {}", end, bytes.len());
            }
        }
        Ok(())
    });
}

#[test]
fn reading_is_total_on_every_flipped_bit() {
    law("reading_is_total_on_every_flipped_bit", 2, |world| {
        for bytes in some_bytes(world).into_iter().take(2) {
            for bit in 0..bytes.len() * 8 {
                let mut changed = bytes.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                ask_whatever_opens(changed);
            }
        }
        Ok(())
    });
}

#[test]
fn reading_is_total_on_large_lengths() {
    law("reading_is_total_on_large_lengths", 4, |world| {
        for bytes in some_bytes(world).into_iter().take(2) {
            for start in 0..bytes.len().saturating_sub(4) {
                let mut changed = bytes.clone();
                changed[start..start + 4].copy_from_slice(&[0xff; 4]);
                ask_whatever_opens(changed);
            }
        }
        Ok(())
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_is_total_on_random_bytes(bytes in vec(any::<u8>(), 0..300)) {
        ask_whatever_opens(bytes);
    }
}

#[test]
fn asking_never_panics_and_magic_names_are_denied() {
    let long = "x".repeat(100_000);
    law("asking_never_panics_and_magic_names_are_denied", 10, |world| {
        let directory = open(world);
        for (principal, organization) in members(world) {
            let access = directory.access(&principal, &organization);
            for name in MAGIC.into_iter().chain([long.as_str()]) {
                ask_with_magic(&access, name)?;
            }
        }
        for name in MAGIC.into_iter().chain([long.as_str()]) {
            ask_as_magic(world, &directory, name)?;
        }
        Ok(())
    });
}

fn ask_with_magic(access: &Access, name: &str) -> TestCaseResult {
    let kinds = ["platform", "organization", "project", "alpha"];
    for kind in kinds {
        prop_assert!(name.starts_with("grant o") || !access.can(name, kind, "platform", 0));
        prop_assert!(!access.can("a0", kind, name, 0), "{:?} as id of {}", name, kind);
        prop_assert!(access.button("a0", kind, name, 0).state != bailiwick::State::Enabled);
        prop_assert_eq!(access.can_many(&["a0", name], kind, &[name], 0), [0, 0]);
    }
    prop_assert!(!access.can("a0", name, "platform", 0), "{:?} as kind", name);
    prop_assert!(access.list("a0", name, None, 10, 0).unwrap().items.is_empty());
    Ok(())
}

fn ask_as_magic(world: &World, directory: &Directory, name: &str) -> TestCaseResult {
    for principal in [name.to_owned(), format!("user/{name}"), format!("service_account/{name}")] {
        prop_assert!(directory.organizations(&principal).is_empty());
        for organization in world.organizations() {
            let access = directory.access(&principal, &organization);
            prop_assert!(!access.can("a0", "platform", "platform", 0), "{:?}", principal);
            prop_assert!(!access.can("a0", "organization", &organization, 0), "{:?}", principal);
        }
    }
    let member = world.principals().swap_remove(0);
    prop_assert!(!directory.check(&member, name, "a0", "organization", name, 0).allowed);
    Ok(())
}

/// Whatever opens must answer every question, and answer it in finite time.
fn ask_whatever_opens(bytes: Vec<u8>) {
    let Ok(access) = Access::open(bytes) else { return };
    for kind in ["platform", "organization", "project", "alpha", "beta", "unheard_of"] {
        for id in ["o0", "project0-o0", "alpha0-o0", "missing"] {
            access.can("a0", kind, id, 1_500);
            access.check("a1", kind, id, 1_500);
            access.button("a2", kind, id, 1_500);
        }
        let _ = access.list("a0", kind, None, 1000, 1_500);
        access.can_many(&["a0", "a1"], kind, &["o0", "missing"], 1_500);
    }
    access.next_expiry(1_500);
}

/// The bytes of a few accesses of the world.
fn some_bytes(world: &World) -> Vec<Vec<u8>> {
    let directory = open(world);
    let few = members(world).into_iter().take(3);
    few.map(|(principal, organization)| directory.access(&principal, &organization).as_bytes().to_vec())
        .collect()
}

fn members(world: &World) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for organization in world.list("organizations") {
        for member in organization["members"].as_array().unwrap() {
            let (who, id) = (member["member"].as_str().unwrap(), organization["id"].as_str().unwrap());
            pairs.push((who.to_owned(), id.to_owned()));
        }
    }
    pairs
}
