//! What the policy declares and nobody can use, what could be left without anyone, and roles that say the same.

use super::graph::Graph;
use super::pool::{Company, Pool};
use super::{Finding, Level, words};
use crate::policy::{Holder, KindId, Mask, Model, RoleId};

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
        let guarded = model.commands.iter().find(|known| known.name == command);
        let bit = guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == kind));
        let known = model.kind(kind);
        let open = |bit: usize| known.actions.get(bit).is_some_and(|action| action.available);
        let bit = bit.map(|(_, bit)| *bit).filter(|bit| known.available && open(*bit));
        let top = known.top.into_iter();
        let above: &[RoleId] = if of_project { &model.kind(model.organization).roles } else { &[] };
        let mut governors = top.chain(above.iter().copied()).map(|role| model.role(role).on(kind));
        let grant = known.top.and_then(|top| known.grant_bit(top));
        let governs =
            |mask: Mask| bit.is_some_and(|bit| mask.has(bit)) && grant.is_some_and(|bit| mask.has(bit));
        if governors.any(governs) {
            continue;
        }
        let key = ["ungoverned/", &known.name, "/", command].concat();
        let roles: Vec<String> = known.top.map(|top| words::role(model, top)).into_iter().collect();
        let top = words::list(&roles);
        let sentence =
            ["Some `", &known.name, "` can be left with nobody who may use `", command, "` and give ", &top];
        findings.push(Finding::of(key, Level::Warning, &roles, Vec::new(), &sentence));
    }
}

/// Declared actions that no role contains which anyone can hold. The platform's roles are the host's.
pub(super) fn unallowed(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    let host = &model.kind(model.platform).roles;
    let held: Vec<RoleId> =
        graph.roles().filter(|role| graph.is_held(*role) || host.contains(role)).collect();
    let everyone = Pool::new(graph, &held, Company::Heirs);
    for (known, kind) in model.kinds.iter().zip((0..).map(KindId)) {
        let allowed = everyone.held().on(kind);
        let declared = known.actions.iter().enumerate().take(known.declared);
        for (_, action) in declared.filter(|(bit, _)| !allowed.has(*bit)) {
            let name = [&known.name, "/", &action.name].concat();
            let sentence = ["No role that anyone can hold contains `", &name, "`"];
            let key = ["unallowed/", &name].concat();
            findings.push(Finding::of(key, Level::Warning, &[], vec![name.clone()], &sentence));
        }
    }
}

/// Roles that someone may hold and nobody gives.
pub(super) fn ungrantable(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    let all: Vec<RoleId> = graph.roles().filter(|role| graph.is_held(*role)).collect();
    let everyone = Pool::new(graph, &all, Company::Heirs);
    for role in all.iter().copied().filter(|role| *role != model.person && !everyone.gives(*role)) {
        let name = words::role(model, role);
        let sentence = ["Nobody can give `", &name, "`, which `holders` lets someone hold"];
        let key = ["ungrantable/", &name].concat();
        let finding = Finding::of(key, Level::Warning, std::slice::from_ref(&name), Vec::new(), &sentence);
        findings.push(finding);
    }
}

/// Roles of one kind that give the same, and roles that contain another one without implying it.
pub(super) fn alike(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let model = graph.model;
    for kind in &model.kinds {
        let contained: Vec<Vec<RoleId>> = kind.roles.iter().map(|role| contained(model, *role)).collect();
        let inside = |big: RoleId, small: RoleId| {
            let place = kind.roles.iter().position(|role| *role == big);
            place.and_then(|place| contained.get(place)).is_some_and(|roles| roles.contains(&small))
        };
        for (big, smaller) in kind.roles.iter().zip(&contained) {
            let implied = implied(model, *big);
            for small in smaller.iter().filter(|small| *small != big) {
                if inside(*small, *big) {
                    findings.extend(same(model, *big, *small));
                    continue;
                }
                let between =
                    |role: &RoleId| inside(*role, *small) && !inside(*small, *role) && !inside(*role, *big);
                let told =
                    implied.contains(small) || [big, small].iter().all(|role| kind.sharing.contains(role));
                if !told && !smaller.iter().any(between) {
                    let end =
                        "` without implying it: what is added to the second later is not added to the first";
                    findings.push(note(model, "contains", [*big, *small], "` contains all of `", end));
                }
            }
        }
    }
}

/// The roles of the same kind all of whose actions a role has, itself among them; none that give nothing.
fn contained(model: &Model, big: RoleId) -> Vec<RoleId> {
    let known = model.role(big);
    let gives_all = |small: &RoleId| {
        let mut sets = model.role(*small).closure.iter();
        sets.all(|(kind, mask)| known.on(*kind).contains(*mask))
    };
    let roles = model.kind(known.kind).roles.iter().copied();
    roles.filter(|small| !model.role(*small).closure.is_empty()).filter(gives_all).collect()
}

/// Two roles that give the same are one too many if nothing else tells them apart.
fn same(model: &Model, one: RoleId, other: RoleId) -> Option<Finding> {
    let (first, second) = (model.role(one), model.role(other));
    let held = |holder: Holder| model.may_hold(holder, one) == model.may_hold(holder, other);
    let alike = first.feature == second.feature
        && first.defaults == second.defaults
        && Holder::ALL.iter().all(|(holder, _)| held(*holder));
    let end = "` give the same to the same holders: one of them is enough";
    (one < other && alike).then(|| note(model, "same", [one, other], "` and `", end))
}

fn note(model: &Model, what: &str, roles: [RoleId; 2], middle: &str, end: &str) -> Finding {
    let roles = roles.map(|role| words::role(model, role));
    let [one, other] = &roles;
    let key = [what, "/", one, "+", other].concat();
    Finding::of(key, Level::Note, &roles, Vec::new(), &["`", one, middle, other, end])
}

/// The roles of the same kind that a role implies, by those between too.
fn implied(model: &Model, role: RoleId) -> Vec<RoleId> {
    let kind = model.role(role).kind;
    let mut found = vec![role];
    let mut next = 0_usize;
    while let Some(role) = found.get(next).copied() {
        for below in model.role(role).implies.iter().filter(|below| model.role(**below).kind == kind) {
            if !found.contains(below) {
                found.push(*below);
            }
        }
        next = next.saturating_add(1);
    }
    found
}
