//! Names looked up, with the place of those that are not there.

use crate::error::{Code, Error, Result};
use crate::policy::fields::{Object, Texts, text_of};
use crate::policy::place::Place;
use crate::policy::{FeatureId, KindId, Model, RoleId};

/// What a name stands for: the code if there is none, and the word for sentences.
pub(super) type What = (Code, &'static str);

pub(super) const KIND: What = (Code::UnknownKind, "kind");
pub(super) const ACTION: What = (Code::UnknownAction, "action");
pub(super) const ROLE: What = (Code::UnknownRole, "role");
pub(super) const FEATURE: What = (Code::UnknownFeature, "feature");
pub(super) const LIMIT: What = (Code::UnknownLimit, "limit");

/// Lists of roles by kind, as numbers.
pub(super) type RolesByKind = Vec<(KindId, Vec<RoleId>)>;

/// The error for a name that is not declared.
#[cold]
#[inline(never)]
pub(super) fn unknown((code, word): What, name: &str, place: &Place<'_>) -> Error {
    place.error(code, &["no ", word, " `", name, "` is declared here, declare it or correct the name"])
}

/// An index below 2^16, as all are after the published maximums were checked.
pub(super) fn small(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// Every name of a list found, in order; unknown ones and those that stand twice are refused.
#[inline(never)]
pub(super) fn each(
    names: Texts<'_>,
    place: &Place<'_>,
    what: What,
    find: &dyn Fn(&str) -> Option<usize>,
) -> Result<Vec<usize>> {
    let mut found = Vec::with_capacity(names.len());
    for (index, name) in names.enumerate() {
        let name = text_of(name);
        let Some(number) = find(name) else { return Err(unknown(what, name, &place.element(index))) };
        if found.contains(&number) {
            return Err(twice(name, &place.element(index)));
        }
        found.push(number);
    }
    Ok(found)
}

/// The error for a name that stands twice in a list.
#[cold]
pub(super) fn twice(name: &str, place: &Place<'_>) -> Error {
    place.error(Code::Duplicate, &["`", name, "` stands twice, remove one"])
}

/// What the field of that name refers to, if it is there.
#[inline(never)]
pub(super) fn one(
    declared: Object<'_>,
    field: &str,
    place: &Place<'_>,
    what: What,
    find: &dyn Fn(&str) -> Option<usize>,
) -> Result<Option<usize>> {
    let Some(name) = declared.text(field) else { return Ok(None) };
    let found = find(name);
    if found.is_none() {
        return Err(unknown(what, name, &place.at(field)));
    }
    Ok(found)
}

/// The feature that the field `feature` names, if it is there.
#[inline(never)]
pub(super) fn feature(model: &Model, declared: Object<'_>, place: &Place<'_>) -> Result<Option<FeatureId>> {
    let find = |name: &str| model.features.iter().position(|feature| feature.name == name);
    let index = one(declared, "feature", place, FEATURE, &find)?;
    Ok(index.and_then(|index| u8::try_from(index).ok()).map(FeatureId))
}

/// A kind by name; the place is the name's own.
#[inline(never)]
pub(super) fn kind(model: &Model, name: &str, place: &Place<'_>) -> Result<KindId> {
    model.kind_named(name).ok_or_else(|| unknown(KIND, name, place))
}

/// A role of a kind, by its place among all.
pub(super) fn role(model: &Model, kind: KindId, name: &str) -> Option<usize> {
    model.role_named(kind, name).map(|role| role.0.into())
}

/// The roles of one kind that a list names.
#[inline(never)]
pub(super) fn roles(model: &Model, kind: KindId, names: Texts<'_>, place: &Place<'_>) -> Result<Vec<RoleId>> {
    let found = each(names, place, ROLE, &|name| role(model, kind, name))?;
    let mut roles = Vec::with_capacity(found.len());
    for index in found {
        roles.push(RoleId(small(index)));
    }
    Ok(roles)
}

/// Refuses what may not stand in a list of roles: asked with none for the kind, then with the roles found.
type Check<'c> = dyn Fn(&Place<'_>, KindId, &[RoleId]) -> Result<()> + 'c;

/// Lists of roles by kind, each checked.
#[inline(never)]
pub(super) fn role_lists(
    model: &Model,
    lists: Object<'_>,
    place: &Place<'_>,
    check: &Check<'_>,
) -> Result<RolesByKind> {
    let mut found = Vec::with_capacity(lists.0.len());
    for (name, names) in lists.0 {
        let place = place.at(name);
        let kind = kind(model, name, &place)?;
        check(&place, kind, &[])?;
        let roles = roles(model, kind, names.items_or_none(), &place)?;
        check(&place, kind, &roles)?;
        found.push((kind, roles));
    }
    Ok(found)
}
