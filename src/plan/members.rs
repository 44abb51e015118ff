//! Members: their organization roles, suspension, removal, leaving.

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Fact, NEVER, OrganizationId, ResourceId, Subject, SuspendedBy, roles_for};
use crate::policy::{Holder, KindId, RoleId};

impl Plan<'_> {
    /// The command's action on a thing of some kind; where the policy maps none, nobody may.
    pub(super) fn guard(&self, command: &str, resource: ResourceId) -> Step<()> {
        let Some(row) = self.facts.resource(resource) else { return Err(not_mapped()) };
        self.guard_named(command, row.kind, &row.id).map(drop)
    }

    /// The same for a thing that may not be there; its place.
    pub(super) fn guard_named(&self, command: &str, kind: KindId, id: &str) -> Step<ResourceId> {
        let guarded = self.model.commands.iter().find(|known| known.name == command);
        let bit = guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == kind));
        let Some((_, bit)) = bit else { return Err(not_mapped()) };
        self.actor.must(kind, *bit, id)
    }

    /// The command's action on the organization.
    pub(super) fn guard_home(&self, command: &str) -> Step<OrganizationId> {
        let home = self.home()?;
        self.guard(command, self.home_resource(home)).map(|()| home)
    }

    /// The live roles of a target on a resource, each of which the actor must be able to give (rule 11).
    pub(super) fn must_grant_held(&self, subject: Subject, resource: ResourceId) -> Step<()> {
        for binding in self.bound_here(subject, resource).iter().filter(|known| self.now < known.until) {
            self.actor.must_grant(resource, binding.role, 0)?;
        }
        Ok(())
    }

    pub(super) fn must_grant_all(&self, resource: ResourceId, roles: &[RoleId], until: u64) -> Step<()> {
        roles.iter().try_for_each(|role| self.actor.must_grant(resource, *role, until))
    }

    pub(super) fn change_member_roles(&mut self, member: &str, names: &[String]) -> Step<()> {
        let roles = roles_for(self.model, self.model.organization, Holder::User, names)?;
        let home = self.home()?;
        let resource = self.home_resource(home);
        let own = self.facts.principal(member).filter(|subject| self.is_self(*subject));
        let old = own.map(|subject| self.bound_here(subject, resource)).unwrap_or_default();
        let less = own.is_some() && roles.iter().all(|role| old.iter().any(|known| known.role == *role));
        if !less {
            self.guard("change_member_roles", resource)?;
        }
        let person = self.member(member, home)?;
        let subject = Subject::User(person);
        if !less {
            self.must_grant_held(subject, resource)?;
            self.must_grant_all(resource, &roles, NEVER)?;
        }
        let top = self.model.kind(self.model.organization).top;
        let stays = top.is_none_or(|top| roles.contains(&top));
        if !stays && self.is_last_owner(person, resource) {
            return Err(Stop::denied(Reason::LastOwner, text::LAST_OWNER));
        }
        let old = self.bound_here(subject, resource);
        self.replace(subject, resource, &old, &roles, NEVER);
        Ok(())
    }

    /// Rule 10: nobody else owns it.
    pub(super) fn is_last_owner(&self, person: u32, resource: ResourceId) -> bool {
        self.facts.owners(self.model, resource) == [person]
    }

    pub(super) fn suspend_member(&mut self, member: &str) -> Step<()> {
        let home = self.guard_home("suspend_member")?;
        let subject = self.target(member, home)?;
        self.must_grant_held(subject, self.home_resource(home))?;
        match subject {
            Subject::User(person) => {
                let before = self.suspended_by(home, person);
                if before == Some(SuspendedBy::Member) {
                    return Err(Stop::denied(Reason::Conflict, text::ALREADY_SO));
                }
                self.must_not_be_last(person, home)?;
                self.suspend(home, person, Some(SuspendedBy::Member));
                Ok(())
            }
            _ => self.suspend_account(subject, true),
        }
    }

    pub(super) fn restore_member(&mut self, member: &str) -> Step<()> {
        let home = self.guard_home("restore_member")?;
        let subject = self.target(member, home)?;
        self.must_grant_held(subject, self.home_resource(home))?;
        match subject {
            Subject::User(person) if self.suspended_by(home, person).is_none() => {
                Err(Stop::denied(Reason::Conflict, text::ALREADY_SO))
            }
            Subject::User(person) => {
                self.suspend(home, person, None);
                Ok(())
            }
            _ => self.suspend_account(subject, false),
        }
    }

    /// Whoever is suspended or goes is nobody's last owner.
    pub(super) fn must_not_be_last(&self, person: u32, home: OrganizationId) -> Step<()> {
        for binding in self.facts.bound(Subject::User(person)) {
            let Some(row) =
                self.facts.resource(binding.resource).filter(|row| row.organization == Some(home))
            else {
                continue;
            };
            if self.model.keeps_owner(row.kind) && self.is_last_owner(person, binding.resource) {
                let organization = row.kind == self.model.organization;
                let text = if organization { text::LAST_OWNER } else { text::LAST_PROJECT_OWNER };
                return Err(Stop::denied(Reason::LastOwner, text));
            }
        }
        Ok(())
    }

    pub(super) fn suspended_by(&self, home: OrganizationId, person: u32) -> Option<SuspendedBy> {
        self.facts.organization(home).and_then(|row| row.members.get(&person).copied()).flatten()
    }

    /// Rewrites who suspended a member, if anybody.
    pub(super) fn suspend(&mut self, home: OrganizationId, person: u32, by: Option<SuspendedBy>) {
        let before = self.suspended_by(home, person);
        self.goes(self.facts.member_fact(home, person, before));
        self.comes(self.facts.member_fact(home, person, by));
    }

    fn suspend_account(&mut self, subject: Subject, wanted: bool) -> Step<()> {
        match self.facts.holder_fact(subject) {
            Some(Fact::ServiceAccount { id, organization, name, suspended }) if suspended != wanted => {
                let (known, place, label) = (id.clone(), organization.clone(), name.clone());
                self.goes(Fact::ServiceAccount { id, organization, name, suspended });
                self.comes(Fact::ServiceAccount {
                    id: known,
                    organization: place,
                    name: label,
                    suspended: wanted,
                });
                Ok(())
            }
            Some(Fact::ServiceAccount { .. }) => Err(Stop::denied(Reason::Conflict, text::ALREADY_SO)),
            _ => Err(Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE)),
        }
    }

    pub(super) fn remove_member(&mut self, member: &str, successor: Option<&str>) -> Step<()> {
        let home = self.guard_home("remove_member")?;
        let person = self.member(member, home)?;
        self.must_grant_held(Subject::User(person), self.home_resource(home))?;
        self.depart(person, home, successor)
    }

    pub(super) fn leave(&mut self, successor: Option<&str>) -> Step<()> {
        let home = self.home()?;
        let person = self.member(self.actor.name(), home)?;
        self.depart(person, home, successor)
    }
}

fn not_mapped() -> Stop {
    Stop::denied(Reason::NoRole, text::NOT_MAPPED)
}
