//! The part of an access that all of one policy have in common, to the byte: kinds, actions, roles, features, limits
//! and editions, as far as a decision needs them to answer and to explain.

use super::Access;
use super::layout::{NEVER, action, edition, head, kind, named, role, status};
use super::rows;
use super::write::{Writer, long, optional, record, word};
use crate::policy::{FeatureId, Holder, KindId, Mask, Model, Policy, RoleId};

impl Policy {
    /// The policy's names and roles as an access of nobody: it denies everything, and opens the capsules
    /// ([`Capsule`](crate::Capsule)) of this policy, which leave these names out. A few KB of bytes.
    ///
    /// ```
    /// # use bailiwick::{Policy, Reason};
    /// let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let vocabulary = policy.vocabulary();
    /// assert_eq!(vocabulary.policy_digest(), policy.digest());
    /// assert_eq!(vocabulary.check("delete", "project", "search", 0).reason, Reason::UnknownPrincipal);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn vocabulary(&self) -> Access {
        let mut writer = Writer::new(status::UNKNOWN_PRINCIPAL);
        write(&mut writer, self.model());
        writer.finish(0)
    }
}

/// Writes it all and points the header at it. Nothing may have been written before.
pub(super) fn write(writer: &mut Writer, model: &Model) {
    let mut kinds = Vec::new();
    for id in (0..).map(KindId).take(model.kinds.len()) {
        kind_record(writer, &mut kinds, model, id);
    }
    let kinds = writer.table(&kinds, kind::SIZE);
    writer.pair(head::KINDS, kinds);
    let mut roles = Vec::new();
    for id in (0..).map(RoleId).take(model.roles.len()) {
        role_record(writer, &mut roles, model, id);
    }
    let roles = writer.table(&roles, role::SIZE);
    writer.pair(head::ROLES, roles);
    names(writer, head::FEATURES, model.features.iter().map(|known| (&known.name, &known.label)));
    names(writer, head::LIMITS, model.limits.iter().map(|known| (&known.name, &known.label)));
    editions(writer, model);
    let upgrade = model.questions.iter().find(|question| question.name == "upgrade");
    let upgrade = upgrade.map(|question| question.actions.as_slice()).unwrap_or_default();
    let mut actions = Vec::with_capacity(upgrade.len().saturating_mul(2));
    upgrade.iter().for_each(|(kind, bit)| actions.extend_from_slice(&[u32::from(kind.0), word(*bit)]));
    let upgrade = writer.table(&actions, 2);
    writer.pair(head::UPGRADE, upgrade);
    writer.pair(head::DIGEST, long(model.digest));
}

pub(super) fn feature(feature: Option<FeatureId>) -> u32 {
    optional(feature.map(|feature| usize::from(feature.0)))
}

/// The bit where it holds, else nothing.
fn flag(holds: bool, bit: u32) -> u32 {
    if holds { bit } else { 0 }
}

fn kind_record(writer: &mut Writer, kinds: &mut Vec<u32>, model: &Model, id: KindId) {
    let known = model.kind(id);
    let actions = actions(writer, model, id);
    let index = writer.index(known.actions.iter().map(|action| action.name.as_str()));
    let flags = flag(known.private, kind::PRIVATE) | flag(known.available, kind::AVAILABLE);
    let (name, label) = (writer.text(&known.name), writer.text(&known.label));
    record(
        kinds,
        kind::SIZE,
        &[
            (kind::NAME, &name),
            (kind::LABEL, &label),
            (kind::FLAGS, &[flags]),
            (kind::PARENT, &[optional(known.parent.map(|parent| usize::from(parent.0)))]),
            (kind::FEATURE, &[feature(known.feature)]),
            (kind::ACTIONS, &actions),
            (kind::ACTION_INDEX, &index),
            (kind::WIDTH, &[word(rows::width(model, id))]),
        ],
    );
}

fn actions(writer: &mut Writer, model: &Model, id: KindId) -> [u32; 2] {
    let mut records = Vec::new();
    for known in &model.kind(id).actions {
        let flags = flag(known.available, action::AVAILABLE) | flag(known.requestable, action::REQUESTABLE);
        let (name, label) = (writer.text(&known.name), writer.text(&known.label));
        record(
            &mut records,
            action::SIZE,
            &[
                (action::NAME, &name),
                (action::LABEL, &label),
                (action::FLAGS, &[flags]),
                (action::FEATURE, &[feature(known.feature)]),
                (action::LIMIT, &[optional(known.limit.map(usize::from))]),
                (action::GRANTS, &[optional(known.grants.map(|role| usize::from(role.0)))]),
            ],
        );
    }
    writer.table(&records, action::SIZE)
}

/// Writes (kind, mask) for each mask that is not empty.
pub(super) fn masks(
    writer: &mut Writer,
    model: &Model,
    gives: impl Iterator<Item = (KindId, Mask)>,
) -> [u32; 2] {
    let mut entries = Vec::new();
    for (kind, mask) in gives.filter(|(_, mask)| !mask.is_empty()) {
        entries.extend_from_slice(&[u32::from(kind.0), rows::mask(writer, model, kind, mask)]);
    }
    writer.table(&entries, 2)
}

fn role_record(writer: &mut Writer, roles: &mut Vec<u32>, model: &Model, id: RoleId) {
    let known = model.role(id);
    let sharing = flag(model.kind(known.kind).sharing.contains(&id), role::SHARING);
    let holdable = |holder| flag(model.may_hold(holder, id), role::HOLDABLE << holder as u32);
    let holdable = Holder::ALL.iter().fold(0, |flags, (holder, _)| flags | holdable(*holder));
    let closure = masks(writer, model, known.closure.iter().copied());
    let (name, label) = (writer.text(&known.name), writer.text(&known.label));
    record(
        roles,
        role::SIZE,
        &[
            (role::NAME, &name),
            (role::LABEL, &label),
            (role::KIND, &[u32::from(known.kind.0)]),
            (role::FEATURE, &[feature(known.feature)]),
            (role::WEIGHT, &[known.weight]),
            (role::FLAGS, &[sharing | holdable]),
            (role::CLOSURE, &closure),
        ],
    );
}

fn names<'m>(writer: &mut Writer, place: usize, known: impl Iterator<Item = (&'m String, &'m String)>) {
    let mut records = Vec::new();
    for (name, label) in known {
        let (name, label) = (writer.text(name), writer.text(label));
        record(&mut records, named::SIZE, &[(named::NAME, &name), (named::LABEL, &label)]);
    }
    let records = writer.table(&records, named::SIZE);
    writer.pair(place, records);
}

fn editions(writer: &mut Writer, model: &Model) {
    let mut records = Vec::new();
    for known in &model.editions {
        let mut limits = Vec::with_capacity(known.limits.len().saturating_mul(2));
        known.limits.iter().for_each(|most| limits.extend_from_slice(&long(most.unwrap_or(NEVER))));
        let [limits, _] = writer.table(&limits, 2);
        let (name, label) = (writer.text(&known.name), writer.text(&known.label));
        record(
            &mut records,
            edition::SIZE,
            &[
                (edition::NAME, &name),
                (edition::LABEL, &label),
                (edition::FEATURES, &long(known.features)),
                (edition::LIMITS, &[limits]),
            ],
        );
    }
    let editions = writer.table(&records, edition::SIZE);
    writer.pair(head::EDITIONS, editions);
}
