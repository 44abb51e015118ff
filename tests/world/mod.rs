//! Random small worlds, valid by construction: a policy document and a directory document that fit.
#![allow(dead_code, reason = "each test file uses a part")]

mod dice;
mod directory;
mod policy;

use dice::Dice;
pub(crate) use directory::{ENDS, PEOPLE};
use serde_json::Value;

/// A policy and a directory.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) policy: Value,
    pub(crate) directory: Value,
}

impl World {
    /// The world that a row of numbers decides.
    pub(crate) fn from_row(row: &[u16]) -> Self {
        let mut dice = Dice::new(row);
        let (policy, shape) = policy::random_policy(&mut dice);
        let directory = directory::random_directory(&mut dice, &policy, &shape);
        World { policy, directory }
    }

    /// Everyone who could ask, and some who cannot.
    pub(crate) fn principals(&self) -> Vec<String> {
        let mut all: Vec<String> = PEOPLE.iter().map(|id| format!("user/{id}")).collect();
        all.extend(self.ids("serviceAccounts").iter().map(|id| format!("service_account/{id}")));
        all.extend(self.ids("apiKeys").iter().map(|id| format!("api_key/{id}")));
        all.push("user/nobody@x.com".to_owned());
        all
    }

    /// The organizations, and one that does not exist.
    pub(crate) fn organizations(&self) -> Vec<String> {
        let mut all = self.ids("organizations");
        all.push("nowhere".to_owned());
        all
    }

    /// The kinds, and one that does not exist.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let mut all: Vec<String> = self.policy["kinds"].as_object().unwrap().keys().cloned().collect();
        all.push("unheard_of".to_owned());
        all
    }

    /// The actions of a kind, `grant` among them, and one that does not exist.
    pub(crate) fn actions(&self, kind: &str) -> Vec<String> {
        let body = &self.policy["kinds"][kind];
        let keys = |field: &str| body[field].as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
        let mut all = keys("actions").unwrap_or_default();
        all.extend(keys("roles").unwrap_or_default().iter().map(|role| format!("grant {role}")));
        all.push("fly".to_owned());
        all
    }

    /// The ids of a kind in every organization, and one that does not exist.
    pub(crate) fn ids_of_kind(&self, kind: &str) -> Vec<String> {
        let mut all = match kind {
            "platform" => vec!["platform".to_owned()],
            "organization" => self.ids("organizations"),
            "project" => self.ids("projects"),
            _ => {
                let resources = self.list("resources").iter();
                resources.filter(|one| one["kind"] == kind).map(id_of).collect()
            }
        };
        all.push("missing".to_owned());
        all
    }

    pub(crate) fn ids(&self, list: &str) -> Vec<String> {
        self.list(list).iter().map(id_of).collect()
    }

    pub(crate) fn list(&self, list: &str) -> &[Value] {
        self.directory[list].as_array().map_or(&[], Vec::as_slice)
    }
}

fn id_of(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}
