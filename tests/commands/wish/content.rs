//! Wishes about resources and shares.

use super::Wisher;
use crate::document::Resource;
use crate::rules::holder_of;
use serde_json::{Value, json};

impl Wisher<'_> {
    pub(super) fn about_content(&mut self, name: &str, home: &str) -> Value {
        match name {
            "create_resource" => self.create(home),
            "change_resource" => self.change(home),
            "delete_resource" => json!({ "resource": self.resource(home, false) }),
            "share" => self.share(home),
            "change_share" => self.change_share(home),
            _ => self.unshare(home),
        }
    }

    fn create(&mut self, home: &str) -> Value {
        let mut kinds = self.rules.content_kinds();
        if self.dice.chance(85) {
            kinds.retain(|kind| self.rules.kind(kind)["available"] != false);
        }
        let kind = self.dice.pick(&kinds).unwrap_or_else(|| "thing".to_owned());
        let id = self.new_id("r");
        let mut command = json!({ "resource": format!("{kind}/{id}") });
        let above = self.rules.kind(&kind)["parent"].as_str().unwrap_or("organization").to_owned();
        if above == "project" {
            let projects = self.projects(home);
            let project = self.dice.pick(&projects).unwrap_or_else(|| "j-missing".to_owned());
            command["parent"] = json!(format!("project/{project}"));
        } else if self.dice.chance(20) {
            command["parent"] = json!(format!("organization/{home}"));
        }
        if self.rules.kind(&kind)["run"].is_string() && self.dice.chance(70) {
            command["uses"] = json!(self.usable(home));
        }
        self.label(&mut command);
        command
    }

    /// Some things of the organization that others may use, mostly of one who holds them.
    fn usable(&mut self, home: &str) -> Vec<String> {
        let is_used = |one: &&Resource| self.rules.kind(&one.kind)["use"].is_string();
        let used: Vec<&Resource> = self.document.resources.iter().filter(is_used).collect();
        let here: Vec<&Resource> =
            used.into_iter().filter(|one| self.document.home_of(&one.parent) == Some(home)).collect();
        let Some(first) = self.dice.pick(&here) else { return Vec::new() };
        let holder = first.shares.iter().find(|share| share.until.is_none()).map(|share| share.with.as_str());
        let theirs = |one: &&&Resource| one.shares.iter().any(|share| Some(share.with.as_str()) == holder);
        let theirs: Vec<String> = here.iter().filter(theirs).map(|one| one.reference()).collect();
        self.dice.some_at_least_one(&theirs, 60)
    }

    fn change(&mut self, home: &str) -> Value {
        let resource = self.resource(home, false);
        let mut command = json!({ "resource": resource });
        let kind = resource.split('/').next().unwrap_or_default();
        if self.rules.kind(kind)["run"].is_string() && self.dice.chance(60) {
            command["uses"] = json!(self.usable(home));
        }
        self.label(&mut command);
        command
    }

    /// A resource of the organization, perhaps of a kind that is shared.
    fn resource(&mut self, home: &str, shared: bool) -> String {
        let fits = |one: &&Resource| !shared || !self.rules.highest(&one.kind).is_empty();
        let all = self.document.resources.iter().filter(fits).map(Resource::reference);
        let all: Vec<String> = all.filter(|one| self.document.home_of(one) == Some(home)).collect();
        let open = |one: &String| {
            let kind = one.split('/').next().unwrap_or_default();
            self.rules.kind(kind)["available"] != false
        };
        let ready: Vec<String> = all.iter().filter(|one| open(one)).cloned().collect();
        let all = if ready.is_empty() || self.dice.chance(10) { all } else { ready };
        let kinds = self.rules.content_kinds();
        let kind = kinds.first().map_or("thing", String::as_str);
        self.dice.pick(&all).unwrap_or_else(|| format!("{kind}/r-missing"))
    }

    fn share(&mut self, home: &str) -> Value {
        let (mut resource, with) = (self.resource(home, true), self.receiver(home));
        let using: Vec<String> = self
            .document
            .resources
            .iter()
            .filter(|one| !one.uses.is_empty())
            .map(Resource::reference)
            .collect();
        let here =
            using.iter().filter(|one| self.document.home_of(one) == Some(home)).cloned().collect::<Vec<_>>();
        if self.deep && self.dice.chance(60) {
            resource = self.dice.pick(&here).unwrap_or(resource);
        }
        let kind = resource.split('/').next().unwrap_or_default().to_owned();
        let roles = self.rules.holdable(holder_of(&with), &kind);
        let role = self.dice.pick(&roles).unwrap_or_else(|| "view".to_owned());
        let mut command = json!({ "resource": resource, "with": with, "role": role });
        self.maybe_end(&mut command);
        command
    }

    /// A share that is there.
    fn shared(&mut self, home: &str) -> (String, String) {
        let resource = self.resource(home, true);
        let shares = self.document.resource(&resource).into_iter().flat_map(|found| &found.shares);
        let shares: Vec<String> = shares.map(|share| share.with.clone()).collect();
        let with = self.dice.pick(&shares).unwrap_or_else(|| self.member(home));
        (resource, with)
    }

    fn change_share(&mut self, home: &str) -> Value {
        let (resource, with) = self.shared(home);
        let kind = resource.split('/').next().unwrap_or_default().to_owned();
        let roles = self.rules.holdable(holder_of(&with), &kind);
        let role = self.dice.pick(&roles).unwrap_or_else(|| "view".to_owned());
        let mut command = json!({ "resource": resource, "with": with, "role": role });
        self.maybe_end(&mut command);
        command
    }

    fn unshare(&mut self, home: &str) -> Value {
        let (resource, with) = self.shared(home);
        let mut command = json!({ "resource": resource, "with": with });
        if self.dice.chance(50) {
            command["successor"] = json!(self.member(home));
        }
        command
    }
}
