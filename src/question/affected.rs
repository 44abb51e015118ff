//! Whom a change can touch: found from its facts, before it is laid over; more than gain or lose anything is fine,
//! less is not.

use crate::directory::{Change, Directory, Fact, OrganizationId, ResourceId, Subject};
use crate::order::arranged;
use crate::text::parted;

/// Whom to compare, by name, and on which resources alone, if those are all that can differ.
pub(super) struct Affected {
    pub(super) principals: Vec<String>,
    pub(super) only: Option<Vec<ResourceId>>,
}

impl Directory {
    /// Looks at the directory as it is before the change. `gates` says that some action opens or closes for all.
    pub(super) fn affected(&self, change: &Change, home: Option<OrganizationId>, gates: bool) -> Affected {
        let mut found = Finder { directory: self, home, principals: Vec::new() };
        let facts = || change.removed.iter().chain(&change.added);
        facts().for_each(|fact| found.meet(fact, change.at));
        if gates {
            found.everybody();
        }
        let narrow = !gates && facts().all(|fact| matches!(fact, Fact::Binding { .. }));
        let only = if narrow { self.touched(change) } else { None };
        let mut principals = arranged(found.principals, String::cmp);
        principals.dedup();
        Affected { principals, only }
    }

    /// The resources on which bindings change; none where something lies below them.
    fn touched(&self, change: &Change) -> Option<Vec<ResourceId>> {
        let (facts, model) = (self.facts(), self.policy().model());
        let mut touched = Vec::new();
        for fact in change.removed.iter().chain(&change.added) {
            let Fact::Binding { on, .. } = fact else { return None };
            let place = facts.resource_at(model, on)?;
            let leaf = facts.resource(place)?.children.iter().all(|(_, children)| children.is_empty());
            leaf.then(|| touched.push(place))?;
        }
        Some(touched)
    }
}

struct Finder<'d> {
    directory: &'d Directory,
    home: Option<OrganizationId>,
    principals: Vec<String>,
}

impl Finder<'_> {
    fn meet(&mut self, fact: &Fact, now: u64) {
        match fact {
            Fact::Binding { who, .. } => self.holder(who),
            Fact::Member { member, .. } | Fact::Grouped { member, .. } => self.name(member),
            Fact::Person { id, .. } => self.name(&["user/", id].concat()),
            Fact::ServiceAccount { id, .. } => self.name(&["service_account/", id].concat()),
            Fact::ApiKey { id, .. } => self.name(&["api_key/", id].concat()),
            Fact::Resource { id, parent, .. } => {
                let kind = parted(id, b'/').map_or(id.as_str(), |(kind, _)| kind);
                self.reached(id, kind, now);
                self.reached(parent, kind, now);
            }
            Fact::Organization { .. }
            | Fact::Group { .. }
            | Fact::Invite { .. }
            | Fact::Domain { .. }
            | Fact::Sso { .. }
            | Fact::Retired { .. } => {}
        }
    }

    fn name(&mut self, name: &str) {
        self.principals.push(name.to_owned());
    }

    fn person(&mut self, person: u32) {
        self.principals.push(self.directory.facts().subject_name(Subject::User(person)));
    }

    /// Whoever holds by a group or by all members.
    fn holder(&mut self, who: &str) {
        let facts = self.directory.facts();
        let subject = self.home.and_then(|home| facts.subject_named(who, home));
        match subject {
            Some(Subject::Group(place)) => {
                let Some(row) = facts.groups.get(place) else { return };
                row.members.iter().for_each(|person| self.person(*person));
            }
            Some(Subject::Members(home)) => {
                let Some(row) = facts.organization(home) else { return };
                row.members.keys().for_each(|person| self.person(*person));
            }
            _ if who == "members" => {} // of an organization that is not there yet
            _ => self.name(who),
        }
    }

    /// Whoever holds something at or above a resource that gives anything on a kind.
    fn reached(&mut self, name: &str, kind: &str, now: u64) {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let (place, kind) = (facts.resource_at(model, name), model.kind_named(kind));
        let (Some(place), Some(home), Some(kind)) = (place, self.home, kind) else { return };
        if facts.resource(place).and_then(|row| row.organization) == Some(home) {
            let reached = self.directory.reached(home, place, kind, now);
            reached.into_iter().for_each(|subject| self.name(&facts.subject_name(subject)));
        }
    }

    /// Everybody of the organization.
    fn everybody(&mut self) {
        if let Some(home) = self.home {
            self.principals.extend(self.directory.everybody(home));
        }
    }
}

impl Directory {
    /// The principals of an organization, in the order of their names.
    pub(super) fn everybody(&self, home: OrganizationId) -> Vec<String> {
        let facts = self.facts();
        let mut names: Vec<String> = Vec::new();
        let mut name = |subject: Subject| names.push(facts.subject_name(subject));
        if let Some(row) = facts.organization(home) {
            row.members.keys().for_each(|person| name(Subject::User(*person)));
        }
        for (place, row) in facts.accounts.iter() {
            if row.organization == home {
                name(Subject::ServiceAccount(place));
            }
        }
        for (place, row) in facts.keys.iter() {
            if row.organization == home {
                name(Subject::ApiKey(place));
            }
        }
        arranged(names, String::cmp)
    }
}
