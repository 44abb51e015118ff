//! Projects and who is in them, service accounts and keys.

use super::{Model, Tier};
use crate::rules::{holder_of, texts};

impl Model<'_> {
    pub(super) fn about_projects(&mut self, name: &str) {
        let needs_projects = name.contains("project") || name == "create_api_key";
        if needs_projects && !self.rules.has_projects() {
            return self.refuse(Tier::Guard, "unknown_kind");
        }
        let project = self.text("project");
        match name {
            "create_project" => self.create_project(),
            "rename_project" | "delete_project" => self.guard("project", project),
            "move_project" => self.move_project(),
            "add_project_member" => self.add_project_member(),
            "change_project_member" => self.change_project_member(),
            "remove_project_member" => self.remove_project_member(),
            "create_service_account" => self.create_account(),
            "change_service_account" | "delete_service_account" => self.touch_account(name),
            "create_api_key" => self.create_key(),
            "change_api_key" | "rotate_api_key" | "delete_api_key" => self.touch_key(name),
            other => panic!("the model does not know `{other}`"),
        }
    }

    fn create_project(&mut self) {
        let action = self.rules.kind("project")["create"].as_str().unwrap_or("").to_owned();
        self.must(&action, "organization", self.home());
        self.must_be_new("project", self.text("project"));
        let owned = self.rules.projects_keep_owners();
        if owned && !self.name().starts_with("user/") {
            self.refuse(Tier::Rule, "not_grantable"); // an owner that counts is a person
        }
    }

    fn move_project(&mut self) {
        if self.standing() {
            let here = self.is_here(&format!("project/{}", self.text("project")));
            self.refuse(Tier::Rule, if here { "contact_support" } else { "unknown_resource" });
        }
    }

    fn project_place(&self) -> String {
        format!("project/{}", self.text("project"))
    }

    /// The roles that the command chooses, or those by default (rule 4); a top role has no end.
    fn chosen(&mut self, who: &str) -> Vec<String> {
        let roles = if self.command["roles"].is_null() {
            let home = self.home_place();
            let held: Vec<String> = self.live_on(who, &home).into_iter().map(|(role, _)| role).collect();
            let defaults = self.rules.defaults(&held);
            if defaults.is_empty() {
                self.wrong("ERR_ROLE_REQUIRED");
            }
            defaults
        } else {
            self.roles(holder_of(who), "project", &self.command["roles"]).unwrap_or_default()
        };
        if self.until().is_some() && roles.iter().any(|role| role == self.rules.top("project")) {
            self.wrong("ERR_TOP_ROLE_ENDS");
        }
        roles
    }

    fn add_project_member(&mut self) {
        let (who, place) = (self.text("member"), self.project_place());
        self.guard("project", self.text("project"));
        let roles = self.chosen(who);
        if !self.newcomer(who) {
            return;
        }
        if !self.live_on(who, &place).is_empty() {
            self.refuse(Tier::Rule, "conflict");
        }
        self.must_grant_all(&place, &roles, self.until());
    }

    /// Who is given something is not suspended.
    pub(super) fn newcomer(&mut self, who: &str) -> bool {
        let found = self.target(who);
        let principal = ["user", "service_account"].contains(&holder_of(who));
        if found && principal && !self.is_active(who) {
            self.refuse(Tier::Rule, "suspended");
        }
        found
    }

    /// Somebody who is bound right there, live or not.
    pub(super) fn bound_here(&mut self, who: &str, place: &str) -> bool {
        let bound = self.document.bound_on(place).iter().any(|(holder, _, _)| holder == who);
        if !bound {
            self.refuse(Tier::Unknown, "unknown_principal");
        }
        bound
    }

    fn change_project_member(&mut self) {
        let (who, place) = (self.text("member"), self.project_place());
        self.guard("project", self.text("project"));
        let roles = self.chosen(who);
        if !self.target(who) || !self.bound_here(who, &place) {
            return;
        }
        self.must_grant_held(who, &place);
        self.must_grant_all(&place, &roles, self.until());
        let stays = roles.iter().any(|role| role == self.rules.top("project"));
        if !stays && self.rules.projects_keep_owners() && self.is_last_owner(who, &place) {
            self.refuse(Tier::Rule, "last_owner");
        }
    }

    fn remove_project_member(&mut self) {
        let (who, place) = (self.text("member"), self.project_place());
        let bound = self.document.bound_on(&place).iter().any(|(holder, _, _)| holder == who);
        let own = self.actor == Some(who) && self.is_here(&place) && bound;
        if own {
            self.standing();
        } else {
            self.guard("project", self.text("project"));
        }
        if !self.target(who) || !self.bound_here(who, &place) {
            return;
        }
        if self.actor != Some(who) {
            self.must_grant_held(who, &place);
        }
        if who.starts_with("user/") {
            self.must_leave_well(who, Some(&place));
        }
    }

    fn create_account(&mut self) {
        let roles = self.account_roles();
        self.guard_home();
        self.must_pay_for("service_account");
        self.must_be_new("service_account", self.text("account"));
        self.must_hand("service_account", &self.home_place(), &roles);
    }

    /// A service account may have no role on the organization.
    fn account_roles(&mut self) -> Vec<String> {
        if self.listed("roles").is_empty() {
            return Vec::new();
        }
        self.roles("service_account", "organization", &self.command["roles"]).unwrap_or_default()
    }

    /// The actor may give each role, and holds all that it gives.
    fn must_hand(&mut self, holder: &str, place: &str, roles: &[String]) {
        self.must_grant_all(place, roles, None);
        roles.iter().for_each(|role| self.must_cover(holder, place, role, None));
    }

    fn touch_account(&mut self, name: &str) {
        let who = format!("service_account/{}", self.text("account"));
        let home = self.home_place();
        self.guard_home();
        let changes = name == "change_service_account";
        let roles = if changes { self.account_roles() } else { Vec::new() };
        if !self.target(&who) {
            return;
        }
        self.must_grant_held(&who, &home);
        if changes {
            self.must_pay_for("service_account");
            self.must_cover_held(&who);
            self.must_hand("service_account", &home, &roles);
        }
    }

    fn create_key(&mut self) {
        let place = self.project_place();
        self.guard("project", self.text("project"));
        let roles = self.key_roles();
        self.must_pay_for("api_key");
        self.must_be_new("api_key", self.text("key"));
        self.must_hand("api_key", &place, &roles);
    }

    fn key_roles(&mut self) -> Vec<String> {
        if self.command["roles"].is_null() {
            let default = texts(&self.rules.document["holders"]["api_key"]["default"]);
            if default.is_empty() {
                self.wrong("ERR_ROLE_REQUIRED");
            }
            return default;
        }
        self.roles("api_key", "project", &self.command["roles"]).unwrap_or_default()
    }

    fn touch_key(&mut self, name: &str) {
        let who = format!("api_key/{}", self.text("key"));
        let changes = name == "change_api_key";
        let roles = if changes { self.key_roles() } else { Vec::new() };
        let key = self.document.key(self.text("key")).filter(|_| self.key_is_here(&who));
        let Some(key) = key else {
            if self.standing() {
                self.refuse(Tier::Guard, "unknown_principal");
            }
            return;
        };
        let place = format!("project/{}", key.project);
        self.guard("project", &key.project);
        if name != "rotate_api_key" {
            self.must_grant_held(&who, &place);
        }
        if name != "delete_api_key" {
            self.must_cover_held(&who);
        }
        if changes {
            self.must_pay_for("api_key");
            self.must_hand("api_key", &place, &roles);
        }
    }
}
