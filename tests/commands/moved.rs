//! `compare`: what everybody would gain and lose under another policy, against two full tables.

use super::rules::{Rules, texts};
use super::table::{Names, Table};
use super::walk::Walk;
use bailiwick::{Answer, Directory, Query, RoleMapping, Row};
use serde_json::{Value, json};

/// What the roles of Pinecone are called in its model of 2026.
fn renamed(kind: &str, role: &str) -> Vec<String> {
    let to: &[&str] = match (kind, role) {
        ("organization", "organization_user") => &["organization_member"],
        ("project", "project_user") => &["project_editor", "project_member"],
        ("project", "project_key") => &["project_editor"],
        _ => &[role],
    };
    to.iter().map(|role| (*role).to_owned()).collect()
}

fn mapping() -> RoleMapping {
    RoleMapping::read(
        r#"{ "organization": { "organization_user": ["organization_member"] },
             "project": { "project_user": ["project_editor", "project_member"], "project_key": ["project_editor"] } }"#,
    )
    .unwrap()
}

fn each(object: &mut Value, list: &str, change: impl FnMut(&mut Value)) {
    let items = object.get_mut(list).and_then(Value::as_array_mut);
    items.into_iter().flatten().for_each(change);
}

/// Another policy over the same facts, translated by hand.
fn translated(walk: &Walk<'static>, other: &Rules) -> Value {
    let mut document: Value = serde_json::from_str(&walk.text).unwrap();
    let rename = |kind: &str, roles: &mut Value| {
        let mut all: Vec<String> = Vec::new();
        for role in texts(roles).iter().flat_map(|role| renamed(kind, role)) {
            if !all.contains(&role) {
                all.push(role);
            }
        }
        *roles = json!(all);
    };
    each(&mut document, "organizations", |home| {
        home.as_object_mut().unwrap().remove("sso");
        each(home, "members", |member| rename("organization", &mut member["roles"]));
    });
    each(&mut document, "serviceAccounts", |account| {
        if account.get("roles").is_some() {
            rename("organization", &mut account["roles"]);
        }
    });
    each(&mut document, "projects", |project| {
        each(project, "members", |member| rename("project", &mut member["roles"]));
    });
    each(&mut document, "apiKeys", |key| rename("project", &mut key["roles"]));
    document.as_object_mut().unwrap().remove("invites");
    document["policy"] = json!(other.name);
    document
}

pub(crate) fn to_the_next_model(walk: &mut Walk<'static>, other: &Rules, now: u64) {
    let organizations: Vec<String> = walk.document.organizations.iter().map(|one| one.id.clone()).collect();
    let Some(organization) = walk.dice.pick(&organizations) else { return };
    let there = Directory::load(&other.policy, &translated(walk, other).to_string());
    let limit = walk.dice.pick(&[7, 1000]).unwrap();
    let (mut rows, mut next): (Vec<Row>, Option<String>) = (Vec::new(), None);
    let totals = loop {
        let query = Query::new(&organization, now).page(next.as_deref(), limit);
        let told = walk.directory.compare(query, &other.policy, &mapping());
        let page = match (told, &there) {
            (Ok(Answer::Told(page)), Ok(_)) => page,
            (Err(error), Err(expected)) => {
                assert_eq!(error.code(), expected.code(), "{}: {error}, {expected}", walk.label());
                return walk.tally.checked("directories that cannot stand under the next model", 1);
            }
            (told, there) => panic!("{}: {told:?}, and {there:?}: {}", walk.label(), walk.shown()),
        };
        rows.extend(page.rows);
        next = page.next;
        if next.is_none() {
            break page.totals;
        }
    };
    let mut names = Names::of(walk.rules, &walk.document);
    names.organizations.retain(|one| *one == organization);
    for (kind, actions, _) in &mut names.kinds {
        let more: Vec<String> =
            other.actions(kind).into_iter().filter(|one| !actions.contains(one)).collect();
        actions.extend(more);
    }
    let before = Table::of(&walk.directory, &names, now);
    let after = Table::of(&there.unwrap(), &names, now);
    let expected = before.difference(&after);
    let sums =
        expected.values().fold((0, 0), |sum, (gained, lost)| (sum.0 + gained.len(), sum.1 + lost.len()));
    assert_eq!(
        (totals.rows, totals.gained, totals.lost),
        (expected.len(), sums.0, sums.1),
        "{}: compare",
        walk.label()
    );
    assert_eq!(rows.len(), expected.len(), "{}: compare", walk.label());
    for (row, (cell, (gained, lost))) in rows.iter().zip(&expected) {
        assert_eq!(
            (&row.principal, &row.kind, &row.id),
            (&cell.0, &cell.1, &cell.2),
            "{}: compare",
            walk.label()
        );
        let sorted = |list: &[String]| list.iter().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(sorted(&row.gained), sorted(gained), "{}: {cell:?}", walk.label());
        assert_eq!(sorted(&row.lost), sorted(lost), "{}: {cell:?}", walk.label());
    }
    walk.tally.checked("directories compared under the next model", 1);
}
