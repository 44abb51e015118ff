//! Projects, service accounts, keys, resources and shares.

use super::Effects;
use crate::document::{Account, Key, Project, Resource};
use crate::rules::{holder_of, texts};

impl Effects<'_> {
    pub(super) fn about_content(&mut self, name: &str) {
        let project = self.text("project");
        let place = format!("project/{project}");
        match name {
            "create_project" => self.create_project(project),
            "rename_project" => {
                let name = self.maybe("name");
                self.after.projects.iter_mut().find(|one| one.id == project).unwrap().name = name;
            }
            "delete_project" => {
                self.after.demolish(&place);
                self.forget(project);
            }
            "add_project_member" | "change_project_member" => {
                let (who, until) = (self.text("member"), self.field("until").as_u64());
                self.after.rebind(&place, who, &self.chosen(who), until);
            }
            "remove_project_member" => self.take(&place, self.text("member")),
            _ if name.contains("account") => self.about_accounts(name),
            _ if name.contains("api_key") => self.about_keys(name),
            _ => self.about_resources(name),
        }
    }

    fn create_project(&mut self, id: &str) {
        let (actor, rules) = (self.actor(), self.model.rules);
        self.after.projects.push(Project {
            id: id.to_owned(),
            organization: self.home().to_owned(),
            name: self.maybe("name"),
            creator: Some(actor.clone()),
            members: Vec::new(),
        });
        self.after.projects.sort_by(|a, b| a.id.cmp(&b.id));
        let role = rules.kind("project")["creator"].as_str().unwrap_or("");
        if rules.may_hold(holder_of(&actor), "project", role) {
            self.after.bind(&format!("project/{id}"), &actor, role, None);
        }
    }

    /// A project that is gone is named by no invite and no assertion.
    fn forget(&mut self, id: &str) {
        for invite in &mut self.after.invites {
            invite.projects.retain(|one| one.project != id);
        }
        let on = Some(format!("project/{id}"));
        let home = self.home_mut();
        let Some(sso) = &mut home.sso else { return };
        // A value that is left with nothing stays known.
        sso.map.values_mut().for_each(|roles| roles.retain(|role| role.on != on));
        if sso.domains.is_empty() && sso.default.is_empty() && sso.map.is_empty() {
            home.sso = None;
        }
    }

    fn chosen(&self, who: &str) -> Vec<String> {
        if self.field("roles").is_array() {
            return self.sorted("roles");
        }
        let held = self.model.document.bound_on(&self.home_place()).into_iter();
        let held: Vec<String> =
            held.filter(|(one, _, _)| one == who).map(|(_, role, _)| role.to_owned()).collect();
        self.model.rules.defaults(&held)
    }

    /// Somebody holds nothing on a place from now on; what would lose its last goes to the successor.
    fn take(&mut self, place: &str, who: &str) {
        if who.starts_with("user/") {
            self.succeed(who, place);
        }
        self.after.unbind(place, who, |_, _| true);
    }

    fn about_accounts(&mut self, name: &str) {
        let id = self.text("account");
        let who = format!("service_account/{id}");
        match name {
            "create_service_account" => {
                self.after.service_accounts.push(Account {
                    id: id.to_owned(),
                    organization: self.home().to_owned(),
                    name: self.maybe("name"),
                    roles: self.sorted("roles"),
                    suspended: false,
                });
                self.after.service_accounts.sort_by(|a, b| a.id.cmp(&b.id));
            }
            "change_service_account" => {
                self.after.rebind(&self.home_place(), &who, &self.sorted("roles"), None);
            }
            _ => {
                let home = self.home();
                self.after.strip(home, &who);
                self.after.service_accounts.retain(|one| one.id != id);
                self.after.withdraw(home, &who);
                self.after.retire([who]);
            }
        }
    }

    fn about_keys(&mut self, name: &str) {
        let id = self.text("key");
        match name {
            "create_api_key" => {
                let mut roles = self.sorted("roles");
                if !self.field("roles").is_array() {
                    roles = texts(&self.model.rules.document["holders"]["api_key"]["default"]);
                    roles.sort();
                }
                self.after.api_keys.push(Key {
                    id: id.to_owned(),
                    project: self.text("project").to_owned(),
                    name: self.maybe("name"),
                    creator: Some(self.actor()),
                    rotations: 0,
                    roles,
                });
                self.after.api_keys.sort_by(|a, b| a.id.cmp(&b.id));
            }
            "delete_api_key" => {
                self.after.api_keys.retain(|key| key.id != id);
                self.after.retire([format!("api_key/{id}")]);
            }
            _ => {
                let roles = self.sorted("roles");
                let key = self.after.api_keys.iter_mut().find(|key| key.id == id).unwrap();
                if name == "rotate_api_key" {
                    key.rotations += 1;
                } else {
                    key.roles = roles;
                }
            }
        }
    }

    fn about_resources(&mut self, name: &str) {
        let (place, with, role) = (self.text("resource"), self.text("with"), self.text("role"));
        let until = self.field("until").as_u64();
        match name {
            "create_resource" => self.create_resource(place),
            "change_resource" => {
                let (label, uses) = (self.maybe("name"), self.field("uses"));
                let found = self.after.resources.iter_mut().find(|one| one.reference() == place).unwrap();
                found.name = label.or(found.name.take());
                if uses.is_array() {
                    found.uses = texts(uses);
                }
            }
            "delete_resource" => self.after.demolish(place),
            "share" | "change_share" => self.after.rebind(place, with, &[role.to_owned()], until),
            "unshare" => self.take(place, with),
            other => panic!("no effects of `{other}` are known"),
        }
    }

    fn create_resource(&mut self, place: &str) {
        let (kind, id) = place.split_once('/').unwrap();
        let (actor, rules) = (self.actor(), self.model.rules);
        self.after.resources.push(Resource {
            kind: kind.to_owned(),
            id: id.to_owned(),
            parent: self.maybe("parent").unwrap_or_else(|| self.home_place()),
            name: self.maybe("name"),
            creator: Some(actor.clone()),
            uses: texts(self.field("uses")),
            shares: Vec::new(),
        });
        self.after.resources.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        let role = rules.kind(kind)["creator"].as_str().unwrap_or("");
        if rules.may_hold(holder_of(&actor), kind, role) {
            self.after.bind(place, &actor, role, None);
        }
    }
}
