//! The schemas and the readers accept the same: each command, change and directory of `tests/schemas` is read here,
//! and checked by the schemas in `pkg/test/schemas.test.mjs`. Every command, fact and note must be among them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;

use bailiwick::{Change, Command, Directory, Error};
use common::preset;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const COMMANDS: &str = include_str!("schemas/commands.json");
const CHANGES: &str = include_str!("schemas/changes.json");
const DIRECTORIES: &str = include_str!("schemas/directories.json");
const COMMAND_SCHEMA: &str = include_str!("../policies/command.schema.json");
const CHANGE_SCHEMA: &str = include_str!("../policies/change.schema.json");

fn examples(text: &str, name: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    let found = file[name].as_array().unwrap().clone();
    assert!(!found.is_empty(), "no example under `{name}`");
    found
}

/// The word in quotation marks at the start of `text`.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"').and_then(|rest| rest.split('"').next())
}

/// Every command as the reader names it: the lines `SignUp = "sign_up" {` of its source.
fn commands() -> BTreeSet<&'static str> {
    let lines = include_str!("../src/directory/command.rs").lines();
    let named = lines.filter(|line| line.contains("\" {")).filter_map(|line| line.trim().split_once(" = "));
    named.filter_map(|(_, rest)| quoted(rest)).collect()
}

/// Every fact and note as the reader names it: the lines `"person" => Fact::Person {` of its source.
fn facts_and_notes() -> BTreeSet<&'static str> {
    let source = include_str!("../src/directory/change.rs");
    let code = source.split("fn note(").nth(1).unwrap().split("fn suspended_by").next().unwrap();
    code.lines().filter(|line| line.contains("\" =>")).filter_map(|line| quoted(line.trim())).collect()
}

fn names<'v>(values: impl Iterator<Item = &'v Value>, tag: &str) -> BTreeSet<&'v str> {
    values.map(|value| value[tag].as_str().unwrap()).collect()
}

/// What the schema says of each command: its fields, and whether each must be there.
fn fields_of_commands() -> BTreeMap<String, BTreeMap<String, bool>> {
    let schema: Value = serde_json::from_str(COMMAND_SCHEMA).unwrap();
    let listed = schema["properties"]["command"]["enum"].as_array().unwrap();
    let fields = |name: &str| {
        let body = &schema["$defs"][name];
        assert_eq!(body["additionalProperties"], false, "{name}");
        let required = body["required"].as_array().unwrap();
        let fields = body["properties"].as_object().unwrap().keys();
        fields.map(|field| (field.clone(), required.iter().any(|known| known == field))).collect()
    };
    listed.iter().map(|name| (name.as_str().unwrap().to_owned(), fields(name.as_str().unwrap()))).collect()
}

#[test]
fn every_command_is_in_the_schema_and_in_the_examples() {
    let commands = commands();
    assert!(commands.contains("sign_up") && commands.len() > 40, "{commands:?}");
    let schema = fields_of_commands();
    assert_eq!(schema.keys().map(String::as_str).collect::<BTreeSet<_>>(), commands);
    assert_eq!(names(examples(COMMANDS, "valid").iter(), "command"), commands);
    let refused = examples(COMMANDS, "invalid");
    let refused: BTreeSet<&str> =
        refused.iter().filter_map(|one| one["document"]["command"].as_str()).collect();
    assert!(refused.is_superset(&commands), "without a refused example: {:?}", commands.difference(&refused));
}

#[test]
fn commands_read_as_they_are_written() {
    for example in examples(COMMANDS, "valid") {
        let command =
            Command::read(&example.to_string()).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(command.operation.name(), example["command"], "{example}");
        let written = serde_json::to_string(&command).unwrap();
        assert_eq!(Command::read(&written), Ok(command), "{written}");
    }
}

/// The reader needs, takes and refuses exactly the fields that the schema needs, takes and refuses.
#[test]
fn a_command_has_the_fields_of_its_schema() {
    let schema = fields_of_commands();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for example in examples(COMMANDS, "valid") {
        let name = example["command"].as_str().unwrap();
        for (field, required) in &schema[name] {
            let mut less = example.clone();
            if less.as_object_mut().unwrap().remove(field).is_none() {
                continue;
            }
            seen.entry(name.to_owned()).or_default().insert(field.clone());
            match Command::read(&less.to_string()) {
                Ok(_) => assert!(!required, "{name} without {field}"),
                Err(error) => assert_eq!(
                    (error.code(), error.path(), *required),
                    ("ERR_MISSING_FIELD", field.as_str(), true),
                    "{name} without {field}"
                ),
            }
        }
        let mut more = example.clone();
        more["more"] = Value::Null;
        let error = Command::read(&more.to_string()).unwrap_err();
        assert_eq!((error.code(), error.path()), ("ERR_UNKNOWN_FIELD", "more"), "{name}");
    }
    for (name, fields) in &schema {
        let fields: BTreeSet<String> = fields.keys().cloned().collect();
        assert_eq!(seen.get(name), Some(&fields), "fields of {name} that no example has");
    }
}

fn refused<T>(text: &str, read: impl Fn(&str) -> Result<T, Error>) {
    for example in examples(text, "invalid") {
        let document = example["document"].to_string();
        let error = read(&document).err().unwrap_or_else(|| panic!("accepted: {document}"));
        let expected = (example["code"].as_str().unwrap(), example["path"].as_str().unwrap());
        assert_eq!((error.code(), error.path()), expected, "{document}");
    }
}

#[test]
fn what_is_no_command_is_refused_with_code_and_place() {
    refused(COMMANDS, Command::read);
}

#[test]
fn every_fact_and_note_is_in_the_schema_and_in_the_examples() {
    let known = facts_and_notes();
    assert!(known.contains("binding") && known.contains("dropped"), "{known:?}");
    let schema: Value = serde_json::from_str(CHANGE_SCHEMA).unwrap();
    let listed = ["fact", "note"].map(|tag| schema["$defs"][tag]["properties"][tag]["enum"].clone());
    let listed = listed.iter().flat_map(|names| names.as_array().unwrap());
    assert_eq!(listed.map(|name| name.as_str().unwrap()).collect::<BTreeSet<_>>(), known);
    let examples = examples(CHANGES, "valid");
    let inside = |list: &'static str, tag: &'static str| {
        let lists = examples.iter().filter_map(move |change| change.get(list)?.as_array());
        names(lists.flatten(), tag)
    };
    let facts: BTreeSet<&str> = inside("removed", "fact").union(&inside("added", "fact")).copied().collect();
    assert_eq!(facts.union(&inside("notes", "note")).copied().collect::<BTreeSet<_>>(), known);
}

#[test]
fn changes_are_written_as_they_are_read() {
    for example in examples(CHANGES, "valid") {
        let change = Change::read(&example.to_string()).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(serde_json::to_value(&change).unwrap(), example);
    }
}

#[test]
fn what_is_no_change_is_refused_with_code_and_place() {
    refused(CHANGES, Change::read);
}

/// Loads a directory document with the preset that it names.
fn load(text: &str) -> Result<Directory, Error> {
    let document: Value = serde_json::from_str(text).unwrap();
    Directory::load(&preset(document["policy"].as_str().unwrap()), text)
}

#[test]
fn directories_are_written_as_they_are_loaded() {
    for example in examples(DIRECTORIES, "valid") {
        let directory = load(&example.to_string());
        let directory = directory.unwrap_or_else(|error| panic!("{example}: {error}"));
        let written: Value = serde_json::from_str(&directory.document()).unwrap();
        assert_eq!(written, example);
    }
}

#[test]
fn what_is_no_directory_is_refused_with_code_and_place() {
    refused(DIRECTORIES, load);
}
