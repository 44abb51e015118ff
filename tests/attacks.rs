//! Attacks on the engine by their numbers, A15 to A25; those on requests, A1 to A14, are in `tests/guard`. A22 and A23 are in
//! `tests/errors.rs`, where documents and bytes are refused; A17 to A19, A24 and the traps of A25 need JavaScript, and are in
//! `pkg/test`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;
mod suite;

use bailiwick::Directory;
use common::{list_all, load, preset};
use serde_json::{Value, json};

const NOW: u64 = 1_800_000_000_000;

/// Three organizations with people, projects, groups and keys in common.
fn acme() -> (Directory, Value) {
    let document: Value = serde_json::from_str(include_str!("../www/examples/acme.json")).unwrap();
    (load(&preset("pinecone"), &document), document)
}

fn ids(document: &Value, list: &str) -> Vec<String> {
    document[list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Every action that the policy declares, with its kind.
fn actions(directory: &Directory) -> Vec<(String, String)> {
    let kinds = directory
        .policy()
        .kinds()
        .map(|kind| (kind.kind.clone(), directory.policy().matrix(&kind.kind).unwrap()));
    kinds
        .flat_map(|(kind, matrix)| {
            matrix.actions.into_iter().map(move |action| (kind.clone(), action.action))
        })
        .collect()
}

#[test]
fn a15_tenants() {
    let (directory, document) = acme();
    let (organizations, actions) = (ids(&document, "organizations"), actions(&directory));
    let home = |id: &str| {
        document["projects"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()["organization"]
            .clone()
    };
    let mut asked = 0;
    for (person, here) in ids(&document, "people")
        .iter()
        .flat_map(|person| organizations.iter().map(move |here| (person, here)))
    {
        let access = directory.access(&format!("user/{person}"), here);
        let projects = ids(&document, "projects").into_iter().filter(|id| home(id) != json!(here));
        let elsewhere: Vec<(String, String)> = projects
            .map(|id| ("project".to_owned(), id))
            .chain(
                organizations
                    .iter()
                    .filter(|other| *other != here)
                    .map(|other| ("organization".to_owned(), other.clone())),
            )
            .collect();
        for (kind, id) in &elsewhere {
            for (_, action) in actions.iter().filter(|(of, _)| of == kind) {
                assert!(!access.can(action, kind, id, NOW), "{person} in {here}: {action} {kind} {id}");
                asked += 1;
            }
        }
    }
    assert!(asked > 10_000, "only {asked} questions");
}

#[test]
fn a16_magic_names() {
    vector("magic-names.json");
}

#[test]
fn a20_lookalike_ids() {
    vector("lookalike-ids.json");
}

#[test]
fn a21_delimiter_games() {
    vector("delimiters.json");
}

fn vector(name: &str) {
    let (name, text) = suite::VECTORS.iter().find(|(known, _)| *known == name).unwrap();
    assert!(suite::run_vector(name, text) > 5);
}

#[test]
fn a25_consistency() {
    let (directory, document) = acme();
    let (projects, actions) = (ids(&document, "projects"), actions(&directory));
    let known: Vec<&str> = projects.iter().map(String::as_str).collect();
    let (mut granted, mut denied) = (0, 0);
    for person in ids(&document, "people") {
        let access = directory.access(&format!("user/{person}"), "acme");
        for (kind, action) in actions.iter().filter(|(kind, _)| kind == "project") {
            let listed = list_all(&access, action, kind, 7, NOW);
            let table = access.can_many(&[action], kind, &known, NOW);
            for (id, batched) in known.iter().zip(table) {
                let allowed = access.can(action, kind, id, NOW);
                let explained =
                    directory.check(&format!("user/{person}"), "acme", action, kind, id, NOW).allowed;
                let told = [
                    access.check(action, kind, id, NOW).allowed,
                    batched == 1,
                    listed.iter().any(|one| one == id),
                    explained,
                ];
                assert_eq!(told, [allowed; 4], "{person}: {action} {kind} {id}");
                if allowed { granted += 1 } else { denied += 1 }
            }
        }
    }
    assert!(granted > 100 && denied > 100, "{granted} granted, {denied} denied");
}
