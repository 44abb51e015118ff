//! Random directories that load: people in several organizations, groups, ends, shares.

use super::dice::Dice;
use super::policy::{Kind, Shape};
use serde_json::{Map, Value, json};

/// The moments at which random bindings end.
pub(crate) const ENDS: [u64; 3] = [1_000, 2_000, 3_000];

/// The people of every random world; the last belongs nowhere.
pub(crate) const PEOPLE: [&str; 5] = ["p0@x.com", "p1@x.com", "p2@x.com", "p3@x.com", "stranger@x.com"];

/// Who there is in one organization, to bind.
struct Organization {
    id: String,
    users: Vec<String>,
    groups: Vec<String>,
    accounts: Vec<String>,
    places: Vec<(&'static str, String)>,
}

impl Organization {
    fn owner(&self) -> &str {
        &self.users[0]
    }

    /// Everyone to whom a project or a share can be given, with the holder that they are.
    fn receivers(&self, policy: &Value) -> Vec<(&'static str, String)> {
        let mut all: Vec<(&str, String)> = Vec::new();
        all.extend(self.users.iter().map(|who| ("user", who.clone())));
        all.extend(self.groups.iter().map(|who| ("group", who.clone())));
        all.push(("members", "members".to_owned()));
        all.extend(self.accounts.iter().map(|who| ("service_account", who.clone())));
        all.retain(|(holder, _)| !policy["holders"][holder].is_null());
        all
    }
}

/// The lists of a directory document while it is being made.
struct Draft<'d, 'r> {
    dice: &'d mut Dice<'r>,
    policy: &'d Value,
    lists: Map<String, Value>,
}

pub(crate) fn random_directory(dice: &mut Dice<'_>, policy: &Value, shape: &Shape) -> Value {
    let mut draft = Draft { dice, policy, lists: Map::new() };
    for id in PEOPLE {
        draft.add("people", json!({ "id": id }));
    }
    let count = 2 + draft.dice.below(2);
    for number in 0..count {
        let mut organization = draft.add_organization(number, shape.editions);
        draft.add_groups(&mut organization);
        draft.add_accounts(&mut organization);
        for kind in &shape.kinds {
            draft.add_resources(&mut organization, kind);
        }
        draft.add_invites(&organization);
    }
    draft.lists.insert("format".into(), json!(1));
    Value::Object(draft.lists)
}

impl Draft<'_, '_> {
    fn add(&mut self, list: &str, record: Value) {
        let records = self.lists.entry(list).or_insert_with(|| json!([]));
        records.as_array_mut().unwrap().push(record);
    }

    fn roles_of(&self, holder: &str, kind: &str) -> Vec<String> {
        let roles = self.policy["holders"][holder]["roles"][kind].as_array();
        roles.into_iter().flatten().map(|role| role.as_str().unwrap().to_owned()).collect()
    }

    fn end(&mut self) -> Option<u64> {
        if self.dice.chance(55) { Some(self.dice.pick(&ENDS)) } else { None }
    }

    fn add_organization(&mut self, number: usize, editions: usize) -> Organization {
        let id = format!("o{number}");
        let owner = number % 4;
        let mut users = vec![format!("user/{}", PEOPLE[owner])];
        let mut members = vec![json!({ "member": users[0], "roles": ["owner"] })];
        for other in (0..4).filter(|other| *other != owner) {
            if self.dice.chance(65) {
                let who = format!("user/{}", PEOPLE[other]);
                members.push(self.member(&who));
                users.push(who);
            }
        }
        let edition = format!("e{}", self.dice.below(editions));
        self.add("organizations", json!({ "id": id, "edition": edition, "members": members }));
        Organization { id, users, groups: Vec::new(), accounts: Vec::new(), places: Vec::new() }
    }

    fn member(&mut self, who: &str) -> Value {
        let mut member = json!({ "member": who });
        if self.dice.chance(80) {
            member["roles"] = json!(self.dice.some_at_least_one(&self.roles_of("user", "organization"), 30));
        }
        if self.dice.chance(20) {
            member["suspended"] = json!(true);
        }
        member
    }

    fn add_groups(&mut self, organization: &mut Organization) {
        for number in 0..self.dice.below(3) {
            let id = format!("g{number}-{}", organization.id);
            let members = self.dice.some(&organization.users, 60);
            let record = json!({ "id": id, "organization": organization.id, "members": members });
            self.add("groups", record);
            organization.groups.push(format!("group/{id}"));
        }
    }

    fn add_accounts(&mut self, organization: &mut Organization) {
        for number in 0..self.dice.below(3) {
            let id = format!("s{number}-{}", organization.id);
            let roles = self.dice.some(&self.roles_of("service_account", "organization"), 50);
            let suspended = self.dice.chance(20);
            let record =
                json!({ "id": id, "organization": organization.id, "roles": roles, "suspended": suspended });
            self.add("serviceAccounts", record);
            organization.accounts.push(format!("service_account/{id}"));
        }
    }

    fn add_resources(&mut self, organization: &mut Organization, kind: &Kind) {
        let mut parents: Vec<String> = organization
            .places
            .iter()
            .filter(|(name, _)| *name == kind.parent)
            .map(|(_, id)| id.clone())
            .collect();
        if kind.parent == "organization" {
            parents.push(organization.id.clone());
        }
        let count = if parents.is_empty() { 0 } else { self.dice.below(4) };
        for number in 0..count {
            let id = format!("{}{number}-{}", kind.name, organization.id);
            let parent = format!("{}/{}", kind.parent, self.dice.pick(&parents));
            match kind.name {
                "project" => self.add_project(organization, &id),
                _ if kind.is_shared => self.add_shared(organization, kind, &id, &parent),
                _ => self.add("resources", json!({ "kind": kind.name, "id": id, "parent": parent })),
            }
            organization.places.push((kind.name, id));
        }
    }

    fn add_project(&mut self, organization: &Organization, id: &str) {
        let mut project = json!({ "id": id, "organization": organization.id });
        if self.dice.chance(20) {
            project["creator"] = json!(organization.owner());
        } else {
            let mut members = vec![json!({ "member": organization.owner(), "roles": ["owner"] })];
            for (holder, who) in organization.receivers(self.policy).into_iter().skip(1) {
                if self.dice.chance(35) {
                    members.push(self.project_member(holder, &who));
                }
            }
            project["members"] = json!(members);
        }
        self.add("projects", project);
        if !self.policy["holders"]["api_key"].is_null() && self.dice.chance(50) {
            self.add("apiKeys", json!({ "id": format!("k-{id}"), "project": id }));
        }
    }

    /// The top role of a project never ends.
    fn project_member(&mut self, holder: &str, who: &str) -> Value {
        let roles = self.dice.some_at_least_one(&self.roles_of(holder, "project"), 40);
        let mut member = json!({ "member": who, "roles": roles });
        let end = self.end();
        if let (Some(end), false) = (end, roles.iter().any(|role| role == "owner")) {
            member["until"] = json!(end);
        }
        member
    }

    /// The first user holds the highest role directly and without end.
    fn add_shared(&mut self, organization: &Organization, kind: &Kind, id: &str, parent: &str) {
        let mut record = json!({ "kind": kind.name, "id": id, "parent": parent });
        if self.dice.chance(25) {
            record["creator"] = json!(self.dice.pick(&organization.users));
        } else {
            let mut shares = vec![json!({ "with": organization.owner(), "role": "high" })];
            for (holder, who) in organization.receivers(self.policy).into_iter().skip(1) {
                for role in self.dice.some(&self.roles_of(holder, kind.name), 25) {
                    let mut share = json!({ "with": who, "role": role });
                    if let Some(end) = self.end() {
                        share["until"] = json!(end);
                    }
                    shares.push(share);
                }
            }
            record["shares"] = json!(shares);
        }
        self.add("resources", record);
    }

    fn add_invites(&mut self, organization: &Organization) {
        for number in 0..self.dice.below(3) {
            self.add(
                "invites",
                json!({
                    "id": format!("i{number}-{}", organization.id), "organization": organization.id,
                    "address": format!("new{number}@{}.com", organization.id), "roles": ["user"],
                    "sender": organization.owner(), "expires": 9_000_000_000_000_u64,
                }),
            );
        }
    }
}
