//! Rows as the facts that changes remove and add.

use super::change::{Fact, SuspendedBy};
use super::command::ProjectRoles;
use super::facts::{Binding, Facts, Invite, NEVER, OrganizationId, ResourceId, Subject};
use super::names::role_names;
use crate::order::arranged;
use crate::policy::Model;

#[inline(never)]
fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

impl Facts {
    /// An organization's row.
    pub(crate) fn organization_fact(&self, model: &Model, id: OrganizationId) -> Option<Fact> {
        let row = self.organization(id)?;
        Some(Fact::Organization {
            id: str::to_owned(&row.id),
            name: text(row.name.as_deref()),
            edition: model.editions.get(row.edition)?.name.clone(),
            creator: text(row.creator.as_deref()),
        })
    }

    /// What an organization says of single sign-on, if it says anything.
    pub(crate) fn sso_fact(&self, id: OrganizationId) -> Option<Fact> {
        let row = self.organization(id)?;
        let sso = row.sso.as_deref()?;
        Some(Fact::Sso {
            organization: str::to_owned(&row.id),
            default: sso.default.clone(),
            map: sso.map.clone(),
        })
    }

    /// That a person belongs to an organization.
    pub(crate) fn member_fact(
        &self,
        home: OrganizationId,
        person: u32,
        suspended_by: Option<SuspendedBy>,
    ) -> Fact {
        let member = self.subject_name(Subject::User(person));
        Fact::Member { organization: self.organization_id(home).to_owned(), member, suspended_by }
    }

    /// The row of a service account, a group or a key.
    pub(crate) fn holder_fact(&self, subject: Subject) -> Option<Fact> {
        match subject {
            Subject::ServiceAccount(place) => {
                let row = self.accounts.get(place)?;
                let organization = self.organization_id(row.organization).to_owned();
                let (id, name) = (str::to_owned(&row.id), text(row.name.as_deref()));
                Some(Fact::ServiceAccount { id, organization, name, suspended: row.suspended })
            }
            Subject::Group(place) => {
                let row = self.groups.get(place)?;
                let organization = self.organization_id(row.organization).to_owned();
                Some(Fact::Group {
                    id: str::to_owned(&row.id),
                    organization,
                    name: text(row.name.as_deref()),
                })
            }
            Subject::ApiKey(place) => {
                let row = self.keys.get(place)?;
                Some(Fact::ApiKey {
                    id: str::to_owned(&row.id),
                    project: str::to_owned(&self.resource(row.project)?.id),
                    name: text(row.name.as_deref()),
                    creator: text(row.creator.as_deref()),
                    rotations: row.rotations,
                })
            }
            Subject::User(_) | Subject::Members(_) => None,
        }
    }

    /// A resource's row; none for the platform and organizations.
    pub(crate) fn resource_fact(&self, model: &Model, id: ResourceId) -> Option<Fact> {
        let row = self.resource(id)?;
        let about = row.about.as_deref();
        Some(Fact::Resource {
            id: self.resource_name(model, id),
            parent: self.resource_name(model, row.parent?),
            name: text(about.and_then(|about| about.name.as_deref())),
            creator: text(about.and_then(|about| about.creator.as_deref())),
            uses: about.map(|about| about.uses.clone()).unwrap_or_default(),
        })
    }

    /// A pending invite's row.
    pub(crate) fn invite_fact(&self, model: &Model, invite: &Invite) -> Fact {
        let mut projects = Vec::with_capacity(invite.projects.len());
        for (place, roles) in &invite.projects {
            let project = self.resource(*place).map(|row| str::to_owned(&row.id)).unwrap_or_default();
            let roles = roles.as_ref().map(|roles| role_names(model, roles));
            projects.push(ProjectRoles { project, roles });
        }
        let projects = arranged(projects, |a, b| a.project.cmp(&b.project));
        Fact::Invite {
            id: str::to_owned(&invite.id),
            organization: self.organization_id(invite.organization).to_owned(),
            address: str::to_owned(&invite.address),
            roles: role_names(model, &invite.roles),
            projects,
            sender: str::to_owned(&invite.sender),
            expires: invite.expires,
        }
    }

    /// A binding of a subject.
    pub(crate) fn binding_fact(&self, model: &Model, subject: Subject, binding: Binding) -> Fact {
        let until = Some(binding.until).filter(|until| *until != NEVER);
        let on = self.resource_name(model, binding.resource);
        Fact::binding(&self.subject_name(subject), &model.role(binding.role).name, &on, until)
    }
}
