//! A document becomes facts: every name is looked up, every binding checked, in the order people,
//! organizations, accounts, groups, projects, keys, resources, invites. What does not hold together is refused.

use super::bind::Binder;
use super::change::SuspendedBy;
use super::document::{
    AccountDocument, AppliedDocument, Document, GroupDocument, MemberDocument, OrganizationDocument,
    PersonDocument, SsoDocument,
};
use super::facts::{
    Binding, Facts, Group, NEVER, Organization, OrganizationId, Person, Resource, ResourceId, ServiceAccount,
    Subject,
};
use super::index::{Index, shared};
use super::members::Members;
use super::{checks, invites, resources, sso};
use crate::error::{Code, Error, Result};
use crate::order::twin;
use crate::policy::{KindId, Model};
use crate::text::parted;
use std::sync::Arc;

/// The id of the platform's one resource, which is the name of its kind.
pub(super) const PLATFORM: &str = "platform";

/// How many commands are known again.
pub(super) const MOST_APPLIED: usize = 1024;

pub(super) fn load(model: &Model, document: Document<'_>) -> Result<Facts> {
    if document.policy.as_ref().is_some_and(|name| *name != model.name) {
        return Err(Error::of(
            Code::PolicyMismatch,
            "policy",
            &["this document is for another policy, `", &model.name, "` is loaded"],
        ));
    }
    let mut loader = Loader::new(model, document.revision)?;
    loader.facts.changed = document.changed;
    each("retired", document.retired, |name| loader.retire(name))?;
    loader.applied(document.applied)?;
    each("people", document.people, |person| loader.person(&person))?;
    each("organizations", document.organizations, |organization| loader.organization(organization))?;
    each("serviceAccounts", document.accounts, |account| loader.account(&account))?;
    each("groups", document.groups, |group| loader.group(&group))?;
    resources::load(&mut loader, document.projects, document.keys, document.resources)?;
    invites::load(&mut loader, document.invites)?;
    sso::load(&mut loader)?;
    loader.facts.settle(model.person);
    checks::owners(model, &loader.facts)?;
    checks::count(model, &mut loader.facts);
    Ok(loader.facts)
}

/// Runs `read` on each element; an error gets the place `list[index]`.
pub(super) fn each<T>(name: &str, items: Vec<T>, mut read: impl FnMut(T) -> Result<()>) -> Result<()> {
    for (index, item) in items.into_iter().enumerate() {
        read(item).map_err(|error| error.at(name, index))?;
    }
    Ok(())
}

pub(super) struct Loader<'m> {
    pub(super) model: &'m Model,
    pub(super) facts: Facts,
    /// What organizations say of single sign-on, looked at when all projects are known; by place in the list.
    pub(super) sso: Vec<(usize, SsoDocument)>,
}

impl<'m> Loader<'m> {
    fn new(model: &'m Model, revision: u64) -> Result<Self> {
        let facts = Facts { revision, ids: vec![Index::default(); model.kinds.len()], ..Facts::default() };
        let mut loader = Self { model, facts, sso: Vec::new() };
        loader.resource(model.platform, PLATFORM, None, None)?;
        Ok(loader)
    }

    /// Adds a resource; identity is kind and id, unique in the whole directory.
    pub(super) fn resource(
        &mut self,
        kind: KindId,
        id: &str,
        parent: Option<ResourceId>,
        organization: Option<OrganizationId>,
    ) -> Result<ResourceId> {
        self.unused(&self.model.kind(kind).name, id)?;
        let place = self.facts.resources.next().map(ResourceId).ok_or_else(too_many)?;
        let known = self.facts.ids.get_mut(usize::from(kind.0)).ok_or_else(too_many)?;
        let name = shared(id);
        if !known.claim(&name, place.0) {
            return Err(taken("id", id));
        }
        self.facts.resources.add(Resource::of(kind, name, parent, organization));
        Ok(place)
    }

    pub(super) fn binder(&mut self, organization: OrganizationId, resource: ResourceId) -> Binder<'_> {
        Binder::new(self.model, &mut self.facts, organization, resource)
    }

    fn person(&mut self, person: &PersonDocument<'_>) -> Result<()> {
        let (place, address) = match &person.email {
            Some(email) => ("email", email),
            None => ("id", &person.id),
        };
        if !is_address(address) {
            return Err(not_an_address(place));
        }
        if person.id != *address && is_address(&person.id) {
            let text = "an id that is an address is the person's own, leave `email` out or use another id";
            return Err(Error::of(Code::Address, "id", &[text]));
        }
        let id = shared(&person.id);
        let row = Person {
            id: Arc::clone(&id),
            email: boxed(person.email.as_deref()),
            name: boxed(person.name.as_deref()),
            groups: Vec::new(),
            bindings: Vec::new(),
        };
        if self.facts.addresses.contains_key(address.as_ref()) {
            return Err(taken(place, address));
        }
        let place = self.facts.people.add(&id, row).ok_or_else(|| taken("id", &person.id))?;
        let address = if person.email.is_some() { shared(address) } else { id };
        self.facts.addresses.claim(&address, place);
        let binding = Binding { resource: ResourceId(0), role: self.model.person, until: NEVER };
        self.facts.bind_last(Subject::User(place), binding);
        Ok(())
    }

    /// The last commands, which are known again.
    fn applied(&mut self, applied: Vec<AppliedDocument>) -> Result<()> {
        if applied.len() > MOST_APPLIED {
            return Err(Error::of(
                Code::TooMany,
                "applied",
                &["the last 1,024 commands are kept, remove older ones"],
            ));
        }
        let twice = twin(&applied, |a, b| a.id.cmp(&b.id));
        if let Some(index) =
            twice.or_else(|| applied.iter().position(|row| row.id.is_empty() || row.id.len() > 1024))
        {
            return Err(Error::of(
                Code::Name,
                "id",
                &["a command id has 1 to 1,024 bytes and stands here once"],
            )
            .at("applied", index));
        }
        self.facts.applied = applied.into_iter().map(|row| (row.id.into_boxed_str(), row.digest)).collect();
        Ok(())
    }

    /// What was deleted, each once.
    fn retire(&mut self, name: String) -> Result<()> {
        if !parted(&name, b'/').is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty()) {
            return Err(Error::of(Code::Value, "", &["what was deleted is named `kind/id`"]));
        }
        if self.facts.retired.claim(&shared(&name), 0) { Ok(()) } else { Err(taken("", &name)) }
    }

    /// An id that was deleted never comes back.
    pub(super) fn unused(&self, kind: &str, id: &str) -> Result<()> {
        if !self.facts.retired.is_empty() && self.facts.was_retired(kind, id) {
            return Err(taken("id", id));
        }
        Ok(())
    }

    /// The person whose address it is.
    pub(super) fn person_at(&self, address: &str) -> Option<u32> {
        self.facts.addresses.get(address)
    }

    /// The person behind `user/ana@acme.com`.
    pub(super) fn user(&self, name: &str) -> Result<u32> {
        match self.facts.principal(name) {
            Some(Subject::User(place)) => Ok(place),
            _ => Err(unknown(Code::UnknownPerson, "", name, "name one of `people` as `user/<id>`")),
        }
    }

    pub(super) fn organization_named(&self, id: &str) -> Result<OrganizationId> {
        self.facts.organization_named(id).ok_or_else(|| {
            unknown(Code::UnknownOrganization, "organization", id, "name one of `organizations` by its id")
        })
    }

    /// Whoever is named as creator must be known, or have been; an empty field is fine.
    pub(super) fn creator(&self, name: Option<&str>) -> Result<Option<Subject>> {
        let Some(name) = name.filter(|name| !self.facts.retired.contains_key(name)) else { return Ok(None) };
        self.principal(name).map(Some).map_err(|error| error.within("creator"))
    }

    /// A principal of this document.
    pub(super) fn principal(&self, name: &str) -> Result<Subject> {
        let found = self.facts.principal(name);
        found.ok_or_else(|| unknown_principal(name, "name a principal of this document"))
    }

    fn organization(&mut self, organization: OrganizationDocument<'_>) -> Result<()> {
        let model = self.model;
        let edition = model.editions.iter().position(|known| known.name == organization.edition);
        let edition = edition.ok_or_else(|| {
            unknown(
                Code::UnknownEdition,
                "edition",
                &organization.edition,
                "name one of the policy's editions",
            )
        })?;
        let place =
            OrganizationId(u32::try_from(self.facts.organizations.iter().count()).map_err(|_| too_many())?);
        let platform = Some(ResourceId(0));
        let resource = self.resource(model.organization, &organization.id, platform, Some(place))?;
        let id = shared(&organization.id);
        let row = Organization {
            resource,
            id: Arc::clone(&id),
            name: boxed(organization.name.as_deref()),
            creator: boxed(organization.creator.as_deref()),
            edition,
            members: Members::default(),
            invites: Index::default(),
            sso: None,
            used: Vec::new(),
            bindings: Vec::new(),
        };
        self.facts.organizations.add(&id, row);
        self.creator(organization.creator.as_deref())?;
        self.members_of(place, resource, &organization.members)?;
        self.sso.extend(organization.sso.map(|sso| (place.0 as usize, sso)));
        Ok(())
    }

    /// The members of an organization, each once; of several mistakes the first in the list is told.
    fn members_of(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        documents: &[MemberDocument<'_>],
    ) -> Result<()> {
        let mut members = Vec::with_capacity(documents.len());
        let mut wrong = Ok(());
        for (index, member) in documents.iter().enumerate() {
            wrong = self.member(organization, resource, member, &mut members);
            if wrong.is_err() {
                wrong = wrong.map_err(|error| error.at("members", index));
                break;
            }
        }
        if let Some(index) = twin(&members, |a, b| a.0.cmp(&b.0)) {
            let name = documents.get(index).map_or("", |member| &member.member);
            return Err(taken("member", name).at("members", index));
        }
        let row = self.facts.organizations.get_mut(organization.0);
        row.into_iter().for_each(|row| row.members = Members::of(&members));
        wrong
    }

    fn member(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        member: &MemberDocument<'_>,
        members: &mut Vec<(u32, Option<SuspendedBy>)>,
    ) -> Result<()> {
        let person = self.user(&member.member).map_err(|error| error.within("member"))?;
        members.push((person, member.suspended));
        let default = self.model.kind(self.model.organization).default;
        let mut binder = self.binder(organization, resource);
        match &member.roles {
            Some(roles) if roles.is_empty() => Err(role_required()),
            Some(roles) => binder.named(Subject::User(person), roles, NEVER),
            None => {
                let role = default.ok_or_else(role_required)?;
                binder.bind(Subject::User(person), role, NEVER).map_err(|error| error.within("roles"))
            }
        }
    }

    fn account(&mut self, account: &AccountDocument<'_>) -> Result<()> {
        let organization = self.organization_named(&account.organization)?;
        self.unused("service_account", &account.id)?;
        let id = shared(&account.id);
        let row = ServiceAccount {
            id: Arc::clone(&id),
            name: boxed(account.name.as_deref()),
            organization,
            suspended: account.suspended,
            bindings: Vec::new(),
        };
        let place = self.facts.accounts.add(&id, row).ok_or_else(|| taken("id", &account.id))?;
        let resource = self.facts.organization(organization).map_or(ResourceId(0), |known| known.resource);
        self.binder(organization, resource).named(Subject::ServiceAccount(place), &account.roles, NEVER)
    }

    fn group(&mut self, group: &GroupDocument<'_>) -> Result<()> {
        let organization = self.organization_named(&group.organization)?;
        self.unused("group", &group.id)?;
        let id = shared(&group.id);
        let name = boxed(group.name.as_deref());
        let row =
            Group { id: Arc::clone(&id), name, organization, members: Vec::new(), bindings: Vec::new() };
        let place = self.facts.groups.add(&id, row).ok_or_else(|| taken("id", &group.id))?;
        for (index, member) in group.members.iter().enumerate() {
            self.grouped(organization, place, member).map_err(|error| error.at("members", index))?;
        }
        Ok(())
    }

    fn grouped(&mut self, organization: OrganizationId, group: u32, member: &str) -> Result<()> {
        let person = self.user(member)?;
        let row = self.facts.organization(organization);
        if !row.is_some_and(|row| row.members.contains_key(&person)) {
            return Err(unknown(
                Code::NotAMember,
                "",
                member,
                "a group holds members of its own organization only",
            ));
        }
        let Some(row) = self.facts.people.get_mut(person) else { return Ok(()) };
        if row.groups.last() == Some(&group) {
            return Err(taken("", member));
        }
        row.groups.push(group);
        self.facts.groups.get_mut(group).into_iter().for_each(|row| row.members.push(person));
        Ok(())
    }
}

/// Normal form of an address, ARCHITECTURE.md section 1: refused otherwise, never repaired.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase());
    let plain = plain && text.len() <= 1024;
    let sides = parted(text, b'@');
    plain && sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// A name that nothing in the document or the policy has.
#[cold]
#[inline(never)]
pub(super) fn unknown(code: Code, place: &str, name: &str, advice: &str) -> Error {
    Error::of(code, place, &["`", name, "` is not known here, ", advice])
}

/// A principal that is not there: a person, where the name says `user/…`.
pub(super) fn unknown_principal(name: &str, advice: &str) -> Error {
    let code = if name.starts_with("user/") { Code::UnknownPerson } else { Code::UnknownPrincipal };
    unknown(code, "", name, advice)
}

#[inline(never)]
pub(super) fn boxed(text: Option<&str>) -> Option<Box<str>> {
    text.map(Box::from)
}

#[cold]
#[inline(never)]
pub(super) fn taken(place: &str, id: &str) -> Error {
    Error::of(Code::Duplicate, place, &["`", id, "` stands here twice, ids are never used again"])
}

pub(crate) fn role_required() -> Error {
    Error::of(Code::RoleRequired, "roles", &["no role was chosen and none is held by default, choose one"])
}

pub(crate) fn not_an_address(place: &str) -> Error {
    Error::of(
        Code::Address,
        place,
        &["not an address in normal form: ASCII, lower case, one `@`, no space or control character"],
    )
}

pub(super) fn too_many() -> Error {
    Error::of(Code::TooMany, "", &["more rows than this version can number"])
}
