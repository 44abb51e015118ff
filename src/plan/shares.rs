//! Shares (rule 7): nobody gives more than they may, longer than they may, or the creator's share away.

use super::stop::{Step, Stop};
use super::{Plan, end, text};
use crate::decision::Reason;
use crate::directory::{Binding, NEVER, ResourceId, Subject, may_hold, role_named, top_ends};
use crate::policy::RoleId;

impl Plan<'_> {
    /// The role of that name on the resource's kind, if this holder may have it until then.
    fn share_role(&self, resource: ResourceId, of: Subject, name: &str, until: Option<u64>) -> Step<RoleId> {
        let kind = self.facts.resource(resource).map_or(self.model.platform, |row| row.kind);
        let role = role_named(self.model, kind, name).map_err(|error| error.within("role"))?;
        may_hold(self.model, of.holder(), role).map_err(|error| error.within("role"))?;
        if until.is_some() && self.model.kind(kind).top == Some(role) {
            return Err(top_ends(name).within("role").into());
        }
        Ok(role)
    }

    pub(super) fn share(&mut self, resource: &str, with: &str, role: &str, until: Option<u64>) -> Step<()> {
        let (home, place) = self.guard_resource("share", resource)?;
        let subject = self.newcomer(with, home)?;
        let role = self.share_role(place, subject, role, until)?;
        let old = self.bound_here(subject, place);
        if !self.live(&old).is_empty() {
            return Err(Stop::denied(Reason::Conflict, text::ALREADY_IN));
        }
        self.actor.must_grant(place, role, end(until))?;
        self.replace(subject, place, &old, &[role], end(until));
        Ok(())
    }

    pub(super) fn change_share(
        &mut self,
        resource: &str,
        with: &str,
        role: &str,
        until: Option<u64>,
    ) -> Step<()> {
        let (home, place) = self.guard_resource("change_share", resource)?;
        let subject = self.target(with, home)?;
        let old = self.held_here(subject, place)?;
        let role = self.share_role(place, subject, role, until)?;
        self.must_grant_held(subject, place)?;
        self.actor.must_grant(place, role, end(until))?;
        let stays = self.is_highest(place, role) && until.is_none();
        if !stays {
            self.must_not_be_creator(subject, place, &old)?;
            if matches!(subject, Subject::User(person) if self.is_last_holder(person, place)) {
                return Err(Stop::denied(Reason::LastOwner, text::LAST_HOLDER));
            }
        }
        self.replace(subject, place, &old, &[role], end(until));
        Ok(())
    }

    pub(super) fn unshare(&mut self, resource: &str, with: &str, successor: Option<&str>) -> Step<()> {
        let own = self.facts.principal(with).filter(|subject| self.is_self(*subject));
        let home = self.home()?;
        let place = self.facts.resource_at(self.model, resource);
        let kind = place
            .and_then(|place| self.facts.resource(place))
            .filter(|row| !self.model.kind(row.kind).sharing.is_empty());
        let given_up = kind.and_then(|row| self.own_place(own, row.kind, &row.id, home));
        let (home, place) = match given_up {
            Some(place) => (home, place),
            None => self.guard_resource("unshare", resource)?,
        };
        let subject = self.target(with, home)?;
        let old = self.held_here(subject, place)?;
        if given_up.is_none() {
            self.must_grant_held(subject, place)?;
            self.must_not_be_creator(subject, place, &old)?;
        }
        self.give_up(subject, home, &old, successor)
    }

    fn is_highest(&self, resource: ResourceId, role: RoleId) -> bool {
        let kind = self.facts.resource(resource).map(|row| self.model.kind(row.kind));
        kind.is_some_and(|kind| kind.sharing.first() == Some(&role))
    }

    /// The creator's share is lowered or taken by the creator alone.
    fn must_not_be_creator(&self, subject: Subject, resource: ResourceId, old: &[Binding]) -> Step<()> {
        let about = self.facts.resource(resource).and_then(|row| row.about.as_deref());
        let creator = about.and_then(|about| about.creator.as_deref());
        let theirs = creator.is_some_and(|creator| self.facts.principal(creator) == Some(subject));
        let full = old.iter().any(|known| self.is_highest(resource, known.role) && known.until == NEVER);
        if theirs && full && !self.is_self(subject) {
            return Err(Stop::denied(Reason::NotGrantable, text::CREATOR));
        }
        Ok(())
    }
}
