//! Who can come to hold more than their roles give: alone, with an accomplice, by making each other successors.

use super::graph::Graph;
use super::pool::{Company, Pool};
use super::sets::Sets;
use super::{Finding, Level, words};
use crate::error::decimal;
use crate::order::order;
use crate::policy::RoleId;

/// The most roles that give or govern something of which all pairs are looked at.
const MOST: usize = 256;

const SUCCESSOR: &str = "remove a member and name an accomplice as the successor, who gets ";
const LAST: &str = " where that member was the last to hold it, and so comes to ";

/// A role that gives or governs, what it gives, and what those who hold it reach with an accomplice.
struct Known<'g> {
    role: RoleId,
    gives: Sets,
    together: Pool<'g>,
}

/// Everything about lifting.
pub(super) fn find(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let mut roles = Vec::new();
    graph
        .roles()
        .filter(|role| graph.is_held(*role) && graph.is_active(*role))
        .for_each(|role| roles.push(role));
    if roles.len() > MOST {
        findings.push(unchecked(&roles));
        roles.truncate(MOST);
    }
    let mut known = Vec::with_capacity(roles.len());
    for role in roles {
        let start = Pool::new(graph, &[role], Company::Alone);
        let gives = start.held().clone();
        let alone = start.closed();
        let together = Pool::new(graph, &[role], Company::Several).closed();
        let heirs = Pool::new(graph, &[role], Company::Heirs).closed();
        let by = ["Whoever holds `", &words::role(graph.model, role), "` can "].concat();
        let told = [
            ("escalation", &alone, &gives, "give themselves ", ", and so come to "),
            ("collusion", &together, alone.held(), "give an accomplice ", ", and so both come to "),
            ("succession", &heirs, together.held(), SUCCESSOR, LAST),
        ];
        for (what, reached, before, start, end) in told {
            tell(graph, (what, &[role]), (reached, before), [&by, start, end], findings);
        }
        known.push(Known { role, gives, together });
    }
    pairs(graph, &known, findings);
}

fn unchecked(roles: &[RoleId]) -> Finding {
    let [count, most] = [roles.len(), MOST].map(|number| decimal(number as u64));
    let parts =
        [&count, " roles give or govern something: only the first ", &most, " were looked at for lifting"];
    Finding::of("unchecked".to_owned(), Level::Warning, Vec::new(), Vec::new(), &parts)
}

/// The finding about these roles if more is reached than was held before; whether it is.
#[inline(never)]
fn tell(
    graph: &Graph<'_>,
    (what, roles): (&str, &[RoleId]),
    (reached, before): (&Pool<'_>, &Sets),
    [by, start, end]: [&str; 3],
    findings: &mut Vec<Finding>,
) -> bool {
    let model = graph.model;
    let beyond = reached.held().without(before);
    let mut command = "";
    // The roles come to by the first command that gives any of it, but none that another one contains.
    let mut come: Vec<(RoleId, Sets)> = Vec::new();
    for step in reached.steps() {
        let Some(gain) = graph.gives(step.role).map(|gives| beyond.and(gives)) else { continue };
        if gain.is_empty() || !(command.is_empty() || command == step.command) {
            continue;
        }
        command = step.command;
        if !come.iter().any(|(_, known)| known.contains(&gain)) {
            come.retain(|(_, known)| !gain.contains(known));
            come.push((step.role, gain));
        }
    }
    if command.is_empty() {
        return false;
    }
    let mut names = Vec::with_capacity(come.len());
    come.iter().for_each(|(role, _)| names.push(words::role(model, *role)));
    let come = words::list(&names);
    let roles = words::names(model, roles);
    let actions = words::actions(model, &beyond);
    let key = [what, "/", &roles.join("+")].concat();
    let parts = [by, start, &come, " by `", command, "`", end, &words::list(&actions)];
    findings.push(Finding::of(key, Level::Warning, roles, actions, &parts));
    true
}

/// Two roles that reach together what neither does with an accomplice of its own. A pair that contains another one
/// found is left out.
fn pairs(graph: &Graph<'_>, known: &[Known<'_>], findings: &mut Vec<Finding>) {
    let weight = |place: usize| known.get(place).map_or(0, |known| graph.model.role(known.role).weight);
    let places = order(known.len(), &mut |a, b| weight(a).cmp(&weight(b)));
    let mut found: Vec<[&Known<'_>; 2]> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        for earlier in places.iter().take(index) {
            let (Some(one), Some(other)) = (known.get(*place), known.get(*earlier)) else { continue };
            let inside = |[a, b]: &[&Known<'_>; 2]| {
                (contains(one, a) && contains(other, b)) || (contains(one, b) && contains(other, a))
            };
            if found.iter().any(inside) {
                continue;
            }
            let pair = if one.role < other.role { [one, other] } else { [other, one] };
            if tell_pair(graph, pair, findings) {
                found.push(pair);
            }
        }
    }
}

fn tell_pair(graph: &Graph<'_>, [first, second]: [&Known<'_>; 2], findings: &mut Vec<Finding>) -> bool {
    let (one, other) = (first.together.held(), second.together.held());
    if one.contains(other) || other.contains(one) {
        return false;
    }
    let joint = first.together.joined(&second.together).closed();
    let mut both = one.clone();
    both.join(other);
    let [a, b] = [first, second].map(|known| words::role(graph.model, known.role));
    let by = ["`", &a, "` and `", &b, "` together "].concat();
    let roles = [first.role, second.role];
    tell(graph, ("collusion", &roles), (&joint, &both), [&by, "reach ", ", and so come to "], findings)
}

/// Whether one role gives all that the other gives.
fn contains(one: &Known<'_>, other: &Known<'_>) -> bool {
    one.gives.contains(&other.gives)
}
