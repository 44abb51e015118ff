//! The part of an access that comes from the policy: kinds, actions, roles, features, limits and editions, as far
//! as a decision needs them to answer and to explain.

use super::layout::{NEVER, action, edition, head, kind, named, role};
use super::rows::{self, Rows};
use super::write::{Writer, long, optional, record, word};
use crate::directory::{Directory, OrganizationId};
use crate::policy::{FeatureId, Holder, KindId, Mask, Model, RoleId};

/// Writes it all and points the header at it.
pub(super) fn write(
    writer: &mut Writer,
    directory: &Directory,
    holder: Holder,
    organization: OrganizationId,
    rows: &[Rows],
) {
    let model = directory.policy().model();
    let Some(here) = directory.facts().organization(organization) else { return };
    let mut kinds = Vec::new();
    for (id, rows) in (0..).map(KindId).zip(rows) {
        kind_record(writer, &mut kinds, model, holder, (id, rows));
    }
    let kinds = writer.table(&kinds, kind::SIZE);
    writer.pair(head::KINDS, kinds);
    let mut roles = Vec::new();
    for id in (0..).map(RoleId).take(model.roles.len()) {
        role_record(writer, &mut roles, model, holder, id);
    }
    let roles = writer.table(&roles, role::SIZE);
    writer.pair(head::ROLES, roles);
    names(writer, model, &here.used);
    editions(writer, model);
    writer.put(head::EDITION, word(here.edition));
    let own = model.holder(holder).and_then(|rules| rules.feature);
    writer.put(head::OWN_FEATURE, feature(own));
    let upgrade = model.questions.iter().find(|question| question.name == "upgrade");
    let upgrade = upgrade.map(|question| question.actions.as_slice()).unwrap_or_default();
    let upgrade: Vec<u32> = upgrade.iter().flat_map(|(kind, bit)| [u32::from(kind.0), word(*bit)]).collect();
    let upgrade = writer.table(&upgrade, 2);
    writer.pair(head::UPGRADE, upgrade);
}

fn feature(feature: Option<FeatureId>) -> u32 {
    optional(feature.map(|feature| usize::from(feature.0)))
}

/// The bit where it holds, else nothing.
fn flag(holds: bool, bit: u32) -> u32 {
    if holds { bit } else { 0 }
}

fn kind_record(
    writer: &mut Writer,
    kinds: &mut Vec<u32>,
    model: &Model,
    holder: Holder,
    (id, rows): (KindId, &Rows),
) {
    let known = model.kind(id);
    let actions = actions(writer, model, id);
    let index = writer.index(known.actions.iter().map(|action| action.name.as_str()));
    let open = rows::mask(writer, model, id, rows.open);
    let flags = flag(known.private, kind::PRIVATE) | flag(known.available, kind::AVAILABLE);
    let (name, label) = (writer.text(&known.name), writer.text(&known.label));
    let baseline = baseline(writer, model, holder, id);
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
            (kind::OPEN, &[open]),
            (kind::SETS, &rows.sets),
            (kind::ROWS, &rows.rows),
            (kind::ROW_INDEX, &rows.index),
            (kind::PARENTS, &[rows.parents]),
            (kind::BASELINE, &baseline),
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

/// What comes along with any role on this kind, as (kind, mask).
fn baseline(writer: &mut Writer, model: &Model, holder: Holder, id: KindId) -> [u32; 2] {
    let rules = model.holder(holder);
    let roles = rules.and_then(|rules| rules.baseline.iter().find(|(on, _)| *on == id));
    let roles = roles.map(|(_, roles)| roles.as_slice()).unwrap_or_default();
    let gives =
        |kind: KindId| roles.iter().fold(Mask::EMPTY, |mask, role| mask.or(model.role(*role).on(kind)));
    masks(writer, model, (0..).map(KindId).take(model.kinds.len()).map(|kind| (kind, gives(kind))))
}

/// Writes (kind, mask) for each mask that is not empty.
fn masks(writer: &mut Writer, model: &Model, gives: impl Iterator<Item = (KindId, Mask)>) -> [u32; 2] {
    let mut entries = Vec::new();
    for (kind, mask) in gives.filter(|(_, mask)| !mask.is_empty()) {
        entries.extend([u32::from(kind.0), rows::mask(writer, model, kind, mask)]);
    }
    writer.table(&entries, 2)
}

fn role_record(writer: &mut Writer, roles: &mut Vec<u32>, model: &Model, holder: Holder, id: RoleId) {
    let known = model.role(id);
    let sharing = flag(model.kind(known.kind).sharing.contains(&id), role::SHARING);
    let holdable = flag(model.may_hold(holder, id), role::HOLDABLE);
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

fn names(writer: &mut Writer, model: &Model, used: &[u64]) {
    let mut features = Vec::new();
    for known in &model.features {
        let (name, label) = (writer.text(&known.name), writer.text(&known.label));
        record(&mut features, named::SIZE, &[(named::NAME, &name), (named::LABEL, &label)]);
    }
    let features = writer.table(&features, named::SIZE);
    writer.pair(head::FEATURES, features);
    let mut limits = Vec::new();
    for (known, used) in model.limits.iter().zip(used) {
        let (name, label) = (writer.text(&known.name), writer.text(&known.label));
        let used = long(*used);
        record(
            &mut limits,
            named::SIZE,
            &[(named::NAME, &name), (named::LABEL, &label), (named::USED, &used)],
        );
    }
    let limits = writer.table(&limits, named::SIZE);
    writer.pair(head::LIMITS, limits);
}

fn editions(writer: &mut Writer, model: &Model) {
    let mut records = Vec::new();
    for known in &model.editions {
        let limits: Vec<u32> = known.limits.iter().flat_map(|most| long(most.unwrap_or(NEVER))).collect();
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
