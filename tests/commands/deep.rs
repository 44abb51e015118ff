//! Every fiftieth command: the directory looked at from all sides.

use super::walk::Walk;
use super::wish::Wish;
use bailiwick::Command;

/// What was seen before a command, to be compared with what is there after it.
pub(crate) struct Look;

impl Look {
    pub(crate) fn before(_walk: &mut Walk<'_>, _wish: &Wish, _command: &Command, _at: u64) -> Self {
        Look
    }

    pub(crate) fn after(self, walk: &mut Walk<'_>) {
        walk.must_be_replayed();
    }
}
