//! Bindings that come by a change, and whether what a change touched still has its owners and holders.

use super::bind::may_hold;
use super::change::{Change, Fact};
use super::facts::{Binding, Facts, NEVER, OrganizationId, ResourceId, Standing, Subject};
use crate::policy::Model;

impl Facts {
    /// A binding, its names looked up.
    pub(super) fn binding(
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
    pub(super) fn may_bind(&self, model: &Model, subject: Subject, binding: Binding) -> Option<()> {
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
        let owned = !model.keeps_owner(kind) || !self.owners(model, resource).is_empty();
        let highest = model.kind(kind).sharing.first();
        owned && highest.is_none_or(|highest| !self.full_holders(resource, *highest).is_empty())
    }
}
