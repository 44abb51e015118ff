//! Which action guards each command and each question about others.

use super::names::{ACTION, kind, position, twice, unknown};
use crate::error::{Code, Error, Result};
use crate::policy::document::{Named, PolicyDocument};
use crate::policy::fields::{Pairs, Texts};
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
pub(super) fn fill(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    check_nobody(document.nobody)?;
    let (commands, questions) = (Place::WHOLE.at("commands"), Place::WHOLE.at("questions"));
    refuse_unknown(&document.commands, &COMMANDS, &commands)?;
    refuse_unknown(&document.questions, &QUESTIONS, &questions)?;
    for name in COMMANDS {
        let actions = match position(&document.commands, name) {
            Some(_) if CREATES.contains(&name) => return Err(follows(name, &commands.at(name))),
            None if CREATES.contains(&name) => created(model, name),
            _ => mapped(model, &document.commands, name, &commands.at(name))?,
        };
        model.commands.push(settle(document.nobody, name, actions, &commands)?);
    }
    for name in QUESTIONS {
        let actions = mapped(model, &document.questions, name, &questions.at(name))?;
        model.questions.push(settle(document.nobody, name, actions, &questions)?);
    }
    Ok(())
}

type Guards<'n> = Named<'n, Pairs<'n>>;

fn refuse_unknown(guards: &Guards<'_>, known: &[&str], place: &Place<'_>) -> Result<()> {
    match guards.iter().find(|(name, _)| !known.contains(name)) {
        Some((name, _)) => Err(place.at(name).error(Code::UnknownCommand, &no_command(name))),
        None => Ok(()),
    }
}

fn no_command(name: &str) -> [&str; 3] {
    let free = FREE.contains(&name);
    ["`", name, if free { "` needs no action, remove it" } else { "` is not known here, correct the name" }]
}

fn check_nobody(nobody: Texts<'_>) -> Result<()> {
    let place = Place::WHOLE.at("nobody");
    for (index, name) in nobody.iter().enumerate() {
        if !COMMANDS.contains(&name) && !QUESTIONS.contains(&name) {
            return Err(place.error_in(index, Code::UnknownCommand, &no_command(name)));
        }
        if nobody.iter().take(index).any(|earlier| earlier == name) {
            return Err(twice(name, &place, index));
        }
    }
    Ok(())
}

/// What guards a command that creates: the `create` of each kind that it makes, on that kind's parent.
fn created(model: &Model, command: &str) -> Vec<(KindId, usize)> {
    let made_by = |id: KindId| match () {
        () if id == model.organization => CREATE_ORGANIZATION,
        () if Some(id) == model.project => CREATE_PROJECT,
        () => CREATE_RESOURCE,
    };
    let mut actions = Vec::new();
    for (kind, id) in model.kinds.iter().zip((0..).map(KindId)) {
        let Some(action) = kind.parent.zip(kind.create).filter(|_| made_by(id) == command) else { continue };
        if !actions.contains(&action) {
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
fn mapped(model: &Model, guards: &Guards<'_>, name: &str, place: &Place<'_>) -> Result<Vec<(KindId, usize)>> {
    let Some((_, map)) = guards.iter().find(|(known, _)| *known == name) else { return Ok(Vec::new()) };
    let mut bits = vec![None; model.kinds.len()];
    for (name, action) in map.iter() {
        let place = place.at(name);
        let id = kind(model, name, &place)?;
        let bit = model.kind(id).declared_bit(action).ok_or_else(|| unknown(ACTION, action, &place))?;
        bits.get_mut(usize::from(id.0)).into_iter().for_each(|slot| *slot = Some(bit));
    }
    Ok((0..).map(KindId).zip(bits).filter_map(|(id, bit)| Some((id, bit?))).collect())
}

/// A command stands in one of two places: mapped, or under `nobody`.
fn settle(
    nobody: Texts<'_>,
    name: &'static str,
    actions: Vec<(KindId, usize)>,
    place: &Place<'_>,
) -> Result<Guarded> {
    match nobody.iter().position(|listed| listed == name) {
        Some(index) if !actions.is_empty() => {
            let sentence = ["`", name, "` has an action, remove it here or there"];
            Err(Place::WHOLE.at("nobody").error_in(index, Code::Duplicate, &sentence))
        }
        None if actions.is_empty() => {
            let sentence = ["no action guards `", name, "`, map it or list it under `nobody`"];
            Err(place.at(name).error(Code::Unmapped, &sentence))
        }
        _ => Ok(Guarded { name, actions }),
    }
}
