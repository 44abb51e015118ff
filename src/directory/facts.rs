//! The compiled directory: people, organizations, resources and bindings as integers, with the indexes that
//! questions need. Nothing here knows how a document spells them.

use super::assertions::Assertions;
use super::index::Index;
use super::members::Members;
use super::slots::{Slots, Table};
use crate::policy::{Holder, KindId, RoleId};
use crate::text::parted;
use core::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Arc;

/// The end of a binding that has none.
pub(crate) const NEVER: u64 = u64::MAX;

/// The platform's place: it is the first resource of every directory.
pub(crate) const PLATFORM: ResourceId = ResourceId(0);

/// A resource's place in [`Facts::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ResourceId(pub(crate) u32);

/// An organization's place in [`Facts::organizations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OrganizationId(pub(crate) u32);

/// Who can be bound: a place in one of the tables, or all members of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    User(u32),
    ServiceAccount(u32),
    ApiKey(u32),
    Group(u32),
    Members(OrganizationId),
}

impl Subject {
    /// The kind of holder, as policies name it.
    pub(crate) fn holder(self) -> Holder {
        match self {
            Subject::User(_) => Holder::User,
            Subject::ServiceAccount(_) => Holder::ServiceAccount,
            Subject::ApiKey(_) => Holder::ApiKey,
            Subject::Group(_) => Holder::Group,
            Subject::Members(_) => Holder::Members,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: Arc<str>,
    /// Where the id is none.
    pub(crate) email: Option<Box<str>>,
    pub(crate) name: Option<Box<str>>,
    /// The groups that they are in, in any organization.
    pub(crate) groups: Vec<u32>,
    pub(crate) bindings: Vec<Binding>,
}

impl Person {
    pub(crate) fn address(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.id)
    }
}

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) resource: ResourceId,
    pub(crate) id: Arc<str>,
    pub(crate) name: Option<Box<str>>,
    /// Who made it, as documents name principals.
    pub(crate) creator: Option<Box<str>>,
    /// The place in the policy's editions.
    pub(crate) edition: usize,
    /// Users with an organization role, and who suspended them.
    pub(crate) members: Members,
    /// The pending invites by address.
    pub(crate) invites: Index,
    pub(crate) sso: Option<Box<Sso>>,
    /// How much of each of the policy's limits is used up.
    pub(crate) used: Vec<u64>,
    /// What all its members hold.
    pub(crate) bindings: Vec<Binding>,
}

/// What single sign-on gives, as the document names it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sso {
    /// Sorted, as are the lists of the map.
    pub(crate) default: Vec<String>,
    pub(crate) map: Assertions,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: Arc<str>,
    pub(crate) name: Option<Box<str>>,
    pub(crate) organization: OrganizationId,
    pub(crate) members: Vec<u32>,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct ServiceAccount {
    pub(crate) id: Arc<str>,
    pub(crate) name: Option<Box<str>>,
    pub(crate) organization: OrganizationId,
    pub(crate) suspended: bool,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct ApiKey {
    pub(crate) id: Arc<str>,
    pub(crate) name: Option<Box<str>>,
    pub(crate) creator: Option<Box<str>>,
    pub(crate) organization: OrganizationId,
    pub(crate) project: ResourceId,
    pub(crate) rotations: u64,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct Invite {
    pub(crate) id: Arc<str>,
    pub(crate) organization: OrganizationId,
    pub(crate) address: Arc<str>,
    pub(crate) roles: Vec<RoleId>,
    pub(crate) projects: Vec<(ResourceId, Option<Vec<RoleId>>)>,
    /// As documents name principals.
    pub(crate) sender: Box<str>,
    pub(crate) expires: u64,
}

#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) kind: KindId,
    pub(crate) id: Arc<str>,
    /// None for the platform.
    pub(crate) parent: Option<ResourceId>,
    /// None for the platform.
    pub(crate) organization: Option<OrganizationId>,
    /// What lies right below, by kind.
    pub(crate) children: Vec<(KindId, Vec<ResourceId>)>,
    /// Who is bound right here.
    pub(crate) held: Vec<Held>,
    pub(crate) about: Option<Box<About>>,
}

impl Resource {
    /// With nothing on it and below it.
    pub(super) fn of(
        kind: KindId,
        id: Arc<str>,
        parent: Option<ResourceId>,
        organization: Option<OrganizationId>,
    ) -> Self {
        Self { kind, id, parent, organization, children: Vec::new(), held: Vec::new(), about: None }
    }
}

/// What a resource's document says besides its place and its bindings.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) name: Option<Box<str>>,
    /// As documents name principals.
    pub(crate) creator: Option<Box<str>>,
    /// What it uses, `kind/id`.
    pub(crate) uses: Vec<String>,
}

impl About {
    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_none() && self.creator.is_none() && self.uses.is_empty()
    }
}

/// The one fact: a subject, in whose row it stands, holds a role on a resource until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) resource: ResourceId,
    pub(crate) role: RoleId,
    /// Milliseconds since 1970, or [`NEVER`].
    pub(crate) until: u64,
}

/// The same fact as it stands in the resource's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) subject: Subject,
    pub(crate) role: RoleId,
    pub(crate) until: u64,
}

/// Everything that a directory knows.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) revision: u64,
    /// When it was changed last.
    pub(crate) changed: u64,
    pub(crate) people: Table<Person>,
    /// Places of people by their addresses.
    pub(crate) addresses: Index,
    pub(crate) accounts: Table<ServiceAccount>,
    pub(crate) keys: Table<ApiKey>,
    pub(crate) groups: Table<Group>,
    pub(crate) organizations: Table<Organization>,
    pub(crate) invites: Table<Invite>,
    /// Places of organizations by the domains that belong to them.
    pub(crate) domains: Index,
    pub(crate) resources: Slots<Resource>,
    /// By kind, then id.
    pub(crate) ids: Vec<Index>,
    /// What was deleted, `kind/id`: it never comes back.
    pub(crate) retired: Index,
    /// The last commands and their digests, oldest first.
    pub(crate) applied: VecDeque<(Box<str>, u64)>,
}

/// How a principal stands in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Suspended,
    Outside,
}

impl Facts {
    /// The principal that a document or a question names, `user/ana@acme.com`.
    pub(crate) fn principal(&self, name: &str) -> Option<Subject> {
        let (holder, id) = parted(name, b'/')?;
        self.principal_of(Holder::named(holder)?, id)
    }

    /// The principal of that kind and id.
    pub(crate) fn principal_of(&self, holder: Holder, id: &str) -> Option<Subject> {
        match holder {
            Holder::User => self.people.find(id).map(Subject::User),
            Holder::ServiceAccount => self.accounts.find(id).map(Subject::ServiceAccount),
            Holder::ApiKey => self.keys.find(id).map(Subject::ApiKey),
            Holder::Group | Holder::Members => None,
        }
    }

    /// Whether the id was deleted.
    pub(crate) fn was_retired(&self, kind: &str, id: &str) -> bool {
        self.retired.contains_key(&[kind, "/", id].concat())
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0)
    }

    pub(crate) fn resource_named(&self, kind: KindId, id: &str) -> Option<ResourceId> {
        self.ids.get(usize::from(kind.0))?.get(id).map(ResourceId)
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(id.0)
    }

    pub(crate) fn organization_named(&self, id: &str) -> Option<OrganizationId> {
        self.organizations.find(id).map(OrganizationId)
    }

    /// Rule 1: a principal counts only in its own organization, and not while suspended.
    pub(crate) fn standing(&self, subject: Subject, organization: OrganizationId) -> Standing {
        let suspended = match subject {
            Subject::User(person) => {
                let members = self.organization(organization).map(|known| &known.members);
                members.and_then(|members| members.get(&person)).map(Option::is_some)
            }
            Subject::ServiceAccount(place) => {
                let account = self.accounts.get(place).filter(|known| known.organization == organization);
                account.map(|known| known.suspended)
            }
            Subject::ApiKey(place) => {
                self.keys.get(place).filter(|known| known.organization == organization).map(|_| false)
            }
            Subject::Group(_) | Subject::Members(_) => None,
        };
        match suspended {
            None => Standing::Outside,
            Some(true) => Standing::Suspended,
            Some(false) => Standing::Active,
        }
    }

    /// The bindings of exactly this subject.
    pub(crate) fn bound(&self, subject: Subject) -> &[Binding] {
        let bindings = match subject {
            Subject::User(place) => self.people.get(place).map(|row| &row.bindings),
            Subject::ServiceAccount(place) => self.accounts.get(place).map(|row| &row.bindings),
            Subject::ApiKey(place) => self.keys.get(place).map(|row| &row.bindings),
            Subject::Group(place) => self.groups.get(place).map(|row| &row.bindings),
            Subject::Members(id) => self.organizations.get(id.0).map(|row| &row.bindings),
        };
        bindings.map(Vec::as_slice).unwrap_or_default()
    }

    fn bound_mut(&mut self, subject: Subject) -> Option<&mut Vec<Binding>> {
        match subject {
            Subject::User(place) => self.people.get_mut(place).map(|row| &mut row.bindings),
            Subject::ServiceAccount(place) => self.accounts.get_mut(place).map(|row| &mut row.bindings),
            Subject::ApiKey(place) => self.keys.get_mut(place).map(|row| &mut row.bindings),
            Subject::Group(place) => self.groups.get_mut(place).map(|row| &mut row.bindings),
            Subject::Members(id) => self.organizations.get_mut(id.0).map(|row| &mut row.bindings),
        }
    }

    /// The bindings of a subject on some resources, in order: looked for where fewer lie.
    pub(crate) fn bound_on(&self, subject: Subject, resources: &[ResourceId]) -> Vec<Binding> {
        let bound = self.bound(subject);
        let held = resources.iter().fold(0_usize, |sum, id| sum.saturating_add(self.held(*id).len()));
        let mut found = Vec::new();
        if bound.len() <= held {
            for binding in bound {
                if resources.binary_search(&binding.resource).is_ok() {
                    found.push(*binding);
                }
            }
            return found;
        }
        let place = bound.partition_point(|known| self.compare(known.resource, PLATFORM).is_lt());
        if let Some(binding) = bound.get(place).filter(|binding| binding.resource == PLATFORM) {
            found.push(*binding);
        }
        for resource in resources {
            for held in self.held(*resource) {
                if held.subject == subject {
                    found.push(Binding { resource: *resource, role: held.role, until: held.until });
                }
            }
        }
        found
    }

    /// The bindings right on a resource.
    pub(crate) fn held(&self, resource: ResourceId) -> &[Held] {
        self.resource(resource).map(|row| row.held.as_slice()).unwrap_or_default()
    }

    /// Whether a principal holds what is bound to a holder: themselves, a group of theirs, or all members (who are
    /// active users of the organization).
    pub(crate) fn is_through(&self, subject: Subject, holder: Subject) -> bool {
        match (subject, holder) {
            (Subject::User(person), Subject::Group(group)) => {
                self.people.get(person).is_some_and(|row| row.groups.contains(&group))
            }
            (Subject::User(_), Subject::Members(home)) => self.standing(subject, home) == Standing::Active,
            _ => subject == holder,
        }
    }

    /// The order of bindings and children: by kind, then id.
    pub(crate) fn compare(&self, a: ResourceId, b: ResourceId) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        let key = |id: ResourceId| self.resource(id).map(|row| (row.kind, row.id.as_ref()));
        key(a).cmp(&key(b))
    }

    /// Adds a binding, in order.
    pub(crate) fn bind(&mut self, subject: Subject, binding: Binding) {
        let bound = self.bound(subject);
        let place = bound.partition_point(|known| self.compare(known.resource, binding.resource).is_le());
        if let Some(bindings) = self.bound_mut(subject) {
            bindings.insert(place.min(bindings.len()), binding);
        }
        self.hold(subject, binding);
    }

    /// Adds a binding while a document is read; [`settle`](Self::settle) puts all in order.
    pub(crate) fn bind_last(&mut self, subject: Subject, binding: Binding) {
        if let Some(bindings) = self.bound_mut(subject) {
            bindings.push(binding);
        }
        self.hold(subject, binding);
    }

    /// Notes a binding in the resource's row.
    pub(crate) fn hold(&mut self, subject: Subject, binding: Binding) {
        if binding.resource == PLATFORM {
            return; // everybody holds `person` there: a list of them serves nobody
        }
        if let Some(row) = self.resources.get_mut(binding.resource.0) {
            let held = &mut row.held;
            if held.len() == held.capacity() {
                held.reserve_exact((held.len() >> 1).saturating_add(1)); // most resources have one or two
            }
            held.push(Held { subject, role: binding.role, until: binding.until });
        }
    }

    /// Takes a binding away; false if there is no such one.
    pub(crate) fn unbind(&mut self, subject: Subject, binding: Binding) -> bool {
        let bound = self.bound(subject);
        let start = bound.partition_point(|known| self.compare(known.resource, binding.resource).is_lt());
        let here =
            bound.iter().enumerate().skip(start).take_while(|(_, known)| known.resource == binding.resource);
        let Some(place) = here.filter(|(_, known)| **known == binding).map(|(place, _)| place).next() else {
            return false;
        };
        if let Some(bindings) = self.bound_mut(subject) {
            bindings.remove(place);
        }
        let held = Held { subject, role: binding.role, until: binding.until };
        if let Some(row) = self.resources.get_mut(binding.resource.0) {
            let place = row.held.iter().position(|known| *known == held);
            place.map(|place| row.held.swap_remove(place));
        }
        true
    }

    /// The resources of one kind right below another.
    pub(crate) fn children(&self, parent: ResourceId, kind: KindId) -> &[ResourceId] {
        let children = self.resource(parent).map(|row| row.children.as_slice()).unwrap_or_default();
        let children = children.iter().find(|(known, _)| *known == kind);
        children.map(|(_, children)| children.as_slice()).unwrap_or_default()
    }

    /// Puts a resource right below another, in order.
    pub(crate) fn adopt(&mut self, parent: ResourceId, kind: KindId, child: ResourceId) {
        let place = self.children(parent, kind).partition_point(|known| self.compare(*known, child).is_lt());
        if let Some(children) = self.children_mut(parent, kind) {
            children.insert(place.min(children.len()), child);
        }
    }

    fn children_mut(&mut self, parent: ResourceId, kind: KindId) -> Option<&mut Vec<ResourceId>> {
        let row = self.resources.get_mut(parent.0)?;
        if !row.children.iter().any(|(known, _)| *known == kind) {
            row.children.push((kind, Vec::new()));
        }
        row.children.iter_mut().find(|(known, _)| *known == kind).map(|(_, children)| children)
    }

    /// Puts bindings and children in order, once a document has been read: by walking the indexes of all ids.
    pub(crate) fn settle(&mut self, person: RoleId) {
        self.people.each(&mut |row| row.bindings.clear());
        self.accounts.each(&mut |row| row.bindings.clear());
        self.keys.each(&mut |row| row.bindings.clear());
        self.groups.each(&mut |row| row.bindings.clear());
        self.organizations.each(&mut |row| row.bindings.clear());
        for ids in core::mem::take(&mut self.ids) {
            ids.places().into_iter().for_each(|place| self.settle_one(ResourceId(place), person));
            self.ids.push(ids);
        }
    }

    fn settle_one(&mut self, resource: ResourceId, person: RoleId) {
        if resource == PLATFORM {
            let everybody = Binding { resource, role: person, until: NEVER };
            self.people.each(&mut |row| row.bindings.push(everybody));
        }
        let Some(row) = self.resources.get_mut(resource.0) else { return };
        let (parent, kind, held) = (row.parent, row.kind, core::mem::take(&mut row.held));
        for Held { subject, role, until } in &held {
            let binding = Binding { resource, role: *role, until: *until };
            self.bound_mut(*subject).into_iter().for_each(|bindings| bindings.push(binding));
        }
        if let Some(row) = self.resources.get_mut(resource.0) {
            row.held = held;
        }
        let above = parent.and_then(|parent| self.children_mut(parent, kind));
        above.into_iter().for_each(|children| children.push(resource));
    }

    /// Takes a resource out from below another.
    pub(crate) fn orphan(&mut self, parent: ResourceId, kind: KindId, child: ResourceId) {
        let place = self.children(parent, kind).partition_point(|known| self.compare(*known, child).is_lt());
        if self.children(parent, kind).get(place) == Some(&child) {
            self.children_mut(parent, kind).into_iter().for_each(|children| {
                children.remove(place);
            });
        }
    }
}
