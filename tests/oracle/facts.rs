//! The facts that a directory document states: who exists, what lies where, who is bound to what.

use super::{entries, split, text, texts};
use serde_json::Value;

/// One binding: who holds which role on which resource, and until when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fact {
    pub(crate) who: String,
    pub(crate) role: String,
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) until: Option<u64>,
    /// Roles of the same kind that come with any binding there (`holders.*.baseline`).
    pub(crate) baseline: Vec<String>,
}

impl Fact {
    /// A binding grants while `now < until`.
    pub(super) fn is_live(&self, now: u64) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// That a principal belongs to an organization, by which roles, and whether suspended.
pub(super) struct Membership {
    who: String,
    organization: String,
    roles: Vec<String>,
    pub(super) suspended: bool,
}

struct Resource {
    kind: String,
    id: String,
    parent: (String, String),
}

#[derive(Default)]
pub(super) struct Facts {
    known: Vec<String>,
    memberships: Vec<Membership>,
    groups: Vec<(String, Vec<String>)>,
    resources: Vec<Resource>,
    bindings: Vec<Fact>,
    counted: Vec<(&'static str, String)>,
    editions: Vec<(String, String)>,
}

impl Facts {
    pub(super) fn read(policy: &Value, directory: &Value) -> Self {
        let mut facts = Facts::default();
        facts.read_people(directory);
        facts.read_organizations(policy, directory);
        facts.read_groups(directory);
        facts.read_service_accounts(directory);
        facts.read_projects(policy, directory);
        facts.read_api_keys(policy, directory);
        facts.read_resources(policy, directory);
        facts.read_invites(directory);
        facts.add_baseline(policy);
        facts
    }

    /// Rule 12: every person known holds the platform's role `person`.
    fn read_people(&mut self, directory: &Value) {
        self.add_resource("platform", "platform", ("", ""));
        for person in entries(&directory["people"]) {
            let who = format!("user/{}", text(&person["id"]));
            self.bind(&who, "person", ("platform", "platform"), None);
            self.known.push(who);
        }
    }

    fn read_organizations(&mut self, policy: &Value, directory: &Value) {
        for organization in entries(&directory["organizations"]) {
            let id = text(&organization["id"]);
            self.add_resource("organization", id, ("platform", "platform"));
            self.editions.push((id.to_owned(), text(&organization["edition"]).to_owned()));
            for member in entries(&organization["members"]) {
                let default = vec![text(&policy["kinds"]["organization"]["default"]).to_owned()];
                let roles = chosen(&member["roles"]).unwrap_or(default);
                self.add_member(text(&member["member"]), id, roles, member["suspended"] == true);
                self.counted.push(("user", id.to_owned()));
            }
        }
    }

    fn read_groups(&mut self, directory: &Value) {
        for group in entries(&directory["groups"]) {
            self.groups.push((format!("group/{}", text(&group["id"])), texts(&group["members"])));
        }
    }

    fn read_service_accounts(&mut self, directory: &Value) {
        for account in entries(&directory["serviceAccounts"]) {
            let who = format!("service_account/{}", text(&account["id"]));
            let organization = text(&account["organization"]);
            self.add_member(&who, organization, texts(&account["roles"]), account["suspended"] == true);
            self.counted.push(("service_account", organization.to_owned()));
            self.known.push(who);
        }
    }

    /// Rule 4: without a chosen role, the default of the member's organization roles; a creator
    /// holds the kind's `creator` role where no members are listed.
    fn read_projects(&mut self, policy: &Value, directory: &Value) {
        for project in entries(&directory["projects"]) {
            let (id, organization) = (text(&project["id"]), text(&project["organization"]));
            self.add_resource("project", id, ("organization", organization));
            if project["members"].is_null() {
                self.bind_creator(policy, project, ("project", id));
            }
            for member in entries(&project["members"]) {
                let who = text(&member["member"]);
                let roles = chosen(&member["roles"]);
                let roles = roles.unwrap_or_else(|| self.defaults(policy, who, organization));
                for role in roles {
                    self.bind(who, &role, ("project", id), member["until"].as_u64());
                }
            }
        }
    }

    fn defaults(&self, policy: &Value, who: &str, organization: &str) -> Vec<String> {
        let mut roles = Vec::new();
        for role in self.membership(who, organization).map_or(&[][..], |found| &found.roles) {
            let default = &policy["kinds"]["organization"]["roles"][role]["default"]["project"];
            roles.extend(texts(default));
        }
        roles.sort();
        roles.dedup();
        roles
    }

    /// Rule 9: a key belongs to one project, and so to that project's organization.
    fn read_api_keys(&mut self, policy: &Value, directory: &Value) {
        for key in entries(&directory["apiKeys"]) {
            let who = format!("api_key/{}", text(&key["id"]));
            let project = text(&key["project"]);
            let organization = self.organization_of("project", project).unwrap_or_default();
            self.add_member(&who, &organization, Vec::new(), false);
            let default = texts(&policy["holders"]["api_key"]["default"]);
            for role in chosen(&key["roles"]).unwrap_or(default) {
                self.bind(&who, &role, ("project", project), None);
            }
            self.counted.push(("api_key", organization));
            self.known.push(who);
        }
    }

    /// Rules 6 and 7: who creates a resource holds its creator's role, unless its shares are listed.
    fn read_resources(&mut self, policy: &Value, directory: &Value) {
        for resource in entries(&directory["resources"]) {
            let on = (text(&resource["kind"]), text(&resource["id"]));
            self.add_resource(on.0, on.1, split(text(&resource["parent"])));
            if resource["shares"].is_null() {
                self.bind_creator(policy, resource, on);
            }
            for share in entries(&resource["shares"]) {
                self.bind(text(&share["with"]), text(&share["role"]), on, share["until"].as_u64());
            }
        }
    }

    fn bind_creator(&mut self, policy: &Value, resource: &Value, on: (&str, &str)) {
        let role = text(&policy["kinds"][on.0]["creator"]);
        if let (Some(creator), false) = (resource["creator"].as_str(), role.is_empty()) {
            self.bind(creator, role, on, None);
        }
    }

    /// Rule 13: pending invites count against limits.
    fn read_invites(&mut self, directory: &Value) {
        for invite in entries(&directory["invites"]) {
            self.counted.push(("user", text(&invite["organization"]).to_owned()));
        }
    }

    /// `holders.*.baseline`: whoever of this holder is bound to any role on a resource of the kind
    /// also has these roles there, as long as that binding lasts.
    fn add_baseline(&mut self, policy: &Value) {
        for fact in &mut self.bindings {
            let holder = match split(&fact.who).0 {
                "group" | "members" => "user",
                other => other,
            };
            fact.baseline = texts(&policy["holders"][holder]["baseline"][&fact.kind]);
        }
    }

    fn add_resource(&mut self, kind: &str, id: &str, parent: (&str, &str)) {
        let parent = (parent.0.to_owned(), parent.1.to_owned());
        self.resources.push(Resource { kind: kind.to_owned(), id: id.to_owned(), parent });
    }

    fn add_member(&mut self, who: &str, organization: &str, roles: Vec<String>, suspended: bool) {
        for role in &roles {
            self.bind(who, role, ("organization", organization), None);
        }
        let (who, organization) = (who.to_owned(), organization.to_owned());
        self.memberships.push(Membership { who, organization, roles, suspended });
    }

    fn bind(&mut self, who: &str, role: &str, on: (&str, &str), until: Option<u64>) {
        let (kind, id) = (on.0.to_owned(), on.1.to_owned());
        let (who, role) = (who.to_owned(), role.to_owned());
        self.bindings.push(Fact { who, role, kind, id, until, baseline: Vec::new() });
    }

    pub(super) fn bindings(&self) -> &[Fact] {
        &self.bindings
    }

    /// The edition of an organization.
    pub(super) fn edition(&self, organization: &str) -> Option<&str> {
        let found = self.editions.iter().find(|(id, _)| id == organization);
        found.map(|(_, edition)| edition.as_str())
    }

    pub(super) fn is_known(&self, principal: &str) -> bool {
        self.known.iter().any(|one| one == principal)
    }

    pub(super) fn membership(&self, principal: &str, organization: &str) -> Option<&Membership> {
        self.memberships.iter().find(|one| one.who == principal && one.organization == organization)
    }

    /// Section 1: a group is its users; `members` is every active user with an organization role.
    pub(super) fn is_one_of(&self, principal: &str, organization: &str, who: &str) -> bool {
        let member = self.membership(principal, organization);
        let is_active_user = principal.starts_with("user/")
            && member.is_some_and(|found| !found.suspended && !found.roles.is_empty());
        let in_group = |(name, members): &(String, Vec<String>)| {
            name == who && members.iter().any(|one| one == principal)
        };
        who == principal || (who == "members" && is_active_user) || self.groups.iter().any(in_group)
    }

    /// The resource and everything above it, nearest first.
    pub(super) fn chain(&self, kind: &str, id: &str) -> Vec<(String, String)> {
        let mut chain = Vec::new();
        let mut next = (kind.to_owned(), id.to_owned());
        while let Some(found) = self.find(&next.0, &next.1) {
            chain.push(next);
            next = found.parent.clone();
        }
        chain
    }

    fn find(&self, kind: &str, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|one| one.kind == kind && one.id == id)
    }

    fn organization_of(&self, kind: &str, id: &str) -> Option<String> {
        self.chain(kind, id).into_iter().find(|(kind, _)| kind == "organization").map(|(_, id)| id)
    }

    /// Rule 1: a resource belongs to exactly one organization; the platform is above all of them.
    pub(super) fn is_in(&self, kind: &str, id: &str, organization: &str) -> bool {
        (kind, id) == ("platform", "platform")
            || self.organization_of(kind, id).is_some_and(|found| found == organization)
    }

    pub(super) fn ids(&self, kind: &str) -> Vec<String> {
        self.resources.iter().filter(|one| one.kind == kind).map(|one| one.id.clone()).collect()
    }

    /// How many a limit counts in one organization: resources of a kind, or holders.
    pub(super) fn count(&self, counted: &str, organization: &str) -> u64 {
        let holders = self.counted.iter().filter(|(what, of)| *what == counted && of == organization);
        let resources = self
            .resources
            .iter()
            .filter(|one| one.kind == counted && self.is_in(counted, &one.id, organization));
        (holders.count() + resources.count()) as u64
    }
}

/// A list of roles that was written down; absent is not the same as empty.
fn chosen(roles: &Value) -> Option<Vec<String>> {
    if roles.is_null() { None } else { Some(texts(roles)) }
}
