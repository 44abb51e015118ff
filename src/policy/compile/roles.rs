//! What roles name: the actions they allow and grant, the roles they imply, and what members get by default.

use super::closure;
use super::declare::PERSON;
use super::names::{ACTION, RolesByKind, each, role_lists, roles};
use crate::error::{Code, Result};
use crate::policy::document::{PolicyDocument, RoleDocument};
use crate::policy::place::Place;
use crate::policy::{KindId, Mask, Model, RoleId};

/// Looks up everything that roles name, and closes it.
pub(super) fn link(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    let mut own = Vec::with_capacity(model.roles.len());
    let mut implied = Vec::with_capacity(model.roles.len());
    for (kind_name, declared) in &document.kinds {
        let place = Place::KINDS.at(kind_name);
        let place = place.at("roles");
        for (name, declared) in &declared.roles {
            let (id, place) = (own.len(), place.at(name));
            let Some(kind) = model.roles.get(id).map(|role| role.kind) else { continue };
            own.push(itself(model, kind, declared, &place)?);
            implied.push(implies(model, (kind, name), declared, &place)?);
            let defaults = defaults(model, kind, declared, &place)?;
            if let Some(role) = model.roles.get_mut(id) {
                role.defaults = defaults;
            }
        }
    }
    closure::close(model, &own, &implied)?;
    for (role, implied) in model.roles.iter_mut().zip(implied) {
        role.implies = implied;
    }
    Ok(())
}

/// What the role allows and grants by itself, on its own kind.
fn itself(model: &Model, id: KindId, declared: &RoleDocument<'_>, place: &Place<'_>) -> Result<Mask> {
    let kind = model.kind(id);
    let mut own = Mask::EMPTY;
    for bit in each(declared.allow, &place.at("allow"), ACTION, &|name| kind.declared_bit(name))? {
        own = own.with(bit);
    }
    for role in roles(model, id, declared.grant, &place.at("grant"))? {
        own = kind.grant_bit(role).map_or(own, |bit| own.with(bit));
    }
    Ok(own)
}

fn implies(
    model: &Model,
    (kind, name): (KindId, &str),
    declared: &RoleDocument<'_>,
    place: &Place<'_>,
) -> Result<Vec<RoleId>> {
    let everybodys = kind == model.platform && name == PERSON;
    let lists = role_lists(model, declared.implies, &place.at("implies"), &|place, other, _| {
        if everybodys {
            return Err(place
                .error(Code::UnrelatedKind, &["everybody has this role, so it implies nothing, remove it"]));
        }
        if model.is_at_or_above(kind, other) {
            return Ok(());
        }
        Err(place.error(
            Code::UnrelatedKind,
            &["a role implies roles of its own kind and of kinds below, not of this"],
        ))
    })?;
    Ok(lists.into_iter().flat_map(|(_, roles)| roles).collect())
}

fn defaults(
    model: &Model,
    kind: KindId,
    declared: &RoleDocument<'_>,
    place: &Place<'_>,
) -> Result<RolesByKind> {
    role_lists(model, declared.default, &place.at("default"), &|place, other, _| {
        if other != kind && model.is_at_or_above(kind, other) {
            return Ok(());
        }
        Err(place
            .error(Code::UnrelatedKind, &["members get roles on kinds below the role's own, not on this"]))
    })
}
