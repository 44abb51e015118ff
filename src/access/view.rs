//! Names for what lies at the places of an access: a kind and its rows; what is bound has its own ([`super::bound`]). Places that bytes
//! name are not checked again here; a place that leads nowhere reads as nothing, and no list is longer than its
//! maximum.

use super::bound::Bindings;
use super::hash::{hash, same, slot};
use super::layout::{
    MOST, MOST_ACTIONS, NEVER, NONE, PROBES, ROW_BITS, action, head, holding, kind, named, row, set,
};
use super::read::Access;

/// A place in a table of an access: two words, which travel as two numbers.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name<'a> {
            pub(super) access: &'a Access,
            pub(super) index: usize,
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
view!(
    /// One edition.
    EditionView
);

/// The element at `index` of a table that starts at `base`.
pub(super) fn place(base: usize, index: usize, size: usize) -> usize {
    base.wrapping_add(index.wrapping_mul(size))
}

/// A word that may say "none".
#[inline(always)]
pub(super) fn option(word: u32) -> Option<usize> {
    (word != NONE).then_some(word as usize)
}

impl Access {
    pub(crate) fn kind_at(&self, index: usize) -> KindView<'_> {
        KindView::new(self, index)
    }

    pub(crate) fn roles(&self) -> impl Iterator<Item = RoleView<'_>> {
        (0..self.count(head::ROLES)).map(|index| self.role_at(index))
    }

    pub(crate) fn role_at(&self, index: usize) -> RoleView<'_> {
        RoleView { access: self, index }
    }

    pub(crate) fn editions(&self) -> impl Iterator<Item = EditionView<'_>> {
        (0..self.count(head::EDITIONS)).map(|index| EditionView { access: self, index })
    }

    /// The edition in force.
    pub(crate) fn edition(&self) -> EditionView<'_> {
        EditionView { access: self, index: self.word(head::EDITION) as usize }
    }

    /// The feature that the principal's own kind needs.
    pub(crate) fn own_feature(&self) -> Option<usize> {
        option(self.word(head::OWN_FEATURE))
    }

    pub(crate) fn feature_name(&self, index: usize) -> &str {
        self.text(self.element(head::FEATURES, index, named::SIZE, named::NAME))
    }

    pub(crate) fn feature_label(&self, index: usize) -> &str {
        self.text(self.element(head::FEATURES, index, named::SIZE, named::LABEL))
    }

    pub(crate) fn limit_name(&self, index: usize) -> &str {
        self.text(self.element(head::LIMITS, index, named::SIZE, named::NAME))
    }

    pub(crate) fn limit_label(&self, index: usize) -> &str {
        self.text(self.element(head::LIMITS, index, named::SIZE, named::LABEL))
    }

    /// How much of a limit is used up.
    pub(crate) fn used(&self, index: usize) -> u64 {
        self.long(self.element(head::USED, index, 2, 0))
    }

    /// The actions, by (kind, bit), that decide on the edition.
    pub(crate) fn upgrade(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.count(head::UPGRADE)).map(|index| self.pair(self.element(head::UPGRADE, index, 2, 0)))
    }

    /// How many elements the table has whose (place, count) stand at a place.
    pub(super) fn count(&self, table: usize) -> usize {
        self.word(table.wrapping_add(1)) as usize
    }

    /// Where a field of one of its elements stands.
    pub(super) fn element(&self, table: usize, index: usize, size: usize, field: usize) -> usize {
        place(self.hot_word(table) as usize, index, size).wrapping_add(field)
    }

    /// An end by its place among all; none never comes.
    pub(super) fn end(&self, index: u32) -> u64 {
        option(index).map_or(NEVER, |index| self.long(self.element(head::ENDS, index, 2, 0)))
    }

    /// Whether the mask at a place has a bit.
    pub(super) fn mask_has(&self, mask: usize, bit: usize) -> bool {
        self.word(mask.wrapping_add(bit >> 5)) >> (bit & 31) & 1 == 1
    }

    /// Whether the (kind, mask) list at a place gives `bit` on `kind`.
    pub(super) fn list_gives(&self, list: usize, kind: usize, bit: usize) -> bool {
        for index in 0..self.count(list).min(MOST) {
            let on = self.element(list, index, 2, 0);
            if self.word(on) as usize == kind {
                return self.mask_has(self.word(on.wrapping_add(1)) as usize, bit);
            }
        }
        false
    }
}

impl<'a> KindView<'a> {
    pub(crate) fn new(access: &'a Access, index: usize) -> Self {
        Self { access, index }
    }

    pub(super) fn field(self, field: usize) -> usize {
        self.access.element(head::KINDS, self.index, kind::SIZE, field)
    }

    /// The end of the access itself.
    pub(crate) fn not_after(self) -> u64 {
        self.access.long(head::NOT_AFTER)
    }

    /// Where a word of what is held on this kind stands.
    pub(super) fn held(self, field: usize) -> usize {
        self.access.element(head::HOLDINGS, self.index, holding::SIZE, field)
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
            .filter(|parent| parent.index < self.access.count(head::KINDS))
    }

    #[inline(always)]
    pub(crate) fn feature(self) -> Option<usize> {
        option(self.access.word(self.field(kind::FEATURE)))
    }

    fn action_field(self, bit: usize, field: usize) -> usize {
        self.access.element(self.field(kind::ACTIONS), bit, action::SIZE, field)
    }

    fn actions(self) -> usize {
        self.access.count(self.field(kind::ACTIONS)).min(MOST_ACTIONS)
    }

    /// The bit of an action.
    #[inline(always)]
    pub(crate) fn action(self, name: &str) -> Option<usize> {
        option(self.action_of(name.as_bytes()))
    }

    /// The same for bytes, which may be no text, and as a word.
    pub(crate) fn action_of(self, name: &[u8]) -> u32 {
        let same = |bit: usize| self.access.is_text(self.action_field(bit, action::NAME), name);
        let found = self.probe(self.field(kind::ACTION_INDEX), self.actions(), name, &same);
        if found != CROWDED {
            return found;
        }
        (0..self.actions()).find(|bit| same(*bit)).map_or(NONE, |bit| bit as u32)
    }

    /// The names of the actions, in the order of their bits.
    pub(crate) fn action_names(self) -> impl Iterator<Item = &'a str> {
        (0..self.actions()).map(move |bit| self.action_name(bit))
    }

    fn action_name(self, bit: usize) -> &'a str {
        self.access.text(self.action_field(bit, action::NAME))
    }

    pub(crate) fn action_label(self, bit: usize) -> &'a str {
        self.access.text(self.action_field(bit, action::LABEL))
    }

    #[inline(always)]
    pub(crate) fn action_feature(self, bit: usize) -> Option<usize> {
        option(self.access.word(self.action_field(bit, action::FEATURE)))
    }

    #[inline(always)]
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
        let grants = |bit: &usize| self.access.word(self.action_field(*bit, action::GRANTS)) as usize == role;
        (0..self.actions()).find(grants)
    }

    /// How many resources the principal holds anything on.
    fn held_rows(self) -> usize {
        self.access.count(self.held(holding::ROWS))
    }

    /// The resource of that id, if the principal holds anything on it.
    #[inline(always)]
    pub(crate) fn row(self, id: &str) -> Option<RowView<'a>> {
        self.row_of(id.as_bytes())
    }

    /// The same for bytes, which may be no text.
    #[inline(always)]
    pub(crate) fn row_of(self, id: &[u8]) -> Option<RowView<'a>> {
        option(self.row_index(id)).map(|index| RowView { kind: self, index })
    }

    fn row_index(self, id: &[u8]) -> u32 {
        let here = |index: usize| same(self.row_id(index), id);
        let found = self.probe(self.held(holding::ROW_INDEX), self.held_rows(), id, &here);
        if found == CROWDED { self.search(id) } else { found }
    }

    #[inline(always)]
    pub(crate) fn row_at(self, index: usize) -> Option<RowView<'a>> {
        (index < self.held_rows()).then_some(RowView { kind: self, index })
    }

    fn row_id(self, index: usize) -> &'a [u8] {
        let at = self.access.element(self.held(holding::ROWS), index, row::SIZE, row::ID);
        let [start, end] = [at, at.wrapping_add(row::SIZE)].map(|at| self.access.hot_word(at) as usize);
        self.access.pool(start, end)
    }

    /// Binary search over the sorted ids.
    fn search(self, id: &[u8]) -> u32 {
        let (mut low, mut high) = (0, self.held_rows());
        while low < high {
            let middle = low.midpoint(high);
            match self.row_id(middle).cmp(id) {
                core::cmp::Ordering::Equal => return middle as u32,
                core::cmp::Ordering::Less => low = middle.wrapping_add(1),
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        NONE
    }

    /// Looks a key up in the index that stands at a place, over so many things: which it leads to, or [`CROWDED`].
    fn probe(self, index: usize, count: usize, key: &[u8], same: &impl Fn(usize) -> bool) -> u32 {
        let (base, size) = self.access.hot_pair(index);
        if size == 0 {
            return CROWDED;
        }
        let (first, tag) = slot(hash(key), size);
        for step in 0..PROBES {
            let at = first.wrapping_add(step) & size.wrapping_sub(1);
            let word = self.access.hot_word(base.wrapping_add(at));
            if word == 0 {
                return NONE;
            }
            let found = (word & LOW).wrapping_sub(1);
            if word >> ROW_BITS == tag && (found as usize) < count && same(found as usize) {
                return found;
            }
        }
        CROWDED
    }
}

/// The part of a slot that holds row + 1.
const LOW: u32 = (1 << ROW_BITS) - 1;

/// More keys fall together than are looked at, or there is no index.
const CROWDED: u32 = NONE - 1;

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

    pub(crate) fn kind(self) -> KindView<'a> {
        self.kind
    }

    #[inline(always)]
    fn set(self) -> usize {
        self.kind.set_of(self.index)
    }

    /// Whether `bit` is granted at `now`.
    pub(crate) fn grants(self, bit: usize, now: u64) -> bool {
        let access = self.kind.access;
        let set = self.set();
        access.mask_has(access.word(set.wrapping_add(set::MASK)) as usize, bit)
            || access.word(set.wrapping_add(set::TIMED)) != 0 && self.kind.granted_until(set, bit, now)
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
                let timed = self.kind.granted_until(set, place.wrapping_mul(32).wrapping_add(bit), now);
                word |= u32::from(timed) << bit;
            }
        }
        word
    }

    /// The bindings that reach the row, nearest first.
    #[inline(always)]
    pub(crate) fn bindings(self) -> Bindings<'a> {
        Bindings { kind: self.kind, set: self.set(), next: 0 }
    }

    /// The row of the parent, where the parent is not the organization and something is held there.
    pub(crate) fn parent(self) -> Option<RowView<'a>> {
        let parents = option(self.kind.access.word(self.kind.held(holding::PARENTS)))?;
        let index = option(self.kind.access.word(parents.wrapping_add(self.index)))?;
        self.kind.parent()?.row_at(index)
    }
}

impl KindView<'_> {
    /// What a row has in common with others.
    fn set_of(self, row: usize) -> usize {
        let row = self.access.element(self.held(holding::ROWS), row, row::SIZE, row::SET);
        self.access.element(self.held(holding::SETS), self.access.word(row) as usize, set::SIZE, 0)
    }

    /// Whether a binding of a set that ends grants `bit` at `now`.
    pub(super) fn granted_until(self, set: usize, bit: usize, now: u64) -> bool {
        let open = self.access.word(self.held(holding::OPEN)) as usize;
        self.access.mask_has(open, bit)
            && Bindings { kind: self, set, next: 0 }.any(|binding| {
                binding.until() != NEVER && binding.is_live(now) && binding.is_paid() && binding.gives(bit)
            })
    }
}
