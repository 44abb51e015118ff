//! From a row and an access to the answer: its status, its reason, and what it does not tell.

use crate::common::{compile, load, small_directory, small_policy};
use crate::tables::{NOW, access, document, found, only, strict};
use bailiwick::guard::{Routes, Verdict};
use bailiwick::{Access, Reason};
use serde_json::{Value, json};

fn told(verdict: Verdict) -> (bool, u16, Reason) {
    (verdict.allowed, verdict.status, verdict.reason)
}

fn decide(routes: &Routes, access: Option<&Access>, method: &str, path: &str) -> (bool, u16, Reason) {
    told(found(routes, method, path).decide(access, NOW))
}

#[test]
fn a_public_row_needs_nobody() {
    for access in [None, Some(access("ana", "oA")), Some(access("nobody", "oA")), Some(access("sue", "oA"))] {
        assert_eq!(decide(&strict(), access.as_ref(), "GET", "/health"), (true, 200, Reason::Granted));
    }
    let open = strict();
    let health = found(&open, "GET", "/health");
    assert!(health.is_public() && health.action().is_none() && health.kind().is_none());
    assert!(health.id().is_none() && health.organization().is_none());
}

#[test]
fn nobody_and_the_unknown_are_asked_who_they_are() {
    let unknown = (false, 401, Reason::UnknownPrincipal);
    for path in ["/v1/orgs/oA", "/v1/orgs/oB", "/v1/orgs/none"] {
        assert_eq!(decide(&strict(), None, "GET", path), unknown);
        assert_eq!(decide(&strict(), Some(&access("nobody", "oA")), "GET", path), unknown);
    }
}

#[test]
fn a_denial_has_the_reason_of_the_decision() {
    let routes = strict();
    let ask = |name: &str, method: &str, path: &str| decide(&routes, Some(&access(name, "oA")), method, path);
    assert_eq!(ask("ana", "PATCH", "/v1/orgs/oA"), (true, 200, Reason::Granted));
    assert_eq!(ask("uma", "PATCH", "/v1/orgs/oA"), (false, 403, Reason::NoRole));
    assert_eq!(ask("sue", "PATCH", "/v1/orgs/oA"), (false, 403, Reason::Suspended));
    assert_eq!(ask("bo", "PATCH", "/v1/orgs/oA"), (false, 403, Reason::NotAMember));
    assert_eq!(ask("uma", "DELETE", "/v1/orgs/oA/projects/pA"), (false, 403, Reason::NoRole));
    for name in ["sue", "bo"] {
        let index = ask(name, "POST", "/v1/orgs/oA/projects/pA/indexes/iA/query");
        assert_eq!(index.1, 403, "{name}: who has no standing hears that, whatever the path names");
    }
    let one = found(&routes, "DELETE", "/v1/orgs/oA/projects/pA");
    let uma = access("uma", "oA");
    let decision = uma.check(one.action().unwrap(), one.kind().unwrap(), &one.id().unwrap(), NOW);
    assert!(!decision.remedy.is_empty() && decision.reason == one.decide(Some(&uma), NOW).reason);
}

#[test]
fn a_hidden_row_denies_as_if_there_were_nothing() {
    let row = |hidden: bool| {
        json!({ "method": "DELETE", "path": "/{org}/{prj}", "action": "delete", "kind": "project", "id": "prj",
            "organization": "org", "hidden": hidden })
    };
    let (hidden, told) = (only(row(true)), only(row(false)));
    for (name, path) in
        [("uma", "/oA/pA"), ("uma", "/oA/none"), ("uma", "/oB/pB"), ("sue", "/oA/pA"), ("bo", "/oA/pA")]
    {
        let access = access(name, "oA");
        assert_eq!(decide(&hidden, Some(&access), "DELETE", path), (false, 404, Reason::UnknownResource));
        assert_ne!(decide(&told, Some(&access), "DELETE", path).1, 200);
    }
    assert!(decide(&hidden, Some(&access("ana", "oA")), "DELETE", "/oA/pA").0);
    assert_eq!(decide(&hidden, None, "DELETE", "/oA/pA").1, 401);
}

/// Without a parameter for it, the organization is the access's own; the platform has one id.
#[test]
fn what_the_path_does_not_name_is_the_accesss_own() {
    let rename = only(
        json!({ "method": "PATCH", "path": "/v1/settings", "action": "rename", "kind": "organization" }),
    );
    assert!(decide(&rename, Some(&access("ana", "oA")), "PATCH", "/v1/settings").0);
    assert!(decide(&rename, Some(&access("bo", "oB")), "PATCH", "/v1/settings").0);
    assert!(!decide(&rename, Some(&access("uma", "oA")), "PATCH", "/v1/settings").0);
    let create = only(
        json!({ "method": "POST", "path": "/v1/orgs", "action": "create_organization", "kind": "platform" }),
    );
    let allowed = decide(&create, Some(&access("uma", "oA")), "POST", "/v1/orgs");
    let uma = access("uma", "oA");
    assert_eq!(allowed.0, uma.can("create_organization", "platform", "platform", NOW));
    let delete = json!({ "method": "DELETE", "path": "/v1/projects/{prj}", "action": "delete", "kind": "project", "id": "prj" });
    assert!(decide(&only(delete.clone()), Some(&access("ana", "oA")), "DELETE", "/v1/projects/pA").0);
    assert!(!decide(&only(delete), Some(&access("ana", "oA")), "DELETE", "/v1/projects/pB").0);
}

/// A binding that ends lets nobody pass after its end, and a clock set back revives nothing.
#[test]
fn a_verdict_is_of_its_moment() {
    let mut document = folders();
    document["resources"][1]["shares"][1]["until"] = json!(1000);
    let access = load(&compile(&shelf()), &document).access("user/mel@x.com", "home");
    let routes = read_alone();
    let at = |now: u64| told(found(&routes, "GET", "/notes/n").decide(Some(&access), now));
    assert_eq!(at(999), (true, 200, Reason::Granted));
    assert_eq!(
        at(1000),
        (false, 404, Reason::UnknownResource),
        "it is private, and nothing is held any more"
    );
    assert_eq!(at(999), (false, 404, Reason::UnknownResource));
}

/// Folders with notes in them, both private; a librarian of a folder reads its notes and may do nothing with the folder.
fn shelf() -> Value {
    let kind = |parent: &str, roles: Value, sharing: &[&str], top: &str| json!({ "parent": parent, "private": true, "sharing": sharing, "creator": top, "actions": { "read": {}, "write": {} }, "roles": roles });
    let folder = json!({ "keeper": { "allow": ["read", "write"], "grant": ["keeper", "librarian"], "implies": { "folder": ["librarian"], "note": ["writer"] } },
        "librarian": { "allow": [], "implies": { "note": ["reader"] } } });
    let note = json!({ "writer": { "allow": ["read", "write"], "grant": ["writer", "reader"] }, "reader": { "allow": ["read"] } });
    let mut policy = small_policy(&[
        ("folder", kind("organization", folder, &["keeper", "librarian"], "keeper")),
        ("note", kind("folder", note, &["writer", "reader"], "writer")),
    ]);
    policy["holders"]["user"]["roles"]["folder"] = json!(["keeper", "librarian"]);
    policy["holders"]["user"]["roles"]["note"] = json!(["writer", "reader"]);
    policy
}

fn folders() -> Value {
    let mut directory = small_directory("only", &["ann@x.com", "lib@x.com", "mel@x.com"]);
    let thing = |kind: &str, id: &str, parent: &str, top: &str, others: &[(&str, &str)]| {
        let all = [("ann", top)].into_iter().chain(others.iter().copied());
        let shares: Vec<Value> =
            all.map(|(who, role)| json!({ "with": format!("user/{who}@x.com"), "role": role })).collect();
        json!({ "kind": kind, "id": id, "parent": parent, "creator": "user/ann@x.com", "shares": shares })
    };
    directory["resources"] = json!([
        thing("folder", "f", "organization/home", "keeper", &[("lib", "librarian")]),
        thing("note", "n", "folder/f", "writer", &[("mel", "reader")]),
        thing("folder", "g", "organization/home", "keeper", &[]),
        thing("note", "m", "folder/g", "writer", &[]),
    ]);
    directory
}

fn read_alone() -> Routes {
    let row =
        json!({ "method": "GET", "path": "/notes/{note}", "action": "read", "kind": "note", "id": "note" });
    Routes::load(&compile(&shelf()), &document(&json!({}), &[row])).unwrap()
}

/// A parent is known by what is held there, or by a binding there that reaches further down. Who was given one note alone
/// does not know where it lies: a path through its folder is not theirs, a path without is.
#[test]
fn a_parent_is_known_by_what_is_held_there_or_comes_from_there() {
    let row = json!({ "method": "GET", "path": "/folders/{folder}/notes/{note}", "action": "read", "kind": "note", "id": "note",
        "parents": { "folder": "folder" } });
    let policy = compile(&shelf());
    let (routes, alone) = (Routes::load(&policy, &document(&json!({}), &[row])).unwrap(), read_alone());
    let directory = load(&policy, &folders());
    let ask = |name: &str, routes: &Routes, path: &str| {
        decide(routes, Some(&directory.access(&format!("user/{name}@x.com"), "home")), "GET", path)
    };
    let (yes, hidden) = ((true, 200, Reason::Granted), (false, 404, Reason::UnknownResource));
    assert_eq!(ask("ann", &routes, "/folders/f/notes/n"), yes);
    assert_eq!(ask("ann", &routes, "/folders/g/notes/m"), yes);
    assert_eq!(ask("ann", &routes, "/folders/g/notes/n"), hidden);
    assert_eq!(
        ask("lib", &routes, "/folders/f/notes/n"),
        yes,
        "by a binding on the folder that gives nothing there"
    );
    assert_eq!(ask("lib", &routes, "/folders/g/notes/n"), hidden);
    assert_eq!(ask("lib", &routes, "/folders/g/notes/m"), hidden);
    assert_eq!(ask("mel", &alone, "/notes/n"), yes);
    assert_eq!(ask("mel", &routes, "/folders/f/notes/n"), hidden);
    assert_eq!(ask("mel", &routes, "/folders/none/notes/n"), hidden);
}
