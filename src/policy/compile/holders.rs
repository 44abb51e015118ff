//! Which roles each kind of holder may have.

use super::declare::label;
use super::names::{ROLE, RolesByKind, feature, role_lists, roles, unknown};
use crate::error::{Code, Result};
use crate::policy::document::{HolderDocument, PolicyDocument};
use crate::policy::fields::Lists;
use crate::policy::place::Place;
use crate::policy::{Holder, HolderRules, KindId, Mask, Model, RoleId};

/// The commands over members and keys of a project: no API key holds what they need.
const KEY_NEVER: [&str; 7] = [
    "add_project_member",
    "change_project_member",
    "remove_project_member",
    "create_api_key",
    "change_api_key",
    "rotate_api_key",
    "delete_api_key",
];

pub(super) fn fill(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    let place = Place::WHOLE.at("holders");
    for (name, declared) in &document.holders {
        let mut rules = HolderRules {
            label: label(declared.label, name),
            feature: feature(document, declared.feature, &place.at(name))?,
            roles: Vec::new(),
            baseline: Vec::new(),
            default: Vec::new(),
        };
        fill_one(&mut rules, model, declared, &place.at(name))?;
        if let Some(slot) = model.holders.get_mut(declared.holder as usize) {
            *slot = Some(rules);
        }
    }
    model.holder(Holder::User).map(|_| ()).ok_or_else(|| place.at("user").missing())
}

fn fill_one(
    rules: &mut HolderRules,
    model: &Model,
    declared: &HolderDocument<'_>,
    place: &Place<'_>,
) -> Result<()> {
    let held = bearable(model, declared.roles, &place.at("roles"), &|kind, role| {
        unbearable(model, declared.holder, kind, role)
    })?;
    let mut may = vec![false; model.roles.len()];
    for role in held.iter().flat_map(|(_, roles)| roles) {
        may.get_mut(usize::from(role.0)).into_iter().for_each(|may| *may = true);
    }
    let ids = (0..).map(RoleId).zip(may);
    rules.roles = ids.filter_map(|(role, may)| may.then_some(role)).collect();
    rules.baseline = bearable(model, declared.baseline, &place.at("baseline"), &|kind, role| {
        unbearable(model, declared.holder, kind, role).or_else(|| no_company(model, role))
    })?;
    fill_default(rules, model, declared, &place.at("default"))
}

/// The roles of an API key that has chosen none: of the project, and such as it may hold.
fn fill_default(
    rules: &mut HolderRules,
    model: &Model,
    declared: &HolderDocument<'_>,
    place: &Place<'_>,
) -> Result<()> {
    let Some(project) = model.project else {
        let first = declared.default.iter().next();
        return first.map_or(Ok(()), |name| Err(unknown(ROLE, name, &place.at("[0]"))));
    };
    rules.default = roles(model, project, declared.default, place)?;
    match rules.default.iter().position(|role| rules.roles.binary_search(role).is_err()) {
        Some(index) => {
            let sentence = "it is not among the roles of this holder, add it there";
            Err(place.error_in(index, Code::HolderRole, &[sentence]))
        }
        None => Ok(()),
    }
}

/// The lists found, each role checked: `refuse` says why a holder of this kind can never have it.
fn bearable(
    model: &Model,
    lists: Lists<'_>,
    place: &Place<'_>,
    refuse: &dyn Fn(KindId, RoleId) -> Option<&'static str>,
) -> Result<RolesByKind> {
    role_lists(model, lists, place, &|place, kind, roles| {
        for (index, role) in roles.iter().enumerate() {
            if let Some(sentence) = refuse(kind, *role) {
                return Err(place.error_in(index, Code::HolderRole, &[sentence]));
            }
        }
        Ok(())
    })
}

/// Why a role cannot come along with others: it is paid for, or it governs.
fn no_company(model: &Model, role: RoleId) -> Option<&'static str> {
    let known = model.role(role);
    if known.feature.is_some() {
        return Some("what comes along with other roles needs no feature, remove it");
    }
    let top = model.kind(known.kind).top == Some(role);
    let gives = top || known.closure.iter().any(|(kind, mask)| grants(model, *kind, *mask));
    gives.then_some("what comes along with other roles governs nothing, remove it")
}

fn unbearable(model: &Model, holder: Holder, kind: KindId, role: RoleId) -> Option<&'static str> {
    if kind == model.platform {
        return Some("the platform's roles are the host's to give, remove it");
    }
    match holder {
        Holder::User | Holder::ServiceAccount => None,
        Holder::Group | Holder::Members => {
            let above = kind == model.organization;
            above.then_some("a group holds no role on the organization or above it, remove it")
        }
        Holder::ApiKey => {
            let inside = model.project.is_some_and(|project| model.is_at_or_above(project, kind));
            if !inside {
                return Some("an API key holds roles on its project and below only, remove it");
            }
            let governs = model.role(role).closure.iter().any(|(kind, mask)| governs(model, *kind, *mask));
            governs.then_some("an API key neither gives roles nor manages members or keys, remove it")
        }
    }
}

/// Whether there is a `grant` among the actions.
fn grants(model: &Model, kind: KindId, mask: Mask) -> bool {
    let actions = model.kind(kind).actions.iter().enumerate();
    actions.skip(model.kind(kind).declared).any(|(bit, _)| mask.has(bit))
}

/// Whether there is a `grant` among the actions, or one that manages members or keys.
fn governs(model: &Model, kind: KindId, mask: Mask) -> bool {
    let gives = grants(model, kind, mask);
    let manages = model.commands.iter().filter(|command| KEY_NEVER.contains(&command.name));
    gives || manages.flat_map(|command| &command.actions).any(|(on, bit)| *on == kind && mask.has(*bit))
}
