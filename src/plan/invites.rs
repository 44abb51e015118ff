//! Invites (rule 13): no access before acceptance, by the invited address, in time, and only what the sender could
//! give then.

use super::actor::Actor;
use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{
    Binding, Fact, Invite, InvitedProject, NEVER, Note, OrganizationId, ProjectRoles, ResourceId, Standing,
    Subject, invited_projects, invited_roles, is_address, not_an_address,
};
use crate::policy::RoleId;

/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

impl<'d> Plan<'d> {
    pub(super) fn invite_member(
        &mut self,
        invite: &str,
        address: &str,
        roles: &[String],
        projects: &[ProjectRoles],
    ) -> Step<()> {
        if !is_address(address) {
            return Err(not_an_address("address").into());
        }
        let roles = invited_roles(self.model, self.model.organization, roles)?;
        let home = self.guard_home("invite_member")?;
        let projects = self.projects_here(home, projects, &roles)?;
        self.must_be_invitable(address, home)?;
        self.unused("invite", invite, self.facts.invites.find(invite).is_some())?;
        let row = Invite {
            id: invite.into(),
            organization: home,
            address: address.into(),
            roles,
            projects,
            sender: self.actor.name().into(),
            expires: self.expiry(),
        };
        self.must_grant_invited(&row)?;
        self.comes(self.facts.invite_fact(self.model, &row));
        Ok(())
    }

    fn expiry(&self) -> u64 {
        self.at.saturating_add(self.model.invites.days.saturating_mul(DAY))
    }

    /// A project elsewhere is one that does not exist (rule 1).
    fn projects_here(
        &self,
        home: OrganizationId,
        projects: &[ProjectRoles],
        roles: &[RoleId],
    ) -> Step<Vec<InvitedProject>> {
        for project in projects {
            let found = self.model.project.and_then(|kind| self.facts.resource_named(kind, &project.project));
            let home =
                |id: ResourceId| self.facts.resource(id).is_some_and(|row| row.organization == Some(home));
            if !found.is_some_and(home) {
                return Err(Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING));
            }
        }
        Ok(invited_projects(self.model, self.facts, home, projects, roles)?)
    }

    fn must_be_invitable(&self, address: &str, home: OrganizationId) -> Step<()> {
        let person = self.facts.addresses.get(address);
        if self.model.invites.only_people && person.is_none() {
            return Err(Stop::denied(Reason::UnknownPrincipal, text::NOT_SIGNED_UP));
        }
        let Some(row) = self.facts.organization(home) else { return Ok(()) };
        if person.is_some_and(|person| row.members.contains_key(&person)) {
            return Err(Stop::denied(Reason::Conflict, text::MEMBER_ALREADY));
        }
        if row.invites.contains_key(address) {
            return Err(Stop::denied(Reason::Conflict, text::INVITED_ALREADY));
        }
        Ok(())
    }

    /// The roles that an invite gives, each with its place.
    fn given(&self, invite: &Invite, roles: &[RoleId]) -> Vec<(ResourceId, RoleId)> {
        let home = self.home_resource(invite.organization);
        let mut given = Vec::new();
        invite.roles.iter().for_each(|role| given.push((home, *role)));
        for (project, chosen) in &invite.projects {
            let chosen = chosen.clone().unwrap_or_else(|| self.defaults(*project, roles));
            chosen.into_iter().for_each(|role| given.push((*project, role)));
        }
        given
    }

    /// What organization roles give by default on a thing of that kind (rule 4).
    pub(super) fn defaults(&self, resource: ResourceId, held: &[RoleId]) -> Vec<RoleId> {
        let kind = self.facts.resource(resource).map(|row| row.kind);
        let mut found: Vec<RoleId> = Vec::new();
        for role in held {
            for (on, roles) in &self.model.role(*role).defaults {
                for role in roles {
                    if Some(*on) == kind && !found.contains(role) {
                        found.push(*role);
                    }
                }
            }
        }
        found
    }

    fn must_grant_invited(&self, invite: &Invite) -> Step<()> {
        let given = self.given(invite, &invite.roles);
        given.into_iter().try_for_each(|(resource, role)| self.actor.must_grant(resource, role, NEVER))
    }

    /// A pending invite of this organization.
    fn pending(&self, invite: &str, home: OrganizationId) -> Step<&'d Invite> {
        let found = self.facts.invites.find(invite).and_then(|place| self.facts.invites.get(place));
        let found = found.filter(|row| row.organization == home);
        found.ok_or_else(|| Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING))
    }

    pub(super) fn resend_invite(&mut self, invite: &str) -> Step<()> {
        let home = self.guard_home("resend_invite")?;
        let row = self.pending(invite, home)?;
        self.must_grant_invited(row)?;
        let mut new = self.facts.invite_fact(self.model, row);
        if let Fact::Invite { sender, expires, .. } = &mut new {
            *sender = self.actor.name().to_owned();
            *expires = self.expiry();
        }
        self.goes(self.facts.invite_fact(self.model, row));
        self.comes(new);
        Ok(())
    }

    pub(super) fn delete_invite(&mut self, invite: &str) -> Step<()> {
        let home = self.guard_home("delete_invite")?;
        let row = self.pending(invite, home)?;
        self.close(row);
        Ok(())
    }

    /// An invite is there no longer.
    pub(super) fn close(&mut self, invite: &Invite) {
        self.goes(self.facts.invite_fact(self.model, invite));
        self.retire("invite", &invite.id);
    }

    pub(super) fn accept_invite(&mut self, invite: &str) -> Step<()> {
        let Some(subject) = self.facts.principal(self.actor.name()) else {
            return Err(Stop::denied(Reason::UnknownPrincipal, text::NOBODY));
        };
        let Subject::User(person) = subject else { return Err(not_yours()) };
        let address = self.facts.people.get(person).map(|row| row.address());
        let home = self.facts.organization_named(&self.command.organization).ok_or_else(not_yours)?;
        let row = self.pending(invite, home).map_err(|_| not_yours())?;
        if address != Some(&row.address) {
            return Err(not_yours());
        }
        if self.now >= row.expires {
            return Err(Stop::denied(Reason::InviteExpired, text::INVITE_EXPIRED));
        }
        self.close(row);
        self.comes(self.facts.member_fact(home, person, None));
        self.receive(row, subject)
    }

    /// Each role that the sender could give now; what cannot be given is dropped and reported.
    fn receive(&mut self, invite: &Invite, subject: Subject) -> Step<()> {
        let sender = Actor::new(self.directory, Some(&invite.sender), &self.command.organization, self.now);
        let home = self.home_resource(invite.organization);
        let invites = self.may_invite(&sender, home);
        let may = |resource, role| invites && sender.grant_end(resource, role) == Ok(NEVER);
        let mut held = invite.roles.clone();
        held.retain(|role| may(home, *role));
        if held.is_empty() {
            return Err(Stop::denied(Reason::NotGrantable, text::SENDER));
        }
        for (resource, role) in self.given(invite, &held) {
            if may(resource, role) {
                self.give(subject, resource, role, NEVER);
            } else {
                let on = self.facts.resource_name(self.model, resource);
                self.note(Note::Dropped { role: self.model.role(role).name.clone(), on });
            }
        }
        Ok(())
    }

    /// Whether somebody may invite; the invite counted when it was sent, so a limit does not matter now.
    fn may_invite(&self, sender: &Actor<'_>, home: ResourceId) -> bool {
        let kind = self.model.kind(self.model.organization);
        let guarded = self.model.commands.iter().find(|known| known.name == "invite_member");
        let bit =
            guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == self.model.organization));
        let action = bit.and_then(|(_, bit)| kind.actions.get(*bit));
        let (Some(action), Some(row)) = (action, self.facts.resource(home)) else { return false };
        let reason = sender.access(home).check(&action.name, &kind.name, &row.id, self.now).reason;
        matches!(reason, Reason::Granted | Reason::LimitReached)
    }

    /// Whether someone belongs to an organization and is not suspended there.
    pub(super) fn is_active(&self, subject: Subject, home: OrganizationId) -> bool {
        self.facts.standing(subject, home) == Standing::Active
    }

    /// Bindings that have not ended.
    pub(super) fn live(&self, bindings: &[Binding]) -> Vec<Binding> {
        let mut live = bindings.to_vec();
        live.retain(|known| self.now < known.until);
        live
    }
}

/// The same for one that is not there, is somebody else's, or lies elsewhere.
fn not_yours() -> Stop {
    Stop::denied(Reason::UnknownResource, text::NO_INVITE)
}
