//! What a policy promises of itself: only these roles may do that.

use super::names::{ACTION, ROLE, each, kind, unknown};
use crate::error::{Code, Result};
use crate::policy::claims::AssertionDocument;
use crate::policy::document::PolicyDocument;
use crate::policy::place::Place;
use crate::policy::{KindId, Model, Role, RoleId};

/// Looks at every role of the policy for each assertion; the first that does not hold ends this.
pub(super) fn check(model: &Model, document: &PolicyDocument<'_>) -> Result<()> {
    let place = Place::WHOLE.at("assertions");
    for (index, assertion) in document.assertions.iter().enumerate() {
        let step = ["[", &index.to_string(), "]"].concat();
        check_one(model, assertion, &place.at(&step))?;
    }
    Ok(())
}

fn check_one(model: &Model, assertion: &AssertionDocument<'_>, place: &Place<'_>) -> Result<()> {
    let on = kind(model, assertion.on, &place.at("on"))?;
    let bit = model.kind(on).bit(assertion.may);
    let bit = bit.ok_or_else(|| unknown(ACTION, assertion.may, &place.at("may")))?;
    let only = place.at("only");
    let named = each(assertion.only, &only, ROLE, &|name| role(model, on, name))?;
    let may = |(_, role): &(usize, &Role)| role.on(on).has(bit);
    let breaks = model.roles.iter().enumerate().filter(may).find(|(index, _)| !named.contains(index));
    let Some((_, role)) = breaks else { return Ok(()) };
    let from = &model.kind(role.kind).name;
    let sentence = ["`", from, "/", &role.name, "` may `", assertion.may, "` too, name it or take that away"];
    Err(only.error(Code::Assertion, &sentence))
}

/// A role by its name, on another kind as `kind/role`.
fn role(model: &Model, on: KindId, name: &str) -> Option<usize> {
    let (kind, role) = match name.split_once('/') {
        Some((kind, role)) => (model.kind_named(kind)?, role),
        None => (on, name),
    };
    model.role_named(kind, role).map(|RoleId(index)| usize::from(index))
}
