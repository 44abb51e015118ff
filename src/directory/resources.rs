//! Projects, API keys, resources with their shares, and pending invites.

use super::bind::{Binder, twin_binding};
use super::document::{KeyDocument, MemberDocument, ProjectDocument, ResourceDocument, ShareDocument};
use super::facts::{About, ApiKey, Facts, NEVER, OrganizationId, Resource, ResourceId, Subject};
use super::index::{shared, start};
use super::load::{Loader, boxed, each, role_required, taken, too_many, unknown};
use crate::error::{Code, Error, Result};
use crate::order::twin;
use crate::policy::{KindId, Model, RoleId};
use crate::text::parted;
use std::sync::Arc;

pub(super) fn load(
    loader: &mut Loader<'_>,
    projects: Vec<ProjectDocument<'_>>,
    keys: Vec<KeyDocument<'_>>,
    resources: Vec<ResourceDocument<'_>>,
) -> Result<()> {
    each("projects", projects, |project| loader.project(&project))?;
    each("apiKeys", keys, |key| loader.key(&key))?;
    let first = loader.facts.resources.end();
    loader.facts.resources.reserve(resources.len());
    let place = |index: usize| ResourceId(first.saturating_add(index) as u32);
    let mut using = Vec::new();
    let (mut names, mut wrong) = (Names::new(), Ok(()));
    names.resize_with(loader.model.kinds.len(), Vec::new);
    for (index, document) in resources.iter().enumerate() {
        wrong = loader.declare(document, &mut names).map_err(|error| error.at("resources", index));
        if wrong.is_err() {
            break;
        }
        if !document.uses.is_empty() {
            using.push(index);
        }
    }
    loader.name(names, first)?;
    wrong?;
    // Parents first: a resource may stand in the list before the one that holds it.
    for (index, document) in resources.iter().enumerate() {
        let found = loader.find_parent(document, place(index));
        found.map_err(|error| error.within("parent").at("resources", index))?;
    }
    for (index, document) in resources.iter().enumerate() {
        loader.shared(document, place(index)).map_err(|error| error.at("resources", index))?;
    }
    // What is used may stand anywhere in the list.
    for index in using {
        let resource = place(index);
        let about = loader.facts.resource(resource).and_then(|row| row.about.as_deref());
        let uses = about.map(|about| about.uses.as_slice()).unwrap_or_default();
        usable(loader.model, &loader.facts, resource, uses).map_err(|error| error.at("resources", index))?;
    }
    Ok(())
}

/// What was declared by kind: the starts of the names, and the places.
type Names = Vec<Vec<(u64, u32)>>;

impl Loader<'_> {
    fn project(&mut self, project: &ProjectDocument<'_>) -> Result<()> {
        let organization = self.organization_named(&project.organization)?;
        let kind = self.model.project.ok_or_else(|| unknown_kind("", "project"))?;
        let parent = self.facts.organization(organization).map(|known| known.resource);
        let resource = self.resource(kind, &project.id, parent, Some(organization))?;
        self.about(resource, project.name.as_deref(), project.creator.as_deref(), &[]);
        match (&project.members, self.creator(project.creator.as_deref())?) {
            (Some(members), _) => self.members(organization, resource, members),
            (None, Some(creator)) => self.created(organization, resource, kind, creator),
            (None, None) => Ok(()),
        }
    }

    /// Rule 4 and 6: who creates a thing holds the role that its kind's policy names.
    fn created(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        kind: KindId,
        creator: Subject,
    ) -> Result<()> {
        let Some(role) = self.model.kind(kind).creator else { return Ok(()) };
        let place = |error: Error| error.within("creator");
        let mut binder = self.binder(organization, resource);
        binder.inside(creator, "the creator").map_err(place)?;
        binder.bind(creator, role, NEVER).map_err(place)
    }

    fn members(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        members: &[MemberDocument<'_>],
    ) -> Result<()> {
        let mut pairs = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let place = |error: Error| error.at("members", index);
            let subject = self.binder(organization, resource).subject(&member.member);
            let subject = subject.map_err(|error| place(error.within("member")))?;
            let until = member.until.unwrap_or(NEVER);
            for (at, role) in
                self.chosen(organization, resource, subject, member).map_err(place)?.iter().enumerate()
            {
                let bound = self.binder(organization, resource).bind(subject, *role, until);
                bound.map_err(|error| place(error.at("roles", at)))?;
                pairs.push((subject, *role, index));
            }
        }
        match twin_binding(&pairs) {
            Some(index) => Err(taken("member", "this member with this role").at("members", index)),
            None => Ok(()),
        }
    }

    /// The roles chosen for a project member, or those that their organization roles give by default (rule 4).
    fn chosen(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        subject: Subject,
        member: &MemberDocument<'_>,
    ) -> Result<Vec<RoleId>> {
        let Some(names) = &member.roles else { return self.by_default(organization, resource, subject) };
        if names.is_empty() {
            return Err(role_required());
        }
        let binder = self.binder(organization, resource);
        let mut roles = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            roles.push(binder.role(name).map_err(|error| error.at("roles", index))?);
        }
        Ok(roles)
    }

    fn by_default(
        &self,
        organization: OrganizationId,
        resource: ResourceId,
        subject: Subject,
    ) -> Result<Vec<RoleId>> {
        let kind = self.facts.resource(resource).map(|known| known.kind);
        let home = self.facts.organization(organization).map(|known| known.resource);
        // What lies on organizations was bound first, so the look ends there.
        let above = |resource| {
            self.facts
                .resource(resource)
                .is_some_and(|row| row.kind == self.model.organization || row.kind == self.model.platform)
        };
        let held = self.facts.bound(subject).iter().take_while(|binding| above(binding.resource));
        let held = held.filter(|binding| Some(binding.resource) == home);
        let defaults = held.flat_map(|binding| &self.model.role(binding.role).defaults);
        let here =
            defaults.filter(|(known, _)| Some(*known) == kind).flat_map(|(_, roles)| roles.iter().copied());
        let mut roles: Vec<RoleId> = Vec::new();
        for role in here {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        if roles.is_empty() { Err(role_required()) } else { Ok(roles) }
    }

    fn key(&mut self, key: &KeyDocument<'_>) -> Result<()> {
        let kind = self.model.project.ok_or_else(|| unknown_kind("", "project"))?;
        let project = self.facts.resource_named(kind, &key.project);
        let unknown =
            || unknown(Code::UnknownResource, "project", &key.project, "name one of `projects` by its id");
        let project = project.ok_or_else(unknown)?;
        let organization = self.facts.resource(project).and_then(|known| known.organization);
        let organization = organization.ok_or_else(unknown)?;
        self.unused("api_key", &key.id)?;
        self.creator(key.creator.as_deref())?;
        let id = shared(&key.id);
        let row = ApiKey {
            id: Arc::clone(&id),
            name: boxed(key.name.as_deref()),
            creator: boxed(key.creator.as_deref()),
            organization,
            project,
            rotations: key.rotations,
            bindings: Vec::new(),
        };
        let place = self.facts.keys.add(&id, row).ok_or_else(|| taken("id", &key.id))?;
        let subject = Subject::ApiKey(place);
        let Some(roles) = &key.roles else {
            let rules = self.model.holder(subject.holder());
            let default = rules.map(|rules| rules.default.clone()).unwrap_or_default();
            if default.is_empty() {
                return Err(role_required());
            }
            let mut binder = self.binder(organization, project);
            return default.into_iter().try_for_each(|role| binder.bind(subject, role, NEVER));
        };
        self.binder(organization, project).named(subject, roles, NEVER)
    }

    /// First pass: the identity of a resource; places are given in the order of the list.
    fn declare(&mut self, document: &ResourceDocument<'_>, names: &mut Names) -> Result<()> {
        let kind = self.model.kind_named(&document.kind);
        let kind = kind.ok_or_else(|| unknown_kind("kind", &document.kind))?;
        let special = [Some(self.model.platform), Some(self.model.organization), self.model.project];
        if special.contains(&Some(kind)) {
            return Err(Error::of(
                Code::Value,
                "kind",
                &["things of kind `", &document.kind, "` have a list of their own"],
            ));
        }
        self.unused(&self.model.kind(kind).name, &document.id)?;
        let (id, place) = (shared(&document.id), self.facts.resources.next().ok_or_else(too_many)?);
        names.get_mut(usize::from(kind.0)).into_iter().for_each(|names| names.push((start(&id), place)));
        self.facts.resources.add(Resource::of(kind, id, None, None));
        Ok(())
    }

    /// Makes what was declared known by its names, each once.
    fn name(&mut self, names: Names, first: usize) -> Result<()> {
        let rows = &self.facts.resources;
        let named = self.facts.ids.iter_mut().zip(names).filter(|(_, names)| !names.is_empty());
        let twice =
            named.filter_map(|(ids, names)| ids.fill(names, &|place| Some(&rows.get(place)?.id))).min();
        let Some((place, row)) = twice.and_then(|place| Some((place as usize, rows.get(place)?))) else {
            return Ok(());
        };
        Err(taken("id", &row.id).at("resources", place.saturating_sub(first)))
    }

    /// Second pass: its parent.
    fn find_parent(&mut self, document: &ResourceDocument<'_>, resource: ResourceId) -> Result<()> {
        let name = document.parent.as_ref();
        let Some(kind) = self.facts.resource(resource).map(|known| known.kind) else { return Ok(()) };
        let wanted = self.model.kind(kind).parent;
        let (parent_kind, id) = parted(name, b'/').unwrap_or((name, ""));
        let parent_kind = self.model.kind_named(parent_kind).ok_or_else(|| unknown_kind("", parent_kind))?;
        if Some(parent_kind) != wanted {
            let wanted = wanted.map_or("", |kind| self.model.kind(kind).name.as_str());
            return Err(Error::of(
                Code::Parent,
                "",
                &["a thing of this kind lies in one of kind `", wanted, "`"],
            ));
        }
        let parent = self.facts.resource_named(parent_kind, id);
        let parent = parent.ok_or_else(|| {
            unknown(Code::UnknownResource, "", name, "name a resource of this document as `kind/id`")
        })?;
        if let Some(row) = self.facts.resources.get_mut(resource.0) {
            row.parent = Some(parent);
        }
        Ok(())
    }

    /// Third pass: its organization, found by walking up, and its shares.
    fn shared(&mut self, document: &ResourceDocument<'_>, resource: ResourceId) -> Result<()> {
        let Some(organization) = self.organization_above(resource) else { return Ok(()) };
        let Some(row) = self.facts.resources.get_mut(resource.0) else { return Ok(()) };
        row.organization = Some(organization);
        let kind = row.kind;
        self.about(resource, document.name.as_deref(), document.creator.as_deref(), &document.uses);
        let creator = self.creator(document.creator.as_deref())?;
        let full = match (&document.shares, creator) {
            (Some(shares), _) => self.shares(organization, resource, shares)?,
            (None, Some(creator)) => {
                self.created(organization, resource, kind, creator)?;
                matches!(creator, Subject::User(_))
            }
            (None, None) => false,
        };
        if full || self.model.kind(kind).sharing.is_empty() {
            return Ok(());
        }
        Err(Error::of(
            Code::NoHolder,
            "shares",
            &["nobody holds this in full, bind one user to its highest sharing role without an end"],
        ))
    }

    /// What the document says besides place and bindings.
    fn about(&mut self, resource: ResourceId, name: Option<&str>, creator: Option<&str>, uses: &[String]) {
        let about = About { name: boxed(name), creator: boxed(creator), uses: uses.to_vec() };
        if let Some(row) = self.facts.resources.get_mut(resource.0).filter(|_| !about.is_empty()) {
            row.about = Some(Box::new(about));
        }
    }

    fn organization_above(&self, resource: ResourceId) -> Option<OrganizationId> {
        let mut at = self.facts.resource(resource)?;
        while at.organization.is_none() {
            at = self.facts.resource(at.parent?)?; // ends: each parent's kind is above its child's
        }
        at.organization
    }

    /// Binds each share; true if one user holds the highest sharing role directly and without an end (rule 7).
    fn shares(
        &mut self,
        organization: OrganizationId,
        resource: ResourceId,
        shares: &[ShareDocument<'_>],
    ) -> Result<bool> {
        let model = self.model;
        let mut binder = self.binder(organization, resource);
        let mut full = false;
        for (index, share) in shares.iter().enumerate() {
            let bound = bind_share(&mut binder, share);
            let (subject, role) = bound.map_err(|error| error.at("shares", index))?;
            let highest = model.kind(model.role(role).kind).sharing.first() == Some(&role);
            full |= highest && share.until.is_none() && matches!(subject, Subject::User(_));
        }
        match twin(self.facts.held(resource), |a, b| (a.subject, a.role).cmp(&(b.subject, b.role))) {
            Some(index) => Err(taken("with", "this holder with this role").at("shares", index)),
            None => Ok(full),
        }
    }
}

fn bind_share(binder: &mut Binder<'_>, share: &ShareDocument<'_>) -> Result<(Subject, RoleId)> {
    let subject = binder.subject(&share.with).map_err(|error| error.within("with"))?;
    let role = binder.role(&share.role).map_err(|error| error.within("role"))?;
    let until = share.until.unwrap_or(NEVER);
    binder.bind(subject, role, until).map_err(|error| error.within("role"))?;
    Ok((subject, role))
}

/// Whether things of a kind may name these as used: both kinds say so, and each is named once.
pub(crate) fn check_used(model: &Model, kind: KindId, uses: &[String]) -> Result<()> {
    for (index, name) in uses.iter().enumerate() {
        let place = |error: Error| error.at("uses", index);
        let used = parted(name, b'/').map_or(name.as_str(), |(used, _)| used);
        let used = model.kind_named(used).ok_or_else(|| place(unknown_kind("", used)))?;
        if model.kind(kind).run_bit.is_none() || model.kind(used).use_bit.is_none() {
            let text = "only a kind with `run` uses others, and only kinds with `use`";
            return Err(place(Error::of(Code::Value, "", &[text])));
        }
    }
    match twin(uses, String::cmp) {
        Some(index) => Err(taken("", uses.get(index).map_or("", String::as_str)).at("uses", index)),
        None => Ok(()),
    }
}

/// What a resource uses is there, in the same organization, or was.
pub(super) fn usable(model: &Model, facts: &Facts, resource: ResourceId, uses: &[String]) -> Result<()> {
    let Some(user) = facts.resource(resource).filter(|_| !uses.is_empty()) else { return Ok(()) };
    check_used(model, user.kind, uses)?;
    for (index, name) in uses.iter().enumerate() {
        let found = facts.resource_at(model, name).and_then(|found| facts.resource(found));
        let here = found.is_some_and(|found| found.organization == user.organization);
        let gone = found.is_none() && facts.retired.contains_key(name);
        if !here && !gone {
            let advice = "name a resource of this organization as `kind/id`";
            return Err(unknown(Code::UnknownResource, "", name, advice).at("uses", index));
        }
    }
    Ok(())
}

pub(crate) fn unknown_kind(place: &str, name: &str) -> Error {
    unknown(Code::UnknownKind, place, name, "name a kind of the policy")
}
