//! People sign up and sign in; domains; what a provider's values stand for (rule 14).

use super::Effects;
use crate::document::{Asserted, Person, Sso};
use std::collections::BTreeMap;

impl Effects<'_> {
    pub(super) fn about_sso(&mut self, name: &str) {
        match name {
            "sign_up" => self.meet(),
            "sign_in" => self.sign_in(),
            "configure_sso" => self.configure(),
            _ => {
                let domain = self.text("domain").to_owned();
                self.with_sso(|sso| {
                    sso.domains.retain(|one| *one != domain);
                    if name == "verify_domain" {
                        sso.domains.push(domain);
                        sso.domains.sort();
                    }
                });
            }
        }
    }

    fn with_sso(&mut self, change: impl FnOnce(&mut Sso)) {
        let home = self.home_mut();
        let mut sso = home.sso.take().unwrap_or_default();
        change(&mut sso);
        let says = !sso.domains.is_empty() || !sso.default.is_empty() || !sso.map.is_empty();
        home.sso = says.then_some(sso);
    }

    fn meet(&mut self) {
        let (id, email, name) = (self.text("person").to_owned(), self.maybe("email"), self.maybe("name"));
        self.after.people.push(Person { id, email, name });
        self.after.people.sort_by(|a, b| a.id.cmp(&b.id));
    }

    fn configure(&mut self) {
        let mut map: BTreeMap<String, Vec<Asserted>> = BTreeMap::new();
        for (value, roles) in self.field("map").as_object().into_iter().flatten() {
            let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
            let roles = roles.as_array().into_iter().flatten();
            let roles = roles.map(|one| Asserted { role: text(&one["role"]).unwrap(), on: text(&one["on"]) });
            let mut roles: Vec<Asserted> = roles.collect();
            roles.sort();
            map.insert(value.clone(), roles);
        }
        let default = self.sorted("default");
        self.with_sso(|sso| (sso.default, sso.map) = (default, map));
    }

    fn sign_in(&mut self) {
        let who = format!("user/{}", self.text("person"));
        if self.model.document.person(&who).is_none() {
            self.meet();
        }
        let home = self.model.document.organization(self.home()).unwrap();
        let asserted = self.field("asserted").is_array();
        let roles: Vec<(String, String)> =
            self.model.asserted().into_iter().map(|role| self.place(role)).collect();
        let known = roles.iter().any(|(place, _)| *place == self.home_place());
        if home.member(&who).is_none() {
            self.enter(&who, roles, asserted && !known);
        } else if asserted {
            self.assert(&who, roles, known);
        }
    }

    fn place(&self, role: Asserted) -> (String, String) {
        (role.on.unwrap_or_else(|| self.home_place()), role.role)
    }

    /// A first sign-in: what is asserted; the default where no organization role is.
    fn enter(&mut self, who: &str, mut roles: Vec<(String, String)>, suspended: bool) {
        let address = self.after.person(who).unwrap().address().to_owned();
        let home = self.home();
        let invite = self.after.invites.iter().find(|one| one.organization == home && one.address == address);
        if let Some(id) = invite.map(|invite| invite.id.clone()) {
            self.close(&id);
        }
        if !roles.iter().any(|(place, _)| *place == self.home_place()) {
            let default = self.model.document.organization(home).and_then(|one| one.sso.clone());
            let default = default.unwrap_or_default().default;
            roles.extend(default.into_iter().map(|role| (self.home_place(), role)));
        }
        self.join(who, suspended.then_some("sso"));
        for (place, role) in roles {
            self.after.bind(&place, who, &role, None);
        }
    }

    /// What is asserted of a member replaces organization and project roles; the last owner keeps the top role.
    fn assert(&mut self, who: &str, mut roles: Vec<(String, String)>, known: bool) {
        let document = self.model.document;
        let mut places = document.things(self.home());
        places.retain(|place| place.starts_with("organization/") || place.starts_with("project/"));
        for place in &places {
            let kind = place.split('/').next().unwrap();
            let keeps = kind == "organization" || self.model.rules.projects_keep_owners();
            let top = (place.clone(), self.model.rules.top(kind).to_owned());
            if keeps && self.model.is_last_owner(who, place) && !roles.contains(&top) {
                roles.push(top);
            }
        }
        let governs = roles.iter().any(|(place, _)| *place == self.home_place());
        for place in &places {
            if *place == self.home_place() && !governs {
                continue; // nothing is known of them here: they are suspended with what they have
            }
            self.after.unbind(place, who, |role, until| {
                until.is_some() || !roles.contains(&(place.clone(), role.to_owned()))
            });
            for (_, role) in roles.iter().filter(|(on, _)| on == place) {
                let held = self.after.bound_on(place);
                if !held.iter().any(|(one, known, _)| one == who && known == role) {
                    self.after.bind(place, who, role, None);
                }
            }
        }
        let member = self.home_mut().members.iter_mut().find(|one| one.member == who).unwrap();
        let by_member = member.suspended && member.suspended_by.is_none();
        if !by_member {
            member.suspended = !(known || governs);
            member.suspended_by = member.suspended.then(|| "sso".to_owned());
        }
    }
}
