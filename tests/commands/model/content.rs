//! Resources and shares.

use super::{Model, Tier};
use crate::oracle::Question;
use crate::rules::holder_of;

impl<'a> Model<'a> {
    pub(super) fn about_content(&mut self, name: &str) {
        match name {
            "create_resource" => self.create_resource(),
            "change_resource" => self.change_resource(),
            "delete_resource" => {
                if let Some((kind, id)) = self.named() {
                    self.guard(kind, id);
                }
            }
            "share" => self.share(),
            "change_share" => self.change_share(),
            "unshare" => self.unshare(),
            other => panic!("the model does not know `{other}`"),
        }
    }

    /// The kind and the id of what the command is about; organizations and projects have commands of their own.
    fn named(&mut self) -> Option<(&'a str, &'a str)> {
        let name = self.text("resource");
        let (kind, id) = name.split_once('/').unwrap_or((name, ""));
        if !self.rules.kind(kind).is_object() {
            self.wrong("ERR_UNKNOWN_KIND");
        } else if ["platform", "organization", "project"].contains(&kind) {
            self.wrong("ERR_VALUE");
        } else if id.is_empty() || id.len() > 1024 {
            self.wrong("ERR_NAME");
        } else {
            return Some((kind, id));
        }
        self.standing();
        None
    }

    fn create_resource(&mut self) {
        let Some((kind, id)) = self.named() else { return };
        self.must_use_well(kind, &[]);
        let parent = self.maybe("parent").map_or_else(|| self.home_place(), str::to_owned);
        let above = self.rules.kind(kind)["parent"].as_str().unwrap_or("");
        let action = self.rules.kind(kind)["create"].as_str();
        let (parent_kind, parent_id) = parent.split_once('/').unwrap_or((&parent, ""));
        if !self.standing() {
            return;
        }
        if !self.is_here(&parent) {
            return self.refuse(Tier::Guard, "unknown_resource");
        }
        match action {
            Some(action) if parent_kind == above => self.must(action, parent_kind, parent_id),
            _ => self.refuse(Tier::Guard, "no_role"),
        }
        if self.rules.kind(kind)["available"] == false {
            self.refuse(Tier::Guard, "not_available_yet");
        }
        self.must_be_new(kind, id);
        if !self.rules.highest(kind).is_empty() && !self.name().starts_with("user/") {
            self.refuse(Tier::Rule, "not_grantable"); // a holder that counts is a person
        }
    }

    /// What is used is of this organization, and nobody names what they cannot see; `known` was named before.
    fn must_use_well(&mut self, kind: &str, known: &[String]) {
        let uses = self.listed("uses");
        for (index, name) in uses.iter().enumerate() {
            let used = name.split('/').next().unwrap_or("");
            if uses[..index].contains(name) {
                self.wrong("ERR_DUPLICATE");
            } else if !self.rules.kind(used).is_object() {
                self.wrong("ERR_UNKNOWN_KIND");
            } else if !self.rules.kind(kind)["run"].is_string() || !self.rules.kind(used)["use"].is_string() {
                self.wrong("ERR_VALUE");
            } else if !known.contains(name) && !self.sees(name) {
                self.refuse(Tier::Unknown, "unknown_resource");
            }
        }
    }

    /// Rule 2: of a private kind, what one holds nothing on does not exist.
    fn sees(&self, reference: &str) -> bool {
        let (kind, id) = reference.split_once('/').unwrap_or((reference, ""));
        let (principal, organization, now) = (self.name(), self.home(), self.now);
        let question = Question { principal, organization, action: "", kind, id, now };
        let private = self.rules.kind(kind)["private"] == true;
        self.is_here(reference) && (!private || self.oracle.has_standing(question))
    }

    fn change_resource(&mut self) {
        let Some((kind, id)) = self.named() else { return };
        let known = self.document.resource(self.text("resource")).map(|one| one.uses.clone());
        self.must_use_well(kind, &known.unwrap_or_default());
        self.guard(kind, id);
    }

    /// The role that is shared: of this kind, such as the holder may have.
    fn share_role(&mut self, kind: &str, with: &str) -> bool {
        let role = self.text("role");
        if !self.rules.has_role(kind, role) {
            self.wrong("ERR_UNKNOWN_ROLE");
        } else if !self.rules.may_hold(holder_of(with), kind, role) {
            self.wrong("ERR_HOLDER_ROLE");
        } else if self.until().is_some() && self.rules.top(kind) == role {
            self.wrong("ERR_TOP_ROLE_ENDS");
        } else {
            return true;
        }
        false
    }

    fn share(&mut self) {
        let Some((kind, id)) = self.named() else { return };
        let (with, place) = (self.text("with"), self.text("resource"));
        self.guard(kind, id);
        if !self.newcomer(with) || !self.share_role(kind, with) {
            return;
        }
        if !self.live_on(with, place).is_empty() {
            self.refuse(Tier::Rule, "conflict");
        }
        self.must_grant(place, self.text("role"), self.until());
    }

    /// The creator's highest share is lowered or taken by the creator alone.
    fn must_not_be_creators(&mut self, with: &str, place: &str) {
        let creator = self.document.resource(place).and_then(|one| one.creator.as_deref());
        let highest = self.rules.highest(place.split('/').next().unwrap_or(""));
        let full = self.full_holders(place, &highest).iter().any(|holder| holder == with);
        if creator == Some(with) && full && self.actor != Some(with) {
            self.refuse(Tier::Rule, "not_grantable");
        }
    }

    fn change_share(&mut self) {
        let Some((kind, id)) = self.named() else { return };
        let (with, place, role) = (self.text("with"), self.text("resource"), self.text("role"));
        self.guard(kind, id);
        if !self.target(with) || !self.bound_here(with, place) || !self.share_role(kind, with) {
            return;
        }
        self.must_grant_held(with, place);
        self.must_grant(place, role, self.until());
        let stays = role == self.rules.highest(kind) && self.until().is_none();
        if !stays {
            self.must_not_be_creators(with, place);
            if self.is_last_holder(with, place) {
                self.refuse(Tier::Rule, "last_owner");
            }
        }
    }

    fn unshare(&mut self) {
        let (with, place) = (self.text("with"), self.text("resource"));
        let kind = place.split('/').next().unwrap_or("");
        let bound = self.document.bound_on(place).iter().any(|(holder, _, _)| holder == with);
        let shared = !self.rules.highest(kind).is_empty();
        let own = self.actor == Some(with) && shared && self.is_here(place) && bound;
        if own {
            self.standing();
        } else {
            let Some((kind, id)) = self.named() else { return };
            self.guard(kind, id);
        }
        if !self.target(with) || !self.bound_here(with, place) {
            return;
        }
        if !own {
            self.must_grant_held(with, place);
            self.must_not_be_creators(with, place);
        }
        if with.starts_with("user/") {
            self.must_leave_well(with, Some(place));
        }
    }
}
