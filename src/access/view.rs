//! Names for what lies at the places of an access: a kind, a row, a binding, a role, an edition. Places that bytes
//! name are not checked again here; a place that leads nowhere reads as nothing, and no list is longer than its
//! maximum.

use super::hash::{hash, same, slot};
use super::layout::{
    MOST, MOST_ACTIONS, NEVER, NONE, PROBES, ROW_BITS, action, binding, edition, head, holding, kind, named,
    role, row, set,
};
use super::read::Access;

/// A place in a table of an access.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name<'a> {
            access: &'a Access,
            at: usize,
            index: usize,
        }
    };
}

view!(
    /// One kind.
    KindView
);
view!(
    /// One role.
    RoleView
);
/// One edition.
#[derive(Clone, Copy)]
pub(crate) struct EditionView<'a> {
    access: &'a Access,
    at: usize,
}

/// The element at `index` of a table that starts at `base`.
fn place(base: usize, index: usize, size: usize) -> usize {
    base.wrapping_add(index.wrapping_mul(size))
}

/// A word that may say "none".
fn option(word: u32) -> Option<usize> {
    (word != NONE).then_some(word as usize)
}

impl Access {
    pub(crate) fn kind_at(&self, index: usize) -> KindView<'_> {
        KindView::new(self, index)
    }

    pub(crate) fn roles(&self) -> impl Iterator<Item = RoleView<'_>> {
        let (base, count) = self.pair(head::ROLES);
        (0..count).map(move |index| RoleView { access: self, at: place(base, index, role::SIZE), index })
    }

    pub(crate) fn role_at(&self, index: usize) -> RoleView<'_> {
        RoleView { access: self, at: place(self.pair(head::ROLES).0, index, role::SIZE), index }
    }

    pub(crate) fn editions(&self) -> impl Iterator<Item = EditionView<'_>> {
        let (base, count) = self.pair(head::EDITIONS);
        (0..count).map(move |index| EditionView { access: self, at: place(base, index, edition::SIZE) })
    }

    /// The edition in force.
    pub(crate) fn edition(&self) -> EditionView<'_> {
        let index = self.word(head::EDITION) as usize;
        EditionView { access: self, at: place(self.pair(head::EDITIONS).0, index, edition::SIZE) }
    }

    /// The feature that the principal's own kind needs.
    pub(crate) fn own_feature(&self) -> Option<usize> {
        option(self.word(head::OWN_FEATURE))
    }

    pub(crate) fn feature_name(&self, index: usize) -> &str {
        self.text(place(self.pair(head::FEATURES).0, index, named::SIZE).wrapping_add(named::NAME))
    }

    pub(crate) fn feature_label(&self, index: usize) -> &str {
        self.text(place(self.pair(head::FEATURES).0, index, named::SIZE).wrapping_add(named::LABEL))
    }

    pub(crate) fn limit_name(&self, index: usize) -> &str {
        self.text(place(self.pair(head::LIMITS).0, index, named::SIZE).wrapping_add(named::NAME))
    }

    pub(crate) fn limit_label(&self, index: usize) -> &str {
        self.text(place(self.pair(head::LIMITS).0, index, named::SIZE).wrapping_add(named::LABEL))
    }

    /// How much of a limit is used up.
    pub(crate) fn used(&self, index: usize) -> u64 {
        self.long(place(self.pair(head::USED).0, index, 2))
    }

    /// The actions, by (kind, bit), that decide on the edition.
    pub(crate) fn upgrade(&self) -> impl Iterator<Item = (usize, usize)> {
        let (base, count) = self.pair(head::UPGRADE);
        (0..count).map(move |index| self.pair(place(base, index, 2)))
    }

    /// Whether the mask at a place has a bit.
    fn mask_has(&self, mask: usize, bit: usize) -> bool {
        self.word(mask.wrapping_add(bit >> 5)) >> (bit & 31) & 1 == 1
    }

    /// Whether the (kind, mask) list at a place gives `bit` on `kind`.
    fn list_gives(&self, list: usize, kind: usize, bit: usize) -> bool {
        let (base, count) = self.pair(list);
        let mut entries = (0..count.min(MOST)).map(|index| self.pair(place(base, index, 2)));
        let entry = entries.find(|(on, _)| *on == kind);
        entry.is_some_and(|(_, mask)| self.mask_has(mask, bit))
    }
}

impl<'a> KindView<'a> {
    pub(crate) fn new(access: &'a Access, index: usize) -> Self {
        Self::at(access, access.hot_pair(head::KINDS).0, index)
    }

    /// The kind at `index` of the table that starts at `base`.
    pub(crate) fn at(access: &'a Access, base: usize, index: usize) -> Self {
        Self { access, at: place(base, index, kind::SIZE), index }
    }

    fn field(self, field: usize) -> usize {
        self.at.wrapping_add(field)
    }

    /// The end of the access itself.
    pub(crate) fn not_after(self) -> u64 {
        self.access.long(head::NOT_AFTER)
    }

    /// Where a word of what is held on this kind stands.
    fn held(self, field: usize) -> usize {
        place(self.access.hot_pair(head::HOLDINGS).0, self.index, holding::SIZE).wrapping_add(field)
    }

    pub(crate) fn index(self) -> usize {
        self.index
    }

    pub(crate) fn is_named(self, name: &[u8]) -> bool {
        self.access.is_text(self.field(kind::NAME), name)
    }

    pub(crate) fn name(self) -> &'a str {
        self.access.text(self.field(kind::NAME))
    }

    pub(crate) fn label(self) -> &'a str {
        self.access.text(self.field(kind::LABEL))
    }

    /// How many words of 32 bits one of its masks has.
    pub(crate) fn width(self) -> usize {
        self.access.word(self.field(kind::WIDTH)) as usize
    }

    pub(crate) fn is_private(self) -> bool {
        self.access.word(self.field(kind::FLAGS)) & kind::PRIVATE != 0
    }

    pub(crate) fn is_available(self) -> bool {
        self.access.word(self.field(kind::FLAGS)) & kind::AVAILABLE != 0
    }

    pub(crate) fn parent(self) -> Option<KindView<'a>> {
        let parent = option(self.access.word(self.field(kind::PARENT)))?;
        Some(KindView::new(self.access, parent))
            .filter(|parent| parent.index < self.access.pair(head::KINDS).1)
    }

    pub(crate) fn feature(self) -> Option<usize> {
        option(self.access.word(self.field(kind::FEATURE)))
    }

    fn action_field(self, bit: usize, field: usize) -> usize {
        place(self.access.pair(self.field(kind::ACTIONS)).0, bit, action::SIZE).wrapping_add(field)
    }

    /// The bit of an action.
    pub(crate) fn action(self, name: &str) -> Option<usize> {
        self.action_of(name.as_bytes())
    }

    /// The same for bytes, which may be no text.
    pub(crate) fn action_of(self, name: &[u8]) -> Option<usize> {
        let count = self.access.pair(self.field(kind::ACTIONS)).1.min(MOST_ACTIONS);
        let same = |bit: usize| self.access.is_text(self.action_field(bit, action::NAME), name);
        match self.probe(self.field(kind::ACTION_INDEX), name, &same) {
            Probe::Found(bit) => Some(bit).filter(|bit| *bit < count),
            Probe::Absent => None,
            Probe::Crowded => (0..count).find(|bit| same(*bit)),
        }
    }

    /// The names of the actions, in the order of their bits.
    pub(crate) fn action_names(self) -> impl Iterator<Item = &'a str> {
        let count = self.access.pair(self.field(kind::ACTIONS)).1.min(MOST_ACTIONS);
        (0..count).map(move |bit| self.action_name(bit))
    }

    fn action_name(self, bit: usize) -> &'a str {
        self.access.text(self.action_field(bit, action::NAME))
    }

    pub(crate) fn action_label(self, bit: usize) -> &'a str {
        self.access.text(self.action_field(bit, action::LABEL))
    }

    pub(crate) fn action_feature(self, bit: usize) -> Option<usize> {
        option(self.access.word(self.action_field(bit, action::FEATURE)))
    }

    pub(crate) fn action_limit(self, bit: usize) -> Option<usize> {
        option(self.access.word(self.action_field(bit, action::LIMIT)))
    }

    pub(crate) fn action_is_available(self, bit: usize) -> bool {
        self.access.word(self.action_field(bit, action::FLAGS)) & action::AVAILABLE != 0
    }

    pub(crate) fn action_is_requestable(self, bit: usize) -> bool {
        self.access.word(self.action_field(bit, action::FLAGS)) & action::REQUESTABLE != 0
    }

    /// The bit of the action that hands out a role of this kind.
    pub(crate) fn grant_of(self, role: usize) -> Option<usize> {
        let count = self.access.pair(self.field(kind::ACTIONS)).1.min(MOST_ACTIONS);
        let grants = |bit: &usize| self.access.word(self.action_field(*bit, action::GRANTS)) as usize == role;
        (0..count).find(grants)
    }

    /// The resource of that id, if the principal holds anything on it.
    pub(crate) fn row(self, id: &str) -> Option<RowView<'a>> {
        self.row_of(id.as_bytes())
    }

    /// The same for bytes, which may be no text.
    pub(crate) fn row_of(self, id: &[u8]) -> Option<RowView<'a>> {
        let count = self.access.hot_pair(self.held(holding::ROWS)).1;
        let index = match self.probe(self.held(holding::ROW_INDEX), id, &|index| same(self.row_id(index), id))
        {
            Probe::Found(index) => Some(index).filter(|index| *index < count),
            Probe::Absent => None,
            Probe::Crowded => self.search(id, count),
        };
        Some(RowView { kind: self, index: index? })
    }

    pub(crate) fn rows(self) -> impl Iterator<Item = RowView<'a>> {
        let count = self.access.pair(self.held(holding::ROWS)).1;
        (0..count).map(move |index| RowView { kind: self, index })
    }

    pub(crate) fn row_at(self, index: usize) -> Option<RowView<'a>> {
        (index < self.access.pair(self.held(holding::ROWS)).1).then_some(RowView { kind: self, index })
    }

    fn row_id(self, index: usize) -> &'a [u8] {
        let rows = self.access.hot_pair(self.held(holding::ROWS)).0;
        let at = place(rows, index, row::SIZE).wrapping_add(row::ID);
        let [start, end] = [at, at.wrapping_add(row::SIZE)].map(|at| self.access.hot_word(at) as usize);
        self.access.pool(start, end)
    }

    /// Binary search over the sorted ids.
    fn search(self, id: &[u8], count: usize) -> Option<usize> {
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            match self.row_id(middle).cmp(id) {
                core::cmp::Ordering::Equal => return Some(middle),
                core::cmp::Ordering::Less => low = middle.wrapping_add(1),
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Looks a key up in the index that stands at a place.
    fn probe(self, index: usize, key: &[u8], same: &impl Fn(usize) -> bool) -> Probe {
        let (base, size) = self.access.hot_pair(index);
        if size == 0 {
            return Probe::Crowded;
        }
        let (first, tag) = slot(hash(key), size);
        for step in 0..PROBES {
            let at = first.wrapping_add(step) & size.wrapping_sub(1);
            let word = self.access.hot_word(base.wrapping_add(at));
            if word == 0 {
                return Probe::Absent;
            }
            let found = (word & LOW).wrapping_sub(1) as usize;
            if word >> ROW_BITS == tag && same(found) {
                return Probe::Found(found);
            }
        }
        Probe::Crowded
    }
}

/// The part of a slot that holds row + 1.
const LOW: u32 = (1 << ROW_BITS) - 1;

enum Probe {
    Found(usize),
    Absent,
    /// More keys fall together than are looked at, or there is no index.
    Crowded,
}

/// One resource on which the principal holds something.
#[derive(Clone, Copy)]
pub(crate) struct RowView<'a> {
    kind: KindView<'a>,
    index: usize,
}

impl<'a> RowView<'a> {
    pub(crate) fn id(self) -> &'a str {
        core::str::from_utf8(self.kind.row_id(self.index)).unwrap_or_default()
    }

    fn set(self) -> usize {
        let access = self.kind.access;
        let rows = access.hot_pair(self.kind.held(holding::ROWS)).0;
        let set = access.hot_word(place(rows, self.index, row::SIZE).wrapping_add(row::SET)) as usize;
        place(access.hot_pair(self.kind.held(holding::SETS)).0, set, set::SIZE)
    }

    /// Whether `bit` is granted at `now`.
    pub(crate) fn grants(self, bit: usize, now: u64) -> bool {
        let access = self.kind.access;
        let set = self.set();
        access.mask_has(access.word(set.wrapping_add(set::MASK)) as usize, bit)
            || access.word(set.wrapping_add(set::TIMED)) != 0 && self.granted_until(bit, now)
    }

    /// All that is granted at `now`: bit n is action n.
    pub(crate) fn granted(self, now: u64) -> [u32; MOST_ACTIONS / 32] {
        let mut words = [0; MOST_ACTIONS / 32];
        for (place, word) in words.iter_mut().enumerate().take(self.kind.width()) {
            *word = self.word(place, now);
        }
        words
    }

    /// 32 actions of what is granted at `now`.
    pub(crate) fn word(self, place: usize, now: u64) -> u32 {
        let access = self.kind.access;
        let set = self.set();
        let mask = access.hot_word(set.wrapping_add(set::MASK)) as usize;
        let mut word = access.hot_word(mask.wrapping_add(place));
        if access.hot_word(set.wrapping_add(set::TIMED)) != 0 {
            for bit in 0..32 {
                word |= u32::from(self.granted_until(place.wrapping_mul(32).wrapping_add(bit), now)) << bit;
            }
        }
        word
    }

    /// Whether a binding that ends grants `bit` at `now`.
    fn granted_until(self, bit: usize, now: u64) -> bool {
        let open = self.kind.access.word(self.kind.held(holding::OPEN)) as usize;
        self.kind.access.mask_has(open, bit)
            && self.bindings().any(|binding| {
                binding.until() != NEVER && binding.is_live(now) && binding.is_paid() && binding.gives(bit)
            })
    }

    /// The bindings that reach the row, nearest first.
    pub(crate) fn bindings(self) -> Bindings<'a> {
        let set = self.set();
        let [own, above] = [set::OWN, set::ABOVE].map(|list| self.kind.access.pair(set.wrapping_add(list)));
        Bindings { kind: self.kind, now: own, then: above }
    }

    /// The row of the parent, where the parent is not the organization and something is held there.
    pub(crate) fn parent(self) -> Option<RowView<'a>> {
        let parents = option(self.kind.access.word(self.kind.held(holding::PARENTS)))?;
        let index = option(self.kind.access.word(parents.wrapping_add(self.index)))?;
        self.kind.parent()?.row_at(index)
    }
}

/// The bindings that reach a row: those on the row itself, then those on what lies above it.
#[derive(Clone)]
pub(crate) struct Bindings<'a> {
    kind: KindView<'a>,
    /// What is left, as (place, count).
    now: (usize, usize),
    then: (usize, usize),
}

impl<'a> Bindings<'a> {
    /// Those of a row, or of none.
    pub(crate) fn of(row: Option<RowView<'a>>, kind: KindView<'a>) -> Self {
        row.map_or(Self { kind, now: (0, 0), then: (0, 0) }, RowView::bindings)
    }
}

impl<'a> Iterator for Bindings<'a> {
    type Item = BindingView<'a>;

    fn next(&mut self) -> Option<BindingView<'a>> {
        if self.now.1 == 0 {
            self.now = core::mem::take(&mut self.then);
        }
        let (at, count) = self.now;
        let left = count.checked_sub(1)?;
        self.now = (place(at, 1, binding::SIZE), left);
        Some(BindingView { kind: self.kind, at })
    }
}

/// How a principal comes by a binding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum How<'a> {
    Direct,
    /// Through the group of that id.
    Group(&'a str),
    Members,
    Platform,
}

/// A binding as it reaches a row of one kind.
#[derive(Clone, Copy)]
pub(crate) struct BindingView<'a> {
    kind: KindView<'a>,
    at: usize,
}

impl<'a> BindingView<'a> {
    fn field(self, field: usize) -> usize {
        self.at.wrapping_add(field)
    }

    pub(crate) fn role(self) -> RoleView<'a> {
        self.kind.access.role_at(self.kind.access.word(self.field(binding::ROLE)) as usize)
    }

    pub(crate) fn how(self) -> How<'a> {
        match self.kind.access.word(self.field(binding::HOW)) {
            binding::BY_GROUP => How::Group(self.kind.access.text(self.field(binding::GROUP))),
            binding::BY_MEMBERS => How::Members,
            binding::BY_PLATFORM => How::Platform,
            _ => How::Direct,
        }
    }

    /// Where it is bound, if above the row: kind and id.
    pub(crate) fn above(self) -> Option<(KindView<'a>, &'a str)> {
        let kind = option(self.kind.access.word(self.field(binding::KIND)))?;
        Some((self.kind.access.kind_at(kind), self.kind.access.text(self.field(binding::ID))))
    }

    pub(crate) fn until(self) -> u64 {
        let access = self.kind.access;
        let end = option(access.word(self.field(binding::UNTIL)));
        end.map_or(NEVER, |end| access.long(place(access.pair(head::ENDS).0, end, 2)))
    }

    /// A binding grants while `now < until`. Every `now` comes from [`Access::moment`], below [`NEVER`].
    pub(crate) fn is_live(self, now: u64) -> bool {
        now < self.until()
    }

    /// Whether the role's feature is there.
    pub(crate) fn is_paid(self) -> bool {
        self.role().feature().is_none_or(|feature| self.kind.access.edition().has(feature))
    }

    /// Whether it gives the action at `now`, as far as bindings go.
    pub(crate) fn carries(self, bit: usize, now: u64) -> bool {
        self.is_live(now) && self.is_paid() && self.gives(bit)
    }

    /// Whether its role contains the action, whatever gates and ends say.
    pub(crate) fn gives(self, bit: usize) -> bool {
        self.role().gives(self.kind, bit)
    }
}

impl<'a> RoleView<'a> {
    pub(crate) fn index(self) -> usize {
        self.index
    }

    pub(crate) fn name(self) -> &'a str {
        self.access.text(self.at.wrapping_add(role::NAME))
    }

    pub(crate) fn label(self) -> &'a str {
        self.access.text(self.at.wrapping_add(role::LABEL))
    }

    pub(crate) fn kind(self) -> KindView<'a> {
        KindView::new(self.access, self.access.word(self.at.wrapping_add(role::KIND)) as usize)
    }

    pub(crate) fn feature(self) -> Option<usize> {
        option(self.access.word(self.at.wrapping_add(role::FEATURE)))
    }

    /// How many actions it gives over all kinds.
    pub(crate) fn weight(self) -> u32 {
        self.access.word(self.at.wrapping_add(role::WEIGHT))
    }

    pub(crate) fn is_sharing(self) -> bool {
        self.access.word(self.at.wrapping_add(role::FLAGS)) & role::SHARING != 0
    }

    /// Whether this kind of principal may hold it.
    pub(crate) fn is_holdable(self) -> bool {
        let bit = role::HOLDABLE.wrapping_shl(self.access.word(head::HOLDER));
        self.access.word(self.at.wrapping_add(role::FLAGS)) & bit != 0
    }

    /// Whether it gives this principal the action: itself, by what it implies, or by what comes along with it.
    pub(crate) fn gives(self, kind: KindView<'_>, bit: usize) -> bool {
        self.implies(kind, bit)
            || self.access.list_gives(self.kind().held(holding::BASELINE), kind.index, bit)
    }

    /// Whether it gives anyone the action: itself or by what it implies.
    pub(crate) fn implies(self, kind: KindView<'_>, bit: usize) -> bool {
        self.access.list_gives(self.at.wrapping_add(role::CLOSURE), kind.index, bit)
    }
}

impl<'a> EditionView<'a> {
    pub(crate) fn name(self) -> &'a str {
        self.access.text(self.at.wrapping_add(edition::NAME))
    }

    pub(crate) fn label(self) -> &'a str {
        self.access.text(self.at.wrapping_add(edition::LABEL))
    }

    /// Whether it has a feature.
    pub(crate) fn has(self, feature: usize) -> bool {
        feature < 64 && self.access.long(self.at.wrapping_add(edition::FEATURES)) >> feature & 1 == 1
    }

    /// Whether there is room for one more.
    pub(crate) fn has_room(self, limit: usize) -> bool {
        let limits = self.access.word(self.at.wrapping_add(edition::LIMITS)) as usize;
        let most = self.access.long(place(limits, limit, 2));
        most == NEVER || self.access.used(limit) < most
    }
}
