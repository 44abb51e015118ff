//! A check with the directory at hand: it knows which resources exist, and names people to ask (rule 2).

use super::{Ask, Decision, Reason, Remedy};
use crate::access::{Access, KindView};
use crate::directory::{Directory, Facts, OrganizationId, ResourceId, Standing, Subject};
use crate::order::arranged;
use crate::policy::{KindId, RoleId};
use crate::text::parted;

impl Directory {
    /// [`Access::check`] for one question, told more: a resource that is not in this organization is
    /// `unknown_resource`, whether it exists elsewhere or not, and `ask` names people where the principal may view
    /// the members there. It looks at that resource and what lies above it alone; for many questions keep an [`Access`].
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let refused = directory.check("user/ana@acme.com", "acme", "delete", "project", "ghost", 0);
    /// assert_eq!(refused.reason, Reason::UnknownResource);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn check(
        &self,
        principal: &str,
        organization: &str,
        action: &str,
        kind: &str,
        id: &str,
        now: u64,
    ) -> Decision {
        let known =
            self.policy().model().kind_named(kind).and_then(|kind| self.facts().resource_named(kind, id));
        let home =
            self.facts().organization_named(organization).and_then(|home| self.facts().organization(home));
        let only: Vec<ResourceId> = known.into_iter().chain(home.map(|home| home.resource)).collect();
        let access = self.access_to(principal, organization, Some(&only));
        let now = self.seen(access.moment(now));
        let mut decision = access.check(action, kind, id, now);
        let Some(home) = self.facts().organization_named(organization) else { return decision };
        let lacks_role = matches!(decision.reason, Reason::NoRole | Reason::Expired);
        let found = known.filter(|found| self.facts().is_within(*found, home)); // rule 1: elsewhere is nowhere
        if lacks_role && found.is_none() {
            return Decision::bare(Reason::UnknownResource);
        }
        for remedy in &mut decision.remedy {
            if let Remedy::Role { on, .. } | Remedy::Share { on, .. } = remedy {
                self.spell_out(&access, on, home, found, now);
            }
        }
        for ask in &mut decision.ask {
            self.spell_out(&access, &mut ask.on, home, found, now);
            self.add_people(&access, home, found, ask, now);
        }
        decision
    }

    /// Puts the id to a place of which the access knew only the kind.
    fn spell_out(
        &self,
        access: &Access,
        on: &mut String,
        home: OrganizationId,
        asked: Option<ResourceId>,
        now: u64,
    ) {
        let place = self.at_or_above(asked, home, kind_of(on)).and_then(|id| self.facts().resource(id));
        let known = place
            .filter(|place| access.may_know(&self.policy().model().kind(place.kind).name, &place.id, now));
        if let Some(resource) = known {
            *on = [&self.policy().model().kind(resource.kind).name, "/", &resource.id].concat();
        }
    }

    /// Adds the people who hold the role there, if the asker may view members there.
    fn add_people(
        &self,
        access: &Access,
        home: OrganizationId,
        asked: Option<ResourceId>,
        ask: &mut Ask,
        now: u64,
    ) {
        let Some(place) = self.at_or_above(asked, home, kind_of(&ask.on)) else { return };
        let Some(kind) = self.facts().resource(place).map(|resource| resource.kind) else { return };
        let Some(role) = self.policy().model().role_named(kind, &ask.role) else { return };
        if self.may_view_members(access, place, now) {
            ask.people = self.facts().holding(role, place, home, now);
        }
    }

    /// The resource of a kind that is the asked one or lies above it.
    fn at_or_above(&self, asked: Option<ResourceId>, home: OrganizationId, kind: &str) -> Option<ResourceId> {
        let kind = self.policy().model().kind_named(kind)?;
        let mut at = asked.or_else(|| self.facts().organization(home).map(|row| row.resource));
        while let Some(id) = at {
            let resource = self.facts().resource(id)?;
            if resource.kind == kind {
                return Some(id);
            }
            at = resource.parent;
        }
        None
    }

    /// The question `who` of the nearest kind that has it.
    fn may_view_members(&self, access: &Access, place: ResourceId, now: u64) -> bool {
        let model = self.policy().model();
        let who = model.questions.iter().find(|question| question.name == "who");
        let action_on = |kind: KindId| who?.actions.iter().find(|(on, _)| *on == kind).map(|(_, bit)| *bit);
        let mut at = self.facts().resource(place);
        while let Some(resource) = at {
            if let Some(bit) = action_on(resource.kind) {
                let kind = model.kind(resource.kind);
                let action = kind.actions.get(bit).map(|action| action.name.as_str()).unwrap_or_default();
                return access.can(action, &kind.name, &resource.id, now);
            }
            at = resource.parent.and_then(|parent| self.facts().resource(parent));
        }
        false
    }
}

impl Access {
    /// Rule 2: a resource of a private kind is named only to who holds something on it.
    pub(crate) fn may_know(&self, kind: &str, id: &str, now: u64) -> bool {
        let live = |kind: KindView<'_>| {
            kind.row(id).is_some_and(|row| row.bindings().any(|binding| binding.is_live(now)))
        };
        self.kind(kind).is_some_and(|kind| !kind.is_private() || live(kind))
    }
}

impl Facts {
    /// Whether the resource is of the organization, or above all of them.
    pub(crate) fn is_within(&self, resource: ResourceId, home: OrganizationId) -> bool {
        self.resource(resource).is_some_and(|row| row.organization.is_none_or(|known| known == home))
    }

    /// The active people who hold a role right on a resource at a moment, directly or by a group, by id.
    fn holding(&self, role: RoleId, place: ResourceId, home: OrganizationId, now: u64) -> Vec<String> {
        let holds = |subject: Subject| {
            let mut bound = self.bound(subject).iter();
            bound.any(|binding| binding.resource == place && binding.role == role && now < binding.until)
        };
        let Some(row) = self.organization(home) else { return Vec::new() };
        let mut holders = Vec::new();
        for person in row.members.keys() {
            let user = Subject::User(*person);
            let Some(row) = self.people.get(*person) else { continue };
            if self.standing(user, home) == Standing::Active
                && (holds(user) || row.groups.iter().any(|group| holds(Subject::Group(*group))))
            {
                holders.push(["user/", &row.id].concat());
            }
        }
        arranged(holders, String::cmp)
    }
}

/// The kind of `kind/id`.
fn kind_of(resource: &str) -> &str {
    parted(resource, b'/').map_or(resource, |(kind, _)| kind)
}
