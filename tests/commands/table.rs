//! Everything that everybody may do, asked of one access after the other with `can_many`.

use super::document::{Document, Resource};
use super::rules::Rules;
use bailiwick::Directory;
use std::collections::{BTreeMap, BTreeSet};

/// Who, on which kind, on which id.
pub(crate) type Cell = (String, String, String);

/// The actions that each may do on each thing, in the policy's order; only where there is any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) rows: BTreeMap<Cell, Vec<String>>,
    /// How many questions were asked.
    pub(crate) asked: usize,
}

/// The names of a world: what can be asked about.
pub(crate) struct Names {
    pub(crate) principals: Vec<String>,
    pub(crate) organizations: Vec<String>,
    /// Kind, its actions with the `grant` of each role, its ids in all organizations.
    pub(crate) kinds: Vec<(String, Vec<String>, Vec<String>)>,
}

impl Names {
    pub(crate) fn of(rules: &Rules, document: &Document) -> Self {
        let mut principals: Vec<String> = document.people.iter().map(|person| person.principal()).collect();
        principals.extend(document.service_accounts.iter().map(|one| format!("service_account/{}", one.id)));
        principals.extend(document.api_keys.iter().map(|one| format!("api_key/{}", one.id)));
        let organizations: Vec<String> = document.organizations.iter().map(|one| one.id.clone()).collect();
        let mut kinds = Vec::new();
        for kind in rules.kinds().into_iter().filter(|kind| kind != "platform") {
            let ids = match kind.as_str() {
                "organization" => organizations.clone(),
                "project" => document.projects.iter().map(|one| one.id.clone()).collect(),
                _ => {
                    let of_kind = document.resources.iter().filter(|one| one.kind == kind);
                    of_kind.map(|one: &Resource| one.id.clone()).collect()
                }
            };
            let actions = rules.actions(&kind);
            kinds.push((kind, actions, ids));
        }
        Names { principals, organizations, kinds }
    }

    /// The names of two documents together.
    pub(crate) fn and(mut self, other: Names) -> Self {
        let merge = |mine: &mut Vec<String>, more: Vec<String>| {
            let all: BTreeSet<String> = mine.drain(..).chain(more).collect();
            mine.extend(all);
        };
        merge(&mut self.principals, other.principals);
        merge(&mut self.organizations, other.organizations);
        for (mine, more) in self.kinds.iter_mut().zip(other.kinds) {
            merge(&mut mine.2, more.2);
        }
        self
    }
}

impl Table {
    pub(crate) fn of(directory: &Directory, names: &Names, now: u64) -> Self {
        let mut table = Table::default();
        for principal in &names.principals {
            for organization in &names.organizations {
                table.ask(directory, names, principal, organization, now);
            }
        }
        table
    }

    fn ask(&mut self, directory: &Directory, names: &Names, principal: &str, organization: &str, now: u64) {
        let access = directory.access(principal, organization);
        for (kind, actions, ids) in &names.kinds {
            let (actions_, ids_): (Vec<&str>, Vec<&str>) =
                (actions.iter().map(String::as_str).collect(), ids.iter().map(String::as_str).collect());
            let bits = access.can_many(&actions_, kind, &ids_, now);
            self.asked += bits.len();
            for (id, bits) in ids.iter().zip(bits.chunks(actions.len().max(1))) {
                if bits.contains(&1) {
                    let held = actions.iter().zip(bits).filter(|(_, bit)| **bit == 1);
                    let held: Vec<String> = held.map(|(action, _)| action.clone()).collect();
                    let cell = (principal.to_owned(), kind.clone(), id.clone());
                    let twice = self.rows.insert(cell, held);
                    assert!(twice.is_none(), "`{principal}` may act on {kind} `{id}` from two organizations");
                }
            }
        }
    }

    pub(crate) fn holds(&self, principal: &str, kind: &str, id: &str, action: &str) -> bool {
        let cell = (principal.to_owned(), kind.to_owned(), id.to_owned());
        self.rows.get(&cell).is_some_and(|held| held.iter().any(|one| one == action))
    }

    /// What is gained and lost from this table to the next, by cell.
    pub(crate) fn difference(&self, next: &Table) -> BTreeMap<Cell, (Vec<String>, Vec<String>)> {
        let cells: BTreeSet<&Cell> = self.rows.keys().chain(next.rows.keys()).collect();
        let none = Vec::new();
        let mut found = BTreeMap::new();
        for cell in cells {
            let (old, new) = (self.rows.get(cell).unwrap_or(&none), next.rows.get(cell).unwrap_or(&none));
            let gained: Vec<String> = new.iter().filter(|action| !old.contains(action)).cloned().collect();
            let lost: Vec<String> = old.iter().filter(|action| !new.contains(action)).cloned().collect();
            if !gained.is_empty() || !lost.is_empty() {
                found.insert(cell.clone(), (gained, lost));
            }
        }
        found
    }
}
