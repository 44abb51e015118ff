//! Wishes about people: organizations, invites, members, groups, single sign-on.

use super::{CHANGE_EDITION, Wisher};
use crate::document::{Invite, Organization};
use crate::start::DOMAINS;
use serde_json::{Map, Value, json};

impl Wisher<'_> {
    pub(super) fn about_members(&mut self, name: &str, home: &str) -> Option<Value> {
        let mut command = match name {
            "sign_up" => self.sign_up(),
            "create_organization" => self.create_organization(),
            "rename_organization" => json!({ "name": format!("Name {}", self.dice.below(9)) }),
            "delete_organization" => json!({}),
            "invite_member" => self.invite(home),
            "resend_invite" | "delete_invite" => json!({ "invite": self.pending(home) }),
            "accept_invite" => return Some(self.accept()),
            "change_member_roles" => {
                json!({ "member": self.subject(home), "roles": self.some_roles("user", "organization") })
            }
            "suspend_member" => json!({ "member": self.suspect(home, false) }),
            "restore_member" => json!({ "member": self.suspect(home, true) }),
            "remove_member" => json!({ "member": self.subject(home) }),
            "leave_organization" => json!({}),
            "create_group" => json!({ "group": self.new_id("g") }),
            "add_to_group" => json!({ "group": self.group(home), "member": self.member(home) }),
            "remove_from_group" => self.grouped(home),
            "delete_group" => json!({ "group": self.group(home) }),
            "configure_sso" => self.configure_sso(home),
            "verify_domain" => json!({ "domain": self.dice.pick(&DOMAINS) }),
            "release_domain" => json!({ "domain": self.domain(home) }),
            "sign_in" => return Some(self.sign_in()),
            CHANGE_EDITION => json!({ "edition": self.edition() }),
            _ => return None,
        };
        if ["remove_member", "leave_organization"].contains(&name) && self.dice.chance(60) {
            command["successor"] = json!(self.member(home));
        }
        if name == "create_group" && self.dice.chance(50) {
            let members = self.members(home);
            command["members"] = json!(self.dice.some(&members, 30));
        }
        if ["sign_up", "create_organization", "create_group"].contains(&name) {
            self.label(&mut command);
        }
        Some(command)
    }

    /// Somebody who was invited, or somebody new.
    fn sign_up(&mut self) -> Value {
        let unknown = |address: &String| self.document.person_at(address).is_none();
        let invited = self.document.invites.iter().map(|invite| invite.address.clone());
        let invited: Vec<String> = invited.filter(unknown).collect();
        if let Some(address) = self.dice.pick(&invited).filter(|_| self.dice.chance(80)) {
            return json!({ "person": address });
        }
        let (id, domain) = (self.new_id("p"), self.dice.pick(&DOMAINS).unwrap());
        if self.dice.chance(25) {
            return json!({ "person": id, "email": format!("{id}@{domain}") });
        }
        json!({ "person": format!("{id}@{domain}") })
    }

    fn create_organization(&mut self) -> Value {
        let mut command = json!({ "organization": self.new_id("o") });
        if self.dice.chance(50) {
            command["from"] = json!(self.organization());
        }
        command
    }

    fn invite(&mut self, home: &str) -> Value {
        let mut command = json!({
            "invite": self.new_id("i"), "address": self.address(home), "roles": self.some_roles("user", "organization"),
        });
        let projects = self.projects(home);
        if !projects.is_empty() && self.dice.chance(50) {
            let mut named = Vec::new();
            for project in self.dice.some_at_least_one(&projects, 30) {
                let mut one = json!({ "project": project });
                if self.dice.chance(60) {
                    one["roles"] = json!(self.some_roles("user", "project"));
                }
                named.push(one);
            }
            command["projects"] = json!(named);
        }
        command
    }

    /// Of somebody known who is no member, of somebody unknown, or of a member.
    fn address(&mut self, home: &str) -> String {
        let members = self.members(home);
        let outside = self.document.people.iter().filter(|person| !members.contains(&person.principal()));
        let outside: Vec<String> = outside.map(|person| person.address().to_owned()).collect();
        match self.dice.below(100) {
            0..65 => self.dice.pick(&outside).unwrap_or_else(|| "p1@b.com".to_owned()),
            65..92 => format!("{}@{}", self.new_id("p"), self.dice.pick(&DOMAINS).unwrap()),
            92..97 => {
                let people = &self.document.people;
                people[self.dice.below(people.len())].address().to_owned()
            }
            _ => self.dice.pick(&["P1@b.com", "p1", "p1@b@c", "", "@b.com"]).unwrap().to_owned(),
        }
    }

    fn pending(&mut self, home: &str) -> String {
        let pending = self.document.invites.iter().filter(|invite| invite.organization == home);
        let pending: Vec<String> = pending.map(|invite| invite.id.clone()).collect();
        self.dice.pick(&pending).unwrap_or_else(|| "i-missing".to_owned())
    }

    /// An invite of any organization, with the organization that it is for; mostly one that can be accepted.
    fn accept(&mut self) -> Value {
        let (document, now) = (self.document, self.now);
        let ready = |known: bool| {
            let fits = move |one: &&Invite| document.person_at(&one.address).is_some() == known;
            let fresh = move |one: &&Invite| now < one.expires || !known;
            document.invites.iter().filter(fits).filter(fresh).collect::<Vec<_>>()
        };
        let known = if self.dice.chance(90) { ready(true) } else { ready(false) };
        let any: Vec<&Invite> = document.invites.iter().collect();
        match self.dice.pick(&known).or_else(|| self.dice.pick(&any)) {
            Some(invite) => json!({ "invite": invite.id, "organization": invite.organization }),
            None => json!({ "invite": "i-missing" }),
        }
    }

    /// A member who is not the only owner, most of the time.
    fn subject(&mut self, home: &str) -> String {
        let top = self.rules.top("organization");
        let members = self.document.organization(home).into_iter().flat_map(|one| &one.members);
        let others = members.filter(|member| !member.roles.iter().any(|role| role == top));
        let others: Vec<String> = others.map(|member| member.member.clone()).collect();
        match self.dice.pick(&others) {
            Some(other) if self.dice.chance(70) => other,
            _ => self.member(home),
        }
    }

    /// A member or a service account that is, or is not, suspended.
    fn suspect(&mut self, home: &str, suspended: bool) -> String {
        let members = self.document.organization(home).into_iter().flat_map(|one| &one.members);
        let members = members.map(|member| (member.member.clone(), member.suspended));
        let accounts = self.document.service_accounts.iter().filter(|one| one.organization == home);
        let accounts = accounts.map(|one| (format!("service_account/{}", one.id), one.suspended));
        let all: Vec<(String, bool)> = members.chain(accounts).collect();
        let fitting = all.iter().filter(|(_, is)| *is == suspended || self.dice.chance(10));
        let fitting: Vec<String> = fitting.map(|(who, _)| who.clone()).collect();
        match self.dice.pick(&fitting) {
            Some(who) if suspended || self.dice.chance(40) => who,
            _ => self.subject(home),
        }
    }

    fn group(&mut self, home: &str) -> String {
        let groups = self.groups(home);
        self.dice.pick(&groups).unwrap_or_else(|| "g-missing".to_owned())
    }

    fn grouped(&mut self, home: &str) -> Value {
        let group = self.group(home);
        let members = self.document.group(&group).map(|found| found.members.clone()).unwrap_or_default();
        let member = self.dice.pick(&members).unwrap_or_else(|| self.member(home));
        json!({ "group": group, "member": member })
    }

    fn configure_sso(&mut self, home: &str) -> Value {
        let mut map = Map::new();
        for value in self.dice.some(&["red", "green", "blue", "none"], 60) {
            let mut roles = Vec::new();
            if value != "none" && self.dice.chance(75) {
                let role = self.dice.pick(&self.rules.holdable("user", "organization"));
                roles.push(json!({ "role": role }));
            }
            let projects = self.projects(home);
            if let Some(project) = self.dice.pick(&projects).filter(|_| self.dice.chance(50)) {
                let role = self.dice.pick(&self.rules.holdable("user", "project"));
                roles.push(json!({ "role": role, "on": format!("project/{project}") }));
            }
            map.insert(value.to_owned(), json!(roles));
        }
        let mut command = json!({ "map": map });
        if self.dice.chance(70) {
            command["default"] = json!(self.some_roles("user", "organization"));
        }
        command
    }

    fn domain(&mut self, home: &str) -> String {
        let sso = self.document.organization(home).and_then(|one| one.sso.as_ref());
        let domains = sso.map(|sso| sso.domains.clone()).unwrap_or_default();
        self.dice.pick(&domains).unwrap_or_else(|| self.dice.pick(&DOMAINS).unwrap().to_owned())
    }

    /// Somebody of the right domain signs in, known or not, a member or not.
    fn sign_in(&mut self) -> Value {
        let paid = |one: &&Organization| self.rules.editions.last() == Some(&one.edition.as_str());
        let all = self.document.organizations.iter().filter(|one| one.sso.is_some());
        let mut with: Vec<_> = all.clone().filter(paid).collect();
        if with.is_empty() || self.dice.chance(15) {
            with = all.collect();
        }
        let home = self.dice.pick(&with).map_or_else(|| self.organization(), |one| one.id.clone());
        let domain = self.domain(&home);
        let people = self.document.people.iter();
        let fitting: Vec<String> = people
            .filter(|person| person.address().ends_with(&format!("@{domain}")) || self.dice.chance(5))
            .map(|person| person.id.clone())
            .collect();
        let full = self.document.people.len() >= super::MOST_PEOPLE;
        let mut command = match self.dice.pick(&fitting) {
            Some(person) if full || self.dice.chance(80) => json!({ "person": person }),
            _ if self.dice.chance(70) => json!({ "person": format!("{}@{domain}", self.new_id("p")) }),
            _ => {
                let id = self.new_id("p");
                json!({ "person": id, "email": format!("{id}@{domain}") })
            }
        };
        if self.dice.chance(75) {
            let values = self.dice.some(&["red", "green", "blue", "none", "yellow"], 30);
            command["asserted"] = json!(values);
        }
        command["organization"] = json!(home);
        command
    }

    fn edition(&mut self) -> String {
        let last = self.rules.editions[self.rules.editions.len() - 1];
        if self.dice.chance(75) {
            last.to_owned()
        } else {
            self.dice.pick(self.rules.editions).unwrap().to_owned()
        }
    }
}
