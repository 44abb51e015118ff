//! What kinds say about their own roles and actions: top, creator, default, sharing, create, use, run.

use super::names::{ACTION, ROLE, one, role, roles, small};
use crate::error::Result;
use crate::policy::fields::{Object, object_of};
use crate::policy::place::Place;
use crate::policy::{KindId, Model, RoleId};

pub(super) fn fill(model: &mut Model, document: Object<'_>) -> Result<()> {
    for ((name, declared), id) in document.object("kinds").0.zip((0..).map(KindId)) {
        fill_one(model, id, object_of(declared), &Place::KINDS.at(name))?;
    }
    let place = Place::WHOLE.at("organizations");
    let further = document.object("organizations");
    model.further = action(model, Some(model.organization), further, "further", &place)?;
    Ok(())
}

fn fill_one(model: &mut Model, id: KindId, declared: Object<'_>, place: &Place<'_>) -> Result<()> {
    let find = |name: &str| role(model, id, name);
    let [mut top, mut creator, mut default] = [None; 3];
    for (field, found) in [("top", &mut top), ("creator", &mut creator), ("default", &mut default)] {
        *found = one(declared, field, place, ROLE, &find)?.map(|role| RoleId(small(role)));
    }
    let [mut create, mut use_bit, mut run_bit] = [None; 3];
    let above = model.kind(id).parent;
    for (field, on, found) in
        [("create", above, &mut create), ("use", Some(id), &mut use_bit), ("run", Some(id), &mut run_bit)]
    {
        *found = action(model, on, declared, field, place)?;
    }
    let sharing = roles(model, id, declared.texts("sharing"), &place.at("sharing"))?;
    let must_have_top = id == model.organization || Some(id) == model.project;
    if must_have_top && top.is_none() {
        return Err(place.at("top").missing());
    }
    let Some(kind) = model.kinds.get_mut(usize::from(id.0)) else { return Ok(()) };
    (kind.top, kind.creator, kind.default, kind.create) = (top, creator, default, create);
    (kind.use_bit, kind.run_bit) = (use_bit, run_bit);
    kind.sharing = sharing;
    Ok(())
}

/// The bit of an action that is declared on a kind; nothing is declared where there is none.
#[inline(never)]
fn action(
    model: &Model,
    on: Option<KindId>,
    declared: Object<'_>,
    field: &str,
    place: &Place<'_>,
) -> Result<Option<usize>> {
    one(declared, field, place, ACTION, &|name| model.kind(on?).declared_bit(name))
}
