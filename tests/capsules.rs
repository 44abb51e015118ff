//! Capsules as they travel: how large they are, whose they are, and what bytes that lie may do.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;

use bailiwick::{Access, Capsule, Directory, Lifetime, Policy, Reason};
use common::{load, preset};
use serde_json::{Value, json};

const LIFE: Lifetime = Lifetime { issued_at: 1_800_000_000_000, not_after: 1_800_000_300_000 };

/// A JWS in compact form: header of 64 bytes with its key's name, payload, signature of 64 bytes; each in base64url.
fn signed(payload: usize) -> usize {
    let text = |bytes: usize| (bytes * 4).div_ceil(3);
    text(64) + 1 + text(payload) + 1 + text(64)
}

fn guild() -> Policy {
    Policy::compile(include_str!("vectors/policies/guild.json")).unwrap()
}

/// A person who holds some role in each of 20 projects, and 50 boards and wires that were shared with them in several ways.
fn directory(letters: usize) -> Directory {
    let id = |name: &str, number: usize| {
        let scattered = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!("{name}{number}{scattered:016x}{scattered:016x}")[..letters].to_owned()
    };
    let member = |who: &str, role: &str| json!({ "member": who, "roles": [role] });
    let roles = ["lead", "maker", "watcher"];
    let projects: Vec<Value> = (0..20)
        .map(|n| json!({ "id": id("p", n), "organization": "acme", "members": [member("user/ana@acme.com", "lead"), member("user/bo@acme.com", roles[n % 3])] }))
        .collect();
    let shared = |n: usize| match n % 5 {
        0..=2 => json!({ "kind": "board", "id": id("b", n), "parent": "organization/acme",
            "shares": [{ "with": "user/ana@acme.com", "role": "edit" }, { "with": "user/bo@acme.com", "role": (["view", "comment", "edit"][n % 3]) }] }),
        _ => json!({ "kind": "wire", "id": id("w", n), "parent": "organization/acme",
            "shares": [{ "with": "user/ana@acme.com", "role": "edit" }, { "with": "user/bo@acme.com", "role": "run", "until": 1_800_000_000_000_u64 + (n as u64 % 4) * 86_400_000 }] }),
    };
    load(
        &guild(),
        &json!({ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
            "organizations": [{ "id": "acme", "edition": "town", "members": [member("user/ana@acme.com", "owner"), member("user/bo@acme.com", "guest")] }],
            "projects": projects, "resources": (0..50).map(shared).collect::<Vec<_>>() }),
    )
}

#[test]
fn twenty_projects_and_fifty_shares_fit_a_cookie() {
    for (letters, most) in [(12, 2048), (20, 2560)] {
        let directory = directory(letters);
        let capsule = directory.capsule("user/bo@acme.com", "acme", LIFE).unwrap();
        let access = Capsule::open(capsule.as_bytes(), &guild().vocabulary()).unwrap();
        let held = |kind, action| access.list(action, kind, None, 1000, LIFE.issued_at).unwrap().items.len();
        assert_eq!((held("project", "look"), held("board", "view")), (20, 30));
        let size = signed(capsule.as_bytes().len());
        println!(
            "20 projects and 50 shares with ids of {letters} letters: {} bytes, signed {size}",
            capsule.as_bytes().len()
        );
        assert!(size <= most, "{size} of {most} bytes with ids of {letters} letters");
    }
}

#[test]
fn the_next_capsule_is_a_small_step_away() {
    let id = |n: usize| format!("project-{n:05}");
    let of = |projects: std::ops::Range<usize>| {
        let members = json!([{ "member": "user/ana@acme.com", "roles": ["lead"] }]);
        let projects: Vec<Value> =
            projects.map(|n| json!({ "id": id(n), "organization": "acme", "members": members })).collect();
        let organization = json!({ "id": "acme", "edition": "town", "members": [{ "member": "user/ana@acme.com", "roles": ["owner"] }] });
        let document = json!({ "format": 1, "people": [{ "id": "ana@acme.com" }], "organizations": [organization], "projects": projects });
        load(&guild(), &document).capsule("user/ana@acme.com", "acme", LIFE).unwrap()
    };
    let (before, after) = (of(0..2000), of(1..2001));
    let delta = before.delta(&after);
    println!("one project of 2,000 gone, another come: {} bytes of {}", delta.len(), after.as_bytes().len());
    assert_eq!(before.apply(&delta).unwrap(), after);
    assert!(delta.len() * 20 < after.as_bytes().len());
}

#[test]
fn a_capsule_opens_with_its_own_vocabulary_alone() {
    let capsule = directory(12).capsule("user/bo@acme.com", "acme", LIFE).unwrap();
    let opens =
        |vocabulary: &Access| Capsule::open(capsule.as_bytes(), vocabulary).map_err(|error| error.code());
    let relabelled = include_str!("vectors/policies/guild.json").replacen(
        r#""accounts": {}"#,
        r#""accounts": { "label": "Machines" }"#,
        1,
    );
    let relabelled = Policy::compile(&relabelled).unwrap();
    assert_eq!(relabelled.digest(), guild().digest(), "labels change no answer");
    assert_eq!(opens(&relabelled.vocabulary()).err(), Some("ERR_POLICY_MISMATCH"));
    assert_eq!(opens(&preset("pinkfish").vocabulary()).err(), Some("ERR_POLICY_MISMATCH"));
    // Any access of the policy that is compiled for somebody begins with the vocabulary, but is not one.
    assert!(opens(&guild().vocabulary()).is_ok());
}

#[test]
fn a_capsule_ends_after_it_begins() {
    let directory = directory(12);
    for (issued_at, not_after) in [(5, 5), (5, 4), (0, 0), (0, u64::MAX)] {
        let refused = directory.capsule("user/bo@acme.com", "acme", Lifetime { issued_at, not_after });
        assert_eq!(refused.unwrap_err().code(), "ERR_LIFETIME", "{issued_at} to {not_after}");
    }
}

#[test]
fn a_clock_behind_the_issuer_counts_as_its_hour() {
    let capsule = directory(12).capsule("user/bo@acme.com", "acme", LIFE).unwrap();
    let access = Capsule::open(capsule.as_bytes(), &guild().vocabulary()).unwrap();
    let ended = access.list("run", "wire", None, 1000, 0).unwrap().items.len();
    assert_eq!(ended, access.list("run", "wire", None, 1000, LIFE.issued_at).unwrap().items.len());
    assert!(ended < 20, "what had ended when it was issued is not there again");
}

#[test]
fn a_capsule_of_a_stranger_says_why_and_nothing_else() {
    let directory = directory(12);
    for (principal, organization, reason) in [
        ("user/eve@acme.com", "acme", Reason::UnknownPrincipal),
        ("user/bo@acme.com", "elsewhere", Reason::NotAMember),
    ] {
        let capsule = directory.capsule(principal, organization, LIFE).unwrap();
        let access = Capsule::open(capsule.as_bytes(), &guild().vocabulary()).unwrap();
        assert_eq!((access.principal(), access.organization()), (principal, organization));
        assert_eq!(access.check("look", "organization", organization, LIFE.issued_at).reason, reason);
        assert!(capsule.as_bytes().len() < 120, "{} bytes", capsule.as_bytes().len());
    }
}
