//! One fact at a time: it comes, it goes, or its row is rewritten. None where it does not fit.

use super::bind::may_hold;
use super::change::{Change, Fact, SuspendedBy};
use super::checks::keeps_owner;
use super::facts::{
    About, ApiKey, Binding, Facts, Group, Invite, NEVER, Organization, OrganizationId, PLATFORM, Person,
    Resource, ResourceId, ServiceAccount, Sso, Standing, Subject,
};
use super::invites::{invited_projects, invited_roles};
use super::load::{boxed, is_address};
use super::resources::usable;
use super::slots::claim;
use super::sso;
use crate::policy::{Counts, Holder, KindId, Model};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Facts {
    /// A fact comes.
    pub(super) fn add(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        match fact {
            Fact::Person { id, email, name } => self.add_person(model, id, email.as_deref(), name.as_deref()),
            Fact::Organization { id, .. } => {
                self.add_organization(model, id)?;
                self.rewrite(model, fact)
            }
            Fact::Domain { organization, domain } => {
                let home = self.organization_named(organization)?;
                sso::check_domain(domain).ok()?;
                let free = !self.domains.contains_key(domain.as_str());
                free.then(|| self.domains.insert(domain.as_str().into(), home)).map(drop)
            }
            Fact::Sso { organization, .. } => {
                let home = self.organization_named(organization)?;
                self.organization(home)?.sso.is_none().then_some(())?;
                self.rewrite(model, fact)
            }
            Fact::Member { organization, member, suspended_by } => {
                let (home, person) = self.place(organization, member)?;
                let free = !self.organization(home)?.members.contains_key(&person);
                free.then(|| self.enroll(model, home, person, *suspended_by))?
            }
            Fact::Grouped { group, member } => self.join(group, member),
            Fact::Resource { id, parent, .. } => {
                self.add_resource(model, id, parent)?;
                self.rewrite(model, fact)
            }
            Fact::Invite { id, organization, address, .. } => {
                let home = self.organization_named(organization)?;
                self.add_pending(model, id, home, address)?;
                self.rewrite(model, fact)
            }
            Fact::ServiceAccount { .. } | Fact::Group { .. } | Fact::ApiKey { .. } => {
                self.add_holder(model, fact)
            }
            Fact::Binding { who, role, on, until } => {
                let (subject, binding) = self.binding(model, who, role, on, *until)?;
                self.may_bind(model, subject, binding)?;
                self.bind(subject, binding);
                Some(())
            }
            Fact::Retired { id } => self.retired.insert(id.as_str().into()).then_some(()),
        }
    }

    /// A fact goes.
    pub(super) fn remove(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        match fact {
            Fact::Person { id, .. } => self.forget_person(model, id),
            Fact::Organization { id, .. } => self.close_organization(model, id),
            Fact::Domain { organization, domain } => {
                let home = self.organization_named(organization)?;
                (self.domains.get(domain.as_str()) == Some(&home))
                    .then(|| self.domains.remove(domain.as_str()))?;
                Some(())
            }
            Fact::Sso { organization, .. } => {
                let home = self.organization_named(organization)?;
                self.has_row(model, fact).then_some(())?;
                self.organizations.get_mut(home.0)?.sso.take().map(drop)
            }
            Fact::Member { organization, member, .. } => {
                let (home, person) = self.place(organization, member)?;
                self.organizations.get_mut(home.0)?.members.remove(&person)?;
                self.count(model, Counts::Holder(Holder::User), home, -1);
                Some(())
            }
            Fact::Grouped { group, member } => self.part(group, member),
            Fact::Resource { id, .. } => self.remove_resource(model, id),
            Fact::Invite { id, .. } => {
                let invite = self.invites.take(id)?;
                self.organizations.get_mut(invite.organization.0)?.invites.remove(&invite.address)?;
                self.count(model, Counts::Holder(Holder::User), invite.organization, -1);
                Some(())
            }
            Fact::ServiceAccount { id, .. } => {
                let home = self.bare(Subject::ServiceAccount(self.accounts.find(id)?))?;
                self.accounts.take(id)?;
                self.count(model, Counts::Holder(Holder::ServiceAccount), home, -1);
                Some(())
            }
            Fact::Group { id, .. } => {
                let home = self.bare(Subject::Group(self.groups.find(id)?))?;
                self.groups.take(id)?;
                self.count(model, Counts::Holder(Holder::Group), home, -1);
                Some(())
            }
            Fact::ApiKey { id, .. } => {
                let home = self.bare(Subject::ApiKey(self.keys.find(id)?))?;
                self.keys.take(id)?;
                self.count(model, Counts::Holder(Holder::ApiKey), home, -1);
                Some(())
            }
            Fact::Binding { who, role, on, until } => {
                let (subject, binding) = self.binding(model, who, role, on, *until)?;
                self.unbind(subject, binding).then_some(())
            }
            Fact::Retired { id } => self.retired.remove(id.as_str()).then_some(()),
        }
    }

    /// A row that is there already says something else from now on.
    pub(super) fn rewrite(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        match fact {
            Fact::Organization { id, name, edition, creator } => {
                let edition = model.editions.iter().position(|known| known.name == *edition)?;
                let home = self.organization_named(id)?;
                let row = self.organizations.get_mut(home.0)?;
                (row.name, row.creator) = (boxed(name.as_deref()), boxed(creator.as_deref()));
                row.edition = edition;
            }
            Fact::Sso { organization, default, map } => {
                let home = self.organization_named(organization)?;
                sso::check(model, self, home, default, map).ok()?;
                let row = self.organizations.get_mut(home.0)?;
                row.sso = Sso::of(default, map);
            }
            Fact::Member { organization, member, suspended_by } => {
                let (home, person) = self.place(organization, member)?;
                *self.organizations.get_mut(home.0)?.members.get_mut(&person)? = *suspended_by;
            }
            Fact::Resource { id, name, creator, uses, .. } => {
                let place = self.resource_at(model, id)?;
                usable(model, self, place, uses).ok()?;
                let (name, creator) = (boxed(name.as_deref()), boxed(creator.as_deref()));
                let about = About { name, creator, uses: uses.clone() };
                self.resources.get_mut(place.0)?.about = (!about.is_empty()).then(|| Box::new(about));
            }
            Fact::ServiceAccount { id, name, suspended, .. } => {
                let row = self.accounts.find(id).and_then(|place| self.accounts.get_mut(place))?;
                (row.name, row.suspended) = (boxed(name.as_deref()), *suspended);
            }
            Fact::ApiKey { id, name, creator, rotations, .. } => {
                let row = self.keys.find(id).and_then(|place| self.keys.get_mut(place))?;
                (row.name, row.creator) = (boxed(name.as_deref()), boxed(creator.as_deref()));
                row.rotations = *rotations;
            }
            Fact::Invite { id, roles, projects, sender, expires, .. } => {
                let place = self.invites.find(id)?;
                let home = self.invites.get(place)?.organization;
                let roles = invited_roles(model, model.organization, roles).ok()?;
                let projects = invited_projects(model, self, home, projects, &roles).ok()?;
                let from = self.principal(sender)?;
                (self.standing(from, home) != Standing::Outside).then_some(())?;
                let row = self.invites.get_mut(place)?;
                (row.roles, row.projects) = (roles, projects);
                (row.sender, row.expires) = (sender.as_str().into(), *expires);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether the row stands as the fact says.
    pub(super) fn has_row(&self, model: &Model, fact: &Fact) -> bool {
        let row = match fact {
            Fact::Organization { id, .. } => {
                self.organization_named(id).and_then(|home| self.organization_fact(model, home))
            }
            Fact::Sso { organization, .. } => {
                self.organization_named(organization).and_then(|home| self.sso_fact(home))
            }
            Fact::Member { organization, member, .. } => {
                self.place(organization, member).and_then(|(home, person)| {
                    let suspended_by = self.organization(home)?.members.get(&person)?;
                    Some(self.member_fact(home, person, *suspended_by))
                })
            }
            Fact::Resource { id, .. } => {
                self.resource_at(model, id).and_then(|place| self.resource_fact(model, place))
            }
            Fact::ServiceAccount { id, .. } => {
                self.accounts.find(id).and_then(|place| self.holder_fact(Subject::ServiceAccount(place)))
            }
            Fact::ApiKey { id, .. } => {
                self.keys.find(id).and_then(|place| self.holder_fact(Subject::ApiKey(place)))
            }
            Fact::Invite { id, .. } => {
                let place = self.invites.find(id);
                place.and_then(|place| self.invites.get(place)).map(|row| self.invite_fact(model, row))
            }
            _ => None,
        };
        row.as_ref() == Some(fact)
    }
}

impl Facts {
    /// An organization and a person, by their names.
    fn place(&self, organization: &str, member: &str) -> Option<(OrganizationId, u32)> {
        let home = self.organization_named(organization)?;
        match self.principal(member)? {
            Subject::User(person) => Some((home, person)),
            _ => None,
        }
    }

    fn add_person(&mut self, model: &Model, id: &str, email: Option<&str>, name: Option<&str>) -> Option<()> {
        let address = email.unwrap_or(id);
        let known = self.addresses.contains_key(address) || self.was_retired("user", id);
        (is_address(address) && !known && (email.is_none() || !is_address(id))).then_some(())?;
        let id: Arc<str> = id.into();
        let row = Person {
            id: Arc::clone(&id),
            email: boxed(email),
            name: boxed(name),
            groups: Vec::new(),
            bindings: vec![Binding { resource: PLATFORM, role: model.person, until: NEVER }],
        };
        let place = self.people.add(&id, row)?;
        claim(&mut self.addresses, &address.into(), place).then_some(())
    }

    /// A person who belongs nowhere is known no longer; only an undone sign-up comes here.
    fn forget_person(&mut self, model: &Model, id: &str) -> Option<()> {
        let row = self.people.get(self.people.find(id)?)?;
        let bare = row.groups.is_empty() && row.bindings.iter().all(|binding| binding.role == model.person);
        bare.then_some(())?;
        let row = self.people.take(id)?;
        self.addresses.remove(row.address()).map(drop)
    }

    fn add_organization(&mut self, model: &Model, id: &str) -> Option<()> {
        let place = self.organizations.next()?;
        let resource = self.put(model, model.organization, id, PLATFORM, Some(OrganizationId(place)))?;
        let id: Arc<str> = id.into();
        let row = Organization {
            resource,
            id: Arc::clone(&id),
            name: None,
            creator: None,
            edition: 0,
            members: BTreeMap::new(),
            invites: BTreeMap::new(),
            sso: None,
            used: vec![0; model.limits.len()],
            bindings: Vec::new(),
        };
        self.organizations.add(&id, row).map(drop)
    }

    /// An organization in which nothing is left.
    fn close_organization(&mut self, model: &Model, id: &str) -> Option<()> {
        let home = self.organization_named(id)?;
        let row = self.organization(home)?;
        let bare =
            row.members.is_empty() && row.invites.is_empty() && row.bindings.is_empty() && row.sso.is_none();
        let owns = self.domains.values().any(|known| *known == home);
        (bare && !owns).then_some(())?;
        self.take_out(model.organization, id)?;
        self.organizations.take(id).map(drop)
    }

    fn add_resource(&mut self, model: &Model, name: &str, parent: &str) -> Option<()> {
        let (kind, id) = name.split_once('/')?;
        let kind = model.kind_named(kind)?;
        let parent = self.resource_at(model, parent)?;
        let above = self.resource(parent)?;
        (model.kind(kind).parent == Some(above.kind)).then_some(())?;
        let home = above.organization?;
        self.put(model, kind, id, parent, Some(home))?;
        self.count(model, Counts::Kind(kind), home, 1);
        Some(())
    }

    fn remove_resource(&mut self, model: &Model, name: &str) -> Option<()> {
        let (kind, id) = name.split_once('/')?;
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
        let id: Arc<str> = id.into();
        claim(self.ids.get_mut(usize::from(kind.0))?, &id, place).then_some(())?;
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

    fn enroll(
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

    fn join(&mut self, group: &str, member: &str) -> Option<()> {
        let place = self.groups.find(group)?;
        let home = self.groups.get(place)?.organization;
        let Subject::User(person) = self.principal(member)? else { return None };
        self.organization(home)?.members.contains_key(&person).then_some(())?;
        let row = self.people.get_mut(person).filter(|row| !row.groups.contains(&place))?;
        row.groups.push(place);
        self.groups.get_mut(place)?.members.push(person);
        Some(())
    }

    fn part(&mut self, group: &str, member: &str) -> Option<()> {
        let place = self.groups.find(group)?;
        let Subject::User(person) = self.principal(member)? else { return None };
        let groups = &mut self.people.get_mut(person)?.groups;
        groups.swap_remove(groups.iter().position(|known| *known == place)?);
        let members = &mut self.groups.get_mut(place)?.members;
        members.swap_remove(members.iter().position(|known| *known == person)?);
        Some(())
    }

    fn add_pending(&mut self, model: &Model, id: &str, home: OrganizationId, address: &str) -> Option<()> {
        let member = self.addresses.get(address).is_some_and(|person| {
            self.organization(home).is_some_and(|row| row.members.contains_key(person))
        });
        (is_address(address) && !member && !self.was_retired("invite", id)).then_some(())?;
        let (roles, projects) = (Vec::new(), Vec::new());
        let invite = Invite {
            id: id.into(),
            organization: home,
            address: address.into(),
            roles,
            projects,
            sender: "".into(),
            expires: 0,
        };
        self.add_invite(invite).ok()?;
        self.count(model, Counts::Holder(Holder::User), home, 1);
        Some(())
    }

    fn add_holder(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        let (holder, home) = match fact {
            Fact::ServiceAccount { id, organization, name, suspended } => {
                let home = self.organization_named(organization)?;
                (!self.was_retired("service_account", id)).then_some(())?;
                let (id, name): (Arc<str>, _) = (id.as_str().into(), boxed(name.as_deref()));
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
                let (id, name): (Arc<str>, _) = (id.as_str().into(), boxed(name.as_deref()));
                let (members, bindings) = (Vec::new(), Vec::new());
                self.groups
                    .add(&id, Group { id: Arc::clone(&id), name, organization: home, members, bindings })?;
                (Holder::Group, home)
            }
            Fact::ApiKey { id, project, name, creator, rotations } => {
                let project = self.resource_named(model.project?, project)?;
                let home = self.resource(project)?.organization?;
                (!self.was_retired("api_key", id)).then_some(())?;
                let id: Arc<str> = id.as_str().into();
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
    fn bare(&self, subject: Subject) -> Option<OrganizationId> {
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

    /// A binding, its names looked up.
    fn binding(
        &self,
        model: &Model,
        who: &str,
        role: &str,
        on: &str,
        until: Option<u64>,
    ) -> Option<(Subject, Binding)> {
        let resource = self.resource_at(model, on)?;
        let row = self.resource(resource)?;
        let subject = self.subject_named(who, row.organization?)?;
        let role = model.role_named(row.kind, role)?;
        Some((subject, Binding { resource, role, until: until.unwrap_or(NEVER) }))
    }

    /// Whether it is such as a loaded document could have (rules 1, 7, 9, 10).
    fn may_bind(&self, model: &Model, subject: Subject, binding: Binding) -> Option<()> {
        let row = self.resource(binding.resource)?;
        let home = row.organization?;
        let inside = match subject {
            Subject::Members(known) => known == home,
            Subject::Group(place) => self.groups.get(place)?.organization == home,
            Subject::ApiKey(place) => self.keys.get(place)?.project == binding.resource,
            _ => self.standing(subject, home) != Standing::Outside,
        };
        let ends = binding.until != NEVER && model.kind(row.kind).top == Some(binding.role);
        let twice = row.held.iter().any(|held| held.subject == subject && held.role == binding.role);
        let fits = inside && !ends && !twice && may_hold(model, subject.holder(), binding.role).is_ok();
        fits.then_some(())
    }

    /// Whether what a change touched still has its owners and holders (rules 7 and 10).
    pub(super) fn holds_together(&self, model: &Model, change: &Change) -> bool {
        change.removed.iter().chain(&change.added).all(|fact| match fact {
            Fact::Binding { on, .. } | Fact::Resource { id: on, .. } => {
                self.resource_at(model, on).is_none_or(|place| self.is_held(model, place))
            }
            Fact::Organization { id, .. } => {
                let home = self.organization_named(id).and_then(|home| self.organization(home));
                home.is_none_or(|row| self.is_held(model, row.resource))
            }
            Fact::Member { organization, member, .. } => {
                self.place(organization, member).is_none_or(|(home, person)| {
                    let subject = Subject::User(person);
                    let stays =
                        self.standing(subject, home) != Standing::Outside || self.has_nothing(person, home);
                    stays && self.bound(subject).iter().all(|known| self.is_held(model, known.resource))
                })
            }
            _ => true,
        })
    }

    /// Whether a person holds nothing in an organization and is in no group of it.
    fn has_nothing(&self, person: u32, home: OrganizationId) -> bool {
        let Some(row) = self.people.get(person) else { return true };
        let here = |id: ResourceId| self.resource(id).is_some_and(|row| row.organization == Some(home));
        let grouped = |group: &u32| self.groups.get(*group).is_some_and(|group| group.organization == home);
        !row.bindings.iter().any(|binding| here(binding.resource)) && !row.groups.iter().any(grouped)
    }

    /// Whether a resource has the owner and the holder that its kind must have.
    pub(crate) fn is_held(&self, model: &Model, resource: ResourceId) -> bool {
        let Some(kind) = self.resource(resource).map(|row| row.kind) else { return true };
        let owned = !keeps_owner(model, kind) || self.owners(model, resource).next().is_some();
        let highest = model.kind(kind).sharing.first();
        owned && highest.is_none_or(|highest| self.full_holders(resource, *highest).next().is_some())
    }
}
