//! What reaches a principal: every resource of one organization on which a binding gives it anything.

use super::distinct::Distinct;
use crate::directory::{Directory, Facts, NEVER, OrganizationId, Resource, ResourceId, Subject};
use crate::order::arranged;
use crate::policy::{Holder, KindId, Mask, Model, RoleId};
use core::cmp::Ordering;

/// A binding as it reaches a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bound {
    pub(super) how: How,
    pub(super) role: RoleId,
    /// Where it is bound; none for the resource itself.
    pub(super) above: Option<ResourceId>,
    pub(super) until: u64,
}

/// How the principal comes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Direct,
    Group(u32),
    Members,
    Platform,
}

/// The resources of one kind, sorted by id, and what they have in common.
#[derive(Default)]
pub(super) struct KindReach<'d> {
    /// Each with the place of its set.
    pub(super) rows: Vec<(Seen<'d>, usize)>,
    /// The bindings on a row, and the place in `above` of those on what lies above it.
    pub(super) sets: Vec<(Vec<Bound>, usize)>,
    pub(super) above: Vec<Vec<Bound>>,
}

/// A resource as it was looked at once: with what the later steps need of its row.
#[derive(Clone, Copy)]
pub(super) struct Seen<'d> {
    pub(super) place: ResourceId,
    pub(super) id: &'d str,
    kind: KindId,
    pub(super) parent: Option<ResourceId>,
}

/// A binding of the principal's own, and where it lies.
type Own<'d> = (Seen<'d>, Bound);

/// Gathers for one principal in one organization; the result is by kind. `only` names the resources that are asked
/// about, where not all are.
pub(super) fn reach<'d>(
    directory: &'d Directory,
    subject: Subject,
    organization: OrganizationId,
    only: Option<&[ResourceId]>,
) -> Vec<KindReach<'d>> {
    let path = only.map(|only| path(directory.facts(), organization, only));
    let gather = Gather::new(directory, subject, organization, path.as_deref());
    let model = gather.model;
    let mut found = Vec::new();
    found.resize_with(model.kinds.len(), Found::default);
    match &path {
        Some(path) => path.iter().for_each(|resource| gather.stand(*resource, &mut found)),
        None => gather.own.chunk_by(same).for_each(|chunk| gather.descend(chunk, &mut found)),
    }
    let mut reached = Vec::with_capacity(found.len());
    for (kind, found) in (0_u16..).zip(found) {
        reached.push(gather.kind(KindId(kind), found));
    }
    reached
}

fn same((a, _): &Own<'_>, (b, _): &Own<'_>) -> bool {
    a.place == b.place
}

/// The resources and all above them, as far as they lie in the organization or above it, in order.
fn path(facts: &Facts, organization: OrganizationId, only: &[ResourceId]) -> Vec<ResourceId> {
    let mut path = Vec::new();
    for resource in only {
        let mut at = Some(*resource);
        while let Some((id, row)) = at.and_then(|id| Some((id, facts.resource(id)?))) {
            if row.organization.is_none_or(|home| home == organization) {
                path.push(id);
            }
            at = row.parent;
        }
    }
    let mut path = arranged(path, ResourceId::cmp);
    path.dedup();
    path
}

/// The resources of one kind as they are found.
#[derive(Default)]
struct Found<'d> {
    rows: Vec<Seen<'d>>,
    /// Whether all of them were found by a binding right on them: these come in the order of ids.
    own: bool,
    /// Whether they must be put in the order of ids, each once.
    mixed: bool,
}

impl<'d> Found<'d> {
    fn add(&mut self, rows: &[Seen<'d>], own: bool, in_order: bool) {
        if rows.is_empty() {
            return;
        }
        let first = self.rows.is_empty();
        self.mixed |= !in_order || !(first || own && self.own);
        self.own = own && (first || self.own);
        self.rows.extend_from_slice(rows);
    }
}

struct Gather<'d> {
    model: &'d Model,
    facts: &'d Facts,
    holder: Holder,
    /// The principal's own bindings and those by group and members, by kind and id of the resource, nearest kind of
    /// holder first.
    own: Vec<Own<'d>>,
    /// For each role that is held the kinds on which it gives anything: bit n is kind n.
    given: Vec<u64>,
}

impl<'d> Gather<'d> {
    fn new(
        directory: &'d Directory,
        subject: Subject,
        organization: OrganizationId,
        path: Option<&[ResourceId]>,
    ) -> Self {
        let (model, facts) = (directory.policy().model(), directory.facts());
        let given = vec![0; model.roles.len()];
        let mut gather = Self { model, facts, holder: subject.holder(), own: Vec::new(), given };
        let mut take = |subject, how| gather.take(subject, how, organization, path);
        let mut sources = [take(subject, How::Direct)].into_iter().filter(|taken| *taken).count();
        if let Subject::User(person) = subject {
            let groups = facts.people.get(person).map_or(&[][..], |person| &person.groups);
            let groups = groups.iter().map(|group| (Subject::Group(*group), How::Group(*group)));
            for (subject, how) in groups.chain([(Subject::Members(organization), How::Members)]) {
                sources = sources.saturating_add(usize::from(take(subject, how)));
            }
        }
        gather.put_in_order(path.is_none() && sources <= 1);
        gather.note_given();
        gather
    }

    /// By kind and id, then nearest first; what comes from one holder alone is in the order of resources already.
    fn put_in_order(&mut self, by_resource: bool) {
        if !by_resource {
            let key = |seen: &Seen<'d>| (seen.kind, seen.id);
            let own = core::mem::take(&mut self.own);
            self.own = arranged(own, |(a, x), (b, y)| key(a).cmp(&key(b)).then_with(|| self.nearer(x, y)));
            return;
        }
        let mut own = core::mem::take(&mut self.own);
        for chunk in own.chunk_by_mut(same).filter(|chunk| chunk.len() > 1) {
            let in_order = arranged(chunk.to_vec(), |(_, x), (_, y)| self.nearer(x, y));
            chunk.copy_from_slice(&in_order);
        }
        self.own = own;
    }

    fn note_given(&mut self) {
        for (_, bound) in &self.own {
            let Some(given) = self.given.get_mut(usize::from(bound.role.0)).filter(|given| **given == 0)
            else {
                continue;
            };
            for kind in (0..).map(KindId).take(self.model.kinds.len()) {
                let any = !self.model.gives(self.holder, bound.role, kind).is_empty();
                *given |= u64::from(any) << (kind.0 & 63);
            }
        }
    }

    /// Direct before groups by their ids, before all members; then by role and end.
    fn nearer(&self, a: &Bound, b: &Bound) -> Ordering {
        let rank = |how: How| match how {
            How::Direct => 0,
            How::Group(_) => 1,
            How::Members => 2,
            How::Platform => 3,
        };
        let group = |how: How| match how {
            How::Group(place) => self.facts.groups.get(place).map(|group| group.id.as_ref()),
            _ => None,
        };
        let key = |bound: &Bound| (rank(bound.how), group(bound.how), bound.role, bound.until);
        key(a).cmp(&key(b))
    }

    /// The bindings of one subject, as far as they lie in the organization (rule 1) or on the platform; whether
    /// there are any.
    fn take(
        &mut self,
        subject: Subject,
        how: How,
        organization: OrganizationId,
        path: Option<&[ResourceId]>,
    ) -> bool {
        let before = self.own.len();
        let asked = path.map(|path| self.facts.bound_on(subject, path));
        for binding in asked.as_deref().unwrap_or(self.facts.bound(subject)) {
            let Some(resource) = self.facts.resource(binding.resource) else { continue };
            let how = match resource.organization {
                Some(home) if home == organization => how,
                None => How::Platform,
                Some(_) => continue,
            };
            let bound = Bound { how, role: binding.role, above: None, until: binding.until };
            self.own.push((Seen::of(binding.resource, resource), bound));
        }
        self.own.len() > before
    }

    /// The bindings right on a resource.
    fn on(&self, resource: ResourceId) -> impl Iterator<Item = &Bound> {
        let key = self.facts.resource(resource).map(|row| (row.kind, row.id.as_ref()));
        let start = self.own.partition_point(|(known, _)| Some((known.kind, known.id)) < key);
        let own = self.own.get(start..).unwrap_or_default().iter();
        own.take_while(move |(known, _)| known.place == resource).map(|(_, bound)| bound)
    }

    /// The bindings right on resources of one kind.
    fn own_of(&self, kind: KindId) -> &[Own<'d>] {
        let start = self.own.partition_point(|(known, _)| known.kind < kind);
        let end = self.own.partition_point(|(known, _)| known.kind <= kind);
        self.own.get(start..end).unwrap_or_default()
    }

    fn see(&self, resource: ResourceId) -> Option<Seen<'d>> {
        self.facts.resource(resource).map(|row| Seen::of(resource, row))
    }

    /// Adds the resource, if something on it or above it gives anything on its kind.
    fn stand(&self, resource: ResourceId, found: &mut [Found<'d>]) {
        let Some(seen) = self.see(resource) else { return };
        let Some(found) = found.get_mut(usize::from(seen.kind.0)) else { return };
        let mut at = Some(resource);
        while let Some((id, row)) = at.and_then(|id| Some((id, self.facts.resource(id)?))) {
            if self.on(id).any(|bound| self.gives(bound.role, seen.kind)) {
                return found.add(&[seen], false, false);
            }
            // What the platform gives below is nobody's in particular: it brings no row of its own.
            at = row
                .parent
                .filter(|parent| self.facts.resource(*parent).is_some_and(|row| row.organization.is_some()));
        }
    }

    fn gives(&self, role: RoleId, kind: KindId) -> bool {
        self.given.get(usize::from(role.0)).is_some_and(|given| given >> (kind.0 & 63) & 1 == 1)
    }

    /// Adds a resource and all below it, of every kind on which the roles bound to it give anything.
    fn descend(&self, chunk: &[Own<'d>], found: &mut [Found<'d>]) {
        let Some((seen, _)) = chunk.first() else { return };
        let given = chunk.iter().filter_map(|(_, bound)| self.given.get(usize::from(bound.role.0)));
        let given = given.fold(0, |sum, given| sum | given);
        let kinds = (0_u16..).map(KindId).zip(found);
        for (kind, found) in kinds.filter(|(kind, _)| given >> (kind.0 & 63) & 1 == 1) {
            if kind == seen.kind {
                found.add(&[*seen], true, true);
            } else if seen.kind != self.model.platform && self.model.is_at_or_above(seen.kind, kind) {
                // What the platform gives below is found on the way up, in this organization only.
                let path = self.path(seen.kind, kind);
                found.add(&self.below(seen.place, &path), false, path.len() == 1);
            }
        }
    }

    /// The kinds from right below `top` down to `kind`.
    fn path(&self, top: KindId, kind: KindId) -> Vec<KindId> {
        let mut path = Vec::new();
        let mut at = kind;
        while at != top {
            path.push(at);
            let Some(parent) = self.model.kind(at).parent else { break };
            at = parent;
        }
        path.reverse();
        path
    }

    fn below(&self, resource: ResourceId, path: &[KindId]) -> Vec<Seen<'d>> {
        let mut below = vec![resource];
        for kind in path {
            let mut level = Vec::new();
            below.iter().for_each(|parent| level.extend_from_slice(self.facts.children(*parent, *kind)));
            below = level;
        }
        let mut seen = Vec::with_capacity(below.len());
        for resource in below {
            if let Some(row) = self.see(resource) {
                seen.push(row);
            }
        }
        seen
    }

    /// The rows of one kind in the order of their ids, and their sets in the order of first use.
    fn kind(&self, kind: KindId, found: Found<'d>) -> KindReach<'d> {
        let mut reach = KindReach::default();
        let (mut lists_above, mut sets) = (Distinct::default(), Distinct::default());
        let mut above = Above::of(found.rows.len());
        let mut own = Vec::new();
        let mut direct = self.own_of(kind).chunk_by(same).peekable();
        let rows = if found.mixed { by_id(found.rows) } else { found.rows };
        for row in rows {
            own.clear();
            // Both are in the order of ids; bindings that give nothing here brought no row.
            while let Some(chunk) = direct.next_if(|chunk| self.comes_before(chunk, row.place, kind)) {
                if chunk.first().is_some_and(|(known, _)| known.place == row.place) {
                    for (_, bound) in chunk.iter().filter(|(_, bound)| self.gives(bound.role, kind)) {
                        own.push(*bound);
                    }
                    break;
                }
            }
            let over = above.known(row.parent).unwrap_or_else(|| {
                let place = lists_above.place(&self.look_above(row, kind), 0);
                above.note(row.parent, place);
                place
            });
            let set = sets.place(&own, over);
            reach.rows.push((row, set));
        }
        reach.sets = sets.lists;
        lists_above.lists.into_iter().for_each(|(list, _)| reach.above.push(list));
        reach
    }

    /// Whether bindings stand on this row, or give nothing, so that no later row is theirs.
    fn comes_before(&self, chunk: &[Own<'d>], row: ResourceId, kind: KindId) -> bool {
        let here = chunk.first().is_some_and(|(known, _)| known.place == row);
        here || !chunk.iter().any(|(_, bound)| self.gives(bound.role, kind))
    }

    /// Finds the bindings above a resource that give anything on its kind, nearest first.
    fn look_above(&self, row: Seen<'d>, kind: KindId) -> Vec<Bound> {
        let mut bindings = Vec::new();
        let mut at = row.parent;
        while let Some(resource) = at {
            for bound in self.on(resource).filter(|bound| self.gives(bound.role, kind)) {
                bindings.push(Bound { above: at, ..*bound });
            }
            at = self.facts.resource(resource).and_then(|known| known.parent);
        }
        bindings
    }
}

impl<'d> Seen<'d> {
    fn of(place: ResourceId, row: &'d Resource) -> Self {
        Self { place, id: &row.id, kind: row.kind, parent: row.parent }
    }
}

/// The rows in the order of their ids, each once.
fn by_id(rows: Vec<Seen<'_>>) -> Vec<Seen<'_>> {
    let mut rows = arranged(rows, |a, b| a.id.cmp(b.id));
    rows.dedup_by_key(|row| row.place);
    rows
}

/// Where among those of a kind the list of bindings lies that reach the children of a resource. Rows beside each other
/// seldom have the same parent; of two that fall on one slot the later is remembered.
struct Above {
    /// The parent's place from two, 1 for a row without a parent, 0 for nothing; and the place of the list.
    places: Vec<(u32, u32)>,
}

impl Above {
    /// For so many rows.
    fn of(rows: usize) -> Self {
        Self { places: vec![(0, 0); rows.next_power_of_two().min(1 << 16)] }
    }

    fn slot(&self, parent: Option<ResourceId>) -> (usize, u32) {
        let parent = parent.map_or(1, |parent| parent.0.saturating_add(2));
        (parent as usize & self.places.len().wrapping_sub(1), parent)
    }

    fn known(&self, parent: Option<ResourceId>) -> Option<usize> {
        let (slot, parent) = self.slot(parent);
        self.places.get(slot).filter(|known| known.0 == parent).map(|known| known.1 as usize)
    }

    fn note(&mut self, parent: Option<ResourceId>, place: usize) {
        let (slot, parent) = self.slot(parent);
        self.places.get_mut(slot).into_iter().for_each(|known| *known = (parent, place as u32));
    }
}

/// What bindings give for ever, before any gate: what ends is left out.
pub(super) fn always(model: &Model, holder: Holder, features: u64, kind: KindId, bounds: &[Bound]) -> Mask {
    let forever = bounds.iter().filter(|bound| bound.until == NEVER && is_paid(model, features, bound.role));
    forever.fold(Mask::EMPTY, |mask, bound| mask.or(model.gives(holder, bound.role, kind)))
}

/// Rule 8: a role whose feature is missing stays bound and grants nothing.
pub(super) fn is_paid(model: &Model, features: u64, role: RoleId) -> bool {
    model.role(role).feature.is_none_or(|feature| features >> (feature.0 & 63) & 1 == 1)
}
