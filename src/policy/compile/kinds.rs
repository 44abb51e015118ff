//! What kinds say about their own roles and actions: top, creator, default, sharing, create, use, run.

use super::names::{ACTION, ROLE, roles, unknown};
use crate::error::Result;
use crate::policy::document::PolicyDocument;
use crate::policy::place::Place;
use crate::policy::{Kind, KindId, Model, RoleId};

pub(super) fn fill(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    for ((name, declared), id) in document.kinds.iter().zip((0..).map(KindId)) {
        let place = Place::KINDS.at(name);
        let top = one(model, id, declared.top, &place.at("top"))?;
        let creator = one(model, id, declared.creator, &place.at("creator"))?;
        let default = one(model, id, declared.default, &place.at("default"))?;
        let kind = model.kind(id);
        let create =
            action(kind.parent.map(|parent| model.kind(parent)), declared.create, &place.at("create"))?;
        let use_bit = action(Some(kind), declared.uses, &place.at("use"))?;
        let run_bit = action(Some(kind), declared.run, &place.at("run"))?;
        let sharing = roles(model, id, declared.sharing, &place.at("sharing"))?;
        let must_have_top = id == model.organization || Some(id) == model.project;
        if must_have_top && top.is_none() {
            return Err(place.at("top").missing());
        }
        let Some(kind) = model.kinds.get_mut(usize::from(id.0)) else { continue };
        (kind.top, kind.creator, kind.default, kind.create) = (top, creator, default, create);
        (kind.use_bit, kind.run_bit) = (use_bit, run_bit);
        kind.sharing = sharing;
    }
    let place = Place::WHOLE.at("organizations");
    let organization = model.kind(model.organization);
    model.further = action(Some(organization), document.organizations.further, &place.at("further"))?;
    Ok(())
}

#[inline(never)]
fn one(model: &Model, kind: KindId, name: Option<&str>, place: &Place<'_>) -> Result<Option<RoleId>> {
    let Some(name) = name else { return Ok(None) };
    model.role_named(kind, name).map(Some).ok_or_else(|| unknown(ROLE, name, place))
}

/// The bit of an action that is declared on `kind`; nothing is declared where there is none.
#[inline(never)]
fn action(kind: Option<&Kind>, name: Option<&str>, place: &Place<'_>) -> Result<Option<usize>> {
    let Some(name) = name else { return Ok(None) };
    let bit = kind.and_then(|kind| kind.declared_bit(name));
    bit.map(Some).ok_or_else(|| unknown(ACTION, name, place))
}
