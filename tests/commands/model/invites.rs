//! Rule 13: invites.

use super::{Model, Tier};
use crate::document::Invite;
use crate::rules::texts;
use serde_json::Value;

/// Normal form of an address: printable ASCII, lower case, one `@` with something on both sides.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = text.chars().all(|letter| letter.is_ascii_graphic() && !letter.is_ascii_uppercase());
    let parts: Vec<&str> = text.split('@').collect();
    plain && parts.len() == 2 && parts.iter().all(|part| !part.is_empty())
}

impl<'a> Model<'a> {
    pub(super) fn about_invites(&mut self, name: &str) {
        match name {
            "invite_member" => self.invite_member(),
            "accept_invite" => self.accept_invite(),
            _ => {
                self.guard_home();
                let Some(invite) = self.pending() else {
                    return self.refuse(Tier::Unknown, "unknown_resource");
                };
                if name == "resend_invite" {
                    for (place, role) in self.given(invite, &invite.roles) {
                        self.must_grant(&place, &role, None);
                    }
                }
            }
        }
    }

    /// The invite that the command names, if it is of this organization.
    pub(super) fn pending(&self) -> Option<&'a Invite> {
        let invite = self.document.invite(self.text("invite"));
        invite.filter(|invite| invite.organization == self.home())
    }

    fn invite_member(&mut self) {
        let address = self.text("address");
        if !is_address(address) {
            self.wrong("ERR_ADDRESS");
        }
        let roles = self.roles("user", "organization", &self.command["roles"]);
        self.guard_home();
        self.must_be_invitable(address);
        self.must_be_new("invite", self.text("invite"));
        let home = self.home_place();
        self.must_grant_all(&home, roles.as_deref().unwrap_or_default(), None);
        self.invited_projects(&roles.unwrap_or_default());
    }

    fn must_be_invitable(&mut self, address: &str) {
        let person = self.document.person_at(address).map(|person| person.principal());
        if person.is_none() && self.rules.document["invites"]["to"] == "people" {
            self.refuse(Tier::Unknown, "unknown_principal");
        }
        let pending = self.document.invites.iter().filter(|invite| invite.organization == self.home());
        let invited = pending.into_iter().any(|invite| invite.address == address);
        if invited || person.is_some_and(|person| self.belongs(&person)) {
            self.refuse(Tier::Rule, "conflict");
        }
    }

    /// Each project once, of this organization, with roles that are chosen or come by default.
    fn invited_projects(&mut self, held: &[String]) {
        let list: Vec<Value> = self.command["projects"].as_array().cloned().unwrap_or_default();
        for (index, one) in list.iter().enumerate() {
            let place = format!("project/{}", one["project"].as_str().unwrap_or(""));
            if list[..index].iter().any(|earlier| earlier["project"] == one["project"]) {
                self.wrong("ERR_DUPLICATE");
            }
            let roles = if one["roles"].is_null() {
                let defaults = self.rules.defaults(held);
                if defaults.is_empty() {
                    self.wrong("ERR_ROLE_REQUIRED");
                }
                Some(defaults)
            } else {
                self.roles("user", "project", &one["roles"])
            };
            if !self.is_here(&place) {
                self.refuse(Tier::Unknown, "unknown_resource");
                continue;
            }
            self.must_grant_all(&place, roles.as_deref().unwrap_or_default(), None);
        }
    }

    /// What an invite gives, of the organization roles that are given: each role with its place.
    pub(super) fn given(&self, invite: &Invite, held: &[String]) -> Vec<(String, String)> {
        let home = format!("organization/{}", invite.organization);
        let mut given: Vec<(String, String)> =
            invite.roles.iter().map(|role| (home.clone(), role.clone())).collect();
        for project in &invite.projects {
            let place = format!("project/{}", project.project);
            let roles = project.roles.clone().unwrap_or_else(|| self.rules.defaults(held));
            given.extend(roles.into_iter().map(|role| (place.clone(), role)));
        }
        given
    }

    /// By the invited address alone, in time; of what the sender could give now.
    fn accept_invite(&mut self) {
        let Some(person) = self.document.person(self.name()) else {
            let account = self.document.account(self.name()).is_some();
            let key = self.name().strip_prefix("api_key/").is_some_and(|id| self.document.key(id).is_some());
            let reason = if account || key { "unknown_resource" } else { "unknown_principal" };
            return self.refuse(Tier::Guard, reason);
        };
        let Some(invite) = self.pending().filter(|invite| invite.address == person.address()) else {
            return self.refuse(Tier::Unknown, "unknown_resource");
        };
        if self.now >= invite.expires {
            self.refuse(Tier::Rule, "invite_expired");
        }
        if self.received(invite).0.is_empty() {
            self.refuse(Tier::Rule, "not_grantable");
        }
    }

    /// The organization roles that the sender could give now; everything that is given; everything that is dropped.
    #[allow(clippy::type_complexity, reason = "three lists")]
    pub(crate) fn received(
        &self,
        invite: &Invite,
    ) -> (Vec<String>, Vec<(String, String)>, Vec<(String, String)>) {
        let home = format!("organization/{}", invite.organization);
        let action = self.rules.command("invite_member", "organization").unwrap_or("");
        let reason = self.ask(&invite.sender, action, "organization", &invite.organization).0;
        let invites = reason == "granted" || reason == "limit_reached"; // it counted when it was sent
        let may = |place: &str, role: &str| invites && self.can_grant(&invite.sender, place, role, None);
        let held: Vec<String> = invite.roles.iter().filter(|role| may(&home, role)).cloned().collect();
        let (given, dropped) =
            self.given(invite, &held).into_iter().partition(|(place, role)| may(place, role));
        (held, given, dropped)
    }

    /// The roles of a field of the command.
    pub(super) fn listed(&self, field: &str) -> Vec<String> {
        texts(&self.command[field])
    }
}
