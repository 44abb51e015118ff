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
use common::{compile, json, list_all, load, small_directory, small_policy};
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

/// The role that is held needs one feature and the action another: one of them is not enough.
#[test]
fn an_edition_remedy_brings_what_role_and_action_need() {
    let mut policy = small_policy(&[]);
    policy["features"] = json!({ "action": {}, "role": {} });
    policy["editions"] = json!({
        "a": { "features": [] }, "b": { "features": ["action"] }, "c": { "features": ["action", "role"] },
    });
    policy["kinds"]["organization"]["actions"]["look"] = json!({ "feature": "action" });
    policy["kinds"]["organization"]["roles"]["member"]["feature"] = json!("role");
    let directory = load(&compile(&policy), &small_directory("a", &["ann@x.com"]));
    let decision = json(&directory.access("user/ann@x.com", "home").check("look", "organization", "home", 0));
    assert_eq!(decision["reason"], "feature_unavailable");
    assert_eq!(decision["remedy"][0]["edition"], "c", "{decision}");
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

/// Things with all that can close an action: an edition that lacks a feature or room, a kind or an action that
/// comes later, a role that is not paid for, a binding that ends.
fn policy_of_ways() -> Policy {
    let kind = json!({
        "parent": "organization", "sharing": ["all", "low"], "creator": "all",
        "actions": {
            "read": {}, "extra": { "feature": "extra" }, "add": { "limit": "things" },
            "later": { "available": false }, "wish": { "requestable": true },
        },
        "roles": {
            "all": { "allow": ["read", "extra", "add", "later", "wish"], "grant": ["all", "low"] },
            "low": { "allow": ["read"] },
            "paid": { "feature": "extra", "allow": ["read", "extra"] },
            "robot": { "allow": ["read"] },
        },
    });
    let (mut soon, mut costly) = (kind.clone(), kind.clone());
    soon["available"] = json!(false);
    costly["feature"] = json!("extra");
    let mut policy = small_policy(&[("thing", kind), ("soon", soon), ("costly", costly)]);
    policy["features"] = json!({ "extra": {} });
    policy["limits"] = json!({ "things": { "counts": "thing" } });
    policy["editions"] = json!({
        "only": { "features": [], "limits": { "things": 6 } }, "big": { "features": ["extra"] },
    });
    for kind in ["thing", "soon", "costly"] {
        policy["holders"]["user"]["roles"][kind] = json!(["all", "low", "paid"]);
    }
    compile(&policy)
}

fn directory_of_ways(edition: &str) -> Value {
    let mut directory = small_directory(edition, &["ann@x.com"]);
    let thing = |kind: &str, id: &str, shares: &[(&str, Option<u64>)]| {
        let mut with = vec![json!({ "with": "user/owner@x.com", "role": "all" })];
        for (role, until) in shares {
            let mut share = json!({ "with": "user/ann@x.com", "role": role });
            if let Some(until) = until {
                share["until"] = json!(until);
            }
            with.push(share);
        }
        json!({ "kind": kind, "id": id, "parent": "organization/home", "shares": with })
    };
    let ends = Some(1000);
    directory["resources"] = json!([
        thing("thing", "held", &[("all", None), ("low", None), ("paid", None)]),
        thing("thing", "ending", &[("all", ends)]),
        thing("thing", "low-ending", &[("low", ends)]),
        thing("thing", "paid", &[("paid", None)]),
        thing("thing", "paid-ending", &[("paid", ends)]),
        thing("thing", "of-others", &[]),
        thing("soon", "s", &[("all", None)]),
        thing("soon", "s-ending", &[("all", ends)]),
        thing("costly", "c", &[("all", None)]),
        thing("costly", "c-ending", &[("all", ends)]),
    ]);
    directory
}

#[test]
fn all_ways_to_ask_say_the_same() {
    let ids = [
        "held",
        "ending",
        "low-ending",
        "paid",
        "paid-ending",
        "of-others",
        "s",
        "s-ending",
        "c",
        "c-ending",
        "gone",
    ];
    let actions = ["read", "extra", "add", "later", "wish", "grant all", "grant low", "fly"];
    let mut granted = 0;
    for (edition, who) in [("only", "ann"), ("only", "ghost"), ("big", "ann"), ("big", "ghost")] {
        let directory = load(&policy_of_ways(), &directory_of_ways(edition));
        for (kind, now) in
            ["thing", "soon", "costly", "ghost"].map(|kind| [(kind, 0), (kind, 999), (kind, 1000)]).concat()
        {
            let access = directory.access(&format!("user/{who}@x.com"), "home");
            let table = access.can_many(&actions, kind, &ids, now);
            for (column, action) in actions.iter().enumerate() {
                let listed = list_all(&access, action, kind, 2, now);
                for (row, id) in ids.iter().enumerate() {
                    let at = format!("{who} {action} {kind}/{id} in {edition} at {now}");
                    let allowed = access.check(action, kind, id, now).allowed;
                    assert_eq!(access.can(action, kind, id, now), allowed, "can: {at}");
                    assert_eq!(table[row * actions.len() + column] == 1, allowed, "can_many: {at}");
                    assert_eq!(listed.iter().any(|one| one == id), allowed, "list: {at}");
                    let enabled = access.button(action, kind, id, now).state == bailiwick::State::Enabled;
                    assert_eq!(enabled, allowed, "button: {at}");
                    granted += usize::from(allowed);
                }
            }
        }
    }
    assert_eq!(granted, GRANTED, "of all these questions");
}

/// How many of the questions above are granted. What never ends counts at three moments, what ends at two; on
/// `only` four actions are open, on `big` six.
const GRANTED: usize = ONLY + BIG_THINGS + BIG_COSTLY;
const ONLY: usize = 3 * 4 + 2 * 4 + 2;
const BIG_THINGS: usize = 3 * 6 + 2 * 6 + 2 + 3 * 2 + 2 * 2;
const BIG_COSTLY: usize = 3 * 6 + 2 * 6;

#[test]
fn buttons_are_enabled_disabled_or_hidden() {
    let directory = load(&policy_of_ways(), &directory_of_ways("only"));
    for (action, on, now, reason, state) in [
        ("read", "thing/held", 0, "granted", "enabled"),
        ("extra", "thing/held", 0, "feature_unavailable", "disabled"),
        ("add", "thing/held", 0, "limit_reached", "disabled"),
        ("later", "thing/held", 0, "not_available_yet", "disabled"),
        ("read", "soon/s", 0, "not_available_yet", "disabled"),
        ("wish", "thing/of-others", 0, "no_role", "disabled"),
        ("read", "thing/of-others", 0, "no_role", "hidden"),
        ("wish", "thing/ending", 1000, "expired", "disabled"),
        ("read", "thing/ending", 1000, "expired", "hidden"),
        ("fly", "thing/held", 0, "unknown_action", "hidden"),
        ("read", "ghost/held", 0, "unknown_kind", "hidden"),
    ] {
        let (kind, id) = on.split_once('/').unwrap();
        let button = directory.access("user/ann@x.com", "home").button(action, kind, id, now);
        let button = serde_json::to_value(button).unwrap();
        assert_eq!((&button["reason"], &button["state"]), (&json!(reason), &json!(state)), "{action} {on}");
        let nobody = directory.access("user/ghost@x.com", "home").button(action, kind, id, now);
        assert_eq!(nobody.state, bailiwick::State::Hidden, "{action} {on}");
    }
}

#[test]
fn who_is_unknown_is_told_before_where() {
    let directory = load(&policy_of_ways(), &directory_of_ways("only"));
    let reason = |who: &str, organization: &str| {
        json(&directory.access(who, organization).check("read", "thing", "held", 0))["reason"].clone()
    };
    assert_eq!(reason("user/ghost@x.com", "gone"), "unknown_principal");
    assert_eq!(reason("user/ann@x.com", "gone"), "not_a_member");
}

#[test]
fn an_unknown_action_is_told_before_what_comes_later() {
    let access = load(&policy_of_ways(), &directory_of_ways("only")).access("user/ann@x.com", "home");
    assert_eq!(json(&access.check("fly", "soon", "s", 0))["reason"], "unknown_action");
    assert_eq!(json(&access.check("read", "soon", "s", 0))["reason"], "not_available_yet");
}

#[test]
fn via_names_only_what_carries_the_grant() {
    let roles = |edition: &str, action: &str| {
        let access = load(&policy_of_ways(), &directory_of_ways(edition)).access("user/ann@x.com", "home");
        let decision = json(&access.check(action, "thing", "held", 0));
        let via = decision["via"].as_array().unwrap().iter();
        via.map(|one| one["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles("only", "read"), ["all", "low"], "what is not paid for carries nothing");
    assert_eq!(roles("big", "read"), ["all", "low", "paid"]);
    assert_eq!(roles("big", "add"), ["all"], "what does not give it carries nothing");
}

#[test]
fn via_on_one_resource_is_direct_then_by_group_then_by_members() {
    let mut policy = small_policy(&[(
        "note",
        json!({ "parent": "organization", "sharing": ["all"], "creator": "all", "actions": { "read": {} },
                "roles": { "all": { "allow": ["read"] } } }),
    )]);
    for holder in ["user", "group", "members"] {
        policy["holders"][holder]["roles"]["note"] = json!(["all"]);
    }
    let mut directory = small_directory("only", &["ann@x.com"]);
    let group = |id: &str| json!({ "id": id, "organization": "home", "members": ["user/ann@x.com"] });
    directory["groups"] = json!([group("zeta"), group("alpha")]);
    let with = ["members", "group/zeta", "user/owner@x.com", "user/ann@x.com", "group/alpha"];
    let shares = with.map(|with| json!({ "with": with, "role": "all" }));
    directory["resources"] =
        json!([{ "kind": "note", "id": "n", "parent": "organization/home", "shares": shares }]);
    let access = load(&compile(&policy), &directory).access("user/ann@x.com", "home");
    let decision = json(&access.check("read", "note", "n", 0));
    let via: Vec<_> =
        decision["via"].as_array().unwrap().iter().map(|one| (&one["how"], &one["group"])).collect();
    let (direct, group, members, none) = (json!("direct"), json!("group"), json!("members"), Value::Null);
    let (alpha, zeta) = (json!("alpha"), json!("zeta"));
    assert_eq!(via, [(&direct, &none), (&group, &alpha), (&group, &zeta), (&members, &none)]);
}

#[test]
fn remedies_are_roles_that_the_principal_may_hold_and_the_edition_pays_for() {
    let roles = |edition: &str| {
        let access = load(&policy_of_ways(), &directory_of_ways(edition)).access("user/ann@x.com", "home");
        let decision = json(&access.check("read", "thing", "of-others", 0));
        let remedies = decision["remedy"].as_array().unwrap().iter();
        remedies.map(|one| one["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles("only"), ["low", "all"]);
    assert_eq!(roles("big"), ["low", "paid", "all"]);
}

#[test]
fn the_next_expiry_is_the_first_end_after_now() {
    let access = || load(&policy_of_ways(), &directory_of_ways("only")).access("user/ann@x.com", "home");
    assert_eq!(access().next_expiry(0), Some(1000));
    assert_eq!(access().next_expiry(999), Some(1000));
    assert_eq!(access().next_expiry(1000), None);
}

#[test]
fn a_clock_that_runs_back_is_not_believed() {
    let access = load(&policy_of_ways(), &directory_of_ways("only")).access("user/ann@x.com", "home");
    assert!(access.can("read", "thing", "ending", 999));
    assert!(!access.can("read", "thing", "ending", 1000));
    assert!(!access.can("read", "thing", "ending", 999));
    let directory = load(&policy_of_ways(), &directory_of_ways("only"));
    let check = |now| directory.check("user/ann@x.com", "home", "read", "thing", "ending", now).allowed;
    assert_eq!([999, 1000, 999].map(check), [true, false, false], "nor by a directory");
}

#[test]
fn a_cursor_fits_no_list_of_another_kind() {
    let access = load(&policy_of_ways(), &directory_of_ways("big")).access("user/ann@x.com", "home");
    let cursor = access.list("read", "thing", None, 1, 0).unwrap().next.unwrap();
    assert_eq!(access.list("read", "thing", Some(&cursor), 1, 0).unwrap().items, ["held"]);
    assert_eq!(list_all(&access, "read", "costly", 1, 0), ["c", "c-ending"], "a list as long");
    assert_eq!(access.list("read", "costly", Some(&cursor), 1, 0).unwrap_err().code(), "ERR_CURSOR");
}

/// Ann holds a note in a folder of which she knows nothing, and a role on that folder would help her.
#[test]
fn a_private_place_above_is_not_named() {
    let on = |private: bool| {
        let folder = json!({
            "parent": "organization", "private": private, "sharing": ["all"], "creator": "all", "actions": { "open": {} },
            "roles": { "all": { "allow": ["open"], "implies": { "note": ["all"] } } },
        });
        let note = json!({
            "parent": "folder", "sharing": ["all", "low"], "creator": "all", "actions": { "read": {}, "write": {} },
            "roles": { "all": { "allow": ["read", "write"] }, "low": { "allow": ["read"] } },
        });
        let mut policy = small_policy(&[("folder", folder), ("note", note)]);
        policy["holders"]["user"]["roles"]["folder"] = json!(["all"]);
        policy["holders"]["user"]["roles"]["note"] = json!(["all", "low"]);
        let mut directory = small_directory("only", &["ann@x.com"]);
        directory["resources"] = json!([
            { "kind": "folder", "id": "f", "parent": "organization/home", "creator": "user/owner@x.com" },
            { "kind": "note", "id": "n", "parent": "folder/f", "shares": [
                { "with": "user/owner@x.com", "role": "all" }, { "with": "user/ann@x.com", "role": "low" }] },
        ]);
        let directory = load(&compile(&policy), &directory);
        let decision = json(&directory.check("user/ann@x.com", "home", "write", "note", "n", 0));
        let remedies = decision["remedy"].as_array().unwrap().iter();
        remedies.map(|one| one["on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(on(false), ["note/n", "folder/f"]);
    assert_eq!(on(true), ["note/n", "folder"]);
}
