//! What grows with its input and no faster, and where it stops.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;

use bailiwick::{Directory, Policy};
use common::{compile, json, load, preset, small_directory, small_policy};
use serde_json::{Map, Value, json};

/// A tree of more than 2^21 values is refused, though its text is far below 64 MiB.
#[test]
fn a_document_of_too_many_small_values_is_refused() {
    let many = "0,".repeat((1 << 21) + 1);
    let text = format!(r#"{{"format":1,"name":[{many}0]}}"#);
    assert!(text.len() < 8 << 20);
    assert_eq!(Policy::compile(&text).unwrap_err().code(), "ERR_TOO_LARGE");
    let text = format!(r#"{{"format":1,"people":[{{"id":[{many}0]}}]}}"#);
    assert_eq!(Directory::load(&preset("pinkfish"), &text).unwrap_err().code(), "ERR_TOO_LARGE");
}

/// At most 16 roles are named as remedies, the smallest, however many would do.
#[test]
fn no_more_than_sixteen_remedies_are_named() {
    let mut policy = small_policy(&[]);
    let names: Vec<String> = (0..40).map(|n| format!("governor_{n:02}")).collect();
    for name in &names {
        policy["kinds"]["organization"]["roles"][name] = json!({ "allow": ["govern"] });
        let grant = &mut policy["kinds"]["organization"]["roles"]["owner"]["grant"];
        grant.as_array_mut().unwrap().push(json!(name));
        let may = &mut policy["holders"]["user"]["roles"]["organization"];
        may.as_array_mut().unwrap().push(json!(name));
    }
    let directory = small_directory("only", &["ann@x.com"]);
    let access = load(&compile(&policy), &directory).access("user/ann@x.com", "home");
    let decision = json(&access.check("govern", "organization", "home", 0));
    assert_eq!(decision["reason"], "no_role", "{decision}");
    let remedies = decision["remedy"].as_array().unwrap();
    assert_eq!((remedies.len(), &remedies[15]["role"]), (16, &json!("governor_15")), "{decision}");
}

/// The bytes of an access where `n` resources, each with an end of its own, lie in a project that `n` groups hold.
fn bytes_of(n: usize) -> usize {
    let who = "user/b@x.com";
    let groups: Vec<Value> =
        (0..n).map(|at| json!({ "id": format!("g{at}"), "organization": "o", "members": [who] })).collect();
    let members: Vec<Value> =
        (0..n).map(|at| json!({ "member": format!("group/g{at}"), "roles": ["project_viewer"] })).collect();
    let resources: Vec<Value> = (0..n)
        .map(|at| {
            json!({ "kind": "index", "id": format!("i{at}"), "parent": "project/p",
            "shares": [{ "with": who, "role": "reader", "until": 1000 + at }] })
        })
        .collect();
    let mut policy: Value = serde_json::from_str(include_str!("../policies/pinecone-2026.json")).unwrap();
    policy["kinds"]["index"]["roles"]["reader"] = json!({ "allow": ["query"] });
    policy["holders"]["user"]["roles"]["index"] = json!(["reader"]);
    let mut document = Map::new();
    document.insert("format".into(), json!(1));
    document.insert("people".into(), json!([{ "id": "a@x.com" }, { "id": "b@x.com" }]));
    document.insert(
        "organizations".into(),
        json!([{ "id": "o", "edition": "starter", "members": [
        { "member": "user/a@x.com", "roles": ["organization_owner"] },
        { "member": who, "roles": ["organization_member"] }] }]),
    );
    document.insert("groups".into(), json!(groups));
    document.insert(
        "projects".into(),
        json!([{ "id": "p", "organization": "o",
        "members": members }]),
    );
    document.insert("resources".into(), json!(resources));
    load(&compile(&policy), &Value::Object(document)).access(who, "o").as_bytes().len()
}

/// What reaches many resources from above is written once, not once for each of them.
#[test]
fn an_access_grows_with_what_is_held_and_not_with_its_square() {
    let (small, large) = (bytes_of(100), bytes_of(400));
    assert!(large < small * 5, "{small} bytes for 100, {large} for 400");
}

/// The last moment that a number can name is a moment like others: what does not end is still held.
#[test]
fn all_ways_to_ask_agree_at_the_last_moment() {
    let directory = small_directory("only", &["ann@x.com"]);
    let policy = compile(&small_policy(&[]));
    let directory = load(&policy, &directory);
    let owner = directory.access("user/owner@x.com", "home");
    let action = "govern";
    for now in [0, u64::MAX - 1, u64::MAX] {
        assert!(owner.can(action, "organization", "home", now), "at {now}");
        assert!(owner.check(action, "organization", "home", now).allowed, "at {now}");
        assert_eq!(owner.can_many(&[action], "organization", &["home"], now), [1], "at {now}");
        assert_eq!(owner.list(action, "organization", None, 10, now).unwrap().items, ["home"], "at {now}");
    }
}
