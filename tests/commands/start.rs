//! The first directory of a world: two organizations with a few people, which commands then let grow and shrink.

use super::dice::Dice;
use super::rules::Rules;
use serde_json::{Map, Value, json};

/// The moment at which worlds begin.
pub(crate) const BEGIN: u64 = 1_700_000_000_000;

/// The domains of all addresses.
pub(crate) const DOMAINS: [&str; 3] = ["a.com", "b.com", "c.com"];

/// The people known from the beginning; the fifth has an opaque id.
const PEOPLE: [&str; 8] =
    ["p0@a.com", "p1@b.com", "p2@a.com", "p3@b.com", "p4", "p5@a.com", "p6@b.com", "p7@c.com"];

struct Draft<'a> {
    rules: &'a Rules,
    dice: &'a mut Dice,
    lists: Map<String, Value>,
}

pub(crate) fn first_directory(rules: &Rules, dice: &mut Dice) -> String {
    let mut draft = Draft { rules, dice, lists: Map::new() };
    for id in PEOPLE {
        let person = if id == "p4" { json!({ "id": id, "email": "p4@c.com" }) } else { json!({ "id": id }) };
        draft.add("people", person);
    }
    for number in 0..2 {
        draft.organization(number);
    }
    draft.lists.insert("format".into(), json!(1));
    draft.lists.insert("changed".into(), json!(BEGIN));
    Value::Object(draft.lists).to_string()
}

impl Draft<'_> {
    fn add(&mut self, list: &str, record: Value) {
        let records = self.lists.entry(list).or_insert_with(|| json!([]));
        records.as_array_mut().unwrap().push(record);
    }

    fn organization(&mut self, number: usize) {
        let id = format!("o{number}");
        let owner = format!("user/{}", PEOPLE[number]);
        let top = self.rules.top("organization").to_owned();
        let mut members = vec![json!({ "member": owner, "roles": [top] })];
        let mut users = vec![owner.clone()];
        for (place, person) in PEOPLE.iter().enumerate() {
            if place != number && self.dice.chance(50) {
                let who = format!("user/{person}");
                let roles = self.rules.holdable("user", "organization");
                members.push(json!({ "member": who, "roles": self.dice.some_at_least_one(&roles, 20) }));
                users.push(who);
            }
        }
        let last = self.rules.editions.len() - 1;
        let place = if self.dice.chance(70) { last } else { self.dice.below(last + 1) };
        let mut record = json!({
            "id": id, "edition": self.rules.editions[place], "creator": owner, "members": members,
        });
        if self.dice.chance(60) {
            record["sso"] = json!({ "domains": [DOMAINS[number]] });
        }
        self.add("organizations", record);
        let group =
            json!({ "id": format!("g{number}"), "organization": id, "members": self.dice.some(&users, 40) });
        self.add("groups", group);
        self.account(&id, number);
        if self.rules.has_projects() {
            for place in 0..1 + self.dice.below(2) {
                self.project(&id, number * 2 + place, &users);
            }
        }
        self.content(&id, &users);
    }

    fn account(&mut self, organization: &str, number: usize) {
        let roles = self.rules.holdable("service_account", "organization");
        let roles = self.dice.some_at_least_one(&roles, 20);
        let record = json!({ "id": format!("s{number}"), "organization": organization, "roles": roles });
        self.add("serviceAccounts", record);
    }

    fn project(&mut self, organization: &str, number: usize, users: &[String]) {
        let creator = self.dice.pick(users).unwrap();
        let id = format!("j{number}");
        self.add("projects", json!({ "id": id, "organization": organization, "creator": creator }));
        if self.dice.chance(50) {
            let record = json!({ "id": format!("k{number}"), "project": id });
            self.add("apiKeys", record);
        }
    }

    fn content(&mut self, organization: &str, users: &[String]) {
        for kind in self.rules.content_kinds() {
            let is_shared = !self.rules.sharing(&kind).is_empty();
            let is_below = self.rules.kind(&kind)["parent"] == "organization";
            if is_shared && is_below && self.dice.chance(70) {
                let creator = self.dice.pick(users).unwrap();
                self.add(
                    "resources",
                    json!({
                        "kind": kind, "id": format!("{kind}-{organization}"),
                        "parent": format!("organization/{organization}"), "creator": creator,
                    }),
                );
            }
        }
    }
}
