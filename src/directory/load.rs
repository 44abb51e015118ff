//! A document becomes facts: every name is looked up, every binding checked, in the order people,
//! organizations, accounts, groups, projects, keys, resources, invites. What does not hold together is refused.

use super::bind::Binder;
use super::document::{
    AccountDocument, Document, GroupDocument, MemberDocument, OrganizationDocument, PersonDocument,
};
use super::facts::{
    Binding, Facts, Group, Index, NEVER, Organization, OrganizationId, Person, Resource, ResourceId,
    ServiceAccount, Subject, claim,
};
use super::{checks, invites, resources};
use crate::error::{Code, Error, Result};
use crate::policy::{KindId, Model};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The id of the platform's one resource, which is the name of its kind.
pub(super) const PLATFORM: &str = "platform";

pub(super) fn load(model: &Model, document: Document<'_>) -> Result<Facts> {
    if document.policy.as_ref().is_some_and(|name| *name != model.name) {
        return Err(Error::of(
            Code::PolicyMismatch,
            "policy",
            &["this document is for another policy, `", &model.name, "` is loaded"],
        ));
    }
    let mut loader = Loader::new(model, document.revision)?;
    each("people", document.people, |person| loader.person(&person))?;
    each("organizations", document.organizations, |organization| loader.organization(&organization))?;
    each("serviceAccounts", document.accounts, |account| loader.account(&account))?;
    each("groups", document.groups, |group| loader.group(&group))?;
    resources::load(&mut loader, document.projects, document.keys, document.resources)?;
    let pending = invites::load(&mut loader, document.invites)?;
    checks::owners(model, &loader.facts)?;
    checks::count(model, &mut loader.facts, &pending);
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
    addresses: Index,
}

impl<'m> Loader<'m> {
    fn new(model: &'m Model, revision: u64) -> Result<Self> {
        let facts = Facts { revision, ids: vec![Index::new(); model.kinds.len()], ..Facts::default() };
        let mut loader = Self { model, facts, addresses: Index::new() };
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
        let place = ResourceId(u32::try_from(self.facts.resources.len()).map_err(|_| too_many())?);
        let known = self.facts.ids.get_mut(usize::from(kind.0)).ok_or_else(too_many)?;
        let name = Arc::from(id);
        if !claim(known, &name, place.0) {
            return Err(taken("id", id));
        }
        self.facts.resources.push(Resource { kind, id: name, parent, organization, children: Vec::new() });
        if let Some(parent) = parent {
            self.facts.adopt(parent, kind, place);
        }
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
        let next = u32::try_from(self.facts.people.len()).map_err(|_| too_many())?;
        if !claim(&mut self.addresses, &address.as_ref().into(), next) {
            return Err(taken(place, address));
        }
        let row = Person { id: person.id.as_ref().into(), groups: Vec::new(), bindings: Vec::new() };
        let place = self.facts.people.add(&person.id, row).ok_or_else(|| taken("id", &person.id))?;
        let binding = Binding { resource: ResourceId(0), role: self.model.person, until: NEVER };
        self.facts.bind(Subject::User(place), binding);
        Ok(())
    }

    /// The person whose address it is.
    pub(super) fn person_at(&self, address: &str) -> Option<u32> {
        self.addresses.get(address).copied()
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

    /// Whoever is named as creator must be known; an empty field is fine.
    pub(super) fn creator(&self, name: Option<&str>) -> Result<Option<Subject>> {
        let Some(name) = name else { return Ok(None) };
        self.principal(name).map(Some).map_err(|error| error.within("creator"))
    }

    /// A principal of this document.
    pub(super) fn principal(&self, name: &str) -> Result<Subject> {
        let found = self.facts.principal(name);
        found.ok_or_else(|| unknown_principal(name, "name a principal of this document"))
    }

    fn organization(&mut self, organization: &OrganizationDocument<'_>) -> Result<()> {
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
        let place = u32::try_from(self.facts.organizations.len()).map_err(|_| too_many())?;
        let place = OrganizationId(place);
        let platform = Some(ResourceId(0));
        let resource = self.resource(model.organization, &organization.id, platform, Some(place))?;
        let row = Organization {
            resource,
            id: organization.id.as_ref().into(),
            name: organization.name.as_ref().unwrap_or(&organization.id).as_ref().into(),
            edition,
            members: BTreeMap::new(),
            used: Vec::new(),
            bindings: Vec::new(),
        };
        self.facts.organizations.add(&organization.id, row);
        self.creator(organization.creator.as_deref())?;
        for (index, member) in organization.members.iter().enumerate() {
            self.member(place, resource, member).map_err(|error| error.at("members", index))?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        member: &MemberDocument<'_>,
    ) -> Result<()> {
        let person = self.user(&member.member).map_err(|error| error.within("member"))?;
        let row = self.facts.organizations.get_mut(organization.0);
        let members = row.map(|row| &mut row.members).ok_or_else(too_many)?;
        if members.insert(person, member.suspended).is_some() {
            return Err(taken("member", &member.member));
        }
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
        let row = ServiceAccount { organization, suspended: account.suspended, bindings: Vec::new() };
        let place = self.facts.accounts.add(&account.id, row).ok_or_else(|| taken("id", &account.id))?;
        let resource = self.facts.organization(organization).map_or(ResourceId(0), |known| known.resource);
        self.binder(organization, resource).named(Subject::ServiceAccount(place), &account.roles, NEVER)
    }

    fn group(&mut self, group: &GroupDocument<'_>) -> Result<()> {
        let organization = self.organization_named(&group.organization)?;
        let row = Group { id: group.id.as_ref().into(), organization, bindings: Vec::new() };
        let place = self.facts.groups.add(&group.id, row).ok_or_else(|| taken("id", &group.id))?;
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
        Ok(())
    }
}

/// Normal form of an address, ARCHITECTURE.md section 1: refused otherwise, never repaired.
pub(super) fn is_address(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase());
    let sides = text.split_once('@');
    plain && sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// A name that nothing in the document or the policy has.
pub(super) fn unknown(code: Code, place: &str, name: &str, advice: &str) -> Error {
    Error::of(code, place, &["`", name, "` is not known here, ", advice])
}

/// A principal that is not there: a person, where the name says `user/…`.
pub(super) fn unknown_principal(name: &str, advice: &str) -> Error {
    let code = if name.starts_with("user/") { Code::UnknownPerson } else { Code::UnknownPrincipal };
    unknown(code, "", name, advice)
}

pub(super) fn taken(place: &str, id: &str) -> Error {
    Error::of(Code::Duplicate, place, &["`", id, "` stands here twice, ids are never used again"])
}

pub(super) fn role_required() -> Error {
    Error::of(Code::RoleRequired, "roles", &["no role was chosen and none is held by default, choose one"])
}

pub(super) fn not_an_address(place: &str) -> Error {
    Error::of(
        Code::Address,
        place,
        &["not an address in normal form: ASCII, lower case, one `@`, no space or control character"],
    )
}

fn too_many() -> Error {
    Error::of(Code::TooMany, "", &["more rows than this version can number"])
}
