//! Share completeness: what the receiver of a share would lack to run it, and who can give that.

use super::answers::Lack;
use super::{Asking, Query};
use crate::directory::{Directory, Operation, ResourceId, Subject};
use crate::plan::Actor;
use crate::policy::{KindId, RoleId};

impl Directory {
    /// What is lacking, and how much more of which the asker sees nothing.
    pub(super) fn lacks(&self, query: Query<'_>, operation: &Operation) -> (Vec<Lack>, usize) {
        let (resource, with, role) = match operation {
            Operation::Share { resource, with, role, .. }
            | Operation::ChangeShare { resource, with, role, .. } => (resource, with, role),
            _ => return (Vec::new(), 0),
        };
        let Ok(asking) = Asking::new(self, query) else { return (Vec::new(), 0) };
        let (facts, model) = (self.facts(), self.policy().model());
        let found = facts.resource_at(model, resource).and_then(|place| facts.resource(place));
        let receiver = facts.subject_named(with, asking.home);
        let (Some(row), Some(receiver)) = (found, receiver) else { return (Vec::new(), 0) };
        let kind = model.kind(row.kind);
        let role = model.role_named(row.kind, role).map(|role| model.role(role).on(row.kind));
        let runs = kind.run_bit.zip(role).is_some_and(|(bit, given)| given.has(bit));
        let uses = row.about.as_deref().map(|about| about.uses.as_slice()).unwrap_or_default();
        let (mut lacks, mut hidden) = (Vec::new(), 0_usize);
        for name in uses.iter().filter(|_| runs) {
            let Some(place) = facts.resource_at(model, name) else { continue };
            if asking.may_use(receiver, place) {
                continue;
            }
            if asking.actor.may_see(place) {
                asking.lack(place).into_iter().for_each(|lack| lacks.push(lack));
            } else {
                hidden = hidden.saturating_add(1);
            }
        }
        (lacks, hidden)
    }
}

impl Asking<'_> {
    /// Whether a receiver may use a resource: a group or all members by what is bound to them alone.
    fn may_use(&self, receiver: Subject, place: ResourceId) -> bool {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let Some(kind) = facts.resource(place).map(|row| row.kind) else { return true };
        let Some(bit) = model.kind(kind).use_bit else { return true };
        if matches!(receiver, Subject::User(_) | Subject::ServiceAccount(_) | Subject::ApiKey(_)) {
            let name = facts.subject_name(receiver);
            let actor = Actor::new(self.directory, Some(&name), self.query.organization, self.now);
            return actor.may(place, bit);
        }
        let mut at = Some(place);
        let mut gives = false;
        while let Some((id, row)) = at.and_then(|id| Some((id, facts.resource(id)?))) {
            for held in facts.held(id) {
                let theirs = held.subject == receiver || held.subject == Subject::Members(self.home);
                let live = theirs && self.now < held.until && self.directory.is_paid(self.home, held.role);
                gives |= live && model.gives(receiver.holder(), held.role, kind).has(bit);
            }
            at = row.parent;
        }
        gives && self.directory.open(self.home, kind).has(bit)
    }

    fn lack(&self, place: ResourceId) -> Option<Lack> {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let kind = facts.resource(place)?.kind;
        let bit = model.kind(kind).use_bit?;
        let action = model.kind(kind).actions.get(bit)?.name.clone();
        let smallest = model.kind(kind).sharing.iter().rev().copied();
        let smallest = smallest.into_iter().find(|role| model.role(*role).on(kind).has(bit));
        let ask = smallest.map(|role| self.givers(place, kind, role)).unwrap_or_default();
        let role = smallest.map(|role| model.role(role).name.clone());
        Some(Lack { resource: facts.resource_name(model, place), action, role, ask })
    }

    /// Who can give a role there.
    fn givers(&self, place: ResourceId, kind: KindId, role: RoleId) -> Vec<String> {
        let model = self.directory.policy().model();
        let Some(bit) = model.kind(kind).grant_bit(role) else { return Vec::new() };
        self.directory.holding(self.home, place, bit, self.now)
    }
}
