//! What kinds say about their own roles and actions: top, creator, default, sharing, create.

use super::names::{ACTION, ROLE, roles, unknown};
use crate::error::Result;
use crate::policy::document::{KindDocument, PolicyDocument};
use crate::policy::place::Place;
use crate::policy::{KindId, Model, RoleId};

pub(super) fn fill(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    for ((name, declared), id) in document.kinds.iter().zip((0..).map(KindId)) {
        let place = Place::KINDS.at(name);
        let top = one(model, id, declared.top, &place.at("top"))?;
        let creator = one(model, id, declared.creator, &place.at("creator"))?;
        let default = one(model, id, declared.default, &place.at("default"))?;
        let create = create(model, id, declared, &place)?;
        let sharing = roles(model, id, declared.sharing, &place.at("sharing"))?;
        let must_have_top = id == model.organization || Some(id) == model.project;
        if must_have_top && top.is_none() {
            return Err(place.at("top").missing());
        }
        let Some(kind) = model.kinds.get_mut(usize::from(id.0)) else { continue };
        (kind.top, kind.creator, kind.default, kind.create) = (top, creator, default, create);
        kind.sharing = sharing;
    }
    Ok(())
}

#[inline(never)]
fn one(model: &Model, kind: KindId, name: Option<&str>, place: &Place<'_>) -> Result<Option<RoleId>> {
    let Some(name) = name else { return Ok(None) };
    model.role_named(kind, name).map(Some).ok_or_else(|| unknown(ROLE, name, place))
}

/// The bit of the action that creates one: an action declared on the parent.
fn create(
    model: &Model,
    id: KindId,
    declared: &KindDocument<'_>,
    place: &Place<'_>,
) -> Result<Option<usize>> {
    let Some(name) = declared.create else { return Ok(None) };
    let bit = model.kind(id).parent.and_then(|parent| model.kind(parent).declared_bit(name));
    bit.map(Some).ok_or_else(|| unknown(ACTION, name, &place.at("create")))
}
