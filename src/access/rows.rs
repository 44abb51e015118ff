//! The part of an access that is the principal's: what is held on resources of each kind, by rows, sets and bindings.

use super::layout::{NEVER, NONE, binding, head, holding, row, set};
use super::reach::{Bound, How, KindReach, Seen, always};
use super::vocabulary::masks;
use super::write::{Writer, longs, optional, record, word};
use crate::directory::{Directory, OrganizationId, ResourceId};
use crate::policy::{FeatureId, Holder, KindId, Mask, Model};

/// Writes what is held on every kind and points the header at it; nothing reached makes it empty. `ends` are all
/// that occur, sorted.
pub(super) fn write(
    writer: &mut Writer,
    directory: &Directory,
    holder: Holder,
    organization: OrganizationId,
    reached: &[KindReach<'_>],
    ends: &[u64],
) {
    let model = directory.policy().model();
    let kinds = KindWriter { directory, model, holder, organization, reached, ends };
    let mut holdings = Vec::new();
    (0..).map(KindId).take(model.kinds.len()).for_each(|kind| kinds.write(writer, &mut holdings, kind));
    let holdings = writer.table(&holdings, holding::SIZE);
    writer.pair(head::HOLDINGS, holdings);
}

/// Adds every end in what was reached.
pub(super) fn ends(reached: &[KindReach<'_>], ends: &mut Vec<u64>) {
    let mut note = |bounds: &[Bound]| {
        for bound in bounds.iter().filter(|bound| bound.until != NEVER) {
            ends.push(bound.until);
        }
    };
    for kind in reached {
        kind.sets.iter().for_each(|(own, _)| note(own));
        kind.above.iter().for_each(|above| note(above));
    }
}

/// A list of bindings that was written: what it gives for ever, where it lies, whether some end.
#[derive(Clone, Copy, Default)]
struct Part {
    always: Mask,
    bindings: [u32; 2],
    timed: bool,
}

struct KindWriter<'d> {
    directory: &'d Directory,
    model: &'d Model,
    holder: Holder,
    organization: OrganizationId,
    reached: &'d [KindReach<'d>],
    ends: &'d [u64],
}

impl KindWriter<'_> {
    fn write(&self, writer: &mut Writer, holdings: &mut Vec<u32>, kind: KindId) {
        let open = self.directory.open(self.organization, kind);
        let nothing = KindReach::default();
        let reach = self.reached.get(usize::from(kind.0)).unwrap_or(&nothing);
        let sets = self.sets(writer, kind, open, reach);
        let mut records = Vec::with_capacity(reach.rows.len().saturating_add(1).saturating_mul(row::SIZE));
        writer.pool.reserve(reach.rows.iter().fold(0, |sum, (row, _)| row.id.len().saturating_add(sum)));
        for (resource, set) in &reach.rows {
            let id = writer.bytes(resource.id);
            records.extend_from_slice(&[id, word(*set)]); // row::ID, row::SET: there are many
        }
        let end = writer.bytes("");
        let [rows, count] = writer.table(&records, row::SIZE);
        if count > 0 {
            writer.table(&[end, 0], row::SIZE);
        }
        let index = writer.row_index(&records, end);
        let parents = self.parents(writer, kind, reach);
        let baseline = self.baseline(writer, kind);
        let open = if count == 0 { 0 } else { mask(writer, self.model, kind, open) };
        record(
            holdings,
            holding::SIZE,
            &[
                (holding::OPEN, &[open]),
                (holding::SETS, &sets),
                (holding::ROWS, &[rows, count]),
                (holding::ROW_INDEX, &index),
                (holding::PARENTS, &[parents]),
                (holding::BASELINE, &baseline),
            ],
        );
    }

    /// What comes along with any role on a kind, as (kind, mask).
    fn baseline(&self, writer: &mut Writer, id: KindId) -> [u32; 2] {
        let rules = self.model.holder(self.holder);
        let roles = rules.and_then(|rules| rules.baseline.iter().find(|(on, _)| *on == id));
        let roles = roles.map(|(_, roles)| roles.as_slice()).unwrap_or_default();
        let role_on = |kind| roles.iter().map(move |role| self.model.role(*role).on(kind));
        let gives = |kind| role_on(kind).fold(Mask::EMPTY, Mask::or);
        let kinds = (0..).map(KindId).take(self.model.kinds.len());
        masks(writer, self.model, kinds.map(|kind| (kind, gives(kind))))
    }

    fn id(&self, resource: ResourceId) -> &str {
        self.directory.facts().resource(resource).map(|known| known.id.as_ref()).unwrap_or_default()
    }

    fn sets(&self, writer: &mut Writer, kind: KindId, open: Mask, reach: &KindReach<'_>) -> [u32; 2] {
        let mut above = Vec::with_capacity(reach.above.len());
        reach.above.iter().for_each(|bounds| above.push(self.part(writer, kind, bounds)));
        let mut records = Vec::new();
        for (own, place) in &reach.sets {
            let own = self.part(writer, kind, own);
            let above = above.get(*place).copied().unwrap_or_default();
            let mask = mask(writer, self.model, kind, own.always.or(above.always).and(open));
            let fields: [(usize, &[u32]); 4] = [
                (set::MASK, &[mask]),
                (set::OWN, &own.bindings),
                (set::ABOVE, &above.bindings),
                (set::TIMED, &[u32::from(own.timed || above.timed)]),
            ];
            record(&mut records, set::SIZE, &fields);
        }
        writer.table(&records, set::SIZE)
    }

    /// Writes a list of bindings.
    fn part(&self, writer: &mut Writer, kind: KindId, bounds: &[Bound]) -> Part {
        let features = self.directory.features(self.organization);
        let always = always(self.model, self.holder, features, kind, bounds);
        let mut bindings = Vec::new();
        bounds.iter().for_each(|bound| self.binding(writer, &mut bindings, bound));
        let timed = bounds.iter().any(|bound| bound.until != NEVER);
        Part { always, bindings: writer.table(&bindings, binding::SIZE), timed }
    }

    fn binding(&self, writer: &mut Writer, bindings: &mut Vec<u32>, bound: &Bound) {
        let (how, group) = match bound.how {
            How::Direct => (binding::DIRECT, [0, 0]),
            How::Group(place) => {
                let group = self.directory.facts().groups.get(place);
                (binding::BY_GROUP, writer.text(group.map(|group| group.id.as_ref()).unwrap_or_default()))
            }
            How::Members => (binding::BY_MEMBERS, [0, 0]),
            How::Platform => (binding::BY_PLATFORM, [0, 0]),
        };
        let above = bound.above.and_then(|id| self.directory.facts().resource(id));
        let (kind, id) =
            above.map_or((NONE, [0, 0]), |known| (u32::from(known.kind.0), writer.text(&known.id)));
        record(
            bindings,
            binding::SIZE,
            &[
                (binding::ROLE, &[u32::from(bound.role.0)]),
                (binding::HOW, &[how]),
                (binding::GROUP, &group),
                (binding::ID, &id),
                (binding::KIND, &[kind]),
                (binding::UNTIL, &[optional(self.ends.binary_search(&bound.until).ok())]),
            ],
        );
    }

    /// For kinds below others than the organization: the row of each row's parent.
    fn parents(&self, writer: &mut Writer, kind: KindId, reach: &KindReach<'_>) -> u32 {
        let parent = self.model.kind(kind).parent;
        let Some(parent) = parent.filter(|id| ![self.model.organization, self.model.platform].contains(id))
        else {
            return NONE;
        };
        let Some(above) = self.reached.get(usize::from(parent.0)) else { return NONE };
        let place_of = |row: &Seen<'_>| {
            let id = self.id(row.parent?);
            above.rows.binary_search_by(|(known, _)| known.id.cmp(id)).ok()
        };
        let mut places = Vec::with_capacity(reach.rows.len());
        reach.rows.iter().for_each(|(resource, _)| places.push(optional(place_of(resource))));
        let [place, _] = writer.table(&places, 1);
        place
    }
}

/// Writes a mask in as many words as its kind needs: its place.
pub(super) fn mask(writer: &mut Writer, model: &Model, kind: KindId, mask: Mask) -> u32 {
    let words = longs(&mask.words());
    let [place, _] = writer.table(words.get(..width(model, kind)).unwrap_or(&words), 1);
    place
}

/// How many words the masks of a kind have.
pub(super) fn width(model: &Model, kind: KindId) -> usize {
    model.kind(kind).actions.len().div_ceil(32)
}

impl Directory {
    /// The actions of a kind that no gate closes: available, paid for, and with room where they add (rule 8).
    pub(crate) fn open(&self, organization: OrganizationId, kind: KindId) -> Mask {
        let has = |feature: Option<FeatureId>| {
            feature.is_none_or(|feature| self.has_feature(organization, feature))
        };
        let known = self.policy().model().kind(kind);
        if !known.available || !has(known.feature) {
            return Mask::EMPTY;
        }
        let open = known.actions.iter().enumerate().filter(|(_, action)| {
            let room = action.limit.is_none_or(|limit| self.has_room(organization, limit));
            action.available && has(action.feature) && room
        });
        open.fold(Mask::EMPTY, |mask, (bit, _)| mask.with(bit))
    }

    fn has_room(&self, organization: OrganizationId, limit: u8) -> bool {
        let limit = usize::from(limit);
        let Some(row) = self.facts().organization(organization) else { return false };
        let edition = self.policy().model().editions.get(row.edition);
        let most = edition.and_then(|edition| edition.limits.get(limit).copied()).flatten();
        most.is_none_or(|most| row.used.get(limit).is_some_and(|used| *used < most))
    }
}
