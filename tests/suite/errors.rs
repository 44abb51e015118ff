//! The question `error`: a document that must be refused, with its code and its place.

use super::vectors::known_fields;
use crate::common::{directory_error, policy_error};
use bailiwick::Policy;
use serde_json::Value;

/// The document is given whole (`text`, or `value`), or as changes to the vector's own (`patch`).
pub(super) fn check_error(at: &str, policy: &Policy, policy_text: &str, directory: &Value, question: &Value) {
    known_fields(at, question, &["ask", "note", "document", "text", "value", "patch", "expect"]);
    let is_policy = match question["document"].as_str() {
        Some("policy") => true,
        Some("directory") => false,
        _ => panic!("{at}: `document` is `policy` or `directory`"),
    };
    let own = || if is_policy { serde_json::from_str(policy_text).unwrap() } else { directory.clone() };
    let text = match (question.get("text"), question.get("value"), question.get("patch")) {
        (Some(text), None, None) => text.as_str().unwrap().to_owned(),
        (None, Some(value), None) => value.to_string(),
        (None, None, Some(patch)) => patched(at, own(), patch).to_string(),
        _ => panic!("{at}: one of `text`, `value` and `patch`"),
    };
    let (code, path) = if is_policy { policy_error(&text) } else { directory_error(policy, &text) };
    let expect = &question["expect"];
    known_fields(at, expect, &["code", "path", "under"]);
    assert_eq!(code, expect["code"].as_str().unwrap(), "{at}: at `{path}`");
    match (expect["path"].as_str(), expect["under"].as_str()) {
        (Some(exact), None) => assert_eq!(path, exact, "{at}: {code}"),
        (None, Some(start)) => assert!(path.starts_with(start), "{at}: {code} at `{path}`"),
        _ => panic!("{at}: one of `path` and `under`"),
    }
}

/// Applies changes one after the other: `set` puts a value at a JSON Pointer (a `-` at the end appends),
/// `remove` takes one away.
fn patched(at: &str, mut document: Value, patch: &Value) -> Value {
    for change in patch.as_array().unwrap() {
        known_fields(at, change, &["set", "to", "remove"]);
        match (change["set"].as_str(), change["remove"].as_str()) {
            (Some(pointer), None) => set(at, &mut document, pointer, change["to"].clone()),
            (None, Some(pointer)) => remove(at, &mut document, pointer),
            _ => panic!("{at}: one of `set` and `remove`"),
        }
    }
    document
}

fn parent<'a>(at: &str, document: &'a mut Value, pointer: &str) -> (&'a mut Value, String) {
    let (above, last) = pointer.rsplit_once('/').unwrap_or_else(|| panic!("{at}: `{pointer}` is no pointer"));
    let found = document.pointer_mut(above).unwrap_or_else(|| panic!("{at}: nothing at `{above}`"));
    (found, last.replace("~1", "/").replace("~0", "~"))
}

fn set(at: &str, document: &mut Value, pointer: &str, value: Value) {
    match parent(at, document, pointer) {
        (Value::Array(items), last) if last == "-" => items.push(value),
        (Value::Array(items), last) => items[last.parse::<usize>().unwrap()] = value,
        (Value::Object(fields), last) => {
            fields.insert(last, value);
        }
        _ => panic!("{at}: `{pointer}` is inside a scalar"),
    }
}

fn remove(at: &str, document: &mut Value, pointer: &str) {
    let removed = match parent(at, document, pointer) {
        (Value::Array(items), last) => Some(items.remove(last.parse::<usize>().unwrap())),
        (Value::Object(fields), last) => fields.remove(&last),
        _ => None,
    };
    assert!(removed.is_some(), "{at}: nothing to remove at `{pointer}`");
}
