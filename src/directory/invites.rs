//! Pending invites (rule 13): each could be accepted as it stands, and no address has two in one organization.

use super::bind::{may_hold, role_named};
use super::document::{InviteDocument, InvitedProject};
use super::facts::{Index, OrganizationId, Standing, claim};
use super::load::{Loader, each, is_address, not_an_address, role_required, taken, unknown};
use super::resources::unknown_kind;
use crate::error::{Code, Error, Result};
use crate::order::twin;
use crate::policy::{Holder, KindId, RoleId};
use std::borrow::Cow;

/// Checks the pending invites and gives the organization of each.
pub(super) fn load(loader: &mut Loader<'_>, invites: Vec<InviteDocument<'_>>) -> Result<Vec<OrganizationId>> {
    let mut ids = Index::new();
    let mut pending = Index::new();
    let mut organizations = Vec::with_capacity(invites.len());
    each("invites", invites, |invite| {
        let organization = loader.invite(&invite)?;
        if !claim(&mut ids, &invite.id.as_ref().into(), 0) {
            return Err(taken("id", &invite.id));
        }
        let place = [&organization.0.to_string(), "/", &invite.address].concat();
        if !claim(&mut pending, &place.into(), 0) {
            let text = "this address has a pending invite to this organization, delete or resend that one";
            return Err(Error::of(Code::Conflict, "address", &[text]));
        }
        organizations.push(organization);
        Ok(())
    })?;
    Ok(organizations)
}

impl Loader<'_> {
    fn invite(&self, invite: &InviteDocument<'_>) -> Result<OrganizationId> {
        let organization = self.organization_named(&invite.organization)?;
        self.invited_address(organization, &invite.address).map_err(|error| error.within("address"))?;
        let sender = self.principal(&invite.sender).map_err(|error| error.within("sender"))?;
        if self.facts.standing(sender, organization) == Standing::Outside {
            let text = ["`", &invite.sender, "` is not a member of this organization, name one who is"];
            return Err(Error::of(Code::NotAMember, "sender", &text));
        }
        let roles = self.invited_roles(self.model.organization, &invite.roles)?;
        for (index, project) in invite.projects.iter().enumerate() {
            self.invited_project(organization, project, &roles)
                .map_err(|error| error.at("projects", index))?;
        }
        let later = twin(&invite.projects, |a, b| a.project.cmp(&b.project));
        later.map_or(Ok(organization), |index| Err(taken("project", "this project").at("projects", index)))
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

    /// A project of this organization with roles, or one for which the organization roles have a default (rule 4).
    fn invited_project(
        &self,
        organization: OrganizationId,
        project: &InvitedProject<'_>,
        held: &[RoleId],
    ) -> Result<()> {
        let kind = self.model.project.ok_or_else(|| unknown_kind("project", "project"))?;
        let found = self.facts.resource_named(kind, &project.project).and_then(|id| self.facts.resource(id));
        let found = found.ok_or_else(|| {
            unknown(Code::UnknownResource, "project", &project.project, "name one of `projects` by its id")
        })?;
        if found.organization != Some(organization) {
            let text = ["`", &project.project, "` belongs to another organization"];
            return Err(Error::of(Code::OtherOrganization, "project", &text));
        }
        let Some(roles) = &project.roles else {
            let defaults = |role: &RoleId| self.model.role(*role).defaults.iter().any(|(on, _)| *on == kind);
            return if held.iter().any(defaults) { Ok(()) } else { Err(role_required()) };
        };
        self.invited_roles(kind, roles).map(drop)
    }

    /// At least one role of that kind, each once and such as users may hold.
    fn invited_roles(&self, kind: KindId, names: &[Cow<'_, str>]) -> Result<Vec<RoleId>> {
        if names.is_empty() {
            return Err(role_required());
        }
        let mut roles = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let role = role_named(self.model, kind, name);
            let role = role.and_then(|role| may_hold(self.model, Holder::User, role).map(|()| role));
            let role = role.map_err(|error| error.at("roles", index))?;
            if roles.contains(&role) {
                return Err(taken("", name).at("roles", index));
            }
            roles.push(role);
        }
        Ok(roles)
    }
}
