//! A plain model of acceptance: sections 3 and 5 of the design, written out over the document. For a command it lists
//! everything that stands in its way; the engine accepts if and only if there is nothing. It shares no code with the
//! engine, and asks the oracle for ordinary decisions.

mod content;
mod covers;
mod invites;
mod members;
mod projects;
mod sso;

use crate::document::Document;
use crate::oracle::{Oracle, Question};
use crate::rules::{Rules, holder_of, texts};
use serde_json::Value;

/// What stands in the way of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Reason(&'static str),
    /// The command itself is wrong: the code of the error.
    Error(&'static str),
}

/// How early a refusal is given: the guard first, then what does not exist here, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    Guard,
    Unknown,
    Rule,
}

/// One command as it is looked at.
pub(crate) struct Model<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) oracle: &'a Oracle<'a>,
    pub(crate) document: &'a Document,
    /// None is the host.
    pub(crate) actor: Option<&'a str>,
    pub(crate) command: &'a Value,
    pub(crate) now: u64,
    pub(crate) stops: Vec<(Tier, Stop)>,
}

impl<'a> Model<'a> {
    /// Everything that stands in the way; nothing, where the command is accepted.
    pub(crate) fn forecast(mut self) -> Vec<(Tier, Stop)> {
        match self.text("command") {
            "sign_up" | "verify_domain" | "release_domain" | "sign_in" | "change_edition" => self.by_host(),
            name if name.ends_with("_invite") || name == "invite_member" => self.about_invites(name),
            name if name.contains("project") || name.contains("api_key") || name.contains("account") => {
                self.about_projects(name);
            }
            name if name.ends_with("_resource") || name.ends_with("share") => self.about_content(name),
            name => self.about_members(name),
        }
        self.stops
    }

    fn refuse(&mut self, tier: Tier, reason: &'static str) {
        self.stops.push((tier, Stop::Reason(reason)));
    }

    fn wrong(&mut self, code: &'static str) {
        self.stops.push((Tier::Guard, Stop::Error(code)));
    }

    /// A field of the command; empty where it is left out.
    fn text(&self, field: &str) -> &'a str {
        self.command[field].as_str().unwrap_or("")
    }

    fn maybe(&self, field: &str) -> Option<&'a str> {
        self.command[field].as_str()
    }

    fn until(&self) -> Option<u64> {
        self.command["until"].as_u64()
    }

    fn home(&self) -> &'a str {
        self.text("organization")
    }

    fn home_place(&self) -> String {
        format!("organization/{}", self.home())
    }

    fn name(&self) -> &'a str {
        self.actor.unwrap_or("")
    }

    /// Whether a thing named `kind/id` lies in the command's organization.
    fn is_here(&self, reference: &str) -> bool {
        self.document.home_of(reference) == Some(self.home())
    }

    /// Whether somebody belongs to the command's organization: users and service accounts.
    fn belongs(&self, who: &str) -> bool {
        let home = self.document.organization(self.home());
        home.is_some_and(|home| home.member(who).is_some())
            || self.document.account(who).is_some_and(|account| account.organization == self.home())
            || self.key_is_here(who)
    }

    fn key_is_here(&self, who: &str) -> bool {
        let key = who.strip_prefix("api_key/").and_then(|id| self.document.key(id));
        key.is_some_and(|key| self.is_here(&format!("project/{}", key.project)))
    }

    /// Whether somebody belongs to it and is not suspended there.
    fn is_active(&self, who: &str) -> bool {
        let home = self.document.organization(self.home());
        let account = self.document.account(who);
        home.is_some_and(|home| home.is_active(who))
            || account.is_some_and(|one| one.organization == self.home() && !one.suspended)
            || self.key_is_here(who)
    }

    /// The actor must be active in the organization; the host is everywhere.
    fn standing(&mut self) -> bool {
        let exists = self.document.organization(self.home()).is_some();
        let name = self.name();
        let known = self.document.person(name).is_some()
            || self.document.account(name).is_some()
            || name.strip_prefix("api_key/").is_some_and(|id| self.document.key(id).is_some());
        match self.actor {
            None if exists => return true,
            None => self.refuse(Tier::Guard, "not_a_member"),
            Some(_) if !known => self.refuse(Tier::Guard, "unknown_principal"),
            Some(_) if !self.belongs(name) => self.refuse(Tier::Guard, "not_a_member"),
            Some(_) if !self.is_active(name) => self.refuse(Tier::Guard, "suspended"),
            Some(_) => return true,
        }
        false
    }

    /// The ordinary decision about an action, asked first.
    fn must(&mut self, action: &str, kind: &str, id: &str) {
        if !self.standing() {
            return;
        }
        let reason = self.ask(self.name(), action, kind, id).0;
        if reason != "granted" {
            self.refuse(Tier::Guard, reason);
        }
    }

    /// The action to which the policy maps the command on a kind; nobody may what it does not map.
    fn guard(&mut self, kind: &str, id: &str) {
        let action = self.rules.command(self.text("command"), kind);
        match action {
            Some(action) => self.must(action, kind, id),
            None => {
                if self.standing() {
                    self.refuse(Tier::Guard, "no_role");
                }
            }
        }
    }

    fn guard_home(&mut self) {
        self.guard("organization", self.home());
    }

    /// The reason, and until when a grant holds.
    fn ask(&self, who: &str, action: &str, kind: &str, id: &str) -> (&'static str, Option<u64>) {
        let (principal, organization, now) = (who, self.home(), self.now);
        let question = Question { principal, organization, action, kind, id, now };
        let answer = self.oracle.check_in_directory(question);
        (answer.reason, answer.valid_until)
    }

    /// Rule 11: whether somebody may give a role there, for so long.
    fn can_grant(&self, who: &str, place: &str, role: &str, until: Option<u64>) -> bool {
        let (kind, id) = place.split_once('/').unwrap_or((place, ""));
        let (reason, end) = self.ask(who, &format!("grant {role}"), kind, id);
        let outlives = match (end, until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(end), Some(until)) => end >= until,
        };
        reason == "granted" && outlives
    }

    fn must_grant(&mut self, place: &str, role: &str, until: Option<u64>) {
        if !self.can_grant(self.name(), place, role, until) {
            self.refuse(Tier::Rule, "not_grantable");
        }
    }

    fn must_grant_all(&mut self, place: &str, roles: &[String], until: Option<u64>) {
        roles.iter().for_each(|role| self.must_grant(place, role, until));
    }

    /// The live bindings of somebody right on a thing.
    fn live_on(&self, who: &str, place: &str) -> Vec<(String, Option<u64>)> {
        let bound = self.document.bound_on(place).into_iter().filter(|(holder, _, _)| holder == who);
        let bound = bound.map(|(_, role, until)| (role.to_owned(), until));
        bound.filter(|(_, until)| until.is_none_or(|until| self.now < until)).collect()
    }

    /// Taking or changing needs `grant` of all that the target has right there.
    fn must_grant_held(&mut self, who: &str, place: &str) {
        for (role, _) in self.live_on(who, place) {
            self.must_grant(place, &role, Some(0));
        }
    }

    /// A user, service account, group, or `members` of the organization.
    fn target(&mut self, who: &str) -> bool {
        let group = who.strip_prefix("group/").and_then(|id| self.document.group(id));
        let found = who == "members"
            || group.is_some_and(|group| group.organization == self.home())
            || (self.belongs(who) && !who.starts_with("api_key/"));
        if !found {
            self.refuse(Tier::Unknown, "unknown_principal");
        }
        found
    }

    /// A user who belongs to the organization.
    fn member(&mut self, who: &str) -> bool {
        let found = who.starts_with("user/") && self.belongs(who);
        if !found {
            self.refuse(Tier::Unknown, "unknown_principal");
        }
        found
    }

    /// The roles that a list names, if a holder may have them on that kind.
    fn roles(&mut self, holder: &str, kind: &str, list: &Value) -> Option<Vec<String>> {
        let roles = texts(list);
        let before = self.stops.len();
        if roles.is_empty() {
            self.wrong("ERR_ROLE_REQUIRED");
        }
        for (place, role) in roles.iter().enumerate() {
            if !self.rules.has_role(kind, role) {
                self.wrong("ERR_UNKNOWN_ROLE");
            } else if !self.rules.may_hold(holder, kind, role) {
                self.wrong("ERR_HOLDER_ROLE");
            } else if roles[..place].contains(role) {
                self.wrong("ERR_DUPLICATE");
            }
        }
        (self.stops.len() == before).then_some(roles)
    }

    /// A new id: nothing of that kind has it, or ever had.
    fn must_be_new(&mut self, kind: &str, id: &str) {
        let document = self.document;
        let taken = match kind {
            "organization" => document.organization(id).is_some(),
            "project" => document.project(id).is_some(),
            "service_account" => document.account(&format!("service_account/{id}")).is_some(),
            "api_key" => document.key(id).is_some(),
            "group" => document.group(id).is_some(),
            "invite" => document.invite(id).is_some(),
            _ => document.resource(&format!("{kind}/{id}")).is_some(),
        };
        if taken || document.retired.contains(&format!("{kind}/{id}")) {
            self.refuse(Tier::Rule, "conflict");
        }
    }

    /// The feature that a kind of holder needs.
    fn must_pay_for(&mut self, holder: &str) {
        let feature = &self.rules.document["holders"][holder]["feature"];
        let edition = self.document.organization(self.home()).map_or("", |home| home.edition.as_str());
        if !self.rules.has_feature(edition, feature) {
            self.refuse(Tier::Rule, "feature_unavailable");
        }
    }

    /// The active users who hold the top role of a thing right there, without an end (rule 10).
    fn owners(&self, place: &str) -> Vec<String> {
        let top = self.rules.top(place.split('/').next().unwrap_or(""));
        let holders = self.full_holders(place, top);
        holders.into_iter().filter(|who| self.is_active(who)).collect()
    }

    /// The users who hold a role right there, without an end.
    fn full_holders(&self, place: &str, role: &str) -> Vec<String> {
        let bound = self.document.bound_on(place).into_iter();
        let full =
            bound.filter(|(who, held, until)| holder_of(who) == "user" && *held == role && until.is_none());
        full.map(|(who, _, _)| who.into_owned()).collect()
    }

    pub(crate) fn is_last_owner(&self, who: &str, place: &str) -> bool {
        self.owners(place) == [who]
    }

    pub(crate) fn is_last_holder(&self, who: &str, place: &str) -> bool {
        let highest = self.rules.highest(place.split('/').next().unwrap_or(""));
        !highest.is_empty() && self.full_holders(place, &highest) == [who]
    }
}
