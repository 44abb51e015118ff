//! Sharing roles form a chain: each contains the next, and who may share may give all from there down.

use crate::error::{Code, Result};
use crate::policy::place::Place;
use crate::policy::{Kind, KindId, Model, RoleId};

pub(super) fn check(model: &Model) -> Result<()> {
    for (kind, id) in model.kinds.iter().zip((0..).map(KindId)) {
        let Some(highest) = kind.sharing.first() else { continue };
        let place = Place::KINDS.at(&kind.name);
        check_creator(kind, *highest, &place.at("creator"))?;
        check_chain(model, kind, &place.at("sharing"))?;
        check_grants(model, kind, id, &place.at("roles"))?;
    }
    Ok(())
}

fn check_creator(kind: &Kind, highest: RoleId, place: &Place<'_>) -> Result<()> {
    match kind.creator {
        Some(creator) if creator == highest => Ok(()),
        Some(_) => {
            let sentence = "who creates it holds the highest sharing role, name that";
            Err(place.error(Code::SharingChain, &[sentence]))
        }
        None => Err(place.missing()),
    }
}

fn check_chain(model: &Model, kind: &Kind, place: &Place<'_>) -> Result<()> {
    let lower = kind.sharing.iter().enumerate().skip(1);
    for (higher, (index, lower)) in kind.sharing.iter().zip(lower) {
        let (higher, lower) = (model.role(*higher), model.role(*lower));
        if lower.closure.iter().any(|(on, mask)| !higher.on(*on).contains(*mask)) {
            let sentence =
                ["`", &higher.name, "` does not contain `", &lower.name, "`, let it imply that role"];
            return Err(place.element(index).error(Code::SharingChain, &sentence));
        }
    }
    Ok(())
}

/// A sharing role that may share gives itself and every role below it in the chain.
fn check_grants(model: &Model, kind: &Kind, id: KindId, place: &Place<'_>) -> Result<()> {
    let Some(share) = model.guard("share", id) else { return Ok(()) };
    for (index, sharing) in kind.sharing.iter().enumerate() {
        let role = model.role(*sharing);
        let given = role.on(id);
        let gives = |below: &RoleId| kind.grant_bit(*below).is_some_and(|bit| given.has(bit));
        let missed = kind.sharing.iter().skip(index).find(|below| !gives(below));
        if let Some(missed) = missed.filter(|_| given.has(share)) {
            let missed = &model.role(*missed).name;
            let sentence = ["who may share gives its own role and those below, add `", missed, "`"];
            return Err(place.at(&role.name).at("grant").error(Code::SharingChain, &sentence));
        }
    }
    Ok(())
}
