//! The table that is attacked, and the companies behind it.

use crate::common::{load, preset};
use bailiwick::guard::{Match, Refused, Routes};
use bailiwick::{Access, Directory};
use serde_json::{Value, json};

/// A moment after everything that begins.
pub(crate) const NOW: u64 = 1_800_000_000_000;

/// The rows that the attacks aim at.
pub(crate) fn rows() -> Vec<Value> {
    let org = |method: &str, path: &str, action: &str| json!({ "method": method, "path": path, "action": action, "kind": "organization", "organization": "org" });
    vec![
        org("GET", "/v1/orgs/{org}", "view_account"),
        org("PATCH", "/v1/orgs/{org}", "rename"),
        org("GET", "/v1/orgs/{org}/billing", "view_billing"),
        json!({ "method": "DELETE", "path": "/v1/orgs/{org}/projects/{prj}", "action": "delete", "kind": "project",
            "id": "prj", "organization": "org" }),
        json!({ "method": "POST", "path": "/v1/orgs/{org}/projects/{prj}/indexes/{idx}/query", "action": "query",
            "kind": "index", "id": "idx", "organization": "org", "parents": { "project": "prj" } }),
        json!({ "method": "GET", "path": "/health", "public": true }),
    ]
}

/// A table document with these options.
pub(crate) fn document(options: &Value, rows: &[Value]) -> String {
    let mut document = options.clone();
    document["format"] = json!(1);
    document["routes"] = json!(rows);
    document.to_string()
}

/// The table with these options.
pub(crate) fn table(options: &Value) -> Routes {
    Routes::load(&preset("pinecone-2026"), &document(options, &rows())).unwrap()
}

/// The table as most have it.
pub(crate) fn strict() -> Routes {
    table(&json!({}))
}

/// One row alone.
pub(crate) fn only(row: Value) -> Routes {
    Routes::load(&preset("pinecone-2026"), &document(&json!({}), &[row])).unwrap()
}

/// Why a request has no row.
pub(crate) fn refused(routes: &Routes, method: &str, path: &str) -> Refused {
    match routes.find(method, path) {
        Ok(found) => panic!("{method} {path:?} came through as {}", found.pattern()),
        Err(refused) => refused,
    }
}

/// The row of a request that has one.
pub(crate) fn found<'a>(routes: &'a Routes, method: &str, path: &'a str) -> Match<'a> {
    routes.find(method, path).unwrap_or_else(|refused| panic!("{method} {path:?}: {refused}"))
}

/// Two organizations: `oA` with project `pA` and its index `iA`, and the same of B. Each is owned by one person; `mo@x.com`
/// is a member of A who holds one index, `uma@x.com` one who reads project `pA`, `cy@x.com` owns both organizations.
pub(crate) fn companies() -> Directory {
    let people = ["ana", "bo", "cy", "mo", "uma", "sue"].map(|name| json!({ "id": format!("{name}@x.com") }));
    let member = |name: &str, role: &str| json!({ "member": format!("user/{name}@x.com"), "roles": [role] });
    let suspended =
        json!({ "member": "user/sue@x.com", "roles": ["organization_member"], "suspended": true });
    let owner = "organization_owner";
    let document = json!({
        "format": 1,
        "people": people,
        "organizations": [
            { "id": "oA", "edition": "enterprise", "members": [
                member("ana", owner), member("cy", owner), member("mo", "organization_member"),
                member("uma", "organization_member"), suspended] },
            { "id": "oB", "edition": "enterprise", "members": [member("bo", owner), member("cy", owner)] },
        ],
        "projects": [
            { "id": "pA", "organization": "oA", "members": [member("uma", "project_viewer")] },
            { "id": "pA2", "organization": "oA" },
            { "id": "pB", "organization": "oB" },
        ],
        "resources": [
            { "kind": "index", "id": "iA", "parent": "project/pA" },
            { "kind": "index", "id": "iA2", "parent": "project/pA2" },
            { "kind": "index", "id": "iB", "parent": "project/pB" },
        ],
    });
    load(&preset("pinecone-2026"), &document)
}

/// The access of a person in an organization.
pub(crate) fn access(name: &str, organization: &str) -> Access {
    companies().access(&format!("user/{name}@x.com"), organization)
}
