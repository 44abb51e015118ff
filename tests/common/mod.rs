//! Short ways to compile documents and to read answers as JSON.
#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

mod documents;

pub(crate) use documents::{COMMANDS, small_directory, small_policy};

use bailiwick::{Access, Decision, Directory, Policy};
use serde_json::Value;

/// The presets, by name.
pub(crate) const PRESETS: [(&str, &str); 5] = [
    ("pinecone", include_str!("../../policies/pinecone.json")),
    ("pinecone-literal", include_str!("../../policies/pinecone-literal.json")),
    ("pinecone-two-roles", include_str!("../../policies/pinecone-two-roles.json")),
    ("pinecone-2026", include_str!("../../policies/pinecone-2026.json")),
    ("pinkfish", include_str!("../../policies/pinkfish.json")),
];

/// A preset's document.
pub(crate) fn preset_text(name: &str) -> Option<&'static str> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A preset, compiled.
pub(crate) fn preset(name: &str) -> Policy {
    let text = preset_text(name).unwrap_or_else(|| panic!("no preset `{name}`"));
    Policy::compile(text).unwrap_or_else(|error| panic!("preset `{name}`: {error}"))
}

/// Compiles a policy document that must be right.
pub(crate) fn compile(document: &Value) -> Policy {
    Policy::compile(&document.to_string()).unwrap_or_else(|error| panic!("policy: {error}\n{document:#}"))
}

/// Loads a directory document that must be right.
pub(crate) fn load(policy: &Policy, document: &Value) -> Directory {
    Directory::load(policy, &document.to_string())
        .unwrap_or_else(|error| panic!("directory: {error}\n{document:#}"))
}

/// The code and the place of the error that a policy document must cause.
pub(crate) fn policy_error(text: &str) -> (String, String) {
    let error =
        Policy::compile(text).err().unwrap_or_else(|| panic!("this policy should be refused:\n{text}"));
    (error.code().to_owned(), error.path().to_owned())
}

/// The code and the place of the error that a directory document must cause.
pub(crate) fn directory_error(policy: &Policy, text: &str) -> (String, String) {
    let error = Directory::load(policy, text).err();
    let error = error.unwrap_or_else(|| panic!("this directory should be refused:\n{text}"));
    (error.code().to_owned(), error.path().to_owned())
}

/// A decision as it leaves the core.
pub(crate) fn json(decision: &Decision) -> Value {
    serde_json::to_value(decision).unwrap()
}

/// The reason of a decision, as it is written.
pub(crate) fn reason(decision: &Decision) -> String {
    serde_json::to_value(decision.reason).unwrap().as_str().unwrap().to_owned()
}

/// Every id that `list` gives, page after page.
pub(crate) fn list_all(access: &Access, action: &str, kind: &str, page: usize, now: u64) -> Vec<String> {
    let mut items = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let found = access.list(action, kind, next.as_deref(), page, now).unwrap();
        assert!(found.items.len() <= page, "a page is longer than asked for");
        items.extend(found.items);
        next = found.next;
        if next.is_none() {
            return items;
        }
    }
}
