//! The skeleton of the model: kinds with their actions, and roles by name. Nothing is allowed yet.

use super::names::small;
use super::tree::Tree;
use crate::error::Result;
use crate::policy::document::INVITE_DAYS;
use crate::policy::fields::{Object, object_of, text_of};
use crate::policy::place::Place;
use crate::policy::{Action, Feature, Holder, Invites, Kind, KindId, Model, Role, RoleId};

/// The platform role that everybody holds.
pub(super) const PERSON: &str = "person";

/// A model with every declared kind, action and role, and everything that refers to them still empty.
pub(super) fn model(document: Object<'_>, tree: &Tree) -> Result<Model> {
    let invites = document.object("invites");
    let days = invites.node("days").and_then(|days| days.number()).unwrap_or(INVITE_DAYS);
    let name = document.text("name").unwrap_or_default();
    let mut model = Model {
        name: name.to_owned(),
        label: label(document, name),
        digest: 0,
        features: Vec::new(),
        limits: Vec::new(),
        editions: Vec::new(),
        holders: [const { None }; Holder::COUNT],
        invites: Invites { only_people: invites.text("to") == Some("people"), days },
        kinds: Vec::new(),
        roles: Vec::new(),
        platform: tree.platform,
        organization: tree.organization,
        project: tree.project,
        person: RoleId(0),
        commands: Vec::new(),
        questions: Vec::new(),
        further: None,
        explained: Vec::new(),
    };
    for (key, sentence) in document.object("explained").0 {
        model.explained.push((key.to_owned(), text_of(sentence).to_owned()));
    }
    for (name, declared) in document.object("features").0 {
        let label = label(object_of(declared), name);
        model.features.push(Feature { name: name.to_owned(), label });
    }
    for ((name, declared), parent) in document.object("kinds").0.zip(&tree.parents) {
        declare(&mut model, name, object_of(declared), *parent);
    }
    let person = model.role_named(tree.platform, PERSON);
    model.person = person.ok_or_else(|| Place::KINDS.at("platform").at("roles").at(PERSON).missing())?;
    Ok(model)
}

/// The label as written, or the name as people would write it: `billing_admin` as `Billing admin`.
#[inline(never)]
pub(super) fn label(declared: Object<'_>, name: &str) -> String {
    if let Some(written) = declared.text("label") {
        return written.to_owned();
    }
    let mut label = String::with_capacity(name.len());
    for letter in name.chars() {
        label.push(match letter {
            '_' => ' ',
            letter if label.is_empty() => letter.to_ascii_uppercase(),
            letter => letter,
        });
    }
    label
}

fn declare(model: &mut Model, name: &str, declared: Object<'_>, parent: Option<KindId>) {
    let id = KindId(small(model.kinds.len()));
    let mut actions = Vec::new();
    for (name, declared) in declared.object("actions").0 {
        let declared = object_of(declared);
        let action = action(name.to_owned(), label(declared, name));
        let (available, requestable) =
            (declared.flag("available", true), declared.flag("requestable", false));
        actions.push(Action { available, requestable, ..action });
    }
    let declared_actions = actions.len();
    let mut roles = Vec::new();
    for (name, declared) in declared.object("roles").0 {
        let role = RoleId(small(model.roles.len()));
        let label = label(object_of(declared), name);
        let grant = action(["grant ", name].concat(), ["Give the role ", &label].concat());
        actions.push(Action { grants: Some(role), ..grant });
        roles.push(role);
        model.roles.push(self::role(name.to_owned(), label, id));
    }
    let label = label(declared, name);
    let plural = declared.text("plural").map(str::to_owned);
    model.kinds.push(Kind {
        name: name.to_owned(),
        plural: plural.unwrap_or_else(|| [&label, "s"].concat()),
        label,
        parent,
        private: declared.flag("private", false),
        available: declared.flag("available", true),
        feature: None,
        top: None,
        creator: None,
        default: None,
        sharing: Vec::new(),
        create: None,
        use_bit: None,
        run_bit: None,
        declared: declared_actions,
        actions,
        roles,
    });
}

fn action(name: String, label: String) -> Action {
    Action { name, label, feature: None, limit: None, available: true, requestable: false, grants: None }
}

fn role(name: String, label: String, kind: KindId) -> Role {
    let (defaults, implies, closure) = (Vec::new(), Vec::new(), Vec::new());
    Role { name, label, kind, feature: None, defaults, implies, closure, weight: 0 }
}
