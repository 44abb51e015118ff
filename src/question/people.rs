//! Who may do a thing, and everybody by actions: from the bindings that reach the resource.

use super::answers::{Answer, PeopleMatrix, PeopleRow, WhoEntry, WhoPage};
use super::{Asking, Query, settle};
use crate::decision::{Reason, Via};
use crate::directory::{Directory, NEVER, OrganizationId, PLATFORM, ResourceId, Standing, Subject};
use crate::error::Result;
use crate::order::arranged;
use crate::plan::{Step, Stop};
use crate::policy::{Holder, KindId, Mask, RoleId};

/// A binding that reaches a resource.
#[derive(Clone, Copy)]
struct Entry {
    holder: Subject,
    role: RoleId,
    on: ResourceId,
    until: u64,
}

/// Everybody whom live and paid bindings reach, with these in the order of decisions.
struct Reached<'d> {
    directory: &'d Directory,
    home: OrganizationId,
    place: ResourceId,
    kind: KindId,
    entries: Vec<Entry>,
    /// In order, each with the places of its entries.
    principals: Vec<(Subject, Vec<usize>)>,
}

impl Directory {
    /// Who may do an action on a resource, each with the bindings that carry it: everybody of the organization of
    /// whom [`check`](Self::check) says yes. What the policy guards with `who` is needed to ask.
    ///
    /// # Errors
    /// `ERR_CURSOR` for a cursor of another list or another revision.
    ///
    /// ```
    /// # use bailiwick::{Answer, Directory, Policy, Query, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }, { "member": "user/bo@acme.com" }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
    /// let query = Query::new("acme", 1_800_000_000_000);
    /// let Answer::Told(holders) = directory.who(query, "delete", "project", "search")? else { panic!() };
    /// assert_eq!((holders.total, holders.items[0].principal.as_str()), (1, "user/ana@acme.com"));
    ///
    /// // Bo may not view who belongs to the project.
    /// let Answer::Denied(denied) = directory.who(query.asked_by("user/bo@acme.com"), "delete", "project", "search")? else { panic!() };
    /// assert_eq!(denied.decision.reason, Reason::NoRole);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn who(&self, query: Query<'_>, action: &str, kind: &str, id: &str) -> Result<Answer<WhoPage>> {
        settle(self.told_who(query, action, kind, id))
    }

    fn told_who(&self, query: Query<'_>, action: &str, kind: &str, id: &str) -> Step<WhoPage> {
        let asking = Asking::new(self, query)?;
        let on = asking.kind(kind)?;
        let Some(bit) = self.policy().model().kind(on).bit(action) else {
            return Err(Stop::denied(Reason::UnknownAction, "There is no such action here."));
        };
        let place = asking.place(on, id)?;
        asking.must_ask("who", place)?;
        let reached = Reached::new(self, asking.home, place, asking.now);
        let open = self.open(asking.home, on).has(bit);
        let carried: Vec<(Subject, Vec<usize>)> = if open { reached.carried(bit) } else { Vec::new() };
        let mut named: Vec<(String, Vec<usize>)> = Vec::with_capacity(carried.len());
        for (subject, entries) in carried {
            named.push((self.facts().subject_name(subject), entries));
        }
        let named = arranged(named, |a, b| a.0.cmp(&b.0));
        let total = named.len();
        let (page, next) = asking.cut(&["who", action, kind, id].join("\n"), total)?;
        let mut items = Vec::with_capacity(page.len());
        for (principal, entries) in named.get(page).unwrap_or_default() {
            items.push(WhoEntry { principal: principal.clone(), via: reached.via(entries) });
        }
        Ok(WhoPage { items, total, next })
    }

    /// Everybody who may do anything on a resource, by actions: a cell is what [`check`](Self::check) says. What the
    /// policy guards with `matrix` is needed to ask.
    ///
    /// # Errors
    /// `ERR_CURSOR` for a cursor of another list or another revision.
    ///
    /// ```
    /// # use bailiwick::{Answer, Directory, Policy, Query, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let Answer::Denied(denied) = directory.matrix(Query::new("acme", 0), "project", "ghost")? else { panic!() };
    /// assert_eq!(denied.decision.reason, Reason::UnknownResource);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn matrix(&self, query: Query<'_>, kind: &str, id: &str) -> Result<Answer<PeopleMatrix>> {
        settle(self.told_matrix(query, kind, id))
    }

    fn told_matrix(&self, query: Query<'_>, kind: &str, id: &str) -> Step<PeopleMatrix> {
        let asking = Asking::new(self, query)?;
        let on = asking.kind(kind)?;
        let place = asking.place(on, id)?;
        asking.must_ask("matrix", place)?;
        let reached = Reached::new(self, asking.home, place, asking.now);
        let open = self.open(asking.home, on);
        let mut masks: Vec<(String, Mask)> = Vec::new();
        for (subject, entries) in &reached.principals {
            let mask = reached.mask(*subject, entries).and(open);
            if !mask.is_empty() {
                masks.push((self.facts().subject_name(*subject), mask));
            }
        }
        let masks = arranged(masks, |a, b| a.0.cmp(&b.0));
        let total = masks.len();
        let (page, next) = asking.cut(&["matrix", kind, id].join("\n"), total)?;
        let known = &self.policy().model().kind(on).actions;
        let mut actions = Vec::with_capacity(known.len());
        known.iter().for_each(|action| actions.push(action.name.clone()));
        let mut rows = Vec::with_capacity(page.len());
        for (principal, mask) in masks.get(page).unwrap_or_default() {
            let mut cells = Vec::with_capacity(actions.len());
            (0..actions.len()).for_each(|bit| cells.push(mask.has(bit)));
            rows.push(PeopleRow { principal: principal.clone(), cells });
        }
        Ok(PeopleMatrix { rows, actions, total, next })
    }

    /// The active principals whom bindings at or above a resource give anything on a kind.
    pub(super) fn reached(
        &self,
        home: OrganizationId,
        place: ResourceId,
        kind: KindId,
        now: u64,
    ) -> Vec<Subject> {
        let reached = Reached::on(self, home, place, kind, now);
        let mut given = Vec::new();
        for (subject, entries) in &reached.principals {
            if !reached.mask(*subject, entries).is_empty() {
                given.push(*subject);
            }
        }
        given
    }

    /// The names of those who may do an action on a resource, in order.
    pub(super) fn holding(
        &self,
        home: OrganizationId,
        place: ResourceId,
        bit: usize,
        now: u64,
    ) -> Vec<String> {
        let reached = Reached::new(self, home, place, now);
        let open = self.open(home, reached.kind).has(bit);
        let carried = if open { reached.carried(bit) } else { Vec::new() };
        let mut names = Vec::with_capacity(carried.len());
        for (subject, _) in carried {
            names.push(self.facts().subject_name(subject));
        }
        arranged(names, String::cmp)
    }
}

impl<'d> Reached<'d> {
    fn new(directory: &'d Directory, home: OrganizationId, place: ResourceId, now: u64) -> Self {
        let kind = directory.facts().resource(place).map(|row| row.kind);
        Self::on(directory, home, place, kind.unwrap_or(directory.policy().model().platform), now)
    }

    /// What reaches a resource, or a thing of another kind below it.
    fn on(directory: &'d Directory, home: OrganizationId, place: ResourceId, kind: KindId, now: u64) -> Self {
        let facts = directory.facts();
        let (entries, principals) = (Vec::new(), Vec::new());
        let mut reached = Self { directory, home, place, kind, entries, principals };
        let mut at = Some(place);
        while let Some((id, row)) = at.and_then(|id| Some((id, facts.resource(id)?))) {
            reached.gather(id, now);
            at = row.parent;
        }
        let mut met = Vec::new();
        for index in 0..reached.entries.len() {
            reached.spread(index, &mut met);
        }
        let met = arranged(met, |a, b| a.0.cmp(&b.0));
        for (subject, index) in met {
            match reached.principals.last_mut() {
                Some((last, entries)) if *last == subject => entries.push(index),
                _ => reached.principals.push((subject, vec![index])),
            }
        }
        reached
    }

    /// The live and paid bindings right on a resource, in the order of decisions.
    fn gather(&mut self, on: ResourceId, now: u64) {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        if on == PLATFORM {
            let holder = Subject::Members(self.home); // everybody known holds `person`
            self.entries.push(Entry { holder, role: model.person, on, until: NEVER });
            return;
        }
        let mut entries = Vec::new();
        for held in facts.held(on) {
            let paid = now < held.until && self.directory.is_paid(self.home, held.role);
            if paid && !model.gives(principal(held.subject), held.role, self.kind).is_empty() {
                entries.push(Entry { holder: held.subject, role: held.role, on, until: held.until });
            }
        }
        let rank = |entry: &Entry| match entry.holder {
            Subject::Group(place) => (1, facts.groups.get(place).map(|row| row.id.as_ref())),
            Subject::Members(_) => (2, None),
            _ => (0, None),
        };
        let key = |entry: &Entry| (rank(entry), entry.role, entry.until);
        self.entries.extend(arranged(entries, |a, b| key(a).cmp(&key(b))));
    }

    /// Notes a binding with everybody who is active and comes by it.
    fn spread(&self, index: usize, met: &mut Vec<(Subject, usize)>) {
        let facts = self.directory.facts();
        let Some(entry) = self.entries.get(index).copied() else { return };
        match entry.holder {
            Subject::Group(place) => {
                let members = facts.groups.get(place).map(|row| row.members.as_slice()).unwrap_or_default();
                members.iter().for_each(|person| self.meet(Subject::User(*person), index, met));
            }
            Subject::Members(home) => {
                if let Some(row) = facts.organization(home) {
                    row.members.keys().for_each(|person| self.meet(Subject::User(*person), index, met));
                }
            }
            subject => self.meet(subject, index, met),
        }
    }

    fn meet(&self, subject: Subject, index: usize, met: &mut Vec<(Subject, usize)>) {
        let facts = self.directory.facts();
        let feature =
            self.directory.policy().model().holder(subject.holder()).and_then(|rules| rules.feature);
        let paid = feature.is_none_or(|feature| self.directory.has_feature(self.home, feature));
        if paid && facts.standing(subject, self.home) == Standing::Active {
            met.push((subject, index));
        }
    }

    fn gives(&self, subject: Subject, index: usize) -> Mask {
        let model = self.directory.policy().model();
        let entry = self.entries.get(index);
        entry.map_or(Mask::EMPTY, |entry| model.gives(subject.holder(), entry.role, self.kind))
    }

    fn mask(&self, subject: Subject, entries: &[usize]) -> Mask {
        entries.iter().fold(Mask::EMPTY, |mask, index| mask.or(self.gives(subject, *index)))
    }

    /// Everybody to whom something gives an action, with what does.
    fn carried(&self, bit: usize) -> Vec<(Subject, Vec<usize>)> {
        let mut carried = self.principals.clone();
        for (subject, entries) in &mut carried {
            entries.retain(|index| self.gives(*subject, *index).has(bit));
        }
        carried.retain(|(_, entries)| !entries.is_empty());
        carried
    }

    fn via(&self, entries: &[usize]) -> Vec<Via> {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let mut via = Vec::with_capacity(entries.len());
        for index in entries {
            let Some(entry) = self.entries.get(*index) else { continue };
            let (how, group) = match entry.holder {
                _ if entry.on == PLATFORM => ("platform", None),
                Subject::Group(place) => ("group", facts.groups.get(place).map(|row| str::to_owned(&row.id))),
                Subject::Members(_) => ("members", None),
                _ => ("direct", None),
            };
            via.push(Via {
                role: model.role(entry.role).name.clone(),
                on: facts.resource_name(model, entry.on),
                how,
                group,
                implied: entry.on != self.place,
                until: Some(entry.until).filter(|until| *until != NEVER),
            });
        }
        via
    }
}

/// The kind of principal that comes by what a holder has: groups and members are users.
fn principal(holder: Subject) -> Holder {
    match holder.holder() {
        Holder::Group | Holder::Members => Holder::User,
        holder => holder,
    }
}
