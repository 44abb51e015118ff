//! One binding at a time: who may hold which role where (rules 1, 7, 9, 10, 11).

use super::facts::{Binding, Facts, NEVER, OrganizationId, ResourceId, Standing, Subject};
use super::load::{taken, unknown_principal};
use crate::error::{Code, Error, Result};
use crate::order::twin;
use crate::policy::{Holder, KindId, Model, RoleId};

/// Binds subjects to roles on one resource of one organization.
pub(super) struct Binder<'l> {
    model: &'l Model,
    facts: &'l mut Facts,
    organization: OrganizationId,
    resource: ResourceId,
    kind: KindId,
}

impl<'l> Binder<'l> {
    pub(super) fn new(
        model: &'l Model,
        facts: &'l mut Facts,
        organization: OrganizationId,
        resource: ResourceId,
    ) -> Self {
        let kind = facts.resource(resource).map_or(model.platform, |known| known.kind);
        Self { model, facts, organization, resource, kind }
    }

    /// The subject that a share or a membership names, checked to be of this organization.
    pub(super) fn subject(&self, name: &str) -> Result<Subject> {
        let subject = self.facts.subject_named(name, self.organization);
        let advice = "name a `user/…`, `group/…`, `service_account/…` of this document, or `members`";
        let subject = subject.filter(|subject| !matches!(subject, Subject::ApiKey(_))); // rule 9: they hold by their own row
        let subject = subject.ok_or_else(|| unknown_principal(name, advice))?;
        self.inside(subject, name).map(|()| subject)
    }

    /// Rule 1: nothing crosses organizations.
    pub(super) fn inside(&self, subject: Subject, name: &str) -> Result<()> {
        let outside = match subject {
            Subject::Members(organization) => organization != self.organization,
            Subject::Group(place) => {
                self.facts.groups.get(place).is_none_or(|group| group.organization != self.organization)
            }
            _ => self.facts.standing(subject, self.organization) == Standing::Outside,
        };
        match subject {
            _ if !outside => Ok(()),
            Subject::User(_) => Err(Error::of(
                Code::NotAMember,
                "",
                &["`", name, "` is not a member of this organization, add them there first"],
            )),
            _ => {
                Err(Error::of(Code::OtherOrganization, "", &["`", name, "` belongs to another organization"]))
            }
        }
    }

    /// The role of that name on this resource's kind.
    pub(super) fn role(&self, name: &str) -> Result<RoleId> {
        role_named(self.model, self.kind, name)
    }

    /// Binds `subject` to each named role; the error's place is `roles[index]`.
    pub(super) fn named(&mut self, subject: Subject, roles: &[String], until: u64) -> Result<()> {
        for (index, name) in roles.iter().enumerate() {
            self.one(subject, name, until).map_err(|error| error.at("roles", index))?;
        }
        Ok(())
    }

    fn one(&mut self, subject: Subject, name: &str, until: u64) -> Result<()> {
        let role = self.role(name)?;
        if self
            .facts
            .bound(subject)
            .iter()
            .rev()
            .take_while(|known| known.resource == self.resource)
            .any(|known| known.role == role)
        {
            return Err(taken("", name));
        }
        self.bind(subject, role, until)
    }

    /// Binds one role, if this holder may have it and it may have that end.
    pub(super) fn bind(&mut self, subject: Subject, role: RoleId, until: u64) -> Result<()> {
        let known = self.model.role(role);
        may_hold(self.model, subject.holder(), role)?;
        if until != NEVER && self.model.kind(known.kind).top == Some(role) {
            return Err(top_ends(&known.name));
        }
        let binding = Binding { resource: self.resource, role, until };
        // What lies on resources is looked up there while a document is read; `settle` gives it to its holders.
        if self.kind == self.model.organization || matches!(subject, Subject::ApiKey(_)) {
            self.facts.bind_last(subject, binding);
        } else {
            self.facts.hold(subject, binding);
        }
        Ok(())
    }
}

/// A top role with an end.
#[cold]
pub(crate) fn top_ends(role: &str) -> Error {
    let why = "` governs, so it is never bound with an end, leave `until` out";
    Error::of(Code::TopRoleEnds, "", &["`", role, why])
}

/// The role of that name on a kind.
pub(crate) fn role_named(model: &Model, kind: KindId, name: &str) -> Result<RoleId> {
    model.role_named(kind, name).ok_or_else(|| {
        Error::of(
            Code::UnknownRole,
            "",
            &["`", name, "` is not a role of kind `", &model.kind(kind).name, "`"],
        )
    })
}

/// Refuses a role that this kind of holder may not have.
pub(crate) fn may_hold(model: &Model, holder: Holder, role: RoleId) -> Result<()> {
    if model.may_hold(holder, role) {
        return Ok(());
    }
    let who = model.holder(holder).map_or("this kind of holder", |rules| rules.label.as_str());
    Err(Error::of(
        Code::HolderRole,
        "",
        &["`", &model.role(role).name, "` is not among the roles for: ", who],
    ))
}

/// The later place of a (subject, role) that stands twice in one list.
pub(super) fn twin_binding(pairs: &[(Subject, RoleId, usize)]) -> Option<usize> {
    let later = twin(pairs, |a, b| (a.0, a.1).cmp(&(b.0, b.1)))?;
    pairs.get(later).map(|(_, _, index)| *index)
}
