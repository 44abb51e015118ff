//! What must hold over the whole directory: owners (rule 10), and how much of each limit is used (rule 8).

use super::facts::{Facts, NEVER, OrganizationId, ResourceId, Standing, Subject};
use crate::error::{Code, Error, Result};
use crate::policy::{Counts, Holder, KindId, Model, RoleId};

/// Rule 10: every organization keeps an owner, and so does every project where no organization role governs it.
pub(super) fn owners(model: &Model, facts: &Facts) -> Result<()> {
    for (index, (_, row)) in facts.organizations.iter().enumerate() {
        if facts.owners(model, row.resource).is_empty() {
            return Err(ownerless(&row.id).at("organizations", index));
        }
    }
    let Some(kind) = model.project.filter(|kind| model.keeps_owner(*kind)) else { return Ok(()) };
    let projects = facts.resources.iter().filter(|(_, row)| row.kind == kind);
    for (index, (place, row)) in projects.enumerate() {
        if facts.owners(model, ResourceId(place)).is_empty() {
            return Err(ownerless(&row.id).at("projects", index));
        }
    }
    Ok(())
}

fn ownerless(id: &str) -> Error {
    Error::of(Code::NoOwner, "members", &["`", id, "` has no owner left, give one active user its top role"])
}

impl Facts {
    /// The active users who hold the top role of a resource's kind there, directly and without an end (rule 10).
    pub(crate) fn owners(&self, model: &Model, resource: ResourceId) -> Vec<u32> {
        let top = self.resource(resource).and_then(|row| model.kind(row.kind).top);
        let mut held = top.map(|top| self.full_holders(resource, top)).unwrap_or_default();
        held.retain(|person| self.is_active(*person, resource));
        held
    }

    /// The users who hold a role right on a resource, directly and without an end (rule 7).
    #[inline(never)]
    pub(crate) fn full_holders(&self, resource: ResourceId, role: RoleId) -> Vec<u32> {
        let mut holders = Vec::new();
        for held in self.held(resource) {
            let full = held.role == role && held.until == NEVER;
            let person = match held.subject {
                Subject::User(person) => Some(person),
                _ => None,
            };
            holders.extend(person.filter(|_| full));
        }
        holders
    }

    /// Whether a person is active in the organization of a resource.
    fn is_active(&self, person: u32, resource: ResourceId) -> bool {
        let home = self.resource(resource).and_then(|row| row.organization);
        home.is_some_and(|home| self.standing(Subject::User(person), home) == Standing::Active)
    }
}

/// Counts what the policy's limits count, for each organization. Pending invites count as users.
pub(super) fn count(model: &Model, facts: &mut Facts) {
    for place in (0..).take(facts.organizations.iter().count()) {
        facts.organizations.get_mut(place).into_iter().for_each(|row| row.used = vec![0; model.limits.len()]);
    }
    let mut counted: Vec<(Counts, OrganizationId, usize)> = Vec::new();
    let mut more = |what: Counts, home: OrganizationId, count: usize| counted.push((what, home, count));
    for (place, row) in facts.organizations.iter() {
        let people = row.members.len().saturating_add(row.invites.len());
        more(Counts::Holder(Holder::User), OrganizationId(place), people);
    }
    let limited = |kind: KindId| model.limits.iter().any(|limit| limit.counts == Counts::Kind(kind));
    for (_, row) in facts.resources.iter() {
        if let Some(home) = row.organization.filter(|_| limited(row.kind)) {
            more(Counts::Kind(row.kind), home, 1);
        }
    }
    for (_, row) in facts.accounts.iter() {
        more(Counts::Holder(Holder::ServiceAccount), row.organization, 1);
    }
    for (_, row) in facts.keys.iter() {
        more(Counts::Holder(Holder::ApiKey), row.organization, 1);
    }
    for (_, row) in facts.groups.iter() {
        more(Counts::Holder(Holder::Group), row.organization, 1);
    }
    for (what, home, count) in counted {
        facts.count(model, what, home, i64::try_from(count).unwrap_or(i64::MAX));
    }
}

impl Facts {
    /// Adds to what an organization has used of each limit that counts these.
    pub(super) fn count(&mut self, model: &Model, what: Counts, home: OrganizationId, more: i64) {
        let Some(row) = self.organizations.get_mut(home.0) else { return };
        for (limit, used) in model.limits.iter().zip(&mut row.used) {
            let same = limit.counts == what || (is_users(limit.counts) && is_users(what));
            if same {
                *used = used.saturating_add_signed(more);
            }
        }
    }
}

/// Members are users; pending invites count with them.
fn is_users(counts: Counts) -> bool {
    matches!(counts, Counts::Holder(Holder::User | Holder::Members))
}
