//! Rules that hold over the whole policy: what governs needs no feature, and people can hold what they are given.

use crate::error::{Code, Error, Result};
use crate::policy::place::Place;
use crate::policy::{Holder, Kind, KindId, Model, RoleId};

/// The commands that govern who belongs.
const GOVERNING: [&str; 4] = ["change_member_roles", "remove_member", "suspend_member", "restore_member"];

pub(super) fn check(model: &Model) -> Result<()> {
    check_governing(model)?;
    check_governing_actions(model)?;
    check_top_gives_all(model)?;
    for kind in &model.kinds {
        check_held_by_people(model, kind, &Place::KINDS.at(&kind.name))?;
    }
    check_defaults(model)
}

/// The kinds that are governed, their top roles and people themselves never depend on the edition.
fn check_governing(model: &Model) -> Result<()> {
    for (kind, id) in model.kinds.iter().zip((0..).map(KindId)) {
        let place = Place::KINDS.at(&kind.name);
        let governed = kind.top.is_some() || id == model.platform;
        if governed && kind.feature.is_some() {
            return Err(governing(&place));
        }
        let top = kind.top.map(|top| model.role(top));
        if let Some(role) = top.filter(|role| role.feature.is_some()) {
            return Err(governing(&place.at("roles").at(&role.name)));
        }
    }
    match model.holder(Holder::User) {
        Some(user) if user.feature.is_some() => Err(governing(&Place::WHOLE.at("holders").at("user"))),
        _ => Ok(()),
    }
}

/// Nor do the actions that govern who belongs.
fn check_governing_actions(model: &Model) -> Result<()> {
    for command in &model.commands {
        if GOVERNING.contains(&command.name) {
            command.actions.iter().try_for_each(|(id, bit)| check_governing_action(model.kind(*id), *bit))?;
        }
    }
    Ok(())
}

fn check_governing_action(kind: &Kind, bit: usize) -> Result<()> {
    let action = kind.actions.get(bit);
    if let Some(action) = action.filter(|action| action.feature.is_some()) {
        return Err(governing(&Place::KINDS.at(&kind.name).at("actions").at(&action.name)));
    }
    Ok(())
}

#[cold]
fn governing(place: &Place<'_>) -> Error {
    let sentence = "people govern in every edition, remove the feature here";
    place.at("feature").error(Code::GoverningFeature, &[sentence])
}

/// Whoever governs an organization can give every role in it: none is out of everyone's reach.
fn check_top_gives_all(model: &Model) -> Result<()> {
    let kind = model.kind(model.organization);
    let Some(top) = kind.top.map(|top| model.role(top)) else { return Ok(()) };
    let given = top.on(model.organization);
    let missed = kind.actions.iter().enumerate().skip(kind.declared).find(|(bit, _)| !given.has(*bit));
    let Some(missed) = missed.and_then(|(_, action)| action.grants) else { return Ok(()) };
    let sentence = ["the top role gives every role of its kind, add `", &model.role(missed).name, "`"];
    let place = Place::KINDS.at(&kind.name);
    Err(place.at("roles").at(&top.name).at("grant").error(Code::Unmapped, &sentence))
}

fn check_held_by_people(model: &Model, kind: &Kind, place: &Place<'_>) -> Result<()> {
    for (field, role) in [("top", kind.top), ("creator", kind.creator), ("default", kind.default)] {
        if role.is_some_and(|role| !for_people(model, role)) {
            return Err(place.at(field).error(Code::HolderRole, &[NOT_FOR_PEOPLE]));
        }
    }
    Ok(())
}

const NOT_FOR_PEOPLE: &str = "users get this role, add it to `holders.user.roles`";

/// The roles that members get on things below are such as users may hold.
fn check_defaults(model: &Model) -> Result<()> {
    for role in &model.roles {
        for (on, roles) in &role.defaults {
            if let Some(index) = roles.iter().position(|role| !for_people(model, *role)) {
                let place = Place::KINDS.at(&model.kind(role.kind).name);
                let place = place.at("roles");
                let place = place.at(&role.name);
                let place = place.at("default");
                let place = place.at(&model.kind(*on).name);
                return Err(place.element(index).error(Code::HolderRole, &[NOT_FOR_PEOPLE]));
            }
        }
    }
    Ok(())
}

fn for_people(model: &Model, role: RoleId) -> bool {
    model.may_hold(Holder::User, role)
}
