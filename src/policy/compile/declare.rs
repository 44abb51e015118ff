//! The skeleton of the model: kinds with their actions, and roles by name. Nothing is allowed yet.

use super::names::{position, small};
use super::tree::Tree;
use crate::error::Result;
use crate::policy::document::{KindDocument, PolicyDocument};
use crate::policy::place::Place;
use crate::policy::{Action, Feature, Holder, Invites, Kind, KindId, Model, Role, RoleId};

/// The platform role that everybody holds.
pub(super) const PERSON: &str = "person";

/// A model with every declared kind, action and role, and everything that refers to them still empty.
pub(super) fn model(document: &PolicyDocument<'_>, tree: &Tree) -> Result<Model> {
    let person =
        person(document).ok_or_else(|| Place::KINDS.at("platform").at("roles").at(PERSON).missing())?;
    let mut model = Model {
        name: document.name.to_owned(),
        label: label(document.label, document.name),
        digest: 0,
        features: Vec::new(),
        limits: Vec::new(),
        editions: Vec::new(),
        holders: [const { None }; Holder::COUNT],
        invites: Invites { only_people: document.invites.only_people, days: document.invites.days },
        kinds: Vec::with_capacity(document.kinds.len()),
        roles: Vec::new(),
        platform: tree.platform,
        organization: tree.organization,
        project: tree.project,
        person,
        commands: Vec::new(),
        questions: Vec::new(),
        further: None,
        explained: document.explained.iter().map(|(key, why)| (key.to_owned(), why.to_owned())).collect(),
    };
    for (name, feature) in &document.features {
        model.features.push(Feature { name: (*name).to_owned(), label: label(feature.label, name) });
    }
    for ((name, declared), parent) in document.kinds.iter().zip(&tree.parents) {
        declare(&mut model, name, declared, *parent);
    }
    Ok(model)
}

/// The role `person` of the platform, by its place among all roles.
fn person(document: &PolicyDocument<'_>) -> Option<RoleId> {
    let platform = position(&document.kinds, "platform")?;
    let before = document.kinds.iter().take(platform).map(|(_, kind)| kind.roles.len());
    let (_, platform) = document.kinds.get(platform)?;
    Some(RoleId(small(before.sum::<usize>().saturating_add(position(&platform.roles, PERSON)?))))
}

/// The label as written, or the name as people would write it: `billing_admin` as `Billing admin`.
#[inline(never)]
pub(super) fn label(written: Option<&str>, name: &str) -> String {
    let mut label = written.unwrap_or(name).to_owned();
    if written.is_none() {
        label = label.replace('_', " ");
        label.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    }
    label
}

fn declare(model: &mut Model, name: &str, declared: &KindDocument<'_>, parent: Option<KindId>) {
    let id = KindId(small(model.kinds.len()));
    let mut actions = Vec::with_capacity(declared.actions.len().saturating_add(declared.roles.len()));
    for (name, declared) in &declared.actions {
        let action = action((*name).to_owned(), label(declared.label, name));
        actions.push(Action { available: declared.available, requestable: declared.requestable, ..action });
    }
    let mut roles = Vec::with_capacity(declared.roles.len());
    for (name, declared) in &declared.roles {
        let role = RoleId(small(model.roles.len()));
        let label = label(declared.label, name);
        let grant = action(["grant ", name].concat(), ["Give the role ", &label].concat());
        actions.push(Action { grants: Some(role), ..grant });
        roles.push(role);
        model.roles.push(self::role((*name).to_owned(), label, id));
    }
    let label = label(declared.label, name);
    model.kinds.push(Kind {
        name: name.to_owned(),
        plural: declared.plural.map_or_else(|| [&label, "s"].concat(), str::to_owned),
        label,
        parent,
        private: declared.private,
        available: declared.available,
        feature: None,
        top: None,
        creator: None,
        default: None,
        sharing: Vec::new(),
        create: None,
        use_bit: None,
        run_bit: None,
        declared: declared.actions.len(),
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
