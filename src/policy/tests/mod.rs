//! The compiler on one small policy, whole and with one thing wrong at a time.

mod model;
mod refused;
mod rules;

use super::Policy;
use crate::error::Error;
use serde_json::{Map, Value};

const BASE: &str = include_str!("base.json");

/// The base policy, compiled.
fn base() -> Policy {
    Policy::compile(BASE).expect("the base policy compiles")
}

/// The base policy after edits, one a line: `kinds.index.private = true`. `null` takes a field away, and a value
/// for a place in a list is put in before what stands there.
fn changed(edits: &str) -> Result<Policy, Error> {
    let mut document: Value = serde_json::from_str(BASE).unwrap();
    for edit in lines(edits) {
        let (place, value) = edit.split_once(" = ").unwrap_or_else(|| panic!("no edit: {edit}"));
        put(&mut document, place, serde_json::from_str(value).unwrap());
    }
    Policy::compile(&document.to_string())
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn put(document: &mut Value, place: &str, value: Value) {
    let pointer = ["/", &place.replace(['[', '.'], "/").replace(']', "")].concat();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no place `{place}`"));
    match (parent, value) {
        (Value::Array(list), value) => list.insert(field.parse().unwrap(), value),
        (parent, Value::Null) => drop(parent.as_object_mut().unwrap().remove(field).unwrap()),
        (parent, value) => drop(parent.as_object_mut().unwrap().insert(field.to_owned(), value)),
    }
}

/// Every line is an edit that is refused: `edit => code`, at the place of the edit, or `edit => code at place`.
/// The sentence has the house's form.
fn all_refused(rows: &str) {
    assert!(lines(rows).count() > 0);
    for row in lines(rows) {
        let (edit, wanted) = row.rsplit_once(" => ").unwrap_or_else(|| panic!("no row: {row}"));
        let edited = edit.split_once(" = ").map(|(place, _)| place).unwrap();
        let (code, place) = wanted.split_once(" at ").unwrap_or((wanted, edited));
        let error = changed(edit).expect_err(row);
        assert_eq!((error.code(), error.path()), (code, place), "{row}: {error}");
        let message = error.message();
        assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{message}");
    }
}

/// An object of fields `x0`, `x1` …, as many as told, each with the same value.
fn many(count: usize, one: &Value) -> Value {
    let fields = (0..count).map(|index| (["x", &index.to_string()].concat(), one.clone()));
    Value::Object(fields.collect::<Map<_, _>>())
}
