//! What an accepted command makes of the document: plain edits, written without a look at the engine. Together with
//! the model of acceptance this says, for every command, what comes out.

mod content;
mod edit;
mod members;
mod sso;

use crate::document::{Applied, Document};
use crate::model::Model;
use serde::de::IgnoredAny;
use serde_json::Value;

/// A day in milliseconds.
const DAY: u64 = 86_400_000;

/// How many command ids are kept.
const KEPT: usize = 1024;

/// The document as it becomes.
pub(crate) struct Effects<'a> {
    pub(crate) model: &'a Model<'a>,
    /// When the command is carried out.
    pub(crate) at: u64,
    pub(crate) after: Document,
}

impl<'a> Effects<'a> {
    pub(crate) fn of(model: &'a Model<'a>, at: u64) -> Document {
        let mut effects = Effects { model, at, after: model.document.clone() };
        effects.run(model.command["command"].as_str().unwrap());
        let after = &mut effects.after;
        after.revision += 1;
        after.changed = at;
        let id = model.command["id"].as_str().unwrap().to_owned();
        after.applied.push(Applied { id, digest: IgnoredAny });
        if after.applied.len() > KEPT {
            after.applied.remove(0);
        }
        effects.after
    }

    fn run(&mut self, name: &str) {
        match name {
            "sign_up" | "sign_in" | "verify_domain" | "release_domain" | "configure_sso" => {
                self.about_sso(name)
            }
            "change_edition" => {
                let edition = self.text("edition").to_owned();
                self.home_mut().edition = edition;
            }
            _ if name.contains("invite") || name.contains("group") => self.about_members(name),
            _ if name.ends_with("_organization") => self.about_members(name),
            _ if name.contains("project_member") => self.about_content(name),
            _ if name.contains("member") => self.about_members(name),
            _ => self.about_content(name),
        }
    }

    fn text(&self, field: &str) -> &'a str {
        self.model.command[field].as_str().unwrap_or("")
    }

    fn maybe(&self, field: &str) -> Option<String> {
        self.model.command[field].as_str().map(str::to_owned)
    }

    fn field(&self, field: &str) -> &'a Value {
        &self.model.command[field]
    }

    fn home(&self) -> &'a str {
        self.text("organization")
    }

    fn home_place(&self) -> String {
        format!("organization/{}", self.home())
    }

    fn home_mut(&mut self) -> &mut crate::document::Organization {
        let home = self.home();
        self.after.organizations.iter_mut().find(|one| one.id == home).unwrap()
    }

    fn actor(&self) -> String {
        self.model.actor.unwrap_or("").to_owned()
    }

    fn sorted(&self, field: &str) -> Vec<String> {
        let mut texts = crate::rules::texts(self.field(field));
        texts.sort();
        texts
    }
}
