//! The conformance suite in native Rust.
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

use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_vector_holds() {
    let asked = suite::run_vectors();
    suite::say(&format!("questions asked: {asked}"));
    assert!(asked > 0, "no question was asked");
}

/// Names every question that fails, where the suite stops at the first.
#[test]
fn every_question_holds_by_itself() {
    let mut failed = Vec::new();
    for (file, text) in suite::VECTORS {
        let vector: Value = serde_json::from_str(text).unwrap();
        for (place, question) in vector["questions"].as_array().unwrap().iter().enumerate() {
            let mut alone = vector.clone();
            alone["questions"] = serde_json::json!([question]);
            if std::panic::catch_unwind(|| suite::run_vector(file, &alone.to_string())).is_err() {
                failed.push(format!("{file}: questions[{place}]"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn no_file_of_the_suite_is_forgotten() {
    let compiled =
        |list: &[(&str, &str)]| list.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>();
    let mut vectors = files("tests/vectors", ".json");
    vectors.remove("vector.schema.json");
    assert_eq!(compiled(suite::VECTORS), vectors);
    assert_eq!(compiled(suite::TABLES), files("tests/tables", ".csv"));
    let policies: BTreeSet<String> = suite::POLICIES.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(policies, files("tests/vectors/policies", ".json"));
    let presets: BTreeSet<String> = common::PRESETS.iter().map(|(name, _)| format!("{name}.json")).collect();
    let mut committed = files("policies", ".json");
    committed.retain(|name| !name.ends_with(".schema.json"));
    assert_eq!(presets, committed);
}

fn files(directory: &str, ending: &str) -> BTreeSet<String> {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let entries = std::fs::read_dir(directory).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(ending)).collect()
}
