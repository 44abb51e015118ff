//! The difference of two accesses of one principal: by name, so that they may be of two policies.

use super::Totals;
use super::answers::Row;
use crate::access::{Access, KindView, RowView, status};
use crate::order::arranged;
use core::cmp::Ordering;

/// Collects the rows of one page and the totals of all.
pub(super) struct Rows<'f> {
    start: usize,
    limit: usize,
    /// Whether the asker may see a row: principal, kind, id.
    sees: &'f dyn Fn(&str, &str, &str) -> bool,
    pub(super) rows: Vec<Row>,
    pub(super) totals: Totals,
    shown: usize,
}

impl<'f> Rows<'f> {
    pub(super) fn new(start: usize, limit: usize, sees: &'f dyn Fn(&str, &str, &str) -> bool) -> Self {
        Self { start, limit, sees, rows: Vec::new(), totals: Totals::default(), shown: 0 }
    }

    /// The place after this page, if anything is there.
    pub(super) fn next(&self) -> Option<usize> {
        let end = self.start.saturating_add(self.rows.len());
        (end < self.shown).then_some(end)
    }

    /// Everything that one principal gains and loses.
    pub(super) fn add(&mut self, principal: &str, before: &Access, after: &Access, now: u64) {
        let found = self.totals.rows;
        for name in kind_names(before, after) {
            let (old, new) = (active_kind(before, &name), active_kind(after, &name));
            self.merge(principal, &name, old, new, now);
        }
        if self.totals.rows > found {
            self.totals.principals = self.totals.principals.saturating_add(1);
        }
    }

    /// Two lists in order, side by side.
    fn merge(
        &mut self,
        principal: &str,
        kind: &str,
        old: Option<KindView<'_>>,
        new: Option<KindView<'_>>,
        now: u64,
    ) {
        let actions = Actions::of(old, new);
        let (mut olds, mut news) = (0_usize, 0_usize);
        loop {
            let (a, b) = (row(old, olds), row(new, news));
            let order = match (a, b) {
                (None, None) => return,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => a.id().cmp(b.id()),
            };
            let (a, b) = (a.filter(|_| order.is_le()), b.filter(|_| order.is_ge()));
            olds = olds.saturating_add(usize::from(a.is_some()));
            news = news.saturating_add(usize::from(b.is_some()));
            if let Some(id) = a.or(b).map(RowView::id) {
                let (gained, lost) = actions.change(a, b, now);
                self.put(principal, kind, id, gained, lost);
            }
        }
    }

    fn put(&mut self, principal: &str, kind: &str, id: &str, gained: Vec<&str>, lost: Vec<&str>) {
        if gained.is_empty() && lost.is_empty() {
            return;
        }
        self.totals.rows = self.totals.rows.saturating_add(1);
        self.totals.gained = self.totals.gained.saturating_add(gained.len());
        self.totals.lost = self.totals.lost.saturating_add(lost.len());
        if !(self.sees)(principal, kind, id) {
            self.totals.hidden = self.totals.hidden.saturating_add(1);
            return;
        }
        if self.shown >= self.start && self.rows.len() < self.limit {
            self.rows.push(Row {
                principal: principal.to_owned(),
                kind: kind.to_owned(),
                id: id.to_owned(),
                gained: owned(&gained),
                lost: owned(&lost),
            });
        }
        self.shown = self.shown.saturating_add(1);
    }
}

/// The names of all kinds of both, in byte order. What the platform gives everybody is no matter of one organization.
fn kind_names(before: &Access, after: &Access) -> Vec<String> {
    let mut names = Vec::new();
    for access in [before, after] {
        for kind in access.kinds() {
            if kind.parent().is_some() {
                names.push(kind.name().to_owned());
            }
        }
    }
    let mut names = arranged(names, String::cmp);
    names.dedup();
    names
}

fn owned(names: &[&str]) -> Vec<String> {
    let mut list = Vec::with_capacity(names.len());
    for name in names {
        list.push((*name).to_owned());
    }
    list
}

fn row(kind: Option<KindView<'_>>, place: usize) -> Option<RowView<'_>> {
    kind.and_then(|kind| kind.row_at(place))
}

fn active_kind<'a>(access: &'a Access, name: &str) -> Option<KindView<'a>> {
    Some(access).filter(|access| access.status() == status::ACTIVE).and_then(|access| access.kind(name))
}

/// The actions of a kind by name, in the order of the policy before and then of the one after, with their bits.
struct Actions<'a> {
    names: Vec<(&'a str, Option<usize>, Option<usize>)>,
    /// Whether both have the same actions at the same bits: then equal masks are equal answers.
    same: bool,
}

impl<'a> Actions<'a> {
    fn of(old: Option<KindView<'a>>, new: Option<KindView<'a>>) -> Self {
        let bit = |kind: Option<KindView<'a>>, name: &str| kind.and_then(|kind| kind.action(name));
        let mut names = Vec::new();
        if let Some(kind) = old {
            kind.action_names().for_each(|name| names.push((name, kind.action(name), bit(new, name))));
        }
        if let Some(kind) = new {
            for name in kind.action_names().filter(|name| bit(old, name).is_none()) {
                names.push((name, None, kind.action(name)));
            }
        }
        let same = names.iter().all(|(_, before, after)| before == after);
        Self { names, same }
    }

    /// What is gained and lost between two rows; none is a row on which nothing is held.
    fn change(
        &self,
        before: Option<RowView<'_>>,
        after: Option<RowView<'_>>,
        now: u64,
    ) -> (Vec<&'a str>, Vec<&'a str>) {
        let mask = |row: Option<RowView<'_>>| row.map(|row| row.granted(now)).unwrap_or_default();
        let (old, new) = (mask(before), mask(after));
        if self.same && old == new {
            return (Vec::new(), Vec::new());
        }
        let has = |mask: &[u32], bit: Option<usize>| {
            bit.is_some_and(|bit| mask.get(bit >> 5).is_some_and(|word| word >> (bit & 31) & 1 == 1))
        };
        let (mut gained, mut lost) = (Vec::new(), Vec::new());
        for (name, old_bit, new_bit) in &self.names {
            match (has(&old, *old_bit), has(&new, *new_bit)) {
                (false, true) => gained.push(*name),
                (true, false) => lost.push(*name),
                _ => {}
            }
        }
        (gained, lost)
    }
}
