//! Which action guards each command and each question about others.

use super::names::{ACTION, kind, twice, unknown};
use crate::error::{Code, Error, Result};
use crate::policy::fields::{Object, Texts, text_of};
use crate::policy::place::Place;
use crate::policy::{Guarded, KindId, Model};

/// Every command that needs an action; the policy maps it or lists it under `nobody`.
const COMMANDS: [&str; 35] = [
    CREATE_ORGANIZATION,
    "rename_organization",
    "delete_organization",
    "invite_member",
    "resend_invite",
    "delete_invite",
    "change_member_roles",
    "suspend_member",
    "restore_member",
    "remove_member",
    CREATE_PROJECT,
    "rename_project",
    "delete_project",
    "add_project_member",
    "change_project_member",
    "remove_project_member",
    "create_service_account",
    "change_service_account",
    "delete_service_account",
    "create_api_key",
    "change_api_key",
    "rotate_api_key",
    "delete_api_key",
    CREATE_RESOURCE,
    "change_resource",
    "delete_resource",
    "share",
    "change_share",
    "unshare",
    "create_group",
    "add_to_group",
    "remove_from_group",
    "delete_group",
    "configure_sso",
    "change_edition",
];

const CREATE_ORGANIZATION: &str = "create_organization";
const CREATE_PROJECT: &str = "create_project";
const CREATE_RESOURCE: &str = "create_resource";

/// The commands that are not mapped: what guards them follows from the kinds.
const CREATES: [&str; 3] = [CREATE_ORGANIZATION, CREATE_PROJECT, CREATE_RESOURCE];

/// Commands that need no action: one accepts, leaves and signs in for oneself.
const FREE: [&str; 3] = ["accept_invite", "leave_organization", "sign_in"];

/// Questions about others.
const QUESTIONS: [&str; 3] = ["who", "matrix", "upgrade"];

/// Maps every command and question, or finds it under `nobody`.
pub(super) fn fill(model: &mut Model, document: Object<'_>) -> Result<()> {
    let nobody = document.texts("nobody");
    check_nobody(nobody)?;
    let (commands, questions) = (document.object("commands"), document.object("questions"));
    let (place, questions_place) = (Place::WHOLE.at("commands"), Place::WHOLE.at("questions"));
    refuse_unknown(commands, &COMMANDS, &place)?;
    refuse_unknown(questions, &QUESTIONS, &questions_place)?;
    for name in COMMANDS {
        let actions = match commands.node(name) {
            Some(_) if CREATES.contains(&name) => return Err(follows(name, &place.at(name))),
            None if CREATES.contains(&name) => created(model, name),
            _ => mapped(model, commands, name, &place)?,
        };
        model.commands.push(settle(nobody, name, actions, &place)?);
    }
    for name in QUESTIONS {
        let actions = mapped(model, questions, name, &questions_place)?;
        model.questions.push(settle(nobody, name, actions, &questions_place)?);
    }
    Ok(())
}

#[inline(never)]
fn refuse_unknown(guards: Object<'_>, known: &[&str], place: &Place<'_>) -> Result<()> {
    for (name, _) in guards.0 {
        if !known.contains(&name) {
            return Err(no_command(name, &place.at(name)));
        }
    }
    Ok(())
}

#[cold]
#[inline(never)]
fn no_command(name: &str, place: &Place<'_>) -> Error {
    let free = FREE.contains(&name);
    let end = if free { "` needs no action, remove it" } else { "` is not known here, correct the name" };
    place.error(Code::UnknownCommand, &["`", name, end])
}

fn check_nobody(nobody: Texts<'_>) -> Result<()> {
    let place = Place::WHOLE.at("nobody");
    for (index, name) in nobody.enumerate() {
        let (name, place) = (text_of(name), place.element(index));
        if !COMMANDS.contains(&name) && !QUESTIONS.contains(&name) {
            return Err(no_command(name, &place));
        }
        if position(nobody, name) != Some(index) {
            return Err(twice(name, &place));
        }
    }
    Ok(())
}

/// Where a name stands first.
#[inline(never)]
fn position(mut names: Texts<'_>, name: &str) -> Option<usize> {
    names.position(|listed| text_of(listed) == name)
}

/// What guards a command that creates: the `create` of each kind that it makes, on that kind's parent.
fn created(model: &Model, command: &str) -> Vec<(KindId, usize)> {
    let mut actions = Vec::new();
    for (kind, id) in model.kinds.iter().zip((0..).map(KindId)) {
        let made_by = match () {
            () if id == model.organization => CREATE_ORGANIZATION,
            () if Some(id) == model.project => CREATE_PROJECT,
            () => CREATE_RESOURCE,
        };
        let Some(action) = kind.parent.zip(kind.create) else { continue };
        if made_by == command && !actions.contains(&action) {
            actions.push(action);
        }
    }
    actions
}

#[cold]
fn follows(name: &str, place: &Place<'_>) -> Error {
    place.error(Code::UnknownCommand, &["`", name, "` follows from `create` of the kinds, remove it here"])
}

/// What the document maps a command or question to, in the order of the kinds.
#[inline(never)]
fn mapped(model: &Model, guards: Object<'_>, name: &str, place: &Place<'_>) -> Result<Vec<(KindId, usize)>> {
    let (map, place) = (guards.object(name), place.at(name));
    for (name, action) in map.0 {
        let (place, action) = (place.at(name), text_of(action));
        let id = kind(model, name, &place)?;
        if model.kind(id).declared_bit(action).is_none() {
            return Err(unknown(ACTION, action, &place));
        }
    }
    let mut actions = Vec::with_capacity(map.0.len());
    for (kind, id) in model.kinds.iter().zip((0..).map(KindId)) {
        if let Some(bit) = map.text(&kind.name).and_then(|action| kind.declared_bit(action)) {
            actions.push((id, bit));
        }
    }
    Ok(actions)
}

/// A command stands in one of two places: mapped, or under `nobody`.
#[inline(never)]
fn settle(
    nobody: Texts<'_>,
    name: &'static str,
    actions: Vec<(KindId, usize)>,
    place: &Place<'_>,
) -> Result<Guarded> {
    match position(nobody, name) {
        Some(index) if !actions.is_empty() => {
            let sentence = ["`", name, "` has an action, remove it here or there"];
            Err(Place::WHOLE.at("nobody").element(index).error(Code::Duplicate, &sentence))
        }
        None if actions.is_empty() => {
            let sentence = ["no action guards `", name, "`, map it or list it under `nobody`"];
            Err(place.at(name).error(Code::Unmapped, &sentence))
        }
        _ => Ok(Guarded { name, actions }),
    }
}
