//! Rule 9: who creates, changes or rotates a service account or a key must hold all that it holds.

use super::{Model, Tier};
use crate::rules::holder_of;

impl Model<'_> {
    /// The actor holds, at or above a place and for as long, every action that a role there gives a holder.
    pub(super) fn must_cover(&mut self, holder: &str, place: &str, role: &str, until: Option<u64>) {
        let on = place.split('/').next().unwrap_or("");
        for kind in self.rules.kinds() {
            let needed = self.rules.held(holder, on, role, &kind);
            if needed.is_empty() {
                continue;
            }
            let mut held = Vec::new();
            for above in self.chain(place) {
                held.extend(self.lasting(&above, &kind, until));
            }
            if !needed.iter().all(|action| held.contains(action)) {
                self.refuse(Tier::Rule, "not_grantable");
            }
        }
    }

    /// The place, and everything above it in the organization.
    fn chain(&self, place: &str) -> Vec<String> {
        let mut chain = vec![place.to_owned()];
        if !place.starts_with("organization/") {
            chain.push(self.home_place());
        }
        chain
    }

    /// What the actor's bindings right on a place give on a kind, of those that last so long.
    fn lasting(&self, place: &str, kind: &str, until: Option<u64>) -> Vec<String> {
        let (on, actor) = (place.split('/').next().unwrap_or(""), self.name());
        let edition = self.document.organization(self.home()).map_or("", |home| home.edition.as_str());
        let mut found = Vec::new();
        for (who, role, end) in self.document.bound_on(place) {
            let lasts = match (end, until) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(end), Some(until)) => self.now < end && end >= until,
            };
            let paid = self.rules.has_feature(edition, &self.rules.kind(on)["roles"][role]["feature"]);
            if lasts && paid && self.is_one_of(actor, &who) {
                found.extend(self.rules.held(holder_of(actor), on, role, kind));
            }
        }
        found
    }

    fn is_one_of(&self, actor: &str, who: &str) -> bool {
        let group = who.strip_prefix("group/").and_then(|id| self.document.group(id));
        actor == who
            || (who == "members" && actor.starts_with("user/") && self.is_active(actor))
            || group.is_some_and(|group| group.members.iter().any(|member| member == actor))
    }

    /// All that an account or key holds already.
    pub(super) fn must_cover_held(&mut self, who: &str) {
        for place in self.document.things(self.home()) {
            for (role, until) in self.live_on(who, &place) {
                self.must_cover(holder_of(who), &place, &role, until);
            }
        }
    }
}
