//! Pending invites (rule 13): each could be accepted as it stands, and no address has two in one organization.

use super::bind::{may_hold, role_named};
use super::command::ProjectRoles;
use super::document::InviteDocument;
use super::facts::{Facts, Invite, OrganizationId, ResourceId, Standing};
use super::index::shared;
use super::load::{Loader, each, is_address, not_an_address, role_required, taken, too_many, unknown};
use super::resources::unknown_kind;
use crate::error::{Code, Error, Result};
use crate::order::twin;
use crate::policy::{Holder, KindId, Model, RoleId};
use std::sync::Arc;

/// Checks the pending invites and keeps them.
pub(super) fn load(loader: &mut Loader<'_>, invites: Vec<InviteDocument<'_>>) -> Result<()> {
    each("invites", invites, |invite| {
        let row = loader.invite(invite)?;
        loader.unused("invite", &row.id)?;
        loader.facts.add_invite(row)
    })
}

impl Loader<'_> {
    fn invite(&self, invite: InviteDocument<'_>) -> Result<Invite> {
        let organization = self.organization_named(&invite.organization)?;
        self.invited_address(organization, &invite.address).map_err(|error| error.within("address"))?;
        let sender = self.principal(&invite.sender).map_err(|error| error.within("sender"))?;
        if self.facts.standing(sender, organization) == Standing::Outside {
            let text = ["`", &invite.sender, "` is not a member of this organization, name one who is"];
            return Err(Error::of(Code::NotAMember, "sender", &text));
        }
        let roles = invited_roles(self.model, self.model.organization, &invite.roles)?;
        Ok(Invite {
            id: shared(&invite.id),
            organization,
            address: shared(&invite.address),
            projects: invited_projects(self.model, &self.facts, organization, &invite.projects, &roles)?,
            roles,
            sender: invite.sender.as_ref().into(),
            expires: invite.expires,
        })
    }

    /// An address in normal form, of nobody who is a member already; where the policy says so, of a known person.
    fn invited_address(&self, organization: OrganizationId, address: &str) -> Result<()> {
        if !is_address(address) {
            return Err(not_an_address(""));
        }
        let person = self.person_at(address);
        if self.model.invites.only_people && person.is_none() {
            let advice = "only people who have signed up can be invited";
            return Err(unknown(Code::UnknownPerson, "", address, advice));
        }
        let members = self.facts.organization(organization).map(|row| &row.members);
        if person.zip(members).is_some_and(|(person, members)| members.contains_key(&person)) {
            let text = ["`", address, "` is a member already, delete the invite"];
            return Err(Error::of(Code::Conflict, "", &text));
        }
        Ok(())
    }
}

impl Facts {
    /// Keeps an invite; its id is new, and no other is pending for the address in the organization.
    pub(super) fn add_invite(&mut self, invite: Invite) -> Result<()> {
        let (id, address, home) = (Arc::clone(&invite.id), Arc::clone(&invite.address), invite.organization);
        let row = self.organization(home).ok_or_else(too_many)?;
        if row.invites.contains_key(&address) {
            let text = "this address has a pending invite to this organization, delete or resend that one";
            return Err(Error::of(Code::Conflict, "address", &[text]));
        }
        let place = self.invites.add(&id, invite).ok_or_else(|| taken("id", &id))?;
        let row = self.organizations.get_mut(home.0).ok_or_else(too_many)?;
        row.invites.claim(&address, place);
        Ok(())
    }
}

/// A project as an invite names it: its place and the roles, none for those by default.
pub(crate) type InvitedProject = (ResourceId, Option<Vec<RoleId>>);

/// The projects of an invite, each once.
pub(crate) fn invited_projects(
    model: &Model,
    facts: &Facts,
    organization: OrganizationId,
    projects: &[ProjectRoles],
    held: &[RoleId],
) -> Result<Vec<InvitedProject>> {
    let mut found = Vec::with_capacity(projects.len());
    for (index, project) in projects.iter().enumerate() {
        let one = invited_project(model, facts, organization, project, held);
        found.push(one.map_err(|error| error.at("projects", index))?);
    }
    match twin(projects, |a, b| a.project.cmp(&b.project)) {
        Some(index) => Err(taken("project", "this project").at("projects", index)),
        None => Ok(found),
    }
}

/// A project of this organization with roles, or one for which the organization roles have a default (rule 4).
fn invited_project(
    model: &Model,
    facts: &Facts,
    organization: OrganizationId,
    project: &ProjectRoles,
    held: &[RoleId],
) -> Result<InvitedProject> {
    let kind = model.project.ok_or_else(|| unknown_kind("project", "project"))?;
    let place = facts.resource_named(kind, &project.project);
    let found = place.and_then(|id| facts.resource(id)).ok_or_else(|| {
        unknown(Code::UnknownResource, "project", &project.project, "name one of `projects` by its id")
    })?;
    if found.organization != Some(organization) {
        let text = ["`", &project.project, "` belongs to another organization"];
        return Err(Error::of(Code::OtherOrganization, "project", &text));
    }
    let roles = match &project.roles {
        Some(roles) => Some(invited_roles(model, kind, roles)?),
        None if has_default(model, held, kind) => None,
        None => return Err(role_required()),
    };
    Ok((place.unwrap_or(super::facts::PLATFORM), roles))
}

/// Whether one of the roles gives a default on that kind.
pub(crate) fn has_default(model: &Model, held: &[RoleId], kind: KindId) -> bool {
    held.iter().any(|role| model.role(*role).defaults.iter().any(|(on, _)| *on == kind))
}

/// At least one role of that kind, each once and such as users may hold; the error's place is `roles[index]`.
pub(crate) fn invited_roles(model: &Model, kind: KindId, names: &[String]) -> Result<Vec<RoleId>> {
    roles_for(model, kind, Holder::User, names)
}

/// At least one role of that kind, each once and such as this holder may have; the error's place is `roles[index]`.
pub(crate) fn roles_for(
    model: &Model,
    kind: KindId,
    holder: Holder,
    names: &[String],
) -> Result<Vec<RoleId>> {
    roles_in("roles", model, kind, holder, names)
}

/// The same for a list of another name.
pub(super) fn roles_in(
    list: &str,
    model: &Model,
    kind: KindId,
    holder: Holder,
    names: &[String],
) -> Result<Vec<RoleId>> {
    if names.is_empty() {
        return Err(role_required());
    }
    let mut roles = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let role = role_named(model, kind, name);
        let role = role.and_then(|role| may_hold(model, holder, role).map(|()| role));
        let role = role.map_err(|error| error.at(list, index))?;
        if roles.contains(&role) {
            return Err(taken("", name).at(list, index));
        }
        roles.push(role);
    }
    Ok(roles)
}
