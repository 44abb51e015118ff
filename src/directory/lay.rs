//! One fact at a time: it comes, it goes, or its row is rewritten. None where it does not fit.

use super::change::Fact;
use super::facts::{About, Facts, Sso, Standing, Subject};
use super::index::shared;
use super::invites::{invited_projects, invited_roles};
use super::load::boxed;
use super::resources::usable;
use super::sso;
use crate::policy::{Counts, Holder, Model};

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
                self.domains.claim(&shared(domain), home.0).then_some(())
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
            Fact::Retired { id } => self.retired.claim(&shared(id), 0).then_some(()),
        }
    }

    /// A fact goes.
    pub(super) fn remove(&mut self, model: &Model, fact: &Fact) -> Option<()> {
        match fact {
            Fact::Person { id, .. } => self.forget_person(model, id),
            Fact::Organization { id, .. } => self.close_organization(model, id),
            Fact::Domain { organization, domain } => {
                let home = self.organization_named(organization)?;
                (self.domains.get(domain) == Some(home.0)).then(|| self.domains.remove(domain))?.map(drop)
            }
            Fact::Sso { organization, .. } => {
                let home = self.organization_named(organization)?;
                self.has_row(model, fact).then_some(())?;
                self.organizations.get_mut(home.0)?.sso.take().map(drop)
            }
            Fact::Member { organization, member, .. } => {
                let (home, person) = self.place(organization, member)?;
                self.organizations.get_mut(home.0)?.members.remove(person)?;
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
            Fact::Retired { id } => self.retired.remove(id).map(drop),
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
                let members = &mut self.organizations.get_mut(home.0)?.members;
                members.contains_key(&person).then(|| members.insert(person, *suspended_by))?;
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
        row.is_some_and(|row| row.says(fact))
    }
}
