//! R(r, k): the actions that role r gives on kind k, itself or by what it implies.

use super::{Fact, entries, text};
use serde_json::Value;

/// A role is its kind and its name.
pub(super) type Role = (String, String);

/// The roles of a policy, each with all the roles that it brings, itself first.
pub(super) struct Roles<'a> {
    policy: &'a Value,
    brings: Vec<(Role, Vec<Role>)>,
}

impl<'a> Roles<'a> {
    pub(super) fn new(policy: &'a Value) -> Self {
        let mut brings = Vec::new();
        for (kind, body) in policy["kinds"].as_object().into_iter().flatten() {
            for role in body["roles"].as_object().into_iter().flatten().map(|(name, _)| name) {
                let start = (kind.clone(), role.clone());
                brings.push((start.clone(), all_implied(policy, start)));
            }
        }
        Roles { policy, brings }
    }

    /// Whether the kind has the action: declared, or `grant` of one of its roles.
    pub(super) fn has_action(&self, kind: &str, action: &str) -> bool {
        let body = &self.policy["kinds"][kind];
        let granted = action.strip_prefix("grant ").is_some_and(|role| body["roles"].get(role).is_some());
        granted || body["actions"].get(action).is_some()
    }

    /// The roles that a binding gives: its own, and those that come with any binding there.
    pub(super) fn given(fact: &Fact) -> impl Iterator<Item = Role> + '_ {
        let names = std::iter::once(&fact.role).chain(&fact.baseline);
        names.map(|name| (fact.kind.clone(), name.clone()))
    }

    /// Whether the role gives the action on resources of this kind.
    pub(super) fn gives(&self, role: &Role, kind: &str, action: &str) -> bool {
        self.brought(role).iter().any(|role| role.0 == kind && self.role_says(role, action))
    }

    /// Whether the role gives anything on resources of this kind.
    pub(super) fn gives_any(&self, role: &Role, kind: &str) -> bool {
        self.brought(role).iter().any(|role| {
            let body = &self.policy["kinds"][&role.0]["roles"][&role.1];
            role.0 == kind && (!entries(&body["allow"]).is_empty() || !entries(&body["grant"]).is_empty())
        })
    }

    fn brought(&self, role: &Role) -> &[Role] {
        let found = self.brings.iter().find(|(one, _)| one == role);
        found.map_or(&[], |(_, all)| all)
    }

    fn role_says(&self, role: &Role, action: &str) -> bool {
        let body = &self.policy["kinds"][&role.0]["roles"][&role.1];
        match action.strip_prefix("grant ") {
            Some(given) => entries(&body["grant"]).iter().any(|one| one == given),
            None => entries(&body["allow"]).iter().any(|one| one == action),
        }
    }
}

fn all_implied(policy: &Value, start: Role) -> Vec<Role> {
    let mut found = vec![start];
    let mut next = 0;
    while let Some((kind, role)) = found.get(next).cloned() {
        next += 1;
        let implies = &policy["kinds"][&kind]["roles"][&role]["implies"];
        for (below, names) in implies.as_object().into_iter().flatten() {
            for name in entries(names) {
                let one = (below.clone(), text(name).to_owned());
                if !found.contains(&one) {
                    found.push(one);
                }
            }
        }
    }
    found
}
