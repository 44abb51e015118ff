//! What an organization has paid for: limits, editions, and the features and limits that kinds, actions and roles need.

use super::declare::label;
use super::names::{FEATURE, LIMIT, each, feature, position, unknown};
use crate::error::{Code, Result};
use crate::policy::document::{EditionDocument, PolicyDocument};
use crate::policy::place::Place;
use crate::policy::{Counts, Edition, Holder, Limit, Model};

pub(super) fn fill(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    let limits = Place::WHOLE.at("limits");
    for (name, limit) in &document.limits {
        let counts = counts(model, limit.counts, &limits.at(name).at("counts"))?;
        model.limits.push(Limit { name: (*name).to_owned(), label: label(limit.label, name), counts });
    }
    let editions = Place::WHOLE.at("editions");
    if document.editions.is_empty() {
        return Err(editions.error(Code::MissingField, &["every organization has an edition, declare one"]));
    }
    for (name, declared) in &document.editions {
        let mut edition = Edition {
            name: (*name).to_owned(),
            label: label(declared.label, name),
            features: 0,
            limits: vec![None; document.limits.len()],
        };
        fill_edition(&mut edition, document, declared, &editions.at(name))?;
        model.editions.push(edition);
    }
    fill_kinds(model, document)
}

fn counts(model: &Model, name: &str, place: &Place<'_>) -> Result<Counts> {
    match (Holder::named(name), model.kind_named(name)) {
        (Some(holder @ (Holder::User | Holder::ServiceAccount | Holder::ApiKey)), _) => {
            Ok(Counts::Holder(holder))
        }
        (_, Some(kind)) if kind == model.platform || kind == model.organization => {
            Err(place.error(Code::Value, &["limits count within one organization, name a kind below it"]))
        }
        (_, Some(kind)) => Ok(Counts::Kind(kind)),
        _ => {
            let sentence = "a limit counts a kind, `user`, `service_account` or `api_key`, write one of them";
            Err(place.error(Code::UnknownKind, &[sentence]))
        }
    }
}

fn fill_edition(
    edition: &mut Edition,
    document: &PolicyDocument<'_>,
    declared: &EditionDocument<'_>,
    place: &Place<'_>,
) -> Result<()> {
    let find = |name: &str| position(&document.features, name);
    for feature in each(declared.features, &place.at("features"), FEATURE, &find)? {
        edition.features |= 1_u64 << (feature & 63);
    }
    for (name, most) in declared.limits.iter() {
        let slot = position(&document.limits, name).and_then(|index| edition.limits.get_mut(index));
        *slot.ok_or_else(|| unknown(LIMIT, name, &place.at("limits").at(name)))? = Some(most);
    }
    Ok(())
}

/// The features and limits that kinds, actions and roles need.
fn fill_kinds(model: &mut Model, document: &PolicyDocument<'_>) -> Result<()> {
    let mut roles = model.roles.iter_mut();
    for ((name, declared), kind) in document.kinds.iter().zip(&mut model.kinds) {
        let place = Place::KINDS.at(name);
        kind.feature = feature(document, declared.feature, &place)?;
        for ((name, declared), action) in declared.actions.iter().zip(&mut kind.actions) {
            let place = place.at("actions");
            let place = place.at(name);
            action.feature = feature(document, declared.feature, &place)?;
            action.limit = limit(document, declared.limit, &place)?;
        }
        for ((name, declared), role) in declared.roles.iter().zip(&mut roles) {
            role.feature = feature(document, declared.feature, &place.at("roles").at(name))?;
        }
    }
    Ok(())
}

fn limit(document: &PolicyDocument<'_>, name: Option<&str>, place: &Place<'_>) -> Result<Option<u8>> {
    let Some(name) = name else { return Ok(None) };
    let index = position(&document.limits, name).and_then(|index| u8::try_from(index).ok());
    index.map(Some).ok_or_else(|| unknown(LIMIT, name, &place.at("limit")))
}
