//! What a policy promises of itself: only these roles may do that.

use super::names::{ACTION, ROLE, each, kind, role, unknown};
use crate::error::{Code, Result};
use crate::policy::fields::{Object, object_of};
use crate::policy::place::Place;
use crate::policy::{KindId, Model};
use crate::text::parted;

/// Looks at every role of the policy for each assertion; the first that does not hold ends this.
pub(super) fn check(model: &Model, document: Object<'_>) -> Result<()> {
    let place = Place::WHOLE.at("assertions");
    for (index, assertion) in document.texts("assertions").enumerate() {
        check_one(model, object_of(assertion), &place.element(index))?;
    }
    Ok(())
}

fn check_one(model: &Model, assertion: Object<'_>, place: &Place<'_>) -> Result<()> {
    let [on, may] = ["on", "may"].map(|field| assertion.text(field).unwrap_or_default());
    let on = kind(model, on, &place.at("on"))?;
    let bit = model.kind(on).bit(may).ok_or_else(|| unknown(ACTION, may, &place.at("may")))?;
    let only = place.at("only");
    let named = each(assertion.texts("only"), &only, ROLE, &|name| role_of(model, on, name))?;
    for (index, role) in model.roles.iter().enumerate() {
        if role.on(on).has(bit) && !named.contains(&index) {
            let from = &model.kind(role.kind).name;
            let sentence = ["`", from, "/", &role.name, "` may `", may, "` too, name it or take that away"];
            return Err(only.error(Code::Assertion, &sentence));
        }
    }
    Ok(())
}

/// A role by its name, on another kind as `kind/role`.
fn role_of(model: &Model, on: KindId, name: &str) -> Option<usize> {
    match parted(name, b'/') {
        Some((kind, name)) => role(model, model.kind_named(kind)?, name),
        None => role(model, on, name),
    }
}
