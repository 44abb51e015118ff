//! What must hold over the whole directory: owners (rule 10), and how much of each limit is used (rule 8).

use super::facts::{Facts, NEVER, OrganizationId, ResourceId};
use crate::error::{Code, Error, Result};
use crate::policy::{Counts, Holder, KindId, Mask, Model, RoleId};

/// Rule 10: every organization keeps an owner, and so does every project where no organization role governs it.
pub(super) fn owners(model: &Model, facts: &Facts) -> Result<()> {
    let owned = owned(model, facts);
    for (index, (_, row)) in facts.organizations.iter().enumerate() {
        if !is_owned(&owned, row.resource) {
            return Err(ownerless(&row.id).at("organizations", index));
        }
    }
    let Some(kind) = model.project.filter(|kind| !governed_from_above(model, *kind)) else { return Ok(()) };
    let projects = facts.resources.iter().zip(0_u32..).filter(|(row, _)| row.kind == kind);
    for (index, (row, place)) in projects.enumerate() {
        if !is_owned(&owned, ResourceId(place)) {
            return Err(ownerless(&row.id).at("projects", index));
        }
    }
    Ok(())
}

fn ownerless(id: &str) -> Error {
    Error::of(Code::NoOwner, "members", &["`", id, "` has no owner left, give one active user its top role"])
}

/// For every resource whether an active user holds the top role of its kind there, directly and without an end.
fn owned(model: &Model, facts: &Facts) -> Vec<bool> {
    let tops: Vec<RoleId> = model.kinds.iter().filter_map(|kind| kind.top).collect();
    let mut owned = vec![false; facts.resources.len()];
    for (person, row) in facts.people.iter() {
        let held =
            row.bindings.iter().filter(|binding| binding.until == NEVER && tops.contains(&binding.role));
        for binding in held.filter(|binding| is_active(facts, person, binding.resource)) {
            if let Some(owned) = owned.get_mut(binding.resource.0 as usize) {
                *owned = true;
            }
        }
    }
    owned
}

fn is_owned(owned: &[bool], resource: ResourceId) -> bool {
    owned.get(resource.0 as usize) == Some(&true)
}

fn is_active(facts: &Facts, person: u32, resource: ResourceId) -> bool {
    let organization = facts.resource(resource).and_then(|row| row.organization);
    let row = organization.and_then(|id| facts.organization(id));
    row.is_some_and(|row| row.members.get(&person) == Some(&false))
}

/// Whether some organization role gives all that the kind's top role gives.
fn governed_from_above(model: &Model, kind: KindId) -> bool {
    let top = model.kind(kind).top.map_or(Mask::EMPTY, |top| model.role(top).on(kind));
    let roles = &model.kind(model.organization).roles;
    roles.iter().any(|role| model.role(*role).on(kind).contains(top))
}

/// Counts what the policy's limits count, for each organization. Pending invites count as users.
pub(super) fn count(model: &Model, facts: &mut Facts, pending: &[OrganizationId]) {
    let used: Vec<Vec<u64>> = model.limits.iter().map(|limit| tally(facts, limit.counts, pending)).collect();
    for place in 0..facts.organizations.len() {
        let of_each = used.iter().map(|counts| counts.get(place).copied().unwrap_or(0)).collect();
        if let Some(row) = u32::try_from(place).ok().and_then(|place| facts.organizations.get_mut(place)) {
            row.used = of_each;
        }
    }
}

/// How many there are of one thing, by organization.
fn tally(facts: &Facts, counts: Counts, pending: &[OrganizationId]) -> Vec<u64> {
    let mut sums = vec![0_u64; facts.organizations.len()];
    let mut add = |organization: OrganizationId| {
        if let Some(sum) = sums.get_mut(organization.0 as usize) {
            *sum = sum.saturating_add(1);
        }
    };
    match counts {
        Counts::Kind(kind) => {
            let rows = facts.resources.iter().filter(|row| row.kind == kind);
            rows.filter_map(|row| row.organization).for_each(&mut add);
        }
        Counts::Holder(Holder::ServiceAccount) => {
            facts.accounts.iter().for_each(|(_, row)| add(row.organization))
        }
        Counts::Holder(Holder::ApiKey) => facts.keys.iter().for_each(|(_, row)| add(row.organization)),
        Counts::Holder(Holder::Group) => facts.groups.iter().for_each(|(_, row)| add(row.organization)),
        Counts::Holder(Holder::User | Holder::Members) => {
            for (place, row) in facts.organizations.iter() {
                row.members.iter().for_each(|_| add(OrganizationId(place)));
            }
            pending.iter().copied().for_each(&mut add);
        }
    }
    sums
}
