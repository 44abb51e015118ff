//! Who asks for a command: mostly somebody who might be entitled.

use super::{CHANGE_EDITION, Wisher};
use serde_json::Value;

impl Wisher<'_> {
    /// Somebody who might be entitled, or just somebody.
    pub(super) fn actor(&mut self, name: &str, command: &Value) -> Option<String> {
        let home = command["organization"].as_str().unwrap_or_default().to_owned();
        if ["sign_up", "verify_domain", "release_domain", "sign_in", CHANGE_EDITION].contains(&name) {
            return if self.dice.chance(93) { None } else { Some(self.anyone()) };
        }
        if name == "create_organization" {
            return Some(self.founder());
        }
        if name == "accept_invite" && self.dice.chance(85) {
            let invite = command["invite"].as_str().unwrap_or_default();
            let address = self.document.invite(invite).map(|invite| invite.address.as_str());
            let person = address.and_then(|address| self.document.person_at(address));
            return Some(person.map_or_else(|| self.anyone(), |person| person.principal()));
        }
        if name == "leave_organization" {
            return Some(self.member(&home));
        }
        let own = ["member", "with"].iter().find_map(|field| command[*field].as_str());
        if let Some(own) = own.filter(|own| own.starts_with("user/") && self.dice.chance(8)) {
            return Some(own.to_owned());
        }
        match self.dice.below(100) {
            0..70 => Some(self.entitled(command, &home)),
            70..90 => Some(self.insider(&home)),
            90..99 => Some(self.anyone()),
            _ => None,
        }
    }

    /// Somebody of the organization: a user, a service account, a key.
    fn insider(&mut self, home: &str) -> String {
        let mut all = self.members(home);
        if self.dice.chance(40) {
            all = self.accounts(home);
            all.extend(self.keys(home));
        }
        self.dice.pick(&all).unwrap_or_else(|| self.anyone())
    }

    fn anyone(&mut self) -> String {
        if self.dice.chance(6) {
            return "user/nobody@x.com".to_owned();
        }
        let mut all: Vec<String> = self.document.people.iter().map(|person| person.principal()).collect();
        let homes: Vec<String> = self.document.organizations.iter().map(|one| one.id.clone()).collect();
        for home in homes {
            all.extend(self.accounts(&home));
            all.extend(self.keys(&home));
        }
        self.dice.pick(&all).unwrap()
    }

    /// Somebody who has created no organization yet, most of the time.
    fn founder(&mut self) -> String {
        let created = |who: &String| {
            self.document.organizations.iter().any(|one| one.creator.as_deref() == Some(who.as_str()))
        };
        let mut people: Vec<String> = self.document.people.iter().map(|person| person.principal()).collect();
        if !people.iter().all(created) && self.dice.chance(60) {
            people.retain(|who| !created(who));
        }
        self.dice.pick(&people).unwrap()
    }

    /// Whoever holds the highest role where the command happens, or above it.
    fn entitled(&mut self, command: &Value, home: &str) -> String {
        let mut place = format!("organization/{home}");
        if let Some(project) = command["project"].as_str() {
            place = format!("project/{project}");
        }
        if let Some(key) = command["key"].as_str().and_then(|key| self.document.key(key)) {
            place = format!("project/{}", key.project);
        }
        if let Some(resource) = command["resource"].as_str() {
            place = resource.to_owned();
        }
        if let Some(used) = command["uses"][0].as_str().filter(|_| command["command"] == "create_resource") {
            place = used.to_owned(); // who holds what is used
        }
        let (kind, _) = place.split_once('/').unwrap_or(("", ""));
        let mut highest = self.rules.highest(kind);
        if highest.is_empty() {
            highest = self.rules.top(kind).to_owned();
        }
        let mut holders = self.document.bound_on(&place);
        holders.retain(|(who, role, _)| *role == highest && who.contains('/') && !who.starts_with("group/"));
        let mut names: Vec<String> = holders.into_iter().map(|(who, _, _)| who.into_owned()).collect();
        let is_content = !self.rules.highest(kind).is_empty();
        if names.is_empty() || (!is_content && self.dice.chance(40)) {
            let owners = self.document.organization(home).into_iter().flat_map(|one| &one.members);
            let top = self.rules.top("organization");
            let owners =
                owners.filter(|member| !member.suspended && member.roles.iter().any(|role| role == top));
            names.extend(owners.map(|member| member.member.clone()));
        }
        self.dice.pick(&names).unwrap_or_else(|| self.insider(home))
    }
}
