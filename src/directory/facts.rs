//! The compiled directory: people, organizations, resources and bindings as integers, with the indexes that
//! questions need. Nothing here knows how a document spells them.

use crate::policy::{Holder, KindId, RoleId};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// The end of a binding that has none.
pub(crate) const NEVER: u64 = u64::MAX;

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

/// Places by id, in byte order.
pub(crate) type Index = BTreeMap<Arc<str>, u32>;

/// Gives an id its place; false if it is taken.
pub(crate) fn claim(index: &mut Index, id: &Arc<str>, place: u32) -> bool {
    match index.entry(Arc::clone(id)) {
        Entry::Vacant(free) => {
            free.insert(place);
            true
        }
        Entry::Occupied(_) => false,
    }
}

/// Rows with ids, found by id.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    ids: Index,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), ids: Index::new() }
    }
}

impl<T> Table<T> {
    /// Adds a row; none if the id is taken.
    pub(crate) fn add(&mut self, id: &str, row: T) -> Option<u32> {
        let place = u32::try_from(self.rows.len()).ok()?;
        claim(&mut self.ids, &id.into(), place).then(|| self.rows.push(row)).map(|()| place)
    }

    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    pub(crate) fn get(&self, place: u32) -> Option<&T> {
        self.rows.get(place as usize)
    }

    pub(crate) fn get_mut(&mut self, place: u32) -> Option<&mut T> {
        self.rows.get_mut(place as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0_u32..).zip(&self.rows)
    }

    /// The rows in the order of their ids.
    pub(crate) fn by_id(&self) -> impl Iterator<Item = (u32, &T)> {
        self.ids.values().filter_map(|place| Some((*place, self.get(*place)?)))
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: Arc<str>,
    /// The groups that they are in, in any organization.
    pub(crate) groups: Vec<u32>,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) resource: ResourceId,
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    /// The place in the policy's editions.
    pub(crate) edition: usize,
    /// Users with an organization role, and whether they are suspended.
    pub(crate) members: BTreeMap<u32, bool>,
    /// How much of each of the policy's limits is used up.
    pub(crate) used: Vec<u64>,
    /// What all its members hold.
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: Arc<str>,
    pub(crate) organization: OrganizationId,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct ServiceAccount {
    pub(crate) organization: OrganizationId,
    pub(crate) suspended: bool,
    pub(crate) bindings: Vec<Binding>,
}

#[derive(Debug)]
pub(crate) struct ApiKey {
    pub(crate) organization: OrganizationId,
    pub(crate) bindings: Vec<Binding>,
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
}

/// The one fact: a subject, in whose row it stands, holds a role on a resource until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) resource: ResourceId,
    pub(crate) role: RoleId,
    /// Milliseconds since 1970, or [`NEVER`].
    pub(crate) until: u64,
}

/// Everything that a directory knows.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) revision: u64,
    pub(crate) people: Table<Person>,
    pub(crate) accounts: Table<ServiceAccount>,
    pub(crate) keys: Table<ApiKey>,
    pub(crate) groups: Table<Group>,
    pub(crate) organizations: Table<Organization>,
    pub(crate) resources: Vec<Resource>,
    /// By kind, then id.
    pub(crate) ids: Vec<Index>,
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
        let (holder, id) = name.split_once('/')?;
        match Holder::named(holder)? {
            Holder::User => self.people.find(id).map(Subject::User),
            Holder::ServiceAccount => self.accounts.find(id).map(Subject::ServiceAccount),
            Holder::ApiKey => self.keys.find(id).map(Subject::ApiKey),
            Holder::Group | Holder::Members => None,
        }
    }

    pub(crate) fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0 as usize)
    }

    pub(crate) fn resource_named(&self, kind: KindId, id: &str) -> Option<ResourceId> {
        self.ids.get(usize::from(kind.0))?.get(id).copied().map(ResourceId)
    }

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
                self.organization(organization).and_then(|known| known.members.get(&person).copied())
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

    /// Adds a binding.
    pub(crate) fn bind(&mut self, subject: Subject, binding: Binding) {
        let bindings = match subject {
            Subject::User(place) => self.people.get_mut(place).map(|row| &mut row.bindings),
            Subject::ServiceAccount(place) => self.accounts.get_mut(place).map(|row| &mut row.bindings),
            Subject::ApiKey(place) => self.keys.get_mut(place).map(|row| &mut row.bindings),
            Subject::Group(place) => self.groups.get_mut(place).map(|row| &mut row.bindings),
            Subject::Members(id) => self.organizations.get_mut(id.0).map(|row| &mut row.bindings),
        };
        if let Some(bindings) = bindings {
            bindings.push(binding);
        }
    }

    /// The resources of one kind right below another.
    pub(crate) fn children(&self, parent: ResourceId, kind: KindId) -> &[ResourceId] {
        let children = self.resource(parent).map(|row| row.children.as_slice()).unwrap_or_default();
        let children = children.iter().find(|(known, _)| *known == kind);
        children.map(|(_, children)| children.as_slice()).unwrap_or_default()
    }

    /// Puts a resource right below another.
    pub(crate) fn adopt(&mut self, parent: ResourceId, kind: KindId, child: ResourceId) {
        let Some(row) = self.resources.get_mut(parent.0 as usize) else { return };
        match row.children.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, children)) => children.push(child),
            None => row.children.push((kind, vec![child])),
        }
    }
}
