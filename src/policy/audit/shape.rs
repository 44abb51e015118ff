//! What the policy declares and nobody can use, what could be left without anyone, and roles that say the same.

use super::graph::Graph;
use super::pool::{Company, Pool};
use super::words::{self, names};
use super::{Finding, Level};
use crate::policy::{Holder, Kind, KindId, Model, RoleId};

/// The commands without which an organization or a project can be left as it is for ever.
const GOVERNING: [(&str, bool); 6] = [
    ("invite_member", false),
    ("change_member_roles", false),
    ("remove_member", false),
    ("add_project_member", true),
    ("change_project_member", true),
    ("remove_project_member", true),
];

/// What governs and is out of reach of those who always remain: an organization's owner (rule 10) and whoever they
/// appoint; for a project its owner too.
pub(super) fn ungoverned(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    for (command, of_project) in GOVERNING {
        let kind = if of_project { model.project } else { Some(model.organization) };
        let Some(kind) = kind else { continue };
        if is_governed(model, command, kind, of_project) {
            continue;
        }
        let known = model.kind(kind);
        let roles = names(model, known.top.as_slice());
        let key = ["ungoverned/", &known.name, "/", command].concat();
        let top = words::list(&roles);
        let sentence =
            ["Some `", &known.name, "` can be left with nobody who may use `", command, "` and give ", &top];
        findings.push(Finding::of(key, Level::Warning, roles, Vec::new(), &sentence));
    }
}

/// Whether one of those who always remain may use a command on a kind and give its top role.
fn is_governed(model: &Model, command: &str, kind: KindId, of_project: bool) -> bool {
    let known = model.kind(kind);
    let guard = model.guard(command, kind);
    let open = |bit: usize| known.actions.get(bit).is_some_and(|action| action.available);
    let Some((bit, top)) = guard.zip(known.top).filter(|(bit, _)| known.available && open(*bit)) else {
        return false;
    };
    let grant = known.grant_bit(top);
    let governs = |role: RoleId| {
        let mask = model.role(role).on(kind);
        mask.has(bit) && grant.is_some_and(|bit| mask.has(bit))
    };
    governs(top) || (of_project && model.kind(model.organization).roles.iter().any(|role| governs(*role)))
}

/// Declared actions that no role contains which anyone can hold. The platform's roles are the host's.
pub(super) fn unallowed(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    let mut held = Vec::new();
    for role in graph.roles() {
        if graph.is_held(role) || model.role(role).kind == model.platform {
            held.push(role);
        }
    }
    let everyone = Pool::new(graph, &held, Company::Heirs);
    for (kind, allowed) in everyone.held().each() {
        let known = model.kind(kind);
        for (bit, action) in known.actions.iter().enumerate().take(known.declared) {
            if !allowed.has(bit) {
                let name = [&known.name, "/", &action.name].concat();
                let sentence = ["No role that anyone can hold contains `", &name, "`"];
                let key = ["unallowed/", &name].concat();
                findings.push(Finding::of(key, Level::Warning, Vec::new(), vec![name.clone()], &sentence));
            }
        }
    }
}

/// Roles that someone may hold and nobody gives.
pub(super) fn ungrantable(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    let mut held = Vec::new();
    graph.roles().filter(|role| graph.is_held(*role)).for_each(|role| held.push(role));
    let everyone = Pool::new(graph, &held, Company::Heirs);
    for role in held {
        if role != model.person && !everyone.gives(role) {
            let name = words::role(model, role);
            let sentence = ["Nobody can give `", &name, "`, which `holders` lets someone hold"];
            let key = ["ungrantable/", &name].concat();
            findings.push(Finding::of(key, Level::Warning, vec![name.clone()], Vec::new(), &sentence));
        }
    }
}

/// Roles of one kind that give the same, and roles that contain another one without implying it.
pub(super) fn alike(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    graph.model.kinds.iter().for_each(|kind| alike_on(graph.model, kind, findings));
}

fn alike_on(model: &Model, kind: &Kind, findings: &mut Vec<Finding>) {
    // Row by row: whether the role of the row has all the actions of the other.
    let mut table = Vec::new();
    for big in &kind.roles {
        kind.roles.iter().for_each(|small| table.push(contains(model, *big, *small)));
    }
    let count = kind.roles.len();
    let inside =
        |big: usize, small: usize| table.get(big.saturating_mul(count).saturating_add(small)) == Some(&true);
    for (big_place, big) in kind.roles.iter().enumerate() {
        let implied = implied(model, *big);
        for (small_place, small) in kind.roles.iter().enumerate() {
            if big == small || !inside(big_place, small_place) {
                continue;
            }
            if inside(small_place, big_place) {
                same(model, *big, *small, findings);
                continue;
            }
            let between = |role: usize| {
                let below = inside(big_place, role) && !inside(role, big_place);
                below && inside(role, small_place) && !inside(small_place, role)
            };
            let shared = kind.sharing.contains(big) && kind.sharing.contains(small);
            if !shared && !implied.contains(small) && !(0..count).any(between) {
                let end =
                    "` without implying it: what is added to the second later is not added to the first";
                findings.push(note(model, "contains", [*big, *small], "` contains all of `", end));
            }
        }
    }
}

/// Whether a role has all the actions of another one, which gives something.
fn contains(model: &Model, big: RoleId, small: RoleId) -> bool {
    let (known, small) = (model.role(big), &model.role(small).closure);
    !small.is_empty() && small.iter().all(|(kind, mask)| known.on(*kind).contains(*mask))
}

/// Two roles that give the same are one too many if nothing else tells them apart.
fn same(model: &Model, one: RoleId, other: RoleId, findings: &mut Vec<Finding>) {
    let (first, second) = (model.role(one), model.role(other));
    let held = |holder: Holder| model.may_hold(holder, one) == model.may_hold(holder, other);
    let alike = first.feature == second.feature
        && first.defaults == second.defaults
        && Holder::ALL.iter().all(|(holder, _)| held(*holder));
    if one < other && alike {
        let end = "` give the same to the same holders: one of them is enough";
        findings.push(note(model, "same", [one, other], "` and `", end));
    }
}

#[inline(never)]
fn note(model: &Model, what: &str, roles: [RoleId; 2], middle: &str, end: &str) -> Finding {
    let [one, other] = roles.map(|role| words::role(model, role));
    let key = [what, "/", &one, "+", &other].concat();
    let sentence = ["`", &one, middle, &other, end];
    Finding::of(key, Level::Note, names(model, &roles), Vec::new(), &sentence)
}

/// The roles of the same kind that a role implies, by those between too.
fn implied(model: &Model, role: RoleId) -> Vec<RoleId> {
    let kind = model.role(role).kind;
    let mut found = vec![role];
    let mut next = 0_usize;
    while let Some(role) = found.get(next).copied() {
        for below in &model.role(role).implies {
            if model.role(*below).kind == kind && !found.contains(below) {
                found.push(*below);
            }
        }
        next = next.saturating_add(1);
    }
    found
}
