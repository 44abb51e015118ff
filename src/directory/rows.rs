//! Rows as the facts that changes remove and add.

use super::change::{Fact, SuspendedBy};
use super::command::ProjectRoles;
use super::facts::{Binding, Facts, Invite, NEVER, OrganizationId, ResourceId, Subject};
use super::names::role_names;
use crate::order::sorted;
use crate::policy::{Model, RoleId};

#[inline(never)]
fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

impl Facts {
    /// An organization's row.
    pub(crate) fn organization_fact(&self, model: &Model, id: OrganizationId) -> Option<Fact> {
        let row = self.organization(id)?;
        Some(Fact::Organization {
            id: row.id.to_string(),
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
            organization: row.id.to_string(),
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
                let (id, name) = (row.id.to_string(), text(row.name.as_deref()));
                Some(Fact::ServiceAccount { id, organization, name, suspended: row.suspended })
            }
            Subject::Group(place) => {
                let row = self.groups.get(place)?;
                let organization = self.organization_id(row.organization).to_owned();
                Some(Fact::Group { id: row.id.to_string(), organization, name: text(row.name.as_deref()) })
            }
            Subject::ApiKey(place) => {
                let row = self.keys.get(place)?;
                Some(Fact::ApiKey {
                    id: row.id.to_string(),
                    project: self.resource(row.project)?.id.to_string(),
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
        let project = |(place, roles): &(ResourceId, Option<Vec<RoleId>>)| ProjectRoles {
            project: self.resource(*place).map(|row| row.id.to_string()).unwrap_or_default(),
            roles: roles.as_ref().map(|roles| role_names(model, roles)),
        };
        let projects: Vec<ProjectRoles> = invite.projects.iter().map(project).collect();
        let projects = sorted(&projects, |a, b| a.project.cmp(&b.project));
        Fact::Invite {
            id: invite.id.to_string(),
            organization: self.organization_id(invite.organization).to_owned(),
            address: invite.address.to_string(),
            roles: role_names(model, &invite.roles),
            projects,
            sender: invite.sender.to_string(),
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
