//! Runs one vector: a policy, a directory, questions, and the answers that the contract demands.

use super::errors::check_error;
use super::sources::{POLICIES, VECTORS};
use super::walk::walk;
use crate::common::{json, list_all, load, preset_text};
use bailiwick::{Access, Directory, Policy};
use serde_json::{Map, Value};

/// Runs all vectors and returns how many questions were asked.
pub(crate) fn run_vectors() -> usize {
    VECTORS.iter().map(|(name, text)| run_vector(name, text)).sum()
}

/// Runs one vector and returns how many questions it asked and steps it walked.
pub(crate) fn run_vector(file: &str, text: &str) -> usize {
    let vector: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    known_fields(file, &vector, &["$schema", "name", "note", "policy", "directory", "questions"]);
    let policy_text = policy_text(&vector["policy"]);
    let policy = Policy::compile(&policy_text).unwrap_or_else(|error| panic!("{file}: policy: {error}"));
    let directory = vector.get("directory").map(|document| load(&policy, document));
    let questions = vector["questions"].as_array().unwrap();
    assert!(!questions.is_empty(), "{file}: no questions");
    for (place, question) in questions.iter().enumerate() {
        let at = format!("{file}: questions[{place}]: {question}");
        if question["ask"] == "error" {
            check_error(&at, &policy, &policy_text, &vector["directory"], question);
        } else if question["ask"] == "walk" {
            walk(&format!("{file}: questions[{place}]"), &policy, &vector["directory"], question);
        } else {
            ask(&at, question, directory.as_ref().unwrap());
        }
    }
    questions.iter().map(|question| question["steps"].as_array().map_or(1, Vec::len)).sum()
}

/// Asks one question of a directory.
pub(super) fn ask(at: &str, question: &Value, directory: &Directory) {
    Asking { at, question, directory }.run();
}

/// A policy is a preset, a file of `policies/`, or stands in the vector.
fn policy_text(policy: &Value) -> String {
    match policy.as_str() {
        None => policy.to_string(),
        Some(name) => {
            let shared = POLICIES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
            preset_text(name).or(shared).unwrap_or_else(|| panic!("no policy `{name}`")).to_owned()
        }
    }
}

/// A field that nobody reads would be an expectation that nobody checks.
pub(super) fn known_fields(at: &str, object: &Value, known: &[&str]) {
    for field in object.as_object().unwrap_or_else(|| panic!("{at}: not an object")).keys() {
        assert!(known.contains(&field.as_str()), "{at}: no such field `{field}`");
    }
}

struct Asking<'a> {
    at: &'a str,
    question: &'a Value,
    directory: &'a Directory,
}

impl Asking<'_> {
    fn run(&self) {
        match self.text("ask") {
            "check" => self.check(),
            "explain" => self.explain(),
            "held" => self.held(),
            "can_many" => self.can_many(),
            "list" => self.list(),
            "organizations" => self.organizations(),
            other => panic!("{}: no such question `{other}`", self.at),
        }
    }

    fn text(&self, field: &str) -> &str {
        self.question[field].as_str().unwrap_or_else(|| panic!("{}: `{field}` is missing", self.at))
    }

    fn now(&self) -> u64 {
        self.question["now"].as_u64().unwrap_or(0)
    }

    fn access(&self) -> Access {
        let access = self.directory.access(self.text("principal"), self.text("organization"));
        Access::open(access.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{}: {error}", self.at))
    }

    fn fields(&self, more: &[&str]) {
        let mut known = vec!["ask", "note", "expect"];
        known.extend(more);
        known_fields(self.at, self.question, &known);
    }

    /// Asks an access, in every way in which one question can be asked.
    fn check(&self) {
        self.fields(&["principal", "organization", "action", "kind", "id", "now"]);
        let access = self.access();
        let (action, kind, id) = (self.text("action"), self.text("kind"), self.text("id"));
        let decision = json(&access.check(action, kind, id, self.now()));
        self.compare(&decision, &self.question["expect"]);
        let allowed = decision["allowed"] == true;
        assert_eq!(access.can(action, kind, id, self.now()), allowed, "{}: can", self.at);
        assert_eq!(access.can_many(&[action], kind, &[id], self.now()), [u8::from(allowed)], "{}", self.at);
        let listed = list_all(&access, action, kind, 1000, self.now());
        assert_eq!(listed.iter().any(|item| item == id), allowed, "{}: list", self.at);
        let button = serde_json::to_value(access.button(action, kind, id, self.now())).unwrap();
        assert_eq!(button["reason"], decision["reason"], "{}: button", self.at);
        assert_eq!(button["state"] == "enabled", allowed, "{}: button", self.at);
        if let Some(expected) = self.question["expect"].get("button") {
            known_fields(self.at, expected, &["state", "text"]);
            assert_eq!(button["state"], expected["state"], "{}: button: {button}", self.at);
            if let Some(text) = expected.get("text") {
                assert_eq!(&button["text"], text, "{}: button", self.at);
            }
        }
    }

    /// Asks the directory, which knows every resource and may name people.
    fn explain(&self) {
        self.fields(&["principal", "organization", "action", "kind", "id", "now"]);
        let decision = json(&self.directory.check(
            self.text("principal"),
            self.text("organization"),
            self.text("action"),
            self.text("kind"),
            self.text("id"),
            self.now(),
        ));
        self.compare(&decision, &self.question["expect"]);
    }

    /// Every expected field is compared; `null` says that the field is absent.
    fn compare(&self, decision: &Value, expect: &Value) {
        known_fields(self.at, expect, &["allowed", "reason", "via", "remedy", "ask", "validUntil", "button"]);
        assert!(expect["reason"].is_string(), "{}: no reason is expected", self.at);
        let allowed = Value::Bool(expect["reason"] == "granted");
        assert_eq!(decision["allowed"], allowed, "{}: {decision}", self.at);
        for (field, expected) in
            expect.as_object().into_iter().flatten().filter(|(name, _)| *name != "button")
        {
            if expected.is_null() {
                assert!(decision.get(field).is_none(), "{}: `{field}` is there: {decision}", self.at);
            } else {
                assert_eq!(&decision[field], expected, "{}: `{field}` of {decision:#}", self.at);
            }
        }
    }

    /// One access, asked at one moment after the other.
    fn held(&self) {
        self.fields(&["principal", "organization", "action", "kind", "id", "moments"]);
        let access = self.access();
        for moment in self.question["moments"].as_array().unwrap() {
            known_fields(self.at, moment, &["now", "reason"]);
            let (action, kind, id) = (self.text("action"), self.text("kind"), self.text("id"));
            let now = moment["now"].as_u64().unwrap();
            let decision = json(&access.check(action, kind, id, now));
            assert_eq!(decision["reason"], moment["reason"], "{}: at {now}", self.at);
            assert_eq!(
                access.can(action, kind, id, now),
                moment["reason"] == "granted",
                "{}: at {now}",
                self.at
            );
        }
    }

    fn can_many(&self) {
        self.fields(&["principal", "organization", "actions", "kind", "ids", "now"]);
        let strings = |field: &str| -> Vec<&str> {
            self.question[field].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
        };
        let (actions, ids) = (strings("actions"), strings("ids"));
        let bits = self.access().can_many(&actions, self.text("kind"), &ids, self.now());
        assert_eq!(Value::from(bits), self.question["expect"]["bits"], "{}", self.at);
    }

    /// `items` and `next` are of the first page, `rest` is what the pages after it hold.
    fn list(&self) {
        self.fields(&["principal", "organization", "action", "kind", "now", "limit"]);
        let expect = &self.question["expect"];
        known_fields(self.at, expect, &["items", "next", "rest"]);
        let access = self.access();
        let limit = self.question["limit"].as_u64().unwrap_or(1000) as usize;
        let (action, kind) = (self.text("action"), self.text("kind"));
        let page = access.list(action, kind, None, limit, self.now()).unwrap();
        let all = list_all(&access, action, kind, limit, self.now());
        assert_eq!(
            Value::from(all[page.items.len()..].to_vec()),
            none_is_empty(expect, "rest"),
            "{}",
            self.at
        );
        assert_eq!(Value::from(page.items), expect["items"], "{}", self.at);
        assert_eq!(Value::from(page.next.is_some()), expect["next"], "{}: next", self.at);
    }

    fn organizations(&self) {
        self.fields(&["principal"]);
        let entries = self.directory.organizations(self.text("principal"));
        let ids: Vec<String> = entries.into_iter().map(|entry| entry.id).collect();
        assert_eq!(Value::from(ids), self.question["expect"], "{}", self.at);
    }
}

fn none_is_empty(object: &Value, field: &str) -> Value {
    let empty = || Value::Array(Vec::new());
    object.as_object().and_then(|map: &Map<String, Value>| map.get(field)).cloned().unwrap_or_else(empty)
}
