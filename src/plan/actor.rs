//! Whoever asks, and what they may do: every answer comes from an access, as `can` gives it.

use super::stop::{Denied, Step, Stop};
use super::text;
use crate::access::Access;
use crate::decision::{Decision, Reason};
use crate::directory::{Directory, NEVER, PLATFORM, ResourceId, Subject};
use crate::policy::{KindId, Mask, RoleId};
use std::cell::RefCell;
use std::rc::Rc;

/// A principal in one organization, or the host.
pub(crate) struct Actor<'d> {
    directory: &'d Directory,
    name: Option<&'d str>,
    organization: &'d str,
    now: u64,
    /// The accesses made so far, each to one resource.
    known: RefCell<Vec<(ResourceId, Rc<Access>)>>,
}

impl<'d> Actor<'d> {
    pub(crate) fn new(
        directory: &'d Directory,
        name: Option<&'d str>,
        organization: &'d str,
        now: u64,
    ) -> Self {
        Self { directory, name, organization, now, known: RefCell::new(Vec::new()) }
    }

    pub(crate) fn is_host(&self) -> bool {
        self.name.is_none()
    }

    /// As documents name principals; empty for the host.
    pub(crate) fn name(&self) -> &'d str {
        self.name.unwrap_or_default()
    }

    /// The access to one resource.
    #[inline(never)]
    pub(crate) fn access(&self, resource: ResourceId) -> Rc<Access> {
        let mut known = self.known.borrow_mut();
        if let Some((_, access)) = known.iter().find(|(place, _)| *place == resource) {
            return Rc::clone(access);
        }
        let access = self.directory.access_to(self.name(), self.organization, Some(&[resource]));
        let access = Rc::new(access);
        known.push((resource, Rc::clone(&access)));
        access
    }

    /// The decision about an action, by its bit, on a resource.
    #[inline(never)]
    fn decide(&self, resource: ResourceId, bit: usize) -> Decision {
        let (action, kind, id) = self.spell(resource, bit);
        self.access(resource).check(action, kind, id, self.now)
    }

    /// Whether the actor may do an action, by its bit, on a resource.
    pub(crate) fn may(&self, resource: ResourceId, bit: usize) -> bool {
        self.decide(resource, bit).allowed
    }

    fn spell(&self, resource: ResourceId, bit: usize) -> (&'d str, &'d str, &'d str) {
        let Some(row) = self.directory.facts().resource(resource) else { return ("", "", "") };
        let kind = self.directory.policy().model().kind(row.kind);
        let action = kind.actions.get(bit).map(|action| action.name.as_str()).unwrap_or_default();
        (action, &kind.name, &row.id)
    }

    /// Refuses what the actor may not do there; told with the directory at hand.
    pub(crate) fn must(&self, kind: KindId, bit: usize, id: &str) -> Step<ResourceId> {
        let model = self.directory.policy().model();
        let found = self.directory.facts().resource_named(kind, id);
        if let Some(resource) = found.filter(|resource| self.decide(*resource, bit).allowed) {
            return Ok(resource);
        }
        let kind = model.kind(kind);
        let action = kind.actions.get(bit).map(|action| action.name.as_str()).unwrap_or_default();
        let decision = self.directory.check(self.name(), self.organization, action, &kind.name, id, self.now);
        let access = self.access(found.unwrap_or(PLATFORM));
        let button = access.button(action, &kind.name, id, self.now);
        let text =
            if button.reason == decision.reason { button.text } else { text::UNKNOWN_THING.to_owned() };
        Err(Stop::Denied(Box::new(Denied { decision, text })))
    }

    /// Rule 2: what lies on a private kind is seen by who holds something on it.
    pub(crate) fn may_see(&self, resource: ResourceId) -> bool {
        let Some(row) = self.directory.facts().resource(resource) else { return false };
        let kind = &self.directory.policy().model().kind(row.kind).name;
        self.is_host() || self.access(resource).may_know(kind, &row.id, self.now)
    }

    /// Until when the actor may give a role on a resource; none if they may not.
    pub(crate) fn grant_end(&self, resource: ResourceId, role: RoleId) -> Result<u64, Decision> {
        let bit = self.grant_bit(resource, role);
        let decision = bit.map(|bit| self.decide(resource, bit));
        match decision {
            Some(decision) if decision.allowed => Ok(decision.valid_until.unwrap_or(NEVER)),
            Some(decision) => Err(decision),
            None => Err(Decision::bare(Reason::NoRole)),
        }
    }

    fn grant_bit(&self, resource: ResourceId, role: RoleId) -> Option<usize> {
        let kind = self.directory.facts().resource(resource)?.kind;
        self.directory.policy().model().kind(kind).grant_bit(role)
    }

    /// Rule 11: giving, changing or taking a role needs `grant` of it, and nothing given outlives that (rule 7).
    pub(crate) fn must_grant(&self, resource: ResourceId, role: RoleId, until: u64) -> Step<()> {
        match self.grant_end(resource, role) {
            Ok(end) if end >= until => Ok(()),
            Ok(_) => Err(Stop::denied(Reason::NotGrantable, text::ENDS_LATER)),
            Err(decision) => {
                let decision = Decision { reason: Reason::NotGrantable, ..decision };
                Err(Stop::Denied(Box::new(Denied { decision, text: text::NOT_GRANTABLE.to_owned() })))
            }
        }
    }

    /// Rule 9: the actor holds, there or above and for as long, every action that a role would give this holder.
    pub(crate) fn must_cover(&self, resource: ResourceId, role: RoleId, of: Subject, until: u64) -> Step<()> {
        let model = self.directory.policy().model();
        let kinds = (0..).map(KindId).take(model.kinds.len());
        let covered = kinds.map(|kind| (kind, model.gives(of.holder(), role, kind)));
        let covered = covered
            .filter(|(_, mask)| !mask.is_empty())
            .all(|(kind, needed)| self.lasting(resource, kind, until).contains(needed));
        if covered { Ok(()) } else { Err(Stop::denied(Reason::NotGrantable, text::NOT_COVERED)) }
    }

    /// What the actor holds on a kind by bindings at or above a resource that last until a moment.
    fn lasting(&self, resource: ResourceId, kind: KindId, until: u64) -> Mask {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let Some(subject) = facts.principal(self.name()) else { return Mask::EMPTY };
        let Some(home) = facts.organization_named(self.organization) else { return Mask::EMPTY };
        let mut mask = Mask::EMPTY;
        let mut at = Some(resource);
        while let Some((id, row)) = at.and_then(|id| Some((id, facts.resource(id)?))) {
            let held = facts.held(id).iter().filter(|held| self.now < held.until && held.until >= until);
            for held in held.filter(|held| facts.is_through(subject, held.subject)) {
                if self.directory.is_paid(home, held.role) {
                    mask = mask.or(model.gives(subject.holder(), held.role, kind));
                }
            }
            at = row.parent;
        }
        mask
    }
}
