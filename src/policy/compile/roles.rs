//! What roles name: the actions they allow and grant, the roles they imply, and what members get by default.

use super::closure;
use super::declare::PERSON;
use super::names::{ACTION, each, role_lists, roles};
use crate::error::{Code, Result};
use crate::policy::fields::{Object, object_of};
use crate::policy::place::Place;
use crate::policy::{Mask, Model, Role, RoleId};

/// Looks up everything that roles name, and closes it.
pub(super) fn link(model: &mut Model, document: Object<'_>) -> Result<()> {
    let (mut id, mut own) = (RoleId(0), Vec::with_capacity(model.roles.len()));
    for (kind, declared) in document.object("kinds").0 {
        let place = Place::KINDS.at(kind);
        let place = place.at("roles");
        for (name, declared) in object_of(declared).object("roles").0 {
            own.push(link_one(model, id, object_of(declared), &place.at(name))?);
            id.0 = id.0.saturating_add(1);
        }
    }
    closure::close(model, &own)
}

fn link_one(model: &mut Model, id: RoleId, declared: Object<'_>, place: &Place<'_>) -> Result<Mask> {
    let role = model.role(id);
    let own = itself(model, role, declared, place)?;
    let implies = implies(model, role, declared, place)?;
    let defaults =
        role_lists(model, declared.object("default"), &place.at("default"), &|place, other, _| {
            if other != role.kind && model.is_at_or_above(role.kind, other) {
                return Ok(());
            }
            let sentence = "members get roles on kinds below the role's own, not on this";
            Err(place.error(Code::UnrelatedKind, &[sentence]))
        })?;
    if let Some(role) = model.roles.get_mut(usize::from(id.0)) {
        (role.implies, role.defaults) = (implies, defaults);
    }
    Ok(own)
}

/// What the role allows and grants by itself, on its own kind.
fn itself(model: &Model, role: &Role, declared: Object<'_>, place: &Place<'_>) -> Result<Mask> {
    let kind = model.kind(role.kind);
    let mut own = Mask::EMPTY;
    for bit in each(declared.texts("allow"), &place.at("allow"), ACTION, &|name| kind.declared_bit(name))? {
        own = own.with(bit);
    }
    for role in roles(model, role.kind, declared.texts("grant"), &place.at("grant"))? {
        own = kind.grant_bit(role).map_or(own, |bit| own.with(bit));
    }
    Ok(own)
}

fn implies(model: &Model, role: &Role, declared: Object<'_>, place: &Place<'_>) -> Result<Vec<RoleId>> {
    let kind = role.kind;
    let everybodys = kind == model.platform && role.name == PERSON;
    let lists = role_lists(model, declared.object("implies"), &place.at("implies"), &|place, other, _| {
        let sentence = if everybodys {
            "everybody has this role, so it implies nothing, remove it"
        } else if model.is_at_or_above(kind, other) {
            return Ok(());
        } else {
            "a role implies roles of its own kind and of kinds below, not of this"
        };
        Err(place.error(Code::UnrelatedKind, &[sentence]))
    })?;
    let mut implied = Vec::new();
    for (_, roles) in lists {
        implied.extend_from_slice(&roles);
    }
    Ok(implied)
}
