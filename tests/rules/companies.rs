//! Two companies, one for each product, that tests change in one place and ask.

use crate::common::{directory_error, json, list_all, load, preset, preset_text};
use bailiwick::{Directory, Policy};
use serde_json::{Value, json};

/// A preset, or what became of one, and a directory.
#[derive(Clone)]
pub(crate) struct Company {
    policy: Policy,
    pub(crate) document: Value,
}

/// Acme and Globex use Pinecone. Ana owns Acme, Uma is a user, Bea pays; Gus owns Globex.
pub(crate) fn pinecone(preset_name: &str) -> Company {
    let document = json!({
        "format": 1,
        "people": [{ "id": "ana@x.com" }, { "id": "uma@x.com" }, { "id": "bea@x.com" }, { "id": "gus@x.com" }],
        "organizations": [
            { "id": "acme", "edition": "enterprise", "members": [
                { "member": "user/ana@x.com", "roles": ["organization_owner"] },
                { "member": "user/uma@x.com" },
                { "member": "user/bea@x.com", "roles": ["organization_billing_admin"] }] },
            { "id": "globex", "edition": "enterprise", "members": [
                { "member": "user/gus@x.com", "roles": ["organization_owner"] }] },
        ],
        "serviceAccounts": [{ "id": "ci", "organization": "acme" }],
        "projects": [
            { "id": "search", "organization": "acme", "members": [] },
            { "id": "far", "organization": "globex", "members": [] },
        ],
        "apiKeys": [{ "id": "key", "project": "search" }],
    });
    Company { policy: preset(preset_name), document }
}

/// Reef uses Pinkfish. Adam is its admin, Mel and Max are members; Mel is in the group `design`.
pub(crate) fn pinkfish() -> Company {
    let document = json!({
        "format": 1,
        "people": [{ "id": "adam@x.com" }, { "id": "mel@x.com" }, { "id": "max@x.com" }],
        "organizations": [{ "id": "reef", "edition": "enterprise", "members": [
            { "member": "user/adam@x.com", "roles": ["organization_admin"] },
            { "member": "user/mel@x.com" }, { "member": "user/max@x.com" }] }],
        "groups": [{ "id": "design", "organization": "reef", "members": ["user/mel@x.com"] }],
        "serviceAccounts": [{ "id": "bot", "organization": "reef", "roles": ["organization_member"] }],
        "resources": [{ "kind": "automation", "id": "a1", "parent": "organization/reef", "creator": "user/mel@x.com" }],
    });
    Company { policy: preset("pinkfish"), document }
}

/// A preset's document, changed: what the policy says may be said otherwise.
pub(crate) fn changed_preset(name: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(preset_text(name).unwrap()).unwrap();
    change(&mut document);
    document.to_string()
}

impl Company {
    pub(crate) fn with_policy(mut self, text: &str) -> Self {
        self.policy = Policy::compile(text).unwrap();
        self
    }

    /// Puts a value at a JSON Pointer; a `-` at the end appends.
    pub(crate) fn set(mut self, pointer: &str, value: Value) -> Self {
        let (above, last) = pointer.rsplit_once('/').unwrap();
        match self.document.pointer_mut(above).unwrap_or_else(|| panic!("nothing at {above}")) {
            Value::Array(items) if last == "-" => items.push(value),
            Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
            other => other[last] = value,
        }
        self
    }

    pub(crate) fn directory(&self) -> Directory {
        load(&self.policy, &self.document)
    }

    pub(crate) fn refused(&self) -> (String, String) {
        directory_error(&self.policy, &self.document.to_string())
    }

    /// The decision of an access in the first organization.
    pub(crate) fn check(&self, who: &str, action: &str, on: &str) -> Value {
        self.check_at(who, action, on, 0)
    }

    pub(crate) fn check_at(&self, who: &str, action: &str, on: &str, now: u64) -> Value {
        let organization = self.document["organizations"][0]["id"].as_str().unwrap();
        self.check_in(organization, who, action, on, now)
    }

    /// The decision, with which `can` and `list` must agree.
    pub(crate) fn check_in(&self, organization: &str, who: &str, action: &str, on: &str, now: u64) -> Value {
        let (kind, id) = on.split_once('/').unwrap();
        let access = self.directory().access(who, organization);
        let decision = json(&access.check(action, kind, id, now));
        let allowed = decision["allowed"] == true;
        assert_eq!(access.can(action, kind, id, now), allowed, "can {action} on {on}: {decision}");
        let listed = list_all(&access, action, kind, 1000, now);
        assert_eq!(listed.iter().any(|item| item == id), allowed, "list {action} on {on}: {decision}");
        decision
    }

    /// The decision of the directory, which knows every resource.
    pub(crate) fn explain(&self, who: &str, action: &str, on: &str) -> Value {
        self.explain_at(who, action, on, 0)
    }

    pub(crate) fn explain_at(&self, who: &str, action: &str, on: &str, now: u64) -> Value {
        let organization = self.document["organizations"][0]["id"].as_str().unwrap();
        let (kind, id) = on.split_once('/').unwrap();
        json(&self.directory().check(who, organization, action, kind, id, now))
    }

    /// The reason of the decision.
    pub(crate) fn reason(&self, who: &str, action: &str, on: &str) -> String {
        self.check(who, action, on)["reason"].as_str().unwrap().to_owned()
    }

    pub(crate) fn reason_at(&self, who: &str, action: &str, on: &str, now: u64) -> String {
        self.check_at(who, action, on, now)["reason"].as_str().unwrap().to_owned()
    }

    pub(crate) fn button(&self, who: &str, action: &str, on: &str) -> Value {
        let organization = self.document["organizations"][0]["id"].as_str().unwrap();
        let (kind, id) = on.split_once('/').unwrap();
        let button = self.directory().access(who, organization).button(action, kind, id, 0);
        serde_json::to_value(button).unwrap()
    }

    pub(crate) fn organizations(&self, who: &str) -> Vec<String> {
        self.directory().organizations(who).into_iter().map(|entry| entry.id).collect()
    }
}

/// The code alone; the place is tested with the documents.
pub(crate) fn code(refused: (String, String)) -> String {
    refused.0
}

pub(crate) fn policy_code(text: &str) -> String {
    crate::common::policy_error(text).0
}
