//! Names looked up, with the place of those that are not there.

use crate::error::{Code, Error, Result};
use crate::policy::document::{Named, PolicyDocument};
use crate::policy::fields::{Lists, Texts};
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
    (code, word): What,
    find: &dyn Fn(&str) -> Option<usize>,
) -> Result<Vec<usize>> {
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let Some(number) = find(name) else {
            let sentence = ["no ", word, " `", name, "` is declared here, declare it or correct the name"];
            return Err(place.error_in(index, code, &sentence));
        };
        if found.contains(&number) {
            return Err(twice(name, place, index));
        }
        found.push(number);
    }
    Ok(found)
}

/// The error for a name that stands twice in a list.
#[cold]
pub(super) fn twice(name: &str, place: &Place<'_>, index: usize) -> Error {
    place.error_in(index, Code::Duplicate, &["`", name, "` stands twice, remove one"])
}

/// The feature that the field `feature` names, if it is there.
#[inline(never)]
pub(super) fn feature(
    document: &PolicyDocument<'_>,
    name: Option<&str>,
    place: &Place<'_>,
) -> Result<Option<FeatureId>> {
    let Some(name) = name else { return Ok(None) };
    let index = position(&document.features, name).and_then(|index| u8::try_from(index).ok());
    index.map(|index| Some(FeatureId(index))).ok_or_else(|| unknown(FEATURE, name, &place.at("feature")))
}

/// The place of a declared name.
pub(super) fn position<T>(named: &Named<'_, T>, name: &str) -> Option<usize> {
    named.iter().position(|(known, _)| *known == name)
}

/// A kind by name; the place is the name's own.
#[inline(never)]
pub(super) fn kind(model: &Model, name: &str, place: &Place<'_>) -> Result<KindId> {
    model.kind_named(name).ok_or_else(|| unknown(KIND, name, place))
}

/// The roles of one kind that a list names.
#[inline(never)]
pub(super) fn roles(model: &Model, kind: KindId, names: Texts<'_>, place: &Place<'_>) -> Result<Vec<RoleId>> {
    let find = |name: &str| model.role_named(kind, name).map(|role| usize::from(role.0));
    let found = each(names, place, ROLE, &find)?;
    Ok(found.into_iter().map(|role| RoleId(small(role))).collect())
}

/// Refuses what may not stand in a list of roles: asked with none for the kind, then with the roles found.
type Check<'c> = dyn Fn(&Place<'_>, KindId, &[RoleId]) -> Result<()> + 'c;

/// Lists of roles by kind, each checked.
#[inline(never)]
pub(super) fn role_lists(
    model: &Model,
    lists: Lists<'_>,
    place: &Place<'_>,
    check: &Check<'_>,
) -> Result<RolesByKind> {
    let mut found = Vec::new();
    for (name, names) in lists.iter() {
        let place = place.at(name);
        let kind = kind(model, name, &place)?;
        check(&place, kind, &[])?;
        let roles = roles(model, kind, names, &place)?;
        check(&place, kind, &roles)?;
        found.push((kind, roles));
    }
    Ok(found)
}
