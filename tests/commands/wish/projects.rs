//! Wishes about projects, service accounts and keys.

use super::Wisher;
use crate::rules::holder_of;
use serde_json::{Value, json};

impl Wisher<'_> {
    pub(super) fn about_projects(&mut self, name: &str, home: &str) -> Option<Value> {
        let mut command = match name {
            "create_project" => json!({ "project": self.new_id("j") }),
            "rename_project" => {
                json!({ "project": self.project(home), "name": format!("Name {}", self.dice.below(9)) })
            }
            "delete_project" => json!({ "project": self.project(home) }),
            "move_project" => json!({ "project": self.project(home), "to": self.organization() }),
            "add_project_member" => self.add_member(home),
            "change_project_member" => self.change_member(home),
            "remove_project_member" => self.remove_member(home),
            "create_service_account" => {
                json!({ "account": self.new_id("s"), "roles": self.some_roles("service_account", "organization") })
            }
            "change_service_account" => {
                json!({ "account": self.account(home), "roles": self.some_roles("service_account", "organization") })
            }
            "delete_service_account" => json!({ "account": self.account(home) }),
            "create_api_key" => self.create_key(home),
            "change_api_key" => {
                json!({ "key": self.key(home), "roles": self.some_roles("api_key", "project") })
            }
            "rotate_api_key" | "delete_api_key" => json!({ "key": self.key(home) }),
            _ => return None,
        };
        if ["create_project", "create_service_account", "create_api_key"].contains(&name) {
            self.label(&mut command);
        }
        Some(command)
    }

    fn project(&mut self, home: &str) -> String {
        let projects = self.projects(home);
        self.dice.pick(&projects).unwrap_or_else(|| "j-missing".to_owned())
    }

    fn add_member(&mut self, home: &str) -> Value {
        let (project, member) = (self.project(home), self.receiver(home));
        let mut command = json!({ "project": project, "member": member });
        if self.dice.chance(75) {
            command["roles"] = json!(self.some_roles(holder_of(&member), "project"));
        }
        self.maybe_end(&mut command);
        command
    }

    /// Someone who is in a project already.
    fn joined(&mut self, home: &str) -> (String, String) {
        let project = self.project(home);
        let members = self.document.project(&project).into_iter().flat_map(|found| &found.members);
        let members: Vec<String> = members.map(|one| one.member.clone()).collect();
        let member = self.dice.pick(&members).unwrap_or_else(|| self.member(home));
        (project, member)
    }

    fn change_member(&mut self, home: &str) -> Value {
        let (project, member) = self.joined(home);
        let roles = self.some_roles(holder_of(&member), "project");
        let mut command = json!({ "project": project, "member": member, "roles": roles });
        self.maybe_end(&mut command);
        command
    }

    fn remove_member(&mut self, home: &str) -> Value {
        let (project, member) = self.joined(home);
        let mut command = json!({ "project": project, "member": member });
        if self.dice.chance(40) {
            command["successor"] = json!(self.member(home));
        }
        command
    }

    pub(super) fn maybe_end(&mut self, command: &mut Value) {
        if self.dice.chance(35) {
            command["until"] = json!(self.end());
        }
    }

    fn account(&mut self, home: &str) -> String {
        let accounts = self.accounts(home);
        let account = self.dice.pick(&accounts).unwrap_or_else(|| "service_account/s-missing".to_owned());
        account["service_account/".len()..].to_owned()
    }

    fn create_key(&mut self, home: &str) -> Value {
        let mut command = json!({ "project": self.project(home), "key": self.new_id("k") });
        if self.dice.chance(60) {
            command["roles"] = json!(self.some_roles("api_key", "project"));
        }
        command
    }

    fn key(&mut self, home: &str) -> String {
        let keys = self.keys(home);
        let key = self.dice.pick(&keys).unwrap_or_else(|| "api_key/k-missing".to_owned());
        key["api_key/".len()..].to_owned()
    }
}
