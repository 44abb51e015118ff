//! Single sign-on (rule 14): which domains belong to an organization, what a first sign-in gives, what asserted
//! values stand for.

use super::assertions::{AssertedRole, Assertions};
use super::bind::{may_hold, role_named};
use super::document::SsoDocument;
use super::facts::{Facts, OrganizationId, ResourceId, Sso};
use super::index::shared;
use super::invites::roles_in;
use super::load::{Loader, taken, unknown};
use super::resources::unknown_kind;
use crate::error::{Code, Error, Result};
use crate::order::sorted;
use crate::policy::{Holder, Model, RoleId};
use crate::text::parted;

/// Looks at what organizations say of single sign-on, now that their projects are known.
pub(super) fn load(loader: &mut Loader<'_>) -> Result<()> {
    for (index, sso) in core::mem::take(&mut loader.sso) {
        let place = u32::try_from(index).unwrap_or(u32::MAX);
        one(loader, OrganizationId(place), sso)
            .map_err(|error| error.within("sso").at("organizations", index))?;
    }
    Ok(())
}

fn one(loader: &mut Loader<'_>, organization: OrganizationId, sso: SsoDocument) -> Result<()> {
    for (index, domain) in sso.domains.iter().enumerate() {
        let place = |error: Error| error.at("domains", index);
        check_domain(domain).map_err(place)?;
        if !loader.facts.domains.claim(&shared(domain), organization.0) {
            return Err(place(taken("", domain)));
        }
    }
    check(loader.model, &loader.facts, organization, &sso.default, &sso.map)?;
    if let Some(row) = loader.facts.organizations.get_mut(organization.0) {
        row.sso = Sso::of(&sso.default, &sso.map);
    }
    Ok(())
}

impl Sso {
    /// In order; none where it says nothing.
    pub(super) fn of(default: &[String], map: &Assertions) -> Option<Box<Self>> {
        let sso = Self { default: sorted(default, String::cmp), map: in_order(map) };
        (!sso.default.is_empty() || !sso.map.is_empty()).then(|| Box::new(sso))
    }
}

/// The same with each list in order.
pub(crate) fn in_order(map: &Assertions) -> Assertions {
    let mut map = map.clone();
    map.each(&mut |roles| *roles = sorted(roles, AssertedRole::cmp));
    map
}

/// Normal form of a domain: what may follow the `@` of an address.
pub(crate) fn check_domain(domain: &str) -> Result<()> {
    let plain =
        domain.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && byte != b'@');
    if plain && !domain.is_empty() && domain.len() <= 255 {
        return Ok(());
    }
    let text = "not a domain in normal form: ASCII, lower case, no `@`, space or control character";
    Err(Error::of(Code::Address, "", &[text]))
}

/// Every role named is one that a user may hold there.
pub(crate) fn check(
    model: &Model,
    facts: &Facts,
    organization: OrganizationId,
    default: &[String],
    map: &Assertions,
) -> Result<()> {
    if !default.is_empty() {
        roles_in("default", model, model.organization, Holder::User, default)?;
    }
    for (value, roles) in map.as_slice() {
        for (index, role) in roles.iter().enumerate() {
            asserted(model, facts, organization, role)
                .map_err(|error| error.at(value, index).within("map"))?;
        }
    }
    Ok(())
}

/// Where an asserted role lies, and which it is: on the organization, or on a project of it.
pub(crate) fn asserted(
    model: &Model,
    facts: &Facts,
    organization: OrganizationId,
    role: &AssertedRole,
) -> Result<(ResourceId, RoleId)> {
    let (place, kind) = match role.on.as_deref() {
        None => (facts.organization(organization).map(|row| row.resource), model.organization),
        Some(on) => {
            let (kind, id) = parted(on, b'/').unwrap_or((on, ""));
            let kind = model.kind_named(kind).filter(|kind| Some(*kind) == model.project);
            let kind = kind.ok_or_else(|| unknown_kind("on", on))?;
            let found = facts.resource_named(kind, id);
            let inside = |id: &ResourceId| {
                facts.resource(*id).is_some_and(|row| row.organization == Some(organization))
            };
            (found.filter(inside), kind)
        }
    };
    let place = place.ok_or_else(|| {
        let on = role.on.as_deref().unwrap_or_default();
        unknown(Code::UnknownResource, "on", on, "name a project of this organization as `project/<id>`")
    })?;
    let id = role_named(model, kind, &role.role).map_err(|error| error.within("role"))?;
    may_hold(model, Holder::User, id).map_err(|error| error.within("role"))?;
    Ok((place, id))
}
