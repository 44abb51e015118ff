//! What somebody asks for next: mostly something plausible, by somebody who might be entitled; partly something wild.

mod actor;
mod content;
mod members;
mod projects;
mod wild;

use super::dice::Dice;
use super::document::Document;
use super::rules::Rules;
use serde_json::{Value, json};

/// A command and who asks for it; none is the host.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) actor: Option<String>,
    pub(crate) command: Value,
}

/// Every command, and how often it is wished for.
pub(crate) const COMMANDS: [(&str, usize); 41] = [
    ("sign_up", 2),
    ("create_organization", 1),
    ("rename_organization", 1),
    ("delete_organization", 1),
    ("invite_member", 6),
    ("resend_invite", 2),
    ("delete_invite", 2),
    ("accept_invite", 6),
    ("change_member_roles", 6),
    ("suspend_member", 2),
    ("restore_member", 5),
    ("remove_member", 3),
    ("leave_organization", 1),
    ("create_project", 4),
    ("rename_project", 1),
    ("delete_project", 2),
    ("move_project", 1),
    ("add_project_member", 6),
    ("change_project_member", 4),
    ("remove_project_member", 3),
    ("create_service_account", 2),
    ("change_service_account", 3),
    ("delete_service_account", 1),
    ("create_api_key", 3),
    ("change_api_key", 2),
    ("rotate_api_key", 2),
    ("delete_api_key", 2),
    ("create_resource", 6),
    ("change_resource", 2),
    ("delete_resource", 3),
    ("share", 8),
    ("change_share", 5),
    ("unshare", 4),
    ("create_group", 2),
    ("add_to_group", 4),
    ("remove_from_group", 2),
    ("delete_group", 1),
    ("configure_sso", 2),
    ("verify_domain", 1),
    ("release_domain", 1),
    ("sign_in", 4),
];

/// The host moves organizations between editions; beside the list, as it is the only one of the operator.
pub(crate) const CHANGE_EDITION: &str = "change_edition";

/// Commands after which people can do more or less.
const MOVING: [&str; 16] = [
    "share",
    "share",
    "share",
    "change_share",
    "unshare",
    "accept_invite",
    "change_member_roles",
    "suspend_member",
    "restore_member",
    "remove_member",
    "add_project_member",
    "change_project_member",
    "delete_project",
    "add_to_group",
    "configure_sso",
    "sign_in",
];

/// At most so many people, and so many projects and other resources.
const MOST_PEOPLE: usize = 12;
const MOST_THINGS: usize = 20;

pub(crate) struct Wisher<'w> {
    pub(crate) rules: &'w Rules,
    pub(crate) dice: &'w mut Dice,
    pub(crate) document: &'w Document,
    pub(crate) now: u64,
    /// Counts the ids given out, so that each is new.
    pub(crate) fresh: &'w mut usize,
    /// Whether somebody looks closely at what it comes to.
    pub(crate) deep: bool,
    /// Where alone something happens, and who alone acts.
    pub(crate) only: Option<&'w (String, Vec<String>)>,
}

impl Wisher<'_> {
    /// The next wish.
    pub(crate) fn wish(&mut self) -> Wish {
        let mut name = self.command_name();
        if self.deep && self.dice.chance(50) {
            name = self.dice.pick(&MOVING).unwrap();
        }
        for _ in 0..3 {
            if self.homes(name).is_empty() && self.dice.chance(85) {
                name = self.command_name();
            }
        }
        if self.only.is_some() && self.dice.chance(6) {
            name = "sign_in";
        }
        let home = self.home_for(name);
        let mut command = self.plausible(name, &home);
        command["command"] = json!(name);
        command["id"] = json!(self.new_id("c"));
        if name != "sign_up" && command["organization"].is_null() {
            command["organization"] = json!(home);
        }
        let actor = self.acting(name, &mut command);
        if self.dice.chance(9) {
            self.make_wild(&mut command);
        }
        Wish { actor, command }
    }

    /// Of those who act alone, one, or the host as one of them signs in; else whoever might.
    fn acting(&mut self, name: &str, command: &mut Value) -> Option<String> {
        let Some((home, members)) = self.only else { return self.actor(name, command) };
        let member = self.dice.pick(members);
        if name != "create_organization" {
            command["organization"] = json!(home);
        }
        match member.as_deref().and_then(|who| who.strip_prefix("user/")) {
            Some(person) if name == "sign_in" => {
                command["person"] = json!(person);
                None
            }
            _ => member,
        }
    }

    fn command_name(&mut self) -> &'static str {
        let by_people = self.only.is_some();
        if !by_people && self.dice.chance(2) {
            return CHANGE_EDITION;
        }
        let weight = |(name, weight): &(&'static str, usize)| {
            let host = ["sign_up", "verify_domain", "release_domain", "sign_in"].contains(name);
            if (by_people && host) || !self.has_use_for(name) { 0 } else { *weight }
        };
        let weights: Vec<usize> = COMMANDS.iter().map(weight).collect();
        let total: usize = weights.iter().sum();
        // One in fifty is a command that this policy may have no use for.
        let mut left = self.dice.below(total + total / 50);
        for ((name, _), weight) in COMMANDS.iter().zip(weights) {
            if left < weight {
                return self.balanced(name);
            }
            left -= weight;
        }
        let place = self.dice.below(COMMANDS.len());
        COMMANDS[place].0
    }

    /// Whether this policy has anything that the command is about.
    fn has_use_for(&self, name: &str) -> bool {
        match name {
            _ if name.contains("project") || name.contains("api_key") => self.rules.has_projects(),
            "share" | "change_share" | "unshare" => {
                self.rules.content_kinds().iter().any(|kind| !self.rules.sharing(kind).is_empty())
            }
            _ if name.ends_with("_resource") => !self.rules.content_kinds().is_empty(),
            _ => true,
        }
    }

    /// Where there is enough of everything, something goes instead of coming.
    fn balanced(&mut self, name: &'static str) -> &'static str {
        let people = self.document.people.len() >= MOST_PEOPLE;
        let things = self.document.projects.len() + self.document.resources.len() >= MOST_THINGS;
        match name {
            "sign_up" if people => "accept_invite",
            "create_project" if things => "delete_project",
            "create_resource" if things => "delete_resource",
            "create_group" if self.document.groups.len() >= 5 => "delete_group",
            "create_api_key" if self.document.api_keys.len() >= 6 => "delete_api_key",
            "create_service_account" if self.document.service_accounts.len() >= 4 => "delete_service_account",
            "create_organization" if self.document.organizations.len() >= 4 => "add_to_group",
            "delete_organization" if self.document.organizations.len() <= 2 => "create_organization",
            "delete_project" if self.document.projects.len() <= 1 => "create_project",
            _ => name,
        }
    }

    /// The organizations in which there is what a command is about.
    fn homes(&self, name: &str) -> Vec<String> {
        let document = self.document;
        let has = |home: &str| match name {
            "resend_invite" | "delete_invite" => document.invites.iter().any(|one| one.organization == home),
            "accept_invite" => {
                let theirs = document.invites.iter().filter(|one| one.organization == home);
                theirs.into_iter().any(|one| document.person_at(&one.address).is_some())
            }
            "restore_member" => {
                let members = document.organization(home).into_iter().flat_map(|one| &one.members);
                members.into_iter().any(|one| one.suspended)
            }
            "change_member_roles" | "remove_member" | "suspend_member" => self.members(home).len() > 1,
            "add_to_group" | "remove_from_group" | "delete_group" => !self.groups(home).is_empty(),
            "change_service_account" | "delete_service_account" => !self.accounts(home).is_empty(),
            "change_api_key" | "rotate_api_key" | "delete_api_key" => !self.keys(home).is_empty(),
            "create_project" => true,
            "create_api_key" => !self.projects(home).is_empty(),
            _ if name.contains("project") => !self.projects(home).is_empty(),
            "change_resource" | "delete_resource" => {
                document.things(home).len() > 1 + self.projects(home).len()
            }
            "share" | "change_share" | "unshare" => {
                let shared = document.resources.iter().filter(|one| !one.shares.is_empty());
                shared.into_iter().any(|one| document.home_of(&one.parent) == Some(home))
            }
            "sign_in" | "release_domain" => document.organization(home).is_some_and(|one| one.sso.is_some()),
            _ => true,
        };
        document.organizations.iter().map(|one| one.id.clone()).filter(|home| has(home)).collect()
    }

    /// An organization in which there is what the command is about, the larger ones more often.
    fn home_for(&mut self, name: &str) -> String {
        if let Some((home, _)) = self.only {
            return home.clone();
        }
        let homes = self.homes(name);
        let mut weighted = Vec::new();
        for home in &homes {
            weighted.extend(std::iter::repeat_n(home.clone(), self.members(home).len()));
        }
        self.dice.pick(&weighted).unwrap_or_else(|| self.organization())
    }

    fn plausible(&mut self, name: &str, home: &str) -> Value {
        if let Some(command) = self.about_members(name, home) {
            return command;
        }
        if let Some(command) = self.about_projects(name, home) {
            return command;
        }
        self.about_content(name, home)
    }

    /// An id that nothing has.
    pub(super) fn new_id(&mut self, start: &str) -> String {
        *self.fresh += 1;
        format!("{start}{}", self.fresh)
    }

    /// One of the organizations; now and then one that is not there.
    fn organization(&mut self) -> String {
        let ids: Vec<String> = self.document.organizations.iter().map(|one| one.id.clone()).collect();
        self.dice.pick(&ids).unwrap_or_else(|| "nowhere".to_owned())
    }

    /// A user who belongs there; who might not.
    fn member(&mut self, home: &str) -> String {
        let members: Vec<String> = self.members(home);
        self.dice.pick(&members).unwrap_or_else(|| "user/nobody@x.com".to_owned())
    }

    fn members(&self, home: &str) -> Vec<String> {
        let members = self.document.organization(home).into_iter().flat_map(|one| &one.members);
        members.map(|member| member.member.clone()).collect()
    }

    fn accounts(&self, home: &str) -> Vec<String> {
        let accounts = self.document.service_accounts.iter().filter(|one| one.organization == home);
        accounts.map(|account| format!("service_account/{}", account.id)).collect()
    }

    fn keys(&self, home: &str) -> Vec<String> {
        let inside = |project: &str| {
            self.document.project(project).is_some_and(|project| project.organization == home)
        };
        let keys = self.document.api_keys.iter().filter(|key| inside(&key.project));
        keys.map(|key| format!("api_key/{}", key.id)).collect()
    }

    fn groups(&self, home: &str) -> Vec<String> {
        let groups = self.document.groups.iter().filter(|group| group.organization == home);
        groups.map(|group| group.id.clone()).collect()
    }

    fn projects(&self, home: &str) -> Vec<String> {
        let projects = self.document.projects.iter().filter(|project| project.organization == home);
        projects.map(|project| project.id.clone()).collect()
    }

    /// Whoever a project or a share can be given to.
    fn receiver(&mut self, home: &str) -> String {
        let mut all = self.members(home);
        all.extend(self.accounts(home));
        all.extend(self.groups(home).iter().map(|group| format!("group/{group}")));
        all.push("members".to_owned());
        self.dice.pick(&all).unwrap()
    }

    /// One or two roles that this kind of holder may have there.
    fn some_roles(&mut self, holder: &str, kind: &str) -> Vec<String> {
        let roles = self.rules.holdable(holder, kind);
        let mut chosen: Vec<String> = self.dice.pick(&roles).into_iter().collect();
        if self.dice.chance(15) {
            chosen = self.dice.some_at_least_one(&roles, 40);
        }
        chosen
    }

    /// An end: in an hour, in days, just now, or in the past.
    fn end(&mut self) -> u64 {
        const HOUR: u64 = 3_600_000;
        let ends = [
            self.now + HOUR,
            self.now + 24 * HOUR,
            self.now + 24 * HOUR,
            self.now + 200 * HOUR,
            self.now + 1,
            self.now,
            self.now - HOUR,
        ];
        self.dice.pick(&ends).unwrap()
    }

    /// A name for something, or none.
    fn label(&mut self, command: &mut Value) {
        if self.dice.chance(40) {
            command["name"] = json!(format!("Name {}", self.dice.below(9)));
        }
    }
}
