//! A company of many people, projects and shared boards, made the same each time.

use super::NOW;
use serde_json::{Value, json};

/// How large a company is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) shares: usize,
    pub(crate) people: usize,
    pub(crate) projects: usize,
}

impl Size {
    /// 100,000 shares among 10,000 people and 1,000 projects, and the same in smaller.
    pub(crate) fn of(shares: usize) -> Self {
        Self { shares, people: shares / 10, projects: shares / 100 }
    }
}

/// The policy of the company: projects and shared boards in one.
pub(crate) fn policy() -> String {
    let text = include_str!("../../tests/vectors/policies/studio.json");
    let mut policy: Value = serde_json::from_str(text).unwrap();
    let share = policy["commands"]["share"].clone();
    for (command, guards) in [
        ("change_share", share.clone()),
        ("unshare", share),
        ("suspend_member", json!({ "organization": "govern" })),
        ("change_project_member", json!({ "project": "manage_people" })),
    ] {
        policy["commands"][command] = guards;
        policy["nobody"].as_array_mut().unwrap().retain(|known| known != command);
    }
    policy.to_string()
}

/// The id of a person: `user/p7`.
pub(crate) fn person(index: usize) -> String {
    format!("user/p{index}@acme.example")
}

/// The id of a board.
pub(crate) fn board(index: usize) -> String {
    format!("board_{:014x}", (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 8)
}

/// The document: `p0` owns the company, everybody is in two projects, every board has its creator and one more; `p1`
/// holds a tenth of all boards.
pub(crate) fn document(size: Size) -> String {
    let people: Vec<Value> =
        (0..size.people).map(|index| json!({ "id": person(index).trim_start_matches("user/") })).collect();
    let role = |index| if index == 0 { "owner" } else { "member" };
    let members: Vec<Value> =
        (0..size.people).map(|index| json!({ "member": person(index), "roles": [role(index)] })).collect();
    let projects: Vec<Value> = (0..size.projects)
        .map(|project| {
            let inside = (0..20).map(|n| (project * 10 + n) % size.people);
            let members: Vec<Value> =
                inside.map(|index| json!({ "member": person(index), "roles": ["maker"] })).collect();
            json!({ "id": format!("project-{project}"), "organization": "acme", "members": members })
        })
        .collect();
    let boards: Vec<Value> = (0..size.shares / 2)
        .map(|index| {
            let creator = if index % 5 == 0 { 1 } else { 2 + index % (size.people - 2) };
            let with = 2 + (index * 7 + 1) % (size.people - 2);
            let with = if with == creator { 2 + (with - 1) % (size.people - 2) } else { with };
            let mut shares = vec![json!({ "with": person(creator), "role": "edit" })];
            if with != creator {
                shares.push(json!({ "with": person(with), "role": "view" }));
            }
            json!({ "kind": "board", "id": board(index), "parent": "organization/acme", "creator": person(creator), "shares": shares })
        })
        .collect();
    json!({
        "format": 1, "people": people, "projects": projects, "resources": boards, "changed": NOW,
        "organizations": [{ "id": "acme", "edition": "business", "members": members }],
    })
    .to_string()
}
