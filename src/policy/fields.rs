//! The fields of a policy document's objects, each checked for its type and looked at in place.

use super::place::Place;
use crate::error::{Code, Result};
use crate::json::Node;
use std::borrow::Cow;

/// The fields of an object, in the document's order.
type Entries<'n> = &'n [(Cow<'n, str>, Node<'n>)];

/// One object and its place.
pub(super) struct Object<'n, 'p> {
    entries: Entries<'n>,
    pub(super) place: &'p Place<'p>,
}

/// A list of strings.
#[derive(Clone, Copy, Default)]
pub(super) struct Texts<'n>(&'n [Node<'n>]);

/// An object of strings.
#[derive(Clone, Copy, Default)]
pub(super) struct Pairs<'n>(Entries<'n>);

/// An object of lists of strings.
#[derive(Clone, Copy, Default)]
pub(super) struct Lists<'n>(Entries<'n>);

/// An object of integers.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbers<'n>(Entries<'n>);

impl<'n> Texts<'n> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'n str> {
        self.0.iter().filter_map(as_text)
    }
}

impl<'n> Pairs<'n> {
    pub(super) fn iter(self) -> impl Iterator<Item = (&'n str, &'n str)> {
        self.0.iter().filter_map(|(name, node)| Some((name.as_ref(), as_text(node)?)))
    }
}

impl<'n> Lists<'n> {
    pub(super) fn iter(self) -> impl Iterator<Item = (&'n str, Texts<'n>)> {
        self.0.iter().filter_map(|(name, node)| Some((name.as_ref(), Texts(as_list(node)?))))
    }
}

impl<'n> Numbers<'n> {
    pub(super) fn iter(self) -> impl Iterator<Item = (&'n str, u64)> {
        self.0.iter().filter_map(|(name, node)| Some((name.as_ref(), as_number(node)?)))
    }
}

fn as_text<'n>(node: &'n Node<'n>) -> Option<&'n str> {
    if let Node::Text(text) = node { Some(text) } else { None }
}

fn as_list<'n>(node: &'n Node<'n>) -> Option<&'n [Node<'n>]> {
    if let Node::List(items) = node { Some(items) } else { None }
}

fn as_number(node: &Node<'_>) -> Option<u64> {
    if let Node::Number(value) = node { Some(*value) } else { None }
}

/// What was read, or the error that something else was expected.
#[inline(never)]
fn expected<T>(read: Option<T>, wanted: &str, node: &Node<'_>, place: &Place<'_>) -> Result<T> {
    read.ok_or_else(|| place.error(Code::Type, &["expected ", wanted, ", found ", node.type_name()]))
}

#[inline(never)]
fn object<'n>(node: &'n Node<'n>, place: &Place<'_>) -> Result<Entries<'n>> {
    let entries = if let Node::Object(entries) = node { Some(entries.as_slice()) } else { None };
    expected(entries, "an object", node, place)
}

#[inline(never)]
fn text<'n>(node: &'n Node<'n>, place: &Place<'_>) -> Result<&'n str> {
    expected(as_text(node), "a string", node, place)
}

#[inline(never)]
fn texts<'n>(node: &'n Node<'n>, place: &Place<'_>) -> Result<Texts<'n>> {
    let items = expected(as_list(node), "a list", node, place)?;
    match items.iter().enumerate().find(|(_, item)| as_text(item).is_none()) {
        Some((index, item)) => {
            Err(place.error_in(index, Code::Type, &["expected a string, found ", item.type_name()]))
        }
        None => Ok(Texts(items)),
    }
}

/// An object all of whose values are strings.
#[inline(never)]
pub(super) fn pairs<'n>(node: &'n Node<'n>, place: &Place<'_>) -> Result<Pairs<'n>> {
    let entries = object(node, place)?;
    for (name, node) in entries {
        text(node, &place.at(name))?;
    }
    Ok(Pairs(entries))
}

impl<'n, 'p> Object<'n, 'p> {
    /// The object at a place; fields that are not `known` are refused.
    pub(super) fn of(node: &'n Node<'n>, place: &'p Place<'p>, known: &[&str]) -> Result<Object<'n, 'p>> {
        let object = Object::any(node, place)?;
        object.only(known)?;
        Ok(object)
    }

    /// The object at a place, whatever its fields are.
    #[inline(never)]
    pub(super) fn any(node: &'n Node<'n>, place: &'p Place<'p>) -> Result<Object<'n, 'p>> {
        object(node, place).map(|entries| Object { entries, place })
    }

    /// Refuses fields that are not `known`.
    #[inline(never)]
    pub(super) fn only(&self, known: &[&str]) -> Result<()> {
        match self.entries.iter().find(|(name, _)| !known.contains(&name.as_ref())) {
            Some((name, _)) => {
                let sentence = "no such field here, see the schema for those that are";
                Err(self.place.at(name).error(Code::UnknownField, &[sentence]))
            }
            None => Ok(()),
        }
    }

    /// A field as it stands.
    #[inline(never)]
    pub(super) fn node(&self, name: &str) -> Option<&'n Node<'n>> {
        self.entries.iter().find(|(known, _)| known == name).map(|(_, node)| node)
    }

    /// A string; absent where it may be.
    #[inline(never)]
    pub(super) fn text(&self, name: &str) -> Result<Option<&'n str>> {
        self.node(name).map(|node| text(node, &self.place.at(name))).transpose()
    }

    /// `true` or `false`.
    #[inline(never)]
    pub(super) fn flag(&self, name: &str, otherwise: bool) -> Result<bool> {
        let Some(node) = self.node(name) else { return Ok(otherwise) };
        let value = if let Node::Boolean(value) = node { Some(*value) } else { None };
        expected(value, "true or false", node, &self.place.at(name))
    }

    /// An integer.
    #[inline(never)]
    pub(super) fn number(&self, name: &str) -> Result<Option<u64>> {
        let number = |node| expected(as_number(node), "an integer", node, &self.place.at(name));
        self.node(name).map(number).transpose()
    }

    /// A list of strings; an absent one is empty.
    #[inline(never)]
    pub(super) fn texts(&self, name: &str) -> Result<Texts<'n>> {
        let Some(node) = self.node(name) else { return Ok(Texts::default()) };
        texts(node, &self.place.at(name))
    }

    /// A list; an absent one is empty.
    pub(super) fn items(&self, name: &str) -> Result<&'n [Node<'n>]> {
        let Some(node) = self.node(name) else { return Ok(&[]) };
        expected(as_list(node), "a list", node, &self.place.at(name))
    }

    /// An object; an absent one is empty.
    #[inline(never)]
    pub(super) fn entries(&self, name: &str) -> Result<Entries<'n>> {
        let Some(node) = self.node(name) else { return Ok(&[]) };
        object(node, &self.place.at(name))
    }

    /// An object of lists of strings.
    #[inline(never)]
    pub(super) fn lists(&self, name: &str) -> Result<Lists<'n>> {
        let entries = self.entries(name)?;
        let place = self.place.at(name);
        for (name, node) in entries {
            texts(node, &place.at(name))?;
        }
        Ok(Lists(entries))
    }

    /// An object of integers.
    #[inline(never)]
    pub(super) fn numbers(&self, name: &str) -> Result<Numbers<'n>> {
        let entries = self.entries(name)?;
        let place = self.place.at(name);
        for (name, node) in entries {
            expected(as_number(node), "an integer", node, &place.at(name))?;
        }
        Ok(Numbers(entries))
    }
}
