//! What comes and goes, one row at a time: people, organizations, resources, invites, accounts, groups and keys.

use super::change::{Fact, SuspendedBy};
use super::facts::{
    ApiKey, Binding, Facts, Group, Invite, NEVER, Organization, OrganizationId, PLATFORM, Person, Resource,
    ResourceId, ServiceAccount, Subject,
};
use super::index::{Index, shared};
use super::load::{boxed, is_address};
use super::members::Members;
use crate::policy::{Counts, Holder, KindId, Model};
use crate::text::parted;
use std::sync::Arc;

impl Facts {
    /// An organization and a person, by their names.
    pub(super) fn place(&self, organization: &str, member: &str) -> Option<(OrganizationId, u32)> {
        let home = self.organization_named(organization)?;
        match self.principal(member)? {
            Subject::User(person) => Some((home, person)),
            _ => None,
        }
    }

    pub(super) fn add_person(
        &mut self,
        model: &Model,
        id: &str,
        email: Option<&str>,
        name: Option<&str>,
    ) -> Option<()> {
        let address = email.unwrap_or(id);
        let known = self.addresses.contains_key(address) || self.was_retired("user", id);
        (is_address(address) && !known && (email.is_none() || !is_address(id))).then_some(())?;
        let id = shared(id);
        let row = Person {
            id: Arc::clone(&id),
            email: boxed(email),
            name: boxed(name),
            groups: Vec::new(),
            bindings: vec![Binding { resource: PLATFORM, role: model.person, until: NEVER }],
        };
        let place = self.people.add(&id, row)?;
        self.addresses.claim(&shared(address), place).then_some(())
    }

    /// A person who belongs nowhere is known no longer; only an undone sign-up comes here.
    pub(super) fn forget_person(&mut self, model: &Model, id: &str) -> Option<()> {
        let row = self.people.get(self.people.find(id)?)?;
        let bare = row.groups.is_empty() && row.bindings.iter().all(|binding| binding.role == model.person);
        bare.then_some(())?;
        let row = self.people.take(id)?;
        self.addresses.remove(row.address()).map(drop)
    }

    pub(super) fn add_organization(&mut self, model: &Model, id: &str) -> Option<()> {
        let place = self.organizations.next()?;
        let resource = self.put(model, model.organization, id, PLATFORM, Some(OrganizationId(place)))?;
        let id = shared(id);
        let row = Organization {
            resource,
            id: Arc::clone(&id),
            name: None,
            creator: None,
            edition: 0,
            members: Members::default(),
            invites: Index::default(),
            sso: None,
            used: vec![0; model.limits.len()],
            bindings: Vec::new(),
        };
        self.organizations.add(&id, row).map(drop)
    }

    /// An organization in which nothing is left.
    pub(super) fn close_organization(&mut self, model: &Model, id: &str) -> Option<()> {
        let home = self.organization_named(id)?;
        let row = self.organization(home)?;
        let bare =
            row.members.is_empty() && row.invites.is_empty() && row.bindings.is_empty() && row.sso.is_none();
        let owns = self.domains.places().contains(&home.0);
        (bare && !owns).then_some(())?;
        self.take_out(model.organization, id)?;
        self.organizations.take(id).map(drop)
    }

    pub(super) fn add_resource(&mut self, model: &Model, name: &str, parent: &str) -> Option<()> {
        let (kind, id) = parted(name, b'/')?;
        let kind = model.kind_named(kind)?;
        let parent = self.resource_at(model, parent)?;
        let above = self.resource(parent)?;
        (model.kind(kind).parent == Some(above.kind)).then_some(())?;
        let home = above.organization?;
        self.put(model, kind, id, parent, Some(home))?;
        self.count(model, Counts::Kind(kind), home, 1);
        Some(())
    }

    pub(super) fn remove_resource(&mut self, model: &Model, name: &str) -> Option<()> {
        let (kind, id) = parted(name, b'/')?;
        let kind = model.kind_named(kind)?;
        let home = self.resource(self.resource_named(kind, id)?)?.organization?;
        (kind != model.organization).then_some(())?;
        self.take_out(kind, id)?;
        self.count(model, Counts::Kind(kind), home, -1);
        Some(())
    }

    /// A resource of its own place; its id is new.
    fn put(
        &mut self,
        model: &Model,
        kind: KindId,
        id: &str,
        parent: ResourceId,
        organization: Option<OrganizationId>,
    ) -> Option<ResourceId> {
        let fit = !id.is_empty() && id.len() <= 1024 && !self.was_retired(&model.kind(kind).name, id);
        let place = self.resources.next().filter(|_| fit)?;
        let id = shared(id);
        self.ids.get_mut(usize::from(kind.0))?.claim(&id, place).then_some(())?;
        let (children, held) = (Vec::new(), Vec::new());
        self.resources.add(Resource {
            kind,
            id,
            parent: Some(parent),
            organization,
            children,
            held,
            about: None,
        });
        self.adopt(parent, kind, ResourceId(place));
        Some(ResourceId(place))
    }

    /// A resource goes, with nothing in it and nobody bound to it.
    fn take_out(&mut self, kind: KindId, id: &str) -> Option<()> {
        let place = self.resource_named(kind, id)?;
        let row = self.resource(place)?;
        let parent = row.parent?;
        let bare = row.held.is_empty() && row.children.iter().all(|(_, children)| children.is_empty());
        bare.then_some(())?;
        self.ids.get_mut(usize::from(kind.0))?.remove(id)?;
        self.orphan(parent, kind, place);
        self.resources.take(place.0).map(drop)
    }

    pub(super) fn enroll(
        &mut self,
        model: &Model,
        home: OrganizationId,
        person: u32,
        suspended_by: Option<SuspendedBy>,
    ) -> Option<()> {
        self.organizations.get_mut(home.0)?.members.insert(person, suspended_by);
        self.count(model, Counts::Holder(Holder::User), home, 1);
        Some(())
    }

    pub(super) fn join(&mut self, group: &str, member: &str) -> Option<()> {
        let place = self.groups.find(group)?;
        let home = self.groups.get(place)?.organization;
        let Subject::User(person) = self.principal(member)? else { return None };
        self.organization(home)?.members.contains_key(&person).then_some(())?;
        let row = self.people.get_mut(person).filter(|row| !row.groups.contains(&place))?;
        row.groups.push(place);
        self.groups.get_mut(place)?.members.push(person);
        Some(())
    }

    pub(super) fn part(&mut self, group: &str, member: &str) -> Option<()> {
        let place = self.groups.find(group)?;
        let Subject::User(person) = self.principal(member)? else { return None };
        let groups = &mut self.people.get_mut(person)?.groups;
        groups.swap_remove(groups.iter().position(|known| *known == place)?);
        let members = &mut self.groups.get_mut(place)?.members;
        members.swap_remove(members.iter().position(|known| *known == person)?);
        Some(())
    }

    pub(super) fn add_pending(
        &mut self,
        model: &Model,
        id: &str,
        home: OrganizationId,
        address: &str,
    ) -> Option<()> {
        let member = self.addresses.get(address).is_some_and(|person| {
            self.organization(home).is_some_and(|row| row.members.contains_key(&person))
        });
        (is_address(address) && !member && !self.was_retired("invite", id)).then_some(())?;
        let (roles, projects) = (Vec::new(), Vec::new());
        let invite = Invite {
            id: shared(id),
            organization: home,
            address: shared(address),
            roles,
            projects,
            sender: "".into(),
            expires: 0,
        };
        self.add_invite(invite).ok()?;
        self.count(model, Counts::Holder(Holder::User), home, 1);
        Some(())
    }

    pub(super) fn add_holder(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        let (holder, home) = match fact {
            Fact::ServiceAccount { id, organization, name, suspended } => {
                let home = self.organization_named(organization)?;
                (!self.was_retired("service_account", id)).then_some(())?;
                let (id, name) = (shared(id), boxed(name.as_deref()));
                let row = ServiceAccount {
                    id: Arc::clone(&id),
                    name,
                    organization: home,
                    suspended: *suspended,
                    bindings: Vec::new(),
                };
                self.accounts.add(&id, row)?;
                (Holder::ServiceAccount, home)
            }
            Fact::Group { id, organization, name } => {
                let home = self.organization_named(organization)?;
                (!self.was_retired("group", id)).then_some(())?;
                let (id, name) = (shared(id), boxed(name.as_deref()));
                let (members, bindings) = (Vec::new(), Vec::new());
                self.groups
                    .add(&id, Group { id: Arc::clone(&id), name, organization: home, members, bindings })?;
                (Holder::Group, home)
            }
            Fact::ApiKey { id, project, name, creator, rotations } => {
                let project = self.resource_named(model.project?, project)?;
                let home = self.resource(project)?.organization?;
                (!self.was_retired("api_key", id)).then_some(())?;
                let id = shared(id);
                let row = ApiKey {
                    id: Arc::clone(&id),
                    name: boxed(name.as_deref()),
                    creator: boxed(creator.as_deref()),
                    organization: home,
                    project,
                    rotations: *rotations,
                    bindings: Vec::new(),
                };
                self.keys.add(&id, row)?;
                (Holder::ApiKey, home)
            }
            _ => return None,
        };
        self.count(model, Counts::Holder(holder), home, 1);
        Some(())
    }

    /// The organization of a service account, group or key that holds nothing and nobody.
    pub(super) fn bare(&self, subject: Subject) -> Option<OrganizationId> {
        self.bound(subject).is_empty().then_some(())?;
        match subject {
            Subject::ServiceAccount(place) => self.accounts.get(place).map(|row| row.organization),
            Subject::Group(place) => {
                self.groups.get(place).filter(|row| row.members.is_empty()).map(|row| row.organization)
            }
            Subject::ApiKey(place) => self.keys.get(place).map(|row| row.organization),
            Subject::User(_) | Subject::Members(_) => None,
        }
    }
}
