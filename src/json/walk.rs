//! The second step: small readers that take a node apart, name by name, and say the place where one is wrong.

use super::Node;
use crate::error::{Code, Error, Result};
use std::borrow::Cow;

/// The fields of one object; what nobody took is an error.
pub(crate) struct Fields<'a> {
    fields: Vec<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> Fields<'a> {
    /// An object's fields.
    pub(crate) fn of(node: Node<'a>) -> Result<Self> {
        match node {
            Node::Object(fields) => Ok(Self { fields }),
            other => Err(wrong_type("an object", &other)),
        }
    }

    /// Reads a field that must be there.
    pub(crate) fn need<T>(&mut self, name: &str, read: impl FnOnce(Node<'a>) -> Result<T>) -> Result<T> {
        self.maybe(name, read)?.ok_or_else(|| missing(name))
    }

    /// Reads a field that may be absent.
    pub(crate) fn maybe<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Node<'a>) -> Result<T>,
    ) -> Result<Option<T>> {
        let Some(node) = self.take(name) else { return Ok(None) };
        read(node).map(Some).map_err(|error| error.within(name))
    }

    #[inline(never)]
    fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.fields.iter().position(|(known, _)| known == name)?;
        Some(self.fields.swap_remove(index).1)
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<()> {
        match self.fields.first() {
            Some((name, _)) => Err(Error::of(
                Code::UnknownField,
                name,
                &["no such field here, see the schema for those that are"],
            )),
            None => Ok(()),
        }
    }
}

#[cold]
#[inline(never)]
fn missing(name: &str) -> Error {
    Error::of(Code::MissingField, name, &["this field is missing, add it"])
}

/// The list's elements, each read; `[index]` is the step of the path.
pub(crate) fn list<'a, T>(node: Node<'a>, mut read: impl FnMut(Node<'a>) -> Result<T>) -> Result<Vec<T>> {
    let Node::List(items) = node else { return Err(wrong_type("a list", &node)) };
    let mut list = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        list.push(read(item).map_err(|error| error.at("", index))?);
    }
    Ok(list)
}

/// Reads each field of an object whose keys are free.
pub(crate) fn entries<'a>(node: Node<'a>, mut read: impl FnMut(&str, Node<'a>) -> Result<()>) -> Result<()> {
    for (name, node) in Fields::of(node)?.fields {
        read(&name, node).map_err(|error| error.within(&name))?;
    }
    Ok(())
}

/// A string, borrowed from the document where it has no escapes.
pub(crate) fn text(node: Node<'_>) -> Result<Cow<'_, str>> {
    match node {
        Node::Text(text) => Ok(text),
        other => Err(wrong_type("a string", &other)),
    }
}

/// `true` or `false`.
pub(crate) fn boolean(node: Node<'_>) -> Result<bool> {
    match node {
        Node::Boolean(value) => Ok(value),
        other => Err(wrong_type("true or false", &other)),
    }
}

/// An integer from 0 to 2^53 - 1.
pub(crate) fn number(node: Node<'_>) -> Result<u64> {
    match node {
        Node::Number(value) => Ok(value),
        other => Err(wrong_type("an integer", &other)),
    }
}

fn wrong_type(wanted: &str, found: &Node<'_>) -> Error {
    Error::of(Code::Type, "", &["expected ", wanted, ", found ", found.type_name()])
}
