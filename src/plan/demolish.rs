//! Things go with all that is in them; their ids never come back.

use super::Plan;
use crate::directory::{Binding, Fact, OrganizationId, ResourceId, Subject};
use crate::order::arranged;

impl Plan<'_> {
    /// A resource with all below it: bindings first, then keys, then what lies deepest.
    pub(super) fn demolish(&mut self, resource: ResourceId) {
        let order = self.below(resource);
        for place in order.iter().rev() {
            for held in self.facts.held(*place) {
                self.take(held.subject, Binding { resource: *place, role: held.role, until: held.until });
            }
            self.drop_keys(*place);
            let (Some(row), Some(fact)) =
                (self.facts.resource(*place), self.facts.resource_fact(self.model, *place))
            else {
                continue;
            };
            if row.kind != self.model.organization {
                self.goes(fact);
                self.retire(&self.model.kind(row.kind).name, &row.id);
            }
        }
    }

    /// A resource and all below it, what lies above first.
    fn below(&self, resource: ResourceId) -> Vec<ResourceId> {
        let mut order = vec![resource];
        let mut next = 0_usize;
        while let Some(place) = order.get(next).copied() {
            if let Some(row) = self.facts.resource(place) {
                row.children.iter().for_each(|(_, children)| order.extend_from_slice(children));
            }
            next = next.saturating_add(1);
        }
        order
    }

    /// The keys of a project, which hold something on it and nowhere else.
    fn drop_keys(&mut self, project: ResourceId) {
        let mut keys = Vec::new();
        for held in self.facts.held(project) {
            if let Subject::ApiKey(_) = held.subject {
                keys.push(held.subject);
            }
        }
        let mut keys = arranged(keys, Subject::cmp);
        keys.dedup();
        keys.into_iter().for_each(|key| self.drop_holder("api_key", key));
    }

    /// A key, a service account or a group goes; what it holds was taken before.
    pub(super) fn drop_holder(&mut self, kind: &str, subject: Subject) {
        let Some(fact) = self.facts.holder_fact(subject) else { return };
        if let Fact::ApiKey { id, .. } | Fact::ServiceAccount { id, .. } | Fact::Group { id, .. } = &fact {
            self.retire(kind, id);
        }
        self.goes(fact);
    }

    /// A project that goes is named by no invite and by no assertion any more.
    pub(super) fn forget_project(&mut self, home: OrganizationId, project: ResourceId) {
        let Some(row) = self.facts.organization(home) else { return };
        for invite in row.invites.places().into_iter().filter_map(|place| self.facts.invites.get(place)) {
            if invite.projects.iter().any(|(known, _)| *known == project) {
                let row = || self.facts.invite_fact(self.model, invite);
                let (old, mut new) = (row(), row());
                let id = self.facts.resource(project).map(|row| row.id.as_ref()).unwrap_or_default();
                if let Fact::Invite { projects, .. } = &mut new {
                    projects.retain(|known| known.project != id);
                }
                self.goes(old);
                self.comes(new);
            }
        }
        let name = self.facts.resource_name(self.model, project);
        let row = || self.facts.sso_fact(home);
        let (Some(old), Some(mut new)) = (row(), row()) else { return };
        if let Fact::Sso { map, .. } = &mut new {
            // A value that is left with nothing stays known.
            map.each(&mut |roles| roles.retain(|role| role.on.as_deref() != Some(&name)));
        }
        self.rewrite_sso(Some(old), new);
    }

    /// What single sign-on says from now on; nothing is said by no row.
    pub(super) fn rewrite_sso(&mut self, old: Option<Fact>, new: Fact) {
        if old.as_ref().is_some_and(|old| old.says(&new)) {
            return;
        }
        old.into_iter().for_each(|fact| self.goes(fact));
        let says = matches!(&new, Fact::Sso { default, map, .. } if !default.is_empty() || !map.is_empty());
        if says {
            self.comes(new);
        }
    }

    /// A resource has another name.
    pub(super) fn rename(&mut self, resource: ResourceId, label: &str) {
        let row = || self.facts.resource_fact(self.model, resource);
        let (Some(old), Some(mut new)) = (row(), row()) else { return };
        if let Fact::Resource { name, .. } = &mut new {
            *name = Some(label.to_owned());
        }
        self.rewrite(old, new);
    }

    /// A row says something else.
    pub(super) fn rewrite(&mut self, old: Fact, new: Fact) {
        if !old.says(&new) {
            self.goes(old);
            self.comes(new);
        }
    }
}
