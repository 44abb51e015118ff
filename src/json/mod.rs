//! The first step of every document: JSON text becomes one tree of [`Node`]s, or streams its large lists.
//!
//! Refused here, before any name is looked at: more than [`MAX_BYTES`], text that is not JSON, keys named
//! twice, more than [`MAX_VALUES`] in one tree, nesting deeper than [`MAX_DEPTH`], numbers that are not integers from 0 to 2^53 - 1, half surrogates.

mod read;
mod scan;
mod values;
mod walk;
mod write;

use std::borrow::Cow;

pub(crate) use read::{Lists, read, read_lists, utf8};
pub(crate) use walk::{Fields, boolean, entries, list, number, text};
pub(crate) use write::Writer;

/// The largest document, in bytes.
pub(crate) const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting of a document.
pub(crate) const MAX_DEPTH: u8 = 32;
/// The most values that are held as one tree: a whole policy, or one element of a directory's lists.
pub(crate) const MAX_VALUES: usize = 1 << 21;
/// The largest number in a document: 2^53 - 1, the largest that JavaScript counts to.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// One JSON value; text without escapes is borrowed from the document.
#[derive(Debug, PartialEq)]
pub(crate) enum Node<'a> {
    Null,
    Boolean(bool),
    Number(u64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl Node<'_> {
    /// How many elements a list has.
    pub(crate) fn length(&self) -> usize {
        match self {
            Node::List(items) => items.len(),
            _ => 0,
        }
    }

    /// The JSON type, for sentences.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Boolean(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a string",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }
}
