//! Offices by chance: what their roles give, and who holds what.

use crate::office::{leave_the_rest, office};
use serde_json::{Value, json};

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    pub(crate) fn some(&mut self, items: &[&str], percent: usize) -> Vec<String> {
        items.iter().filter(|_| self.chance(percent)).map(|item| (*item).to_owned()).collect()
    }

    pub(crate) fn some_at_least_one(&mut self, items: &[&str], percent: usize) -> Vec<String> {
        let some = self.some(items, percent);
        if some.is_empty() { vec![self.pick(items).to_owned()] } else { some }
    }
}

pub(crate) const ORGANIZATION: [&str; 3] = ["owner", "clerk", "hr"];
pub(crate) const PROJECT: [&str; 3] = ["manager", "worker", "guest"];
pub(crate) const DESK: [&str; 2] = ["edit", "see"];

/// An office with desks in which roles allow and give what the dice say.
pub(crate) fn policy(dice: &mut Dice) -> Value {
    let mut policy = office();
    let percent = dice.pick(&[10, 20, 40, 70]);
    let kinds = &mut policy["kinds"];
    for role in ["clerk", "hr"] {
        let guards = ["invite", "roles", "remove", "accounts", "groups", "sso", "look"];
        kinds["organization"]["roles"][role] = role_of(dice, &guards, &ORGANIZATION, percent);
        if dice.chance(30) {
            kinds["organization"]["roles"][role]["implies"] = json!({ "project": [dice.pick(&PROJECT)] });
        }
    }
    if dice.chance(40) {
        kinds["organization"]["roles"]["owner"]["implies"] = json!({});
    }
    let guards = ["close", "work", "add", "change", "take", "extra"];
    for role in PROJECT {
        kinds["project"]["roles"][role] = role_of(dice, &guards, &PROJECT, percent);
    }
    kinds["project"]["actions"]["extra"] = json!({});
    kinds["project"]["roles"]["extra"] = json!({ "allow": ["extra"] });
    kinds["organization"]["actions"]["spare"] = json!({});
    kinds["desk"] = desk_kind(dice, percent);
    add_holders(dice, &mut policy["holders"]);
    add_commands(dice, &mut policy["commands"]);
    leave_the_rest(&mut policy);
    policy
}

fn role_of(dice: &mut Dice, actions: &[&str], roles: &[&str], percent: usize) -> Value {
    json!({ "allow": dice.some(actions, percent), "grant": dice.some(roles, percent) })
}

fn desk_kind(dice: &mut Dice, percent: usize) -> Value {
    let highest = dice.pick(&[vec!["write", "share"], vec!["write", "unshare"], vec!["write"]]);
    json!({
        "parent": dice.pick(&["organization", "project"]), "sharing": DESK, "creator": "edit",
        "actions": { "read": {}, "write": {}, "share": {}, "unshare": {} },
        "roles": {
            "edit": { "allow": highest, "implies": { "desk": ["see"] }, "grant": DESK },
            "see": { "allow": dice.some(&["read", "unshare"], 50), "grant": dice.some(&DESK, percent / 2) },
        },
    })
}

fn add_holders(dice: &mut Dice, holders: &mut Value) {
    holders["user"]["roles"]["project"] = json!(PROJECT);
    holders["user"]["roles"]["desk"] = json!(DESK);
    holders["service_account"]["roles"] = json!({
        "organization": dice.some(&ORGANIZATION, 50), "project": dice.some(&PROJECT, 50), "desk": dice.some(&DESK, 50),
    });
    for shared in ["group", "members"] {
        let percent = dice.pick(&[0, 50]);
        holders[shared]["roles"] =
            json!({ "project": dice.some(&PROJECT, percent), "desk": dice.some(&DESK, percent) });
    }
    for holder in ["user", "service_account"] {
        if dice.chance(20) {
            holders[holder]["baseline"] = json!({ "project": ["extra"] });
        }
    }
}

fn add_commands(dice: &mut Dice, commands: &mut Value) {
    for (command, body) in [
        ("change_service_account", json!({ "organization": "accounts" })),
        ("create_group", json!({ "organization": "groups" })),
        ("share", json!({ "desk": "share" })),
        ("change_share", json!({ "desk": "share" })),
        ("unshare", json!({ "desk": "unshare" })),
    ] {
        commands[command] = body;
    }
    let some = [
        "invite_member",
        "change_member_roles",
        "remove_member",
        "add_project_member",
        "change_project_member",
    ];
    for command in dice.some(&some, 20) {
        commands.as_object_mut().unwrap().remove(&command);
    }
}

pub(crate) const USERS: [&str; 5] =
    ["user/u0@x.com", "user/u1@x.com", "user/u2@x.com", "user/u3@x.com", "user/u4@x.com"];

fn allowed(policy: &Value, holder: &str, kind: &str) -> Vec<String> {
    let roles = policy["holders"][holder]["roles"][kind].as_array().cloned().unwrap_or_default();
    roles.iter().map(|role| role.as_str().unwrap().to_owned()).collect()
}

/// A directory and, for each principal, what it has bound: by itself, by its group, with all members.
pub(crate) struct World {
    pub(crate) document: Value,
    bound: Vec<(String, &'static str, String)>,
}

impl World {
    pub(crate) fn new(dice: &mut Dice, policy: &Value) -> Self {
        let mut world = Self { document: Value::Null, bound: Vec::new() };
        let mut members = vec![json!({ "member": USERS[0], "roles": ["owner"] })];
        for user in &USERS[1..] {
            let roles = dice.some_at_least_one(&["clerk", "hr"], 50);
            world.bind(user, "organization", &roles);
            members.push(json!({ "member": user, "roles": roles }));
        }
        let groups: Vec<Value> = ["g1", "g2"]
            .map(|id| json!({ "id": id, "organization": "acme", "members": dice.some(&USERS[1..], 40) }))
            .to_vec();
        let accounts = json!([{ "id": "s1", "organization": "acme", "roles": dice.some(&strs(&allowed(policy, "service_account", "organization")), 60) }]);
        let roles: Vec<String> = accounts[0]["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role.as_str().unwrap().to_owned())
            .collect();
        world.bind("service_account/s1", "organization", &roles);
        let projects: Vec<Value> = ["p1", "p2"].map(|id| world.project(dice, policy, &groups, id)).to_vec();
        let desks: Vec<Value> = ["d1", "d2"].map(|id| world.desk(dice, policy, &groups, id)).to_vec();
        world.document = json!({
            "format": 1,
            "people": USERS.map(|user| json!({ "id": user.strip_prefix("user/") })),
            "organizations": [{ "id": "acme", "edition": "only", "members": members }],
            "groups": groups, "serviceAccounts": accounts, "projects": projects, "resources": desks,
        });
        world
    }

    fn bind(&mut self, who: &str, kind: &'static str, roles: &[String]) {
        self.bound.extend(roles.iter().map(|role| (who.to_owned(), kind, role.clone())));
    }

    /// Binds a principal, or all who have it by a group.
    fn share(&mut self, who: &str, kind: &'static str, roles: &[String], groups: &[Value]) {
        let id = who.strip_prefix("group/");
        let group = groups.iter().find(|group| group["id"].as_str() == id && id.is_some());
        match group {
            Some(group) => {
                for user in group["members"].as_array().unwrap() {
                    self.bind(user.as_str().unwrap(), kind, roles);
                }
            }
            None if who == "members" => USERS[1..].iter().for_each(|user| self.bind(user, kind, roles)),
            None => self.bind(who, kind, roles),
        }
    }

    fn some_bound(
        &mut self,
        dice: &mut Dice,
        policy: &Value,
        groups: &[Value],
        kind: &'static str,
    ) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for who in [&USERS[1..], &["service_account/s1", "group/g1", "group/g2", "members"]].concat() {
            let holder = who.split('/').next().unwrap();
            let roles = allowed(policy, holder, kind);
            if !roles.is_empty() && dice.chance(10) {
                let role = dice.pick(&roles);
                self.share(who, kind, std::slice::from_ref(&role), groups);
                found.push((who.to_owned(), role));
            }
        }
        found
    }

    fn project(&mut self, dice: &mut Dice, policy: &Value, groups: &[Value], id: &str) -> Value {
        let mut members = vec![json!({ "member": USERS[0], "roles": ["manager"] })];
        let bound = self.some_bound(dice, policy, groups, "project");
        members.extend(bound.iter().map(|(who, role)| json!({ "member": who, "roles": [role] })));
        json!({ "id": id, "organization": "acme", "members": members })
    }

    fn desk(&mut self, dice: &mut Dice, policy: &Value, groups: &[Value], id: &str) -> Value {
        let creator = dice.pick(&USERS);
        let mut shares = vec![json!({ "with": creator, "role": "edit" })];
        self.bind(creator, "desk", &["edit".to_owned()]);
        let bound = self.some_bound(dice, policy, groups, "desk").into_iter();
        shares.extend(
            bound.filter(|(who, _)| who != creator).map(|(who, role)| json!({ "with": who, "role": role })),
        );
        let parent =
            if policy["kinds"]["desk"]["parent"] == "project" { "project/p1" } else { "organization/acme" };
        json!({ "kind": "desk", "id": id, "parent": parent, "creator": creator, "shares": shares })
    }

    pub(crate) fn roles_of(&self, who: &str) -> Vec<(&str, &str)> {
        self.bound
            .iter()
            .filter(|(known, ..)| known == who)
            .map(|(_, kind, role)| (*kind, role.as_str()))
            .collect()
    }
}

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
