//! A policy document as it is looked at once its types were checked: what is absent reads as nothing.

use crate::json::Node;
use std::borrow::Cow;

/// The fields of an object, in the document's order.
pub(super) type Entries<'n> = &'n [(Cow<'n, str>, Node<'n>)];

/// A list of strings: see [`text_of`].
pub(super) type Texts<'n> = &'n [Node<'n>];

/// One object.
#[derive(Clone, Copy)]
pub(super) struct Object<'n>(pub(super) Entries<'n>);

/// A string; empty for anything else.
pub(super) fn text_of<'n>(node: &'n Node<'n>) -> &'n str {
    if let Node::Text(text) = node { text } else { "" }
}

/// A list; empty for anything else.
pub(super) fn items_of<'n>(node: &'n Node<'n>) -> Texts<'n> {
    if let Node::List(items) = node { items } else { &[] }
}

/// An object; empty for anything else.
pub(super) fn object_of<'n>(node: &'n Node<'n>) -> Object<'n> {
    Object(if let Node::Object(entries) = node { entries } else { &[] })
}

/// An integer; none for anything else.
pub(super) fn number_of(node: &Node<'_>) -> Option<u64> {
    if let Node::Number(value) = node { Some(*value) } else { None }
}

impl<'n> Object<'n> {
    /// The place of a field.
    #[inline(never)]
    pub(super) fn position(self, name: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == name)
    }

    /// A field as it stands.
    #[inline(never)]
    pub(super) fn node(self, name: &str) -> Option<&'n Node<'n>> {
        self.0.get(self.position(name)?).map(|(_, node)| node)
    }

    /// A string.
    #[inline(never)]
    pub(super) fn text(self, name: &str) -> Option<&'n str> {
        self.node(name).map(text_of)
    }

    /// `true` or `false`.
    #[inline(never)]
    pub(super) fn flag(self, name: &str, otherwise: bool) -> bool {
        if let Some(Node::Boolean(value)) = self.node(name) { *value } else { otherwise }
    }

    /// A list of strings.
    #[inline(never)]
    pub(super) fn texts(self, name: &str) -> Texts<'n> {
        self.node(name).map_or(&[], items_of)
    }

    /// An object.
    #[inline(never)]
    pub(super) fn object(self, name: &str) -> Object<'n> {
        self.node(name).map_or(Object(&[]), object_of)
    }
}
