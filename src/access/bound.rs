//! Names for what is bound: a binding as it reaches a row, a role, an edition.

use super::layout::{NEVER, binding, edition, head, holding, role, set};
use super::read::Access;
use super::view::{EditionView, KindView, RoleView, RowView, option, place};
use core::num::NonZeroUsize;

/// The bindings that reach a row: those on the row itself, then those on what lies above it.
#[derive(Clone)]
pub(crate) struct Bindings<'a> {
    pub(super) kind: KindView<'a>,
    pub(super) set: usize,
    pub(super) next: usize,
}

impl<'a> Bindings<'a> {
    /// Those of a row, or of none.
    #[inline(always)]
    pub(crate) fn of(row: Option<RowView<'a>>, kind: KindView<'a>) -> Self {
        row.map_or(Self { kind, set: NOWHERE, next: 0 }, RowView::bindings)
    }
}

/// A place beyond all words: what is read there is 0.
const NOWHERE: usize = usize::MAX >> 8;

impl<'a> Iterator for Bindings<'a> {
    type Item = BindingView<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<BindingView<'a>> {
        let at = self.kind.access.binding(self.set, self.next)?;
        self.next = self.next.wrapping_add(1);
        Some(BindingView { kind: self.kind, at: at.get() })
    }
}

impl Access {
    /// Where a binding of a set stands: first the set's own, then those above.
    fn binding(&self, set: usize, index: usize) -> Option<NonZeroUsize> {
        let mut index = index;
        for list in [set::OWN, set::ABOVE] {
            let (base, count) = self.pair(set.wrapping_add(list));
            if index < count {
                return NonZeroUsize::new(place(base, index, binding::SIZE));
            }
            index = index.wrapping_sub(count);
        }
        None
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
    pub(super) kind: KindView<'a>,
    at: usize,
}

impl<'a> BindingView<'a> {
    #[inline(always)]
    fn word(self, field: usize) -> u32 {
        self.kind.access.word(self.at.wrapping_add(field))
    }

    #[inline(always)]
    fn text(self, field: usize) -> &'a str {
        self.kind.access.text(self.at.wrapping_add(field))
    }

    #[inline(always)]
    pub(crate) fn role(self) -> RoleView<'a> {
        self.kind.access.role_at(self.word(binding::ROLE) as usize)
    }

    #[inline(always)]
    pub(crate) fn how(self) -> How<'a> {
        match self.word(binding::HOW) {
            binding::BY_GROUP => How::Group(self.text(binding::GROUP)),
            binding::BY_MEMBERS => How::Members,
            binding::BY_PLATFORM => How::Platform,
            _ => How::Direct,
        }
    }

    /// Where it is bound, if above the row: kind and id.
    #[inline(always)]
    pub(crate) fn above(self) -> Option<(KindView<'a>, &'a str)> {
        let kind = option(self.word(binding::KIND))?;
        Some((self.kind.access.kind_at(kind), self.text(binding::ID)))
    }

    #[inline(always)]
    pub(crate) fn until(self) -> u64 {
        self.kind.access.end(self.word(binding::UNTIL))
    }

    /// A binding grants while `now < until`. Every `now` comes from [`Access::moment`], below [`NEVER`].
    #[inline(always)]
    pub(crate) fn is_live(self, now: u64) -> bool {
        now < self.until()
    }

    /// Whether the role's feature is there.
    #[inline(always)]
    pub(crate) fn is_paid(self) -> bool {
        self.role().is_paid()
    }

    /// Whether it gives the action at `now`, as far as bindings go.
    #[inline(always)]
    pub(crate) fn carries(self, bit: usize, now: u64) -> bool {
        self.is_live(now) && self.is_paid() && self.gives(bit)
    }

    /// Whether its role contains the action, whatever gates and ends say.
    #[inline(always)]
    pub(crate) fn gives(self, bit: usize) -> bool {
        self.role().gives(self.kind, bit)
    }
}

impl<'a> RoleView<'a> {
    pub(crate) fn index(self) -> usize {
        self.index
    }

    fn field(self, field: usize) -> usize {
        self.access.element(head::ROLES, self.index, role::SIZE, field)
    }

    pub(crate) fn name(self) -> &'a str {
        self.access.text(self.field(role::NAME))
    }

    pub(crate) fn label(self) -> &'a str {
        self.access.text(self.field(role::LABEL))
    }

    #[inline(always)]
    pub(crate) fn kind(self) -> KindView<'a> {
        KindView::new(self.access, self.access.word(self.field(role::KIND)) as usize)
    }

    #[inline(always)]
    pub(crate) fn feature(self) -> Option<usize> {
        option(self.access.word(self.field(role::FEATURE)))
    }

    /// Whether its feature is there.
    pub(crate) fn is_paid(self) -> bool {
        self.feature().is_none_or(|feature| self.access.edition().has(feature))
    }

    /// How many actions it gives over all kinds.
    pub(crate) fn weight(self) -> u32 {
        self.access.word(self.field(role::WEIGHT))
    }

    pub(crate) fn is_sharing(self) -> bool {
        self.access.word(self.field(role::FLAGS)) & role::SHARING != 0
    }

    /// Whether this kind of principal may hold it.
    pub(crate) fn is_holdable(self) -> bool {
        let bit = role::HOLDABLE.wrapping_shl(self.access.word(head::HOLDER));
        self.access.word(self.field(role::FLAGS)) & bit != 0
    }

    /// Whether it gives this principal the action: itself, by what it implies, or by what comes along with it.
    pub(crate) fn gives(self, kind: KindView<'_>, bit: usize) -> bool {
        self.implies(kind, bit)
            || self.access.list_gives(self.kind().held(holding::BASELINE), kind.index, bit)
    }

    /// Whether it gives anyone the action: itself or by what it implies.
    pub(crate) fn implies(self, kind: KindView<'_>, bit: usize) -> bool {
        self.access.list_gives(self.field(role::CLOSURE), kind.index, bit)
    }
}

impl<'a> EditionView<'a> {
    fn field(self, field: usize) -> usize {
        self.access.element(head::EDITIONS, self.index, edition::SIZE, field)
    }

    pub(crate) fn name(self) -> &'a str {
        self.access.text(self.field(edition::NAME))
    }

    pub(crate) fn label(self) -> &'a str {
        self.access.text(self.field(edition::LABEL))
    }

    /// Whether it has a feature.
    pub(crate) fn has(self, feature: usize) -> bool {
        feature < 64 && self.access.long(self.field(edition::FEATURES)) >> feature & 1 == 1
    }

    /// Whether there is room for one more.
    pub(crate) fn has_room(self, limit: usize) -> bool {
        let most = self.access.long(self.access.element(self.field(edition::LIMITS), limit, 2, 0));
        most == NEVER || self.access.used(limit) < most
    }
}
