//! What the host does: people sign up and sign in, domains, editions (rules 8, 12 and 14).

use super::invites::is_address;
use super::{Model, Tier};
use crate::document::{Asserted, Sso};
use crate::rules::texts;
use serde_json::Value;

impl Model<'_> {
    pub(super) fn by_host(&mut self) {
        if self.actor.is_some() {
            return self.refuse(Tier::Guard, "no_role");
        }
        match self.text("command") {
            "sign_up" => self.sign_up(),
            "verify_domain" => self.verify_domain(),
            "release_domain" => self.release_domain(),
            "sign_in" => self.sign_in(),
            _ => self.change_edition(),
        }
    }

    fn sign_up(&mut self) {
        self.must_have_an_address();
        let person = self.text("person");
        let address = self.maybe("email").unwrap_or(person);
        let known = self.document.people.iter().any(|one| one.id == person || one.address() == address);
        if known {
            self.refuse(Tier::Rule, "conflict");
        }
    }

    /// An id that is an address is the person's own.
    fn must_have_an_address(&mut self) {
        let (person, email) = (self.text("person"), self.maybe("email"));
        let twice = email.is_some() && is_address(person);
        if twice || !is_address(email.unwrap_or(person)) {
            self.wrong("ERR_ADDRESS");
        }
    }

    fn verify_domain(&mut self) {
        let domain = self.text("domain");
        if !is_address(&format!("x@{domain}")) {
            self.wrong("ERR_ADDRESS");
        }
        self.standing();
        if self.owner_of(domain).is_some() {
            self.refuse(Tier::Rule, "conflict");
        }
    }

    /// The organization to which a domain belongs.
    fn owner_of(&self, domain: &str) -> Option<&str> {
        let has = |sso: &Sso| sso.domains.iter().any(|one| one == domain);
        let found = self.document.organizations.iter().find(|one| one.sso.as_ref().is_some_and(has));
        found.map(|one| one.id.as_str())
    }

    fn release_domain(&mut self) {
        if self.standing() && self.owner_of(self.text("domain")) != Some(self.home()) {
            self.refuse(Tier::Unknown, "unknown_resource");
        }
    }

    fn change_edition(&mut self) {
        if !self.rules.editions.contains(&self.text("edition")) {
            self.wrong("ERR_UNKNOWN_EDITION");
        }
        self.standing();
    }

    /// The feature of the action that configures it is what using it takes.
    fn must_have_sso(&mut self) {
        let Some(action) = self.rules.command("configure_sso", "organization") else {
            return self.refuse(Tier::Guard, "no_role");
        };
        let feature = &self.rules.kind("organization")["actions"][action]["feature"];
        let edition = self.document.organization(self.home()).map_or("", |home| home.edition.as_str());
        if !self.rules.has_feature(edition, feature) {
            self.refuse(Tier::Guard, "feature_unavailable");
        }
    }

    fn sign_in(&mut self) {
        if !self.standing() {
            return;
        }
        self.must_have_sso();
        let who = format!("user/{}", self.text("person"));
        let known = self.document.person(&who);
        if known.is_none() {
            self.must_have_an_address();
        }
        let address =
            known.map_or_else(|| self.maybe("email").unwrap_or(self.text("person")), |one| one.address());
        let address = address.to_owned();
        let domain = address.split_once('@').map_or("", |(_, domain)| domain);
        if self.owner_of(domain) != Some(self.home()) {
            self.refuse(Tier::Guard, "not_a_member");
        }
        if known.is_none() && self.document.person_at(&address).is_some() {
            self.refuse(Tier::Rule, "conflict");
        }
        if !self.belongs(&who) {
            self.must_enter(&address);
        } else if !self.command["asserted"].is_null() && self.asserts_suspension(&who) {
            self.must_not_be_last(&who);
        }
    }

    /// A first sign-in takes room, unless an invite had taken it, and roles.
    fn must_enter(&mut self, address: &str) {
        let mut invites = self.document.invites.iter().filter(|one| one.organization == self.home());
        if !invites.any(|invite| invite.address == address) && !self.has_room() {
            self.refuse(Tier::Rule, "limit_reached");
        }
        let default = self.sso().default.clone();
        if default.is_empty() && !self.asserted().iter().any(|role| role.on.is_none()) {
            self.refuse(Tier::Rule, "not_grantable");
        }
    }

    pub(super) fn sso(&self) -> Sso {
        self.document.organization(self.home()).and_then(|home| home.sso.clone()).unwrap_or_default()
    }

    /// The roles for which the asserted values stand, each once.
    pub(crate) fn asserted(&self) -> Vec<Asserted> {
        let (sso, mut found) = (self.sso(), Vec::new());
        for value in texts(&self.command["asserted"]) {
            for role in sso.map.get(&value).into_iter().flatten() {
                if !found.contains(role) {
                    found.push(role.clone());
                }
            }
        }
        found
    }

    fn has_room(&self) -> bool {
        let Some(home) = self.document.organization(self.home()) else { return false };
        let invites = self.document.invites.iter().filter(|one| one.organization == home.id).count();
        let used = home.members.len() + invites;
        let limits = self.rules.document["limits"].as_object();
        let users = limits.into_iter().flatten().filter(|(_, limit)| limit["counts"] == "user");
        let most = |name: &String| self.rules.document["editions"][&home.edition]["limits"][name].as_u64();
        users.filter_map(|(name, _)| most(name)).all(|most| (used as u64) < most)
    }

    /// Whether the assertion suspends: it names no organization role, and the top role is not kept.
    fn asserts_suspension(&self, who: &str) -> bool {
        let named = self.asserted().iter().any(|role| role.on.is_none());
        let suspended = self.document.organization(self.home()).and_then(|home| home.member(who));
        let already = suspended.is_some_and(|member| member.suspended);
        !named && !already && !self.is_last_owner(who, &self.home_place())
    }

    /// Rule 11 for what a configuration names.
    pub(super) fn configure_sso(&mut self) {
        self.guard_home();
        let home = self.home_place();
        if !self.listed("default").is_empty() {
            let roles = self.roles("user", "organization", &self.command["default"]);
            self.must_grant_all(&home, &roles.unwrap_or_default(), None);
        }
        let map = self.command["map"].as_object().cloned().unwrap_or_default();
        for role in map.values().filter_map(Value::as_array).flatten() {
            let place = role["on"].as_str().map_or(home.clone(), str::to_owned);
            let kind = place.split('/').next().unwrap_or("").to_owned();
            let name = role["role"].as_str().unwrap_or("").to_owned();
            if role["on"].is_string() && kind != "project" || !self.rules.kind(&kind).is_object() {
                self.wrong("ERR_UNKNOWN_KIND");
            } else if role["on"].is_string() && !self.is_here(&place) {
                self.wrong("ERR_UNKNOWN_RESOURCE");
            } else if !self.rules.has_role(&kind, &name) {
                self.wrong("ERR_UNKNOWN_ROLE");
            } else if !self.rules.may_hold("user", &kind, &name) {
                self.wrong("ERR_HOLDER_ROLE");
            } else {
                self.must_grant(&place, &name, None);
            }
        }
    }
}
