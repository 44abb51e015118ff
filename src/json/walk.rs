//! The second step: small readers that take a node apart, name by name, and say the place where one is wrong.

use super::tree::{Entries, Node};
use crate::error::{Code, Error, Result};
use std::borrow::Cow;

/// The fields of one object; what nobody took is an error.
pub(crate) struct Fields<'n, 'a> {
    fields: Entries<'n, 'a>,
    /// Which of the first fields were taken: bit n is field n. No form has more.
    taken: u64,
    /// The fields behind the one that was taken last, and the bit of the first.
    ahead: (Entries<'n, 'a>, u64),
}

impl<'n, 'a> Fields<'n, 'a> {
    /// An object's fields.
    pub(crate) fn of(node: Node<'n, 'a>) -> Result<Self> {
        let fields = node.entries().ok_or_else(|| wrong_type("an object", node))?;
        Ok(Self { fields, taken: 0, ahead: (fields, 1) })
    }

    /// Reads a field that must be there.
    pub(crate) fn need<T>(&mut self, name: &str, read: impl FnOnce(Node<'n, 'a>) -> Result<T>) -> Result<T> {
        self.maybe(name, read)?.ok_or_else(|| missing(name))
    }

    /// Reads a field that may be absent.
    pub(crate) fn maybe<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Node<'n, 'a>) -> Result<T>,
    ) -> Result<Option<T>> {
        let Some(node) = self.take(name) else { return Ok(None) };
        read(node).map(Some).map_err(|error| error.within(name))
    }

    /// A field that nobody took before.
    #[inline(never)]
    pub(crate) fn take(&mut self, name: &str) -> Option<Node<'n, 'a>> {
        let (mut fields, mut bit) = self.ahead;
        let before = bit.wrapping_sub(1);
        if self.taken & before != before {
            (fields, bit) = (self.fields, 1);
        }
        while let Some((key, node)) = fields.step() {
            if key.is(name) {
                let again = self.taken & bit != 0;
                self.taken |= bit;
                self.ahead = (fields, bit << 1);
                return Some(node).filter(|_| !again);
            }
            bit <<= 1;
        }
        None
    }

    /// The same of a text without escapes, if it is the next field and as long: most stand in the order of the form.
    #[inline(always)]
    pub(crate) fn next_text(&mut self, name: &str, least: usize, most: usize) -> Option<&'a str> {
        let (mut fields, bit) = self.ahead;
        let (key, node) = fields.step()?;
        let text = node.plain_text()?;
        if self.taken & bit != 0 || text.len() < least || text.len() > most || !key.is(name) {
            return None;
        }
        self.taken |= bit;
        self.ahead = (fields, bit << 1);
        Some(text)
    }

    /// Nothing may be left.
    #[inline(never)]
    pub(crate) fn finish(self) -> Result<()> {
        let mut taken = self.taken;
        if taken.trailing_ones() as usize == self.fields.len() {
            return Ok(());
        }
        let mut fields = self.fields;
        while let Some((key, _)) = fields.step() {
            if taken & 1 == 0 {
                let sentence = "no such field here, see the schema for those that are";
                return Err(Error::of(Code::UnknownField, key.text().unwrap_or_default(), &[sentence]));
            }
            taken >>= 1;
        }
        Ok(())
    }
}

/// A field that must be there is not.
#[cold]
#[inline(never)]
pub(crate) fn missing(name: &str) -> Error {
    Error::of(Code::MissingField, name, &["this field is missing, add it"])
}

/// The list's elements, each read; `[index]` is the step of the path.
pub(crate) fn list<'n, 'a, T>(
    node: Node<'n, 'a>,
    mut read: impl FnMut(Node<'n, 'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let items = node.items().ok_or_else(|| wrong_type("a list", node))?;
    let mut list = Vec::with_capacity(items.len());
    for (index, item) in items.enumerate() {
        list.push(read(item).map_err(|error| error.at("", index))?);
    }
    Ok(list)
}

/// Reads each field of an object whose keys are free.
pub(crate) fn entries<'n, 'a>(
    node: Node<'n, 'a>,
    mut read: impl FnMut(&str, Node<'n, 'a>) -> Result<()>,
) -> Result<()> {
    for (name, node) in Fields::of(node)?.fields {
        read(name, node).map_err(|error| error.within(name))?;
    }
    Ok(())
}

/// A string, borrowed from the document where it has no escapes.
pub(crate) fn text<'a>(node: Node<'_, 'a>) -> Result<Cow<'a, str>> {
    node.document_text().ok_or_else(|| wrong_type("a string", node))
}

/// `true` or `false`.
pub(crate) fn boolean(node: Node<'_, '_>) -> Result<bool> {
    node.boolean().ok_or_else(|| wrong_type("true or false", node))
}

/// An integer from 0 to 2^53 - 1.
pub(crate) fn number(node: Node<'_, '_>) -> Result<u64> {
    node.number().ok_or_else(|| wrong_type("an integer", node))
}

#[cold]
#[inline(never)]
fn wrong_type(wanted: &str, found: Node<'_, '_>) -> Error {
    Error::of(Code::Type, "", &["expected ", wanted, ", found ", found.type_name()])
}
