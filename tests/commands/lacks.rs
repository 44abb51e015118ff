//! Share completeness: what a preview says the receiver lacks, against the full table.

use super::ask::knows;
use super::table::Table;
use super::walk::Walk;
use super::wish::Wish;
use bailiwick::Preview;

/// Of a share with a person or an account: each thing used that they could not use, and who could give it.
pub(crate) fn told(walk: &mut Walk<'static>, wish: &Wish, preview: &Preview, table: &Table, now: u64) {
    let text = |field: &str| wish.command[field].as_str().unwrap_or("").to_owned();
    let (name, place, with, role) = (text("command"), text("resource"), text("with"), text("role"));
    let people = with.starts_with("user/") || with.starts_with("service_account/");
    let Some(resource) = walk.document.resource(&place) else { return };
    if !["share", "change_share"].contains(&name.as_str()) || !people {
        return;
    }
    let run = walk.rules.kind(&resource.kind)["run"].as_str().unwrap_or("");
    let runs = walk.rules.given(&resource.kind, &role, &resource.kind).iter().any(|action| action == run);
    let (mut seen, mut hidden) = (Vec::new(), 0);
    for used in resource.uses.iter().filter(|used| runs && walk.document.resource(used).is_some()) {
        let (kind, id) = used.split_once('/').unwrap();
        let action = walk.rules.kind(kind)["use"].as_str().unwrap();
        if table.holds(&with, kind, id, action) {
            continue;
        }
        let (actor, home) = (wish.actor.as_deref().unwrap_or(""), text("organization"));
        if wish.actor.is_none() || knows(&walk.oracle, walk.rules, actor, &home, kind, id, now) {
            seen.push(used.clone());
        } else {
            hidden += 1;
        }
    }
    let found: Vec<String> = preview.lacks.iter().map(|lack| lack.resource.clone()).collect();
    assert_eq!(
        (found, preview.lacks_hidden),
        (seen, hidden),
        "{}: what {with} lacks to run {place}",
        walk.label()
    );
    for lack in &preview.lacks {
        let (kind, id) = lack.resource.split_once('/').unwrap();
        let smallest = walk.rules.sharing(kind).into_iter().rev();
        let gives = |role: &String| walk.rules.given(kind, role, kind).contains(&lack.action);
        let smallest = smallest.into_iter().find(gives);
        assert_eq!(lack.role, smallest, "{}: the role that {with} lacks", walk.label());
        let grant = format!("grant {}", smallest.unwrap());
        let mut givers: Vec<&String> = table
            .rows
            .iter()
            .filter(|(cell, held)| cell.1 == kind && cell.2 == id && held.contains(&grant))
            .map(|(cell, _)| &cell.0)
            .collect();
        givers.sort();
        assert_eq!(
            lack.ask.iter().collect::<Vec<_>>(),
            givers,
            "{}: who can give what {with} lacks",
            walk.label()
        );
    }
    walk.tally.checked("shares whose receiver lacks something", preview.lacks.len());
}
