//! How documents name what facts hold by place.

use super::facts::{Facts, OrganizationId, ResourceId, Subject};
use crate::order::arranged;
use crate::policy::{Holder, Model, RoleId};
use crate::text::parted;

impl Facts {
    /// `kind/id`.
    pub(crate) fn resource_name(&self, model: &Model, id: ResourceId) -> String {
        let Some(row) = self.resource(id) else { return String::new() };
        [&model.kind(row.kind).name, "/", &row.id].concat()
    }

    /// The resource that a document or a command names as `kind/id`.
    pub(crate) fn resource_at(&self, model: &Model, name: &str) -> Option<ResourceId> {
        let (kind, id) = parted(name, b'/')?;
        self.resource_named(model.kind_named(kind)?, id)
    }

    /// `user/<id>`, `group/<id>` and the like, or `members`.
    pub(crate) fn subject_name(&self, subject: Subject) -> String {
        let (holder, id) = match subject {
            Subject::User(place) => ("user/", self.people.get(place).map(|row| &row.id)),
            Subject::ServiceAccount(place) => {
                ("service_account/", self.accounts.get(place).map(|row| &row.id))
            }
            Subject::ApiKey(place) => ("api_key/", self.keys.get(place).map(|row| &row.id)),
            Subject::Group(place) => ("group/", self.groups.get(place).map(|row| &row.id)),
            Subject::Members(_) => return "members".to_owned(),
        };
        [holder, id.map(AsRef::as_ref).unwrap_or_default()].concat()
    }

    /// Who holds a binding on things of an organization, as documents name them.
    pub(crate) fn subject_named(&self, name: &str, organization: OrganizationId) -> Option<Subject> {
        match parted(name, b'/') {
            Some((holder, id)) => match Holder::named(holder)? {
                Holder::Group => self.groups.find(id).map(Subject::Group),
                holder => self.principal_of(holder, id),
            },
            None => (name == "members").then_some(Subject::Members(organization)),
        }
    }

    /// The id of an organization.
    pub(crate) fn organization_id(&self, id: OrganizationId) -> &str {
        self.organization(id).map(|row| row.id.as_ref()).unwrap_or_default()
    }
}

/// The names of roles, in byte order.
pub(super) fn role_names(model: &Model, roles: &[RoleId]) -> Vec<String> {
    let mut names = Vec::with_capacity(roles.len());
    roles.iter().for_each(|role| names.push(model.role(*role).name.clone()));
    arranged(names, String::cmp)
}
