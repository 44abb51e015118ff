//! The first step of every document: JSON text becomes one tree of [`Node`]s, or streams its large lists.
//!
//! Refused here, before any name is looked at: more than [`MAX_BYTES`], text that is not JSON, keys named
//! twice, more than [`MAX_VALUES`] in one tree, nesting deeper than [`MAX_DEPTH`], numbers that are not integers from 0 to 2^53 - 1, half surrogates.

mod read;
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

/// Appends a number in decimal digits: no formatting machinery comes with it.
pub(crate) fn push_number(out: &mut String, number: u64) {
    let mut power = 1_u64;
    while number.checked_div(power).is_some_and(|rest| rest > 9) {
        power = power.wrapping_mul(10);
    }
    while let Some(rest) = number.checked_div(power) {
        out.push(char::from(b'0' | (rest.wrapping_rem(10) as u8)));
        power = power.wrapping_div(10);
    }
}

#[cfg(test)]
mod tests {
    use super::push_number;

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 1, 9, 10, 99, 100, 1_000_000_007, u64::MAX - 1, u64::MAX] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }
}
