//! The directory's document under another policy: the same people and things, roles called otherwise.

use super::Directory;
use super::names::role_names;
use crate::error::Result;
use crate::json;
use crate::policy::{Model, Policy};

/// Kind, role, and the roles of that kind in the other policy; of two for one role the later counts.
pub(crate) type RoleNames = Vec<(String, String, Vec<String>)>;

/// Kind and role that stand for nothing there, and how often they were bound.
pub(crate) type Missing = Vec<(String, String, usize)>;

/// Reads `{ kind: { role: [role] } }`.
pub(crate) fn read_role_names(text: &str) -> Result<RoleNames> {
    let mut names = RoleNames::new();
    json::entries(json::read(text)?.root(), |kind, node| {
        json::entries(node, |role, node| {
            let to = json::list(node, |node| json::text(node).map(String::from))?;
            names.push((kind.to_owned(), role.to_owned(), to));
            Ok(())
        })
    })?;
    Ok(names)
}

impl Directory {
    /// The document for another policy, and what it cannot say.
    pub(crate) fn translated(&self, other: &Policy, names: &RoleNames) -> (String, Missing) {
        let mut translator = Translator { model: other.model(), names, missing: Missing::new() };
        (self.written(Some(&mut translator)), translator.missing)
    }
}

/// Says what roles are called in another policy.
pub(super) struct Translator<'t> {
    pub(super) model: &'t Model,
    names: &'t RoleNames,
    missing: Missing,
}

impl Translator<'_> {
    /// What roles of a kind are called; those that stand for nothing are counted.
    pub(super) fn roles(&mut self, kind: &str, roles: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        for role in roles {
            let named = self.names.iter().rev().find(|(on, name, _)| on == kind && name == role);
            let to = named.map_or(core::slice::from_ref(role), |(_, _, to)| to.as_slice());
            let before = found.len();
            if let Some(on) = self.model.kind_named(kind) {
                for name in to {
                    self.model.role_named(on, name).into_iter().for_each(|role| found.push(role));
                }
            }
            if found.len() == before {
                self.miss(kind, role);
            }
        }
        let mut names = role_names(self.model, &found);
        names.dedup();
        names
    }

    fn miss(&mut self, kind: &str, role: &str) {
        match self.missing.iter_mut().find(|(on, name, _)| on == kind && name == role) {
            Some((_, _, count)) => *count = count.saturating_add(1),
            None => self.missing.push((kind.to_owned(), role.to_owned(), 1)),
        }
    }
}
