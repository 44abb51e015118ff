//! Random policies that compile: a tree of kinds, roles that imply roles, and every kind of gate.

use super::dice::Dice;
use crate::common::COMMANDS;
use serde_json::{Map, Value, json};

const ACTIONS: [&str; 4] = ["a0", "a1", "a2", "a3"];
const FEATURES: [&str; 2] = ["f0", "f1"];

/// A kind below the organization: its name, its parent, whether it is shared.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) parent: &'static str,
    pub(crate) is_shared: bool,
}

/// The shape of a random policy, which the directory is then made for.
pub(crate) struct Shape {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) editions: usize,
}

impl Shape {
    fn below(&self, kind: &str) -> Vec<&'static str> {
        let mut above = vec![kind];
        let mut found = Vec::new();
        for one in &self.kinds {
            if above.contains(&one.parent) {
                above.push(one.name);
                found.push(one.name);
            }
        }
        found
    }

    pub(crate) fn has_project(&self) -> bool {
        self.kinds.iter().any(|kind| kind.name == "project")
    }
}

pub(crate) fn random_policy(dice: &mut Dice<'_>) -> (Value, Shape) {
    let shape = random_shape(dice);
    let mut kinds = Map::new();
    kinds.insert("platform".into(), platform(dice));
    kinds.insert("organization".into(), organization(dice, &shape));
    for kind in &shape.kinds {
        let body = if kind.is_shared { shared(dice, kind, &shape) } else { listed(dice, kind, &shape) };
        kinds.insert(kind.name.into(), body);
    }
    let limits = json!({ "l0": { "counts": counted(dice, &shape) }, "l1": { "counts": "user" } });
    let mut policy = json!({
        "format": 1, "name": "random", "features": { "f0": {}, "f1": {} }, "limits": limits,
        "editions": editions(dice, shape.editions), "kinds": kinds,
    });
    policy["holders"] = holders(dice, &policy, &shape);
    add_commands(&mut policy, &shape);
    (policy, shape)
}

fn random_shape(dice: &mut Dice<'_>) -> Shape {
    let mut kinds = Vec::new();
    if !dice.chance(20) {
        kinds.push(Kind { name: "project", parent: "organization", is_shared: false });
    }
    for name in ["alpha", "beta", "gamma"] {
        if dice.chance(60) {
            let mut parents = vec!["organization"];
            parents.extend(kinds.iter().map(|kind: &Kind| kind.name));
            kinds.push(Kind { name, parent: dice.pick(&parents), is_shared: dice.chance(60) });
        }
    }
    Shape { kinds, editions: 1 + dice.below(3) }
}

fn counted(dice: &mut Dice<'_>, shape: &Shape) -> String {
    let mut all = vec!["user", "service_account", "api_key"];
    all.extend(shape.kinds.iter().map(|kind| kind.name));
    if !shape.has_project() {
        all.retain(|what| *what != "api_key");
    }
    dice.pick(&all).to_owned()
}

/// Each edition has what the one before it has, and perhaps more.
fn editions(dice: &mut Dice<'_>, count: usize) -> Value {
    let mut editions = Map::new();
    let mut features: Vec<&str> = Vec::new();
    let mut limits = Map::new();
    for limit in dice.some(&["l0", "l1"], 60) {
        limits.insert(limit.to_owned(), json!(dice.below(4)));
    }
    for name in ["e0", "e1", "e2"].iter().take(count) {
        features.extend(FEATURES.iter().filter(|_| dice.chance(40)));
        features.sort_unstable();
        features.dedup();
        editions.insert((*name).to_owned(), json!({ "features": features, "limits": limits }));
        limits = limits.into_iter().filter(|_| !dice.chance(30)).collect();
        for allowed in limits.values_mut() {
            *allowed = json!(allowed.as_u64().unwrap() + dice.below(3) as u64);
        }
    }
    Value::Object(editions)
}

fn platform(dice: &mut Dice<'_>) -> Value {
    json!({
        "actions": actions(dice, 0),
        "roles": { "person": { "allow": dice.some(&ACTIONS, 50) }, "operator": { "allow": ["a0"] } },
    })
}

fn organization(dice: &mut Dice<'_>, shape: &Shape) -> Value {
    let names = ["owner", "user", "extra"];
    let below = shape.below("organization");
    let mut roles = Map::new();
    for (place, name) in names.iter().enumerate() {
        let mut role = role(dice, &names[place + 1..], "organization", &below, shape);
        role["grant"] = if place == 0 { json!(names) } else { json!(dice.some(&names, 40)) };
        if shape.has_project() && dice.chance(50) {
            role["default"] = json!({ "project": dice.some_at_least_one(&["owner", "user"], 40) });
        }
        if place > 0 && dice.chance(15) {
            role["feature"] = json!(dice.pick(&FEATURES));
        }
        roles.insert((*name).to_owned(), role);
    }
    json!({
        "parent": "platform", "top": "owner", "creator": "owner", "default": "user",
        "actions": actions(dice, 30), "roles": roles,
    })
}

/// A kind whose resources are listed or private, and bound (a project) or only reached from above.
fn listed(dice: &mut Dice<'_>, kind: &Kind, shape: &Shape) -> Value {
    let names = ["owner", "user", "key"];
    let below = shape.below(kind.name);
    let is_project = kind.name == "project";
    let mut roles = Map::new();
    for (place, name) in names.iter().enumerate() {
        let mut role = role(dice, &names[place + 1..], kind.name, &below, shape);
        if *name != "key" {
            role["grant"] = json!(dice.some(&names, 40));
        }
        if place > 0 && dice.chance(15) {
            role["feature"] = json!(dice.pick(&FEATURES));
        }
        roles.insert((*name).to_owned(), role);
    }
    let mut body = json!({ "parent": kind.parent, "actions": actions(dice, 30), "roles": roles });
    gates(dice, &mut body, !is_project);
    if is_project {
        body["top"] = json!("owner");
        body["creator"] = json!("owner");
    }
    body
}

/// A kind with sharing levels, each containing the one below; `a1` is the action of the command `share`.
fn shared(dice: &mut Dice<'_>, kind: &Kind, shape: &Shape) -> Value {
    let names = ["high", "mid", "low"];
    let below = shape.below(kind.name);
    let mut roles = Map::new();
    for (place, name) in names.iter().enumerate() {
        let next: Vec<&str> = names.iter().skip(place + 1).take(1).copied().collect();
        let mut role = role(dice, &[], kind.name, &below, shape);
        role["implies"][kind.name] = json!(next);
        role["grant"] = json!(&names[place..]);
        if place > 0 && dice.chance(20) {
            role["feature"] = json!(dice.pick(&FEATURES));
        }
        roles.insert((*name).to_owned(), role);
    }
    let mut body = json!({
        "parent": kind.parent, "creator": "high", "sharing": names, "actions": actions(dice, 30), "roles": roles,
    });
    gates(dice, &mut body, true);
    body
}

fn gates(dice: &mut Dice<'_>, body: &mut Value, may_need_a_feature: bool) {
    body["private"] = json!(dice.chance(40));
    body["available"] = json!(!dice.chance(10));
    if may_need_a_feature && dice.chance(15) {
        body["feature"] = json!(dice.pick(&FEATURES));
    }
}

/// `a0` to `a3`; all but `a1`, which commands use, may be gated.
fn actions(dice: &mut Dice<'_>, percent: usize) -> Value {
    let mut actions = Map::new();
    for name in ACTIONS {
        let mut action = json!({});
        if dice.chance(30) {
            action["requestable"] = json!(true);
        }
        if name != "a1" && dice.chance(percent) {
            match dice.below(5) {
                0 | 1 => action["feature"] = json!(dice.pick(&FEATURES)),
                2 | 3 => action["limit"] = json!(dice.pick(&["l0", "l1"])),
                _ => action["available"] = json!(false),
            }
        }
        actions.insert(name.to_owned(), action);
    }
    Value::Object(actions)
}

/// A role that allows something, and implies roles further on in its kind and on kinds below.
fn role(dice: &mut Dice<'_>, later: &[&str], kind: &str, below: &[&str], shape: &Shape) -> Value {
    let mut implies = Map::new();
    let same = dice.some(later, 25);
    if !same.is_empty() {
        implies.insert(kind.to_owned(), json!(same));
    }
    for name in dice.some(below, 30) {
        let is_shared = shape.kinds.iter().any(|kind| kind.name == name && kind.is_shared);
        let roles: &[&str] = if is_shared { &["high", "mid", "low"] } else { &["owner", "user", "key"] };
        implies.insert(name.to_owned(), json!([dice.pick(roles)]));
    }
    json!({ "allow": dice.some(&ACTIONS, 40), "implies": implies })
}

fn holders(dice: &mut Dice<'_>, policy: &Value, shape: &Shape) -> Value {
    let mut user = Map::new();
    let mut shares = Map::new();
    user.insert("organization".into(), json!(["owner", "user", "extra"]));
    for kind in &shape.kinds {
        if kind.is_shared {
            user.insert(kind.name.into(), json!(["high", "mid", "low"]));
            shares.insert(kind.name.into(), json!(dice.some_at_least_one(&["high", "mid", "low"], 60)));
        }
    }
    let mut account = shares.clone();
    account.insert("organization".into(), json!(["user", "extra"]));
    let mut holders = json!({ "user": {} });
    if shape.has_project() {
        user.insert("project".into(), json!(["owner", "user"]));
        shares.insert("project".into(), json!(["user"]));
        account.insert("project".into(), json!(["owner", "user"]));
        if key_grants_nothing(policy) {
            holders["api_key"] = json!({ "roles": { "project": ["key"] }, "default": ["key"] });
        }
        // A role that comes with every binding is paid for by nobody and governs nothing.
        let key_is_free = policy["kinds"]["project"]["roles"]["key"]["feature"].is_null();
        if key_is_free && key_grants_nothing(policy) && dice.chance(50) {
            holders["user"]["baseline"] = json!({ "project": ["key"] });
        }
    }
    holders["user"]["roles"] = Value::Object(user);
    holders["service_account"] = json!({ "roles": account });
    if dice.chance(40) {
        holders["service_account"]["feature"] = json!(dice.pick(&FEATURES));
    }
    holders["group"] = json!({ "roles": shares });
    holders["members"] = holders["group"].clone();
    holders
}

/// An API key may hold no role that hands out another: not by implying a sharing level either.
fn key_grants_nothing(policy: &Value) -> bool {
    let implies = &policy["kinds"]["project"]["roles"]["key"]["implies"];
    implies.as_object().is_none_or(Map::is_empty)
}

fn add_commands(policy: &mut Value, shape: &Shape) {
    let shared: Map<String, Value> = shape
        .kinds
        .iter()
        .filter(|kind| kind.is_shared)
        .map(|kind| (kind.name.into(), json!("a1")))
        .collect();
    let mut nobody: Vec<&str> = COMMANDS.to_vec();
    nobody.retain(|name| !["who", "upgrade"].contains(name));
    policy["commands"] = json!({});
    if !shared.is_empty() {
        nobody.retain(|command| *command != "share");
        policy["commands"]["share"] = Value::Object(shared);
    }
    policy["questions"] = json!({ "who": { "organization": "a1" }, "upgrade": { "organization": "a1" } });
    policy["nobody"] = json!(nobody);
}
