//! Somebody goes: all that they hold in an organization falls, what only they hold in full finds a successor
//! (rules 7 and 10).

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Binding, Fact, NEVER, Note, OrganizationId, ResourceId, Standing, Subject};
use crate::policy::RoleId;

impl Plan<'_> {
    /// A member goes with all that they hold, the groups that they are in and the invites that they sent.
    pub(super) fn depart(&mut self, person: u32, home: OrganizationId, successor: Option<&str>) -> Step<()> {
        let subject = Subject::User(person);
        let successor = successor.map(|name| self.successor(name, person, home)).transpose()?;
        for binding in self.bound_in(subject, home) {
            self.hand_over(person, binding, successor)?;
            self.take(subject, binding);
        }
        let member = self.facts.subject_name(subject);
        let groups = self.facts.people.get(person).map(|row| row.groups.as_slice()).unwrap_or_default();
        for group in groups.iter().filter_map(|group| self.facts.groups.get(*group)) {
            if group.organization == home {
                let fact = Fact::Grouped { group: str::to_owned(&group.id), member: member.clone() };
                self.goes(fact);
            }
        }
        self.withdraw_invites(&member, home);
        let suspended_by = self.suspended_by(home, person);
        self.goes(self.facts.member_fact(home, person, suspended_by));
        Ok(())
    }

    /// What a subject holds in an organization, last first: taken away in this order, nothing is moved up each time.
    pub(super) fn bound_in(&self, subject: Subject, home: OrganizationId) -> Vec<Binding> {
        let here = |id: ResourceId| self.facts.resource(id).is_some_and(|row| row.organization == Some(home));
        let mut bound = self.facts.bound(subject).to_vec();
        bound.retain(|binding| here(binding.resource));
        bound.reverse();
        bound
    }

    /// Another active member.
    pub(super) fn successor(&self, name: &str, person: u32, home: OrganizationId) -> Step<u32> {
        let heir = self.member(name, home).map_err(|stop| stop.within("successor"))?;
        if heir == person || self.facts.standing(Subject::User(heir), home) != Standing::Active {
            return Err(Stop::denied(Reason::NotGrantable, text::SUCCESSOR));
        }
        Ok(heir)
    }

    /// Gives the successor what would otherwise lose its last owner or holder; without one that is refused.
    pub(super) fn hand_over(&mut self, person: u32, binding: Binding, successor: Option<u32>) -> Step<()> {
        let Some(kind) = self.facts.resource(binding.resource).map(|row| row.kind) else { return Ok(()) };
        let known = self.model.kind(kind);
        let owned = self.model.keeps_owner(kind)
            && known.top == Some(binding.role)
            && self.is_last_owner(person, binding.resource);
        let held =
            known.sharing.first() == Some(&binding.role) && self.is_last_holder(person, binding.resource);
        match successor {
            _ if !owned && !held => Ok(()),
            _ if kind == self.model.organization => Err(Stop::denied(Reason::LastOwner, text::LAST_OWNER)),
            Some(heir) => self.succeed(heir, binding.resource, binding.role),
            None => {
                let text = if held { text::LAST_HOLDER } else { text::LAST_PROJECT_OWNER };
                Err(Stop::denied(Reason::LastOwner, text))
            }
        }
    }

    /// Rule 7: nobody else holds it in full.
    pub(super) fn is_last_holder(&self, person: u32, resource: ResourceId) -> bool {
        let highest = self.facts.resource(resource).and_then(|row| self.model.kind(row.kind).sharing.first());
        highest.is_some_and(|highest| self.facts.full_holders(resource, *highest) == [person])
    }

    /// The successor holds it from now on, without an end. Nobody makes themselves one who could not give it (rule 11).
    fn succeed(&mut self, heir: u32, resource: ResourceId, role: RoleId) -> Step<()> {
        let subject = Subject::User(heir);
        if self.is_self(subject) {
            self.actor.must_grant(resource, role, NEVER)?;
        }
        for ended in self.bound_here(subject, resource).into_iter().filter(|known| known.role == role) {
            self.take(subject, ended); // the same role with an end: it is replaced
        }
        self.give(subject, resource, role, NEVER);
        let who = self.facts.subject_name(subject);
        let on = self.facts.resource_name(self.model, resource);
        self.note(Note::Succeeded { role: self.model.role(role).name.clone(), on, who });
        Ok(())
    }

    /// An invite belongs to its sender, and goes with them (rule 13).
    pub(super) fn withdraw_invites(&mut self, sender: &str, home: OrganizationId) {
        let Some(row) = self.facts.organization(home) else { return };
        for invite in row.invites.places().into_iter().filter_map(|place| self.facts.invites.get(place)) {
            if *invite.sender == *sender {
                self.goes(self.facts.invite_fact(self.model, invite));
                self.retire("invite", &invite.id);
            }
        }
    }
}
