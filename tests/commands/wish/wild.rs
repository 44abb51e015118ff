//! Something in a command is replaced by what fits less: of another organization, of another kind, retired, unknown.

use super::Wisher;
use serde_json::{Value, json};

impl Wisher<'_> {
    /// Changes one field, besides the command's name.
    pub(super) fn make_wild(&mut self, command: &mut Value) {
        let fields: Vec<String> = command.as_object().unwrap().keys().cloned().collect();
        let fields: Vec<String> =
            fields.into_iter().filter(|name| name != "command" && name != "id").collect();
        let Some(field) = self.dice.pick(&fields) else { return };
        command[&field] = match field.as_str() {
            "organization" | "from" | "to" => json!(self.any_organization()),
            "member" | "with" | "successor" => json!(self.any_holder()),
            "project" => json!(self.any_id("project")),
            "resource" | "parent" => json!(self.any_thing()),
            "group" => json!(self.any_id("group")),
            "account" => json!(self.any_id("service_account")),
            "key" => json!(self.any_id("api_key")),
            "invite" => json!(self.any_id("invite")),
            "role" => json!(self.any_role()),
            "roles" | "default" => self.any_roles(),
            "uses" => json!([self.any_thing(), self.any_thing()]),
            "members" => json!([self.any_holder(), self.any_holder()]),
            "until" => json!(self.end()),
            "address" | "person" | "email" => json!(self.any_address()),
            "domain" => json!(self.dice.pick(&["A.com", "x@y", "", "d.com", "a.com"]).unwrap()),
            "edition" => {
                json!(self.dice.pick(&["platinum", "enterprise", "starter", "free", "hut"]).unwrap())
            }
            "projects" => {
                let (one, two) = (self.any_id("project"), self.any_id("project"));
                json!([{ "project": one }, { "project": two, "roles": self.any_roles() }])
            }
            "map" => {
                json!({ "red": [{ "role": self.any_role(), "on": self.any_thing() }, { "role": self.any_role() }] })
            }
            _ => return,
        };
    }

    fn any_organization(&mut self) -> String {
        let mut all: Vec<String> = self.document.organizations.iter().map(|one| one.id.clone()).collect();
        all.push("nowhere".to_owned());
        all.extend(self.retired("organization"));
        self.dice.pick(&all).unwrap()
    }

    fn retired(&mut self, kind: &str) -> Option<String> {
        let retired = self.document.retired.iter().filter_map(|one| one.split_once('/'));
        let ids: Vec<String> = retired.filter(|(of, _)| *of == kind).map(|(_, id)| id.to_owned()).collect();
        self.dice.pick(&ids)
    }

    /// An id of a kind: of any organization, retired, or of something else.
    fn any_id(&mut self, kind: &str) -> String {
        if let Some(gone) = self.retired(kind).filter(|_| self.dice.chance(30)) {
            return gone;
        }
        let document = self.document;
        let mut all: Vec<String> = match kind {
            "project" => document.projects.iter().map(|one| one.id.clone()).collect(),
            "group" => document.groups.iter().map(|one| one.id.clone()).collect(),
            "service_account" => document.service_accounts.iter().map(|one| one.id.clone()).collect(),
            "api_key" => document.api_keys.iter().map(|one| one.id.clone()).collect(),
            _ => document.invites.iter().map(|one| one.id.clone()).collect(),
        };
        all.push("missing".to_owned());
        self.dice.pick(&all).unwrap()
    }

    /// Any principal, group or word that a share could be given to.
    fn any_holder(&mut self) -> String {
        let document = self.document;
        let mut all: Vec<String> = document.people.iter().map(|person| person.principal()).collect();
        all.extend(document.service_accounts.iter().map(|one| format!("service_account/{}", one.id)));
        all.extend(document.api_keys.iter().map(|one| format!("api_key/{}", one.id)));
        all.extend(document.groups.iter().map(|one| format!("group/{}", one.id)));
        all.extend(["members", "members/o0", "user/missing", "user/", "everyone"].map(str::to_owned));
        self.dice.pick(&all).unwrap()
    }

    fn any_thing(&mut self) -> String {
        let document = self.document;
        let mut all: Vec<String> = document.resources.iter().map(|one| one.reference()).collect();
        all.extend(document.projects.iter().map(|one| format!("project/{}", one.id)));
        all.extend(document.organizations.iter().map(|one| format!("organization/{}", one.id)));
        all.extend(document.retired.iter().take(20).cloned());
        all.extend(["ghost/1", "project", "platform/platform", "board/"].map(str::to_owned));
        self.dice.pick(&all).unwrap()
    }

    fn any_role(&mut self) -> String {
        let kinds = self.rules.kinds();
        let kind = self.dice.pick(&kinds).unwrap();
        let mut roles = self.rules.roles(&kind);
        roles.push("ghost".to_owned());
        self.dice.pick(&roles).unwrap()
    }

    fn any_roles(&mut self) -> Value {
        match self.dice.below(5) {
            0 => json!([]),
            1 => {
                let role = self.any_role();
                json!([role, role])
            }
            2 => json!([self.any_role(), self.any_role()]),
            _ => json!([self.any_role()]),
        }
    }

    fn any_address(&mut self) -> String {
        let mut all: Vec<String> =
            self.document.people.iter().flat_map(|one| [one.id.clone(), one.address().to_owned()]).collect();
        all.extend(["New@a.com", "new", "a@b@c", "", "new@z.com"].map(str::to_owned));
        self.dice.pick(&all).unwrap()
    }
}
