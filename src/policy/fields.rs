//! A policy document as it is looked at once its types were checked: what is absent reads as nothing.

use crate::json::{self, Entries, Items};

/// A value of the document.
pub(super) type Node<'n> = json::Node<'n, 'n>;

/// A list of strings: see [`text_of`].
pub(super) type Texts<'n> = Items<'n, 'n>;

/// One object: its fields, in the document's order.
#[derive(Clone, Copy)]
pub(super) struct Object<'n>(pub(super) Entries<'n, 'n>);

/// A string; empty for anything else.
pub(super) fn text_of(node: Node<'_>) -> &str {
    node.text().unwrap_or_default()
}

/// An object; empty for anything else.
pub(super) fn object_of(node: Node<'_>) -> Object<'_> {
    Object(node.entries_or_none())
}

impl<'n> Object<'n> {
    /// The place of a field.
    #[inline(never)]
    pub(super) fn position(mut self, name: &str) -> Option<usize> {
        self.0.position(|(known, _)| known == name)
    }

    /// A field as it stands.
    #[inline(never)]
    pub(super) fn node(mut self, name: &str) -> Option<Node<'n>> {
        self.0.find(|(known, _)| *known == name).map(|(_, node)| node)
    }

    /// A string.
    #[inline(never)]
    pub(super) fn text(self, name: &str) -> Option<&'n str> {
        self.node(name).map(text_of)
    }

    /// `true` or `false`.
    #[inline(never)]
    pub(super) fn flag(self, name: &str, otherwise: bool) -> bool {
        self.node(name).and_then(Node::boolean).unwrap_or(otherwise)
    }

    /// A list of strings.
    #[inline(never)]
    pub(super) fn texts(self, name: &str) -> Texts<'n> {
        self.node(name).map_or(self.0.no_items(), Node::items_or_none)
    }

    /// An object.
    #[inline(never)]
    pub(super) fn object(self, name: &str) -> Object<'n> {
        self.node(name).map_or(Object(self.0.none()), object_of)
    }
}
