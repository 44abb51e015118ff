//! What a decision says: the order of reasons conjunct by conjunct, `via`, `remedy`, `ask`, `validUntil`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;

use bailiwick::Policy;
use common::{compile, json, load, small_directory, small_policy};
use serde_json::{Value, json};

/// The reasons of section 4 in their order, each by the conjunct whose failure it tells.
const ORDER: [(&str, &str); 12] = [
    ("the principal is known", "unknown_principal"),
    ("it belongs to the organization", "not_a_member"),
    ("it is not suspended", "suspended"),
    ("its own kind's feature is there", "feature_unavailable"),
    ("the kind exists", "unknown_kind"),
    ("the action exists", "unknown_action"),
    ("the action is available", "not_available_yet"),
    ("the private resource is held", "unknown_resource"),
    ("the binding has not ended", "expired"),
    ("a binding gives the action", "no_role"),
    ("the action's feature is there", "feature_unavailable"),
    ("the limit is not used up", "limit_reached"),
];

/// Which conjuncts fail, by their place in `ORDER`.
#[derive(Clone, Copy)]
struct Broken(u32);

impl Broken {
    fn has(self, conjunct: &str) -> bool {
        let place = ORDER.iter().position(|(name, _)| *name == conjunct);
        let place = place.unwrap_or_else(|| panic!("no such conjunct: {conjunct}"));
        self.0 & (1 << place) != 0
    }

    fn expected(self) -> &'static str {
        let first = ORDER.iter().find(|(name, _)| self.has(name));
        first.map_or("granted", |(_, reason)| reason)
    }

    fn names(self) -> Vec<&'static str> {
        ORDER.iter().filter(|(name, _)| self.has(name)).map(|(name, _)| *name).collect()
    }

    fn edition(self) -> String {
        edition_name(
            self.has("its own kind's feature is there"),
            self.has("the action's feature is there"),
            self.has("the limit is not used up"),
        )
    }
}

fn edition_name(no_accounts: bool, no_extra: bool, full: bool) -> String {
    format!("e{}{}{}", u8::from(no_accounts), u8::from(no_extra), u8::from(full))
}

/// A policy with one edition for each combination of what an edition can lack.
fn policy_of_gates() -> Policy {
    let mut policy = small_policy(&[(
        "thing",
        json!({
            "parent": "organization", "private": true, "sharing": ["high", "low"], "creator": "high",
            "actions": {
                "look": {}, "act": { "feature": "extra", "limit": "things" },
                "later": { "available": false, "feature": "extra", "limit": "things" },
            },
            "roles": {
                "high": { "allow": ["look", "act", "later"], "grant": ["high", "low"] },
                "low": { "allow": ["look"] },
            },
        }),
    )]);
    policy["features"] = json!({ "accounts": {}, "extra": {} });
    policy["limits"] = json!({ "things": { "counts": "thing" } });
    policy["holders"]["user"]["roles"]["thing"] = json!(["high", "low"]);
    policy["holders"]["service_account"] =
        json!({ "feature": "accounts", "roles": { "organization": ["member"], "thing": ["high", "low"] } });
    policy["editions"] = json!({});
    for bits in 0..8 {
        let (no_accounts, no_extra, full) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
        let mut features = Vec::new();
        features.extend((!no_accounts).then_some("accounts"));
        features.extend((!no_extra).then_some("extra"));
        let limits = if full { json!({ "things": 1 }) } else { json!({}) };
        policy["editions"][edition_name(no_accounts, no_extra, full)] =
            json!({ "features": features, "limits": limits });
    }
    compile(&policy)
}

/// A directory in which exactly these conjuncts fail for `service_account/bot` in `home`.
fn directory_with(broken: Broken) -> Value {
    let mut directory = small_directory(&broken.edition(), &[]);
    let mut away = directory["organizations"][0].clone();
    away["id"] = json!("away");
    directory["organizations"].as_array_mut().unwrap().push(away);
    let belongs_here = !broken.has("it belongs to the organization");
    directory["serviceAccounts"] = json!([{
        "id": "bot", "organization": if belongs_here { "home" } else { "away" },
        "suspended": broken.has("it is not suspended"),
    }]);
    let mut shares = vec![json!({ "with": "user/owner@x.com", "role": "high" })];
    if belongs_here {
        shares.extend(shares_of_the_bot(broken));
    }
    directory["resources"] =
        json!([{ "kind": "thing", "id": "t1", "parent": "organization/home", "shares": shares }]);
    directory
}

fn shares_of_the_bot(broken: Broken) -> Vec<Value> {
    let mut shares = Vec::new();
    if !broken.has("the private resource is held") {
        shares.push(json!({ "with": "service_account/bot", "role": "low" }));
    }
    if broken.has("the binding has not ended") {
        shares.push(json!({ "with": "service_account/bot", "role": "high", "until": 1000 }));
    } else if !broken.has("a binding gives the action") {
        shares.push(json!({ "with": "service_account/bot", "role": "high" }));
    }
    shares
}

#[test]
fn reasons_come_in_their_order() {
    let policy = policy_of_gates();
    for bits in 0..1 << ORDER.len() {
        let broken = Broken(bits);
        let directory = load(&policy, &directory_with(broken));
        let principal = if broken.has("the principal is known") {
            "service_account/ghost"
        } else {
            "service_account/bot"
        };
        let kind = if broken.has("the kind exists") { "ghost" } else { "thing" };
        let action = match broken {
            _ if broken.has("the action exists") => "fly",
            _ if broken.has("the action is available") => "later",
            _ => "act",
        };
        let is_gone = broken.has("the private resource is held") && !broken.has("the binding has not ended");
        let id = if is_gone { "t9" } else { "t1" };
        let decision = json(&directory.access(principal, "home").check(action, kind, id, 1000));
        assert_eq!(decision["reason"], broken.expected(), "failing: {:?}", broken.names());
        assert_eq!(decision["allowed"], broken.expected() == "granted");
        let decision = json(&directory.check(principal, "home", action, kind, id, 1000));
        assert_eq!(decision["reason"], broken.expected(), "in a directory, failing: {:?}", broken.names());
    }
}

/// Three kinds, each below the one before, with a binding on each and the same action carried by all.
fn policy_of_levels() -> Policy {
    let kind = |parent: &str, below: Value| {
        json!({
            "parent": parent, "sharing": ["all"], "creator": "all", "actions": { "read": {} },
            "roles": { "all": { "allow": ["read"], "grant": ["all"], "implies": below } },
        })
    };
    let mut policy = small_policy(&[
        ("folder", kind("organization", json!({ "note": ["all"] }))),
        ("note", kind("folder", json!({}))),
    ]);
    policy["kinds"]["organization"]["roles"]["member"]["implies"] = json!({ "folder": ["all"] });
    policy["holders"]["user"]["roles"]["folder"] = json!(["all"]);
    policy["holders"]["user"]["roles"]["note"] = json!(["all"]);
    policy["holders"]["group"] = json!({ "roles": { "note": ["all"] } });
    compile(&policy)
}

fn directory_of_levels() -> Value {
    let mut directory = small_directory("only", &["ann@x.com"]);
    directory["groups"] = json!([{ "id": "team", "organization": "home", "members": ["user/ann@x.com"] }]);
    directory["resources"] = json!([
        { "kind": "folder", "id": "f", "parent": "organization/home", "shares": [
            { "with": "user/owner@x.com", "role": "all" }, { "with": "user/ann@x.com", "role": "all", "until": 2000 }] },
        { "kind": "note", "id": "n", "parent": "folder/f", "shares": [
            { "with": "user/owner@x.com", "role": "all" }, { "with": "group/team", "role": "all", "until": 1000 }] },
    ]);
    directory
}

#[test]
fn via_is_nearest_first() {
    let access = load(&policy_of_levels(), &directory_of_levels()).access("user/ann@x.com", "home");
    let group = json!({ "role": "all", "on": "note/n", "how": "group", "group": "team", "implied": false, "until": 1000 });
    let direct = json!({ "role": "all", "on": "folder/f", "how": "direct", "implied": true, "until": 2000 });
    let above = json!({ "role": "member", "on": "organization/home", "how": "direct", "implied": true });
    assert_eq!(json(&access.check("read", "note", "n", 999))["via"], json!([group, direct, above]));
    assert_eq!(json(&access.check("read", "note", "n", 1000))["via"], json!([direct, above]));
    assert_eq!(json(&access.check("read", "note", "n", 2000))["via"], json!([above]));
}

#[test]
fn valid_until_is_the_latest_end_and_absent_where_one_has_none() {
    let mut directory = directory_of_levels();
    let held = load(&policy_of_levels(), &directory).access("user/ann@x.com", "home");
    assert_eq!(held.check("read", "note", "n", 0).valid_until, None, "the organization role has no end");

    let mut policy = small_policy(&[(
        "note",
        json!({ "parent": "organization", "sharing": ["all", "one"], "creator": "all", "actions": { "read": {} },
                "roles": { "all": { "allow": ["read"] }, "one": { "allow": ["read"] } } }),
    )]);
    policy["holders"]["user"]["roles"]["note"] = json!(["all", "one"]);
    directory = small_directory("only", &["ann@x.com"]);
    directory["resources"] = json!([{ "kind": "note", "id": "n", "parent": "organization/home", "shares": [
        { "with": "user/owner@x.com", "role": "all" },
        { "with": "user/ann@x.com", "role": "one", "until": 1000 }, { "with": "user/ann@x.com", "role": "all", "until": 2000 }] }]);
    let held = load(&compile(&policy), &directory).access("user/ann@x.com", "home");
    assert_eq!(held.check("read", "note", "n", 0).valid_until, Some(2000));
    assert_eq!(held.check("read", "note", "n", 1999).valid_until, Some(2000));
    let ended = json(&held.check("read", "note", "n", 2000));
    assert_eq!(ended["reason"], "expired");
    assert!(ended.get("validUntil").is_none(), "a denial has no validUntil: {ended}");
}

/// Roles of one size in an order that is not the alphabet's; `grant` counts as much as an action.
const POLICY_OF_SIZES: &str = r#"{
    "format": 1, "name": "sizes", "editions": { "only": { "features": [] } },
    "holders": { "user": { "roles": { "organization": ["owner", "zebra", "horse", "mouse", "ant"] } } },
    "kinds": {
        "platform": { "actions": {}, "roles": { "person": { "allow": [] } } },
        "organization": {
            "parent": "platform", "top": "owner", "creator": "owner", "default": "ant",
            "actions": { "a": {}, "b": {}, "c": {} },
            "roles": {
                "owner": { "allow": ["a", "b", "c"], "grant": ["owner", "zebra", "horse", "mouse", "ant"] },
                "zebra": { "allow": ["a", "b"] },
                "mouse": { "allow": ["a"] },
                "horse": { "allow": ["a"], "grant": ["ant"] },
                "ant": { "allow": [] }
            }
        }
    },
    "commands": {}, "questions": {}, "nobody": [NOBODY]
}"#;

#[test]
fn remedies_are_sorted_by_what_they_give_then_by_place() {
    let nobody: Vec<String> = common::COMMANDS.iter().map(|name| format!("\"{name}\"")).collect();
    let policy = Policy::compile(&POLICY_OF_SIZES.replace("NOBODY", &nobody.join(","))).unwrap();
    let access = load(&policy, &small_directory("only", &["ann@x.com"])).access("user/ann@x.com", "home");
    let roles = |action: &str| {
        let decision = json(&access.check(action, "organization", "home", 0));
        let remedies = decision["remedy"].as_array().unwrap().iter();
        remedies.map(|one| one["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles("a"), ["mouse", "zebra", "horse", "owner"]);
    assert_eq!(roles("b"), ["zebra", "owner"]);
    assert_eq!(roles("c"), ["owner"]);
    assert_eq!(roles("grant ant"), ["horse", "owner"]);
    let decision = json(&access.check("c", "organization", "home", 0));
    assert_eq!(decision["ask"], json!([{ "remedy": 0, "role": "owner", "on": "organization/home" }]));
    let decision = json(&access.check("grant ant", "organization", "home", 0));
    assert_eq!(decision["ask"][0], json!({ "remedy": 0, "role": "owner", "on": "organization/home" }));
}

/// The principal's own kind needs one feature and the action another: one of them is not enough.
#[test]
fn an_edition_remedy_brings_all_that_is_missing() {
    let mut policy = small_policy(&[]);
    policy["features"] = json!({ "accounts": {}, "extra": {} });
    policy["editions"] = json!({
        "a": { "features": [] }, "b": { "features": ["accounts"] }, "c": { "features": ["accounts", "extra"] },
    });
    policy["holders"]["service_account"] =
        json!({ "feature": "accounts", "roles": { "organization": ["member"] } });
    policy["kinds"]["organization"]["actions"]["look"] = json!({ "feature": "extra" });
    let mut directory = small_directory("a", &[]);
    directory["serviceAccounts"] = json!([{ "id": "bot", "organization": "home", "roles": ["member"] }]);
    let access = load(&compile(&policy), &directory).access("service_account/bot", "home");
    let decision = json(&access.check("look", "organization", "home", 0));
    assert_eq!(decision["reason"], "feature_unavailable");
    assert_eq!(decision["remedy"][0]["edition"], "c", "{decision}");
    assert_eq!(decision["remedy"].as_array().unwrap().len(), 1, "{decision}");
}

#[test]
fn a_decision_has_its_fields_and_no_others() {
    let access = load(&policy_of_levels(), &directory_of_levels()).access("user/ann@x.com", "home");
    let fields = |decision: Value| decision.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let granted = json(&access.check("read", "folder", "f", 0));
    assert_eq!(fields(granted), ["allowed", "ask", "reason", "remedy", "via"]);
    let denied = json(&access.check("govern", "organization", "home", 0));
    assert_eq!(fields(denied), ["allowed", "ask", "reason", "remedy", "via"]);
}
