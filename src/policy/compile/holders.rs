//! Which roles each kind of holder may have.

use super::declare::label;
use super::names::{ROLE, RolesByKind, feature, role_lists, roles, unknown};
use crate::error::{Code, Result};
use crate::policy::fields::{Object, Texts, object_of, text_of};
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

pub(super) fn fill(model: &mut Model, document: Object<'_>) -> Result<()> {
    let place = Place::WHOLE.at("holders");
    for (name, declared) in document.object("holders").0 {
        let Some(holder) = Holder::named(name) else { continue };
        let rules = rules(model, (holder, name), object_of(declared), &place.at(name))?;
        if let Some(slot) = model.holders.get_mut(holder as usize) {
            *slot = Some(rules);
        }
    }
    model.holder(Holder::User).map(|_| ()).ok_or_else(|| place.at("user").missing())
}

fn rules(
    model: &Model,
    (holder, name): (Holder, &str),
    declared: Object<'_>,
    place: &Place<'_>,
) -> Result<HolderRules> {
    let feature = feature(model, declared, place)?;
    let held = bearable(model, declared.object("roles"), &place.at("roles"), &|kind, role| {
        unbearable(model, holder, kind, role)
    })?;
    let mut roles = Vec::new();
    for role in (0..).map(RoleId).take(model.roles.len()) {
        let kind = model.role(role).kind;
        if held.iter().any(|(on, roles)| *on == kind && roles.contains(&role)) {
            roles.push(role);
        }
    }
    let baseline = bearable(model, declared.object("baseline"), &place.at("baseline"), &|kind, role| {
        unbearable(model, holder, kind, role).or_else(|| no_company(model, role))
    })?;
    let default = default_roles(model, &roles, declared.texts("default"), &place.at("default"))?;
    Ok(HolderRules { label: label(declared, name), feature, roles, baseline, default })
}

/// The roles of an API key that has chosen none: of the project, and such as it may hold.
fn default_roles(model: &Model, held: &[RoleId], names: Texts<'_>, place: &Place<'_>) -> Result<Vec<RoleId>> {
    let Some(project) = model.project else {
        let first = { names }.next();
        return first.map_or(Ok(Vec::new()), |name| Err(unknown(ROLE, text_of(name), &place.element(0))));
    };
    let found = roles(model, project, names, place)?;
    for (index, role) in found.iter().enumerate() {
        if !held.contains(role) {
            let sentence = "it is not among the roles of this holder, add it there";
            return Err(place.element(index).error(Code::HolderRole, &[sentence]));
        }
    }
    Ok(found)
}

/// The lists found, each role checked: `refuse` says why a holder of this kind can never have it.
fn bearable(
    model: &Model,
    lists: Object<'_>,
    place: &Place<'_>,
    refuse: &dyn Fn(KindId, RoleId) -> Option<&'static str>,
) -> Result<RolesByKind> {
    role_lists(model, lists, place, &|place, kind, roles| {
        for (index, role) in roles.iter().enumerate() {
            if let Some(sentence) = refuse(kind, *role) {
                return Err(place.element(index).error(Code::HolderRole, &[sentence]));
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
    for command in &model.commands {
        let manages = command.actions.iter().any(|(on, bit)| *on == kind && mask.has(*bit));
        if manages && KEY_NEVER.contains(&command.name) {
            return true;
        }
    }
    grants(model, kind, mask)
}
