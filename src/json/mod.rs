//! The first step of every document: JSON text becomes one tree of [`Node`]s, or streams its large lists.
//!
//! Refused here, before any name is looked at: more than [`MAX_BYTES`], text that is not JSON, keys named
//! twice, more than [`MAX_VALUES`] in one tree, nesting deeper than [`MAX_DEPTH`], numbers that are not integers from 0 to 2^53 - 1, half surrogates.

mod read;
mod scan;
mod tree;
mod values;
mod walk;
mod write;

pub(crate) use read::{Lists, read, read_lists, utf8};
pub(crate) use tree::{Entries, Items, Node};
pub(crate) use walk::{Fields, boolean, entries, list, missing, number, text};
pub(crate) use write::Writer;

/// The largest document, in bytes.
pub(crate) const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting of a document.
pub(crate) const MAX_DEPTH: u8 = 32;
/// The most values that are held as one tree: a whole policy, or one element of a directory's lists.
pub(crate) const MAX_VALUES: usize = 1 << 21;
/// The largest number in a document: 2^53 - 1, the largest that JavaScript counts to.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;
