//! What an organization has paid for: limits, editions, and the features and limits that kinds, actions and roles need.

use super::declare::label;
use super::names::{FEATURE, LIMIT, each, feature, one, unknown};
use crate::error::{Code, Result};
use crate::policy::fields::{Object, object_of};
use crate::policy::place::Place;
use crate::policy::{Counts, Edition, Holder, Limit, Model};

pub(super) fn fill(model: &mut Model, document: Object<'_>) -> Result<()> {
    let place = Place::WHOLE.at("limits");
    for (name, declared) in document.object("limits").0 {
        let declared = object_of(declared);
        let counts =
            counts(model, declared.text("counts").unwrap_or_default(), &place.at(name).at("counts"))?;
        model.limits.push(Limit { name: name.to_owned(), label: label(declared, name), counts });
    }
    let (place, editions) = (Place::WHOLE.at("editions"), document.object("editions").0);
    if editions.len() == 0 {
        return Err(place.error(Code::MissingField, &["every organization has an edition, declare one"]));
    }
    for (name, declared) in editions {
        let edition = edition(model, name, object_of(declared), &place.at(name))?;
        model.editions.push(edition);
    }
    fill_kinds(model, document)
}

fn counts(model: &Model, name: &str, place: &Place<'_>) -> Result<Counts> {
    let (code, sentence) = match (Holder::named(name), model.kind_named(name)) {
        (Some(holder @ (Holder::User | Holder::ServiceAccount | Holder::ApiKey)), _) => {
            return Ok(Counts::Holder(holder));
        }
        (_, Some(kind)) if kind == model.platform || kind == model.organization => {
            (Code::Value, "limits count within one organization, name a kind below it")
        }
        (_, Some(kind)) => return Ok(Counts::Kind(kind)),
        _ => (
            Code::UnknownKind,
            "a limit counts a kind, `user`, `service_account` or `api_key`, write one of them",
        ),
    };
    Err(place.error(code, &[sentence]))
}

fn edition(model: &Model, name: &str, declared: Object<'_>, place: &Place<'_>) -> Result<Edition> {
    let mut features = 0;
    let find = |name: &str| model.features.iter().position(|feature| feature.name == name);
    for feature in each(declared.texts("features"), &place.at("features"), FEATURE, &find)? {
        features |= 1_u64 << (feature & 63);
    }
    let mut limits = vec![None; model.limits.len()];
    for (name, most) in declared.object("limits").0 {
        let slot = limit_named(model, name).and_then(|index| limits.get_mut(index));
        *slot.ok_or_else(|| unknown(LIMIT, name, &place.at("limits").at(name)))? = most.number();
    }
    Ok(Edition { name: name.to_owned(), label: label(declared, name), features, limits })
}

fn limit_named(model: &Model, name: &str) -> Option<usize> {
    model.limits.iter().position(|limit| limit.name == name)
}

/// The features and limits that kinds, actions and roles need.
fn fill_kinds(model: &mut Model, document: Object<'_>) -> Result<()> {
    // Taken out while the rest of the model is looked at.
    let mut roles = std::mem::take(&mut model.roles);
    let mut kinds = std::mem::take(&mut model.kinds);
    let mut later = roles.iter_mut();
    for ((name, declared), kind) in document.object("kinds").0.zip(&mut kinds) {
        let (place, declared) = (Place::KINDS.at(name), object_of(declared));
        kind.feature = feature(model, declared, &place)?;
        for ((name, declared), action) in declared.object("actions").0.zip(&mut kind.actions) {
            let (place, declared) = (place.at("actions"), object_of(declared));
            let place = place.at(name);
            action.feature = feature(model, declared, &place)?;
            let limit = one(declared, "limit", &place, LIMIT, &|name| limit_named(model, name))?;
            action.limit = limit.and_then(|index| u8::try_from(index).ok());
        }
        for ((name, declared), role) in declared.object("roles").0.zip(&mut later) {
            role.feature = feature(model, object_of(declared), &place.at("roles").at(name))?;
        }
    }
    (model.roles, model.kinds) = (roles, kinds);
    Ok(())
}
