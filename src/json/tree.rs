//! What was read: one list of items, on which all that is in a list or an object follows it. Nothing is allocated for a
//! value, and a tree that is emptied is filled again.

use crate::text::is;
use std::borrow::Cow;

/// A value, or the key before one.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Null,
    Boolean(bool),
    Number(u64),
    Text(&'a str),
    /// A text with escapes, by place.
    Spelled(usize),
    List(Extent),
    Object(Extent),
}

/// How much is in a list or an object, and the place after it.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) count: usize,
    pub(super) end: usize,
}

const NOTHING: Extent = Extent { count: 0, end: 0 };

/// The values of one document, or of a part of it.
#[derive(Default)]
pub(crate) struct Tree<'a> {
    /// Behind the first `count` lies what is written over.
    items: Vec<Item<'a>>,
    pub(super) count: usize,
    pub(super) spelled: Vec<String>,
}

/// One JSON value; text without escapes is borrowed from the document.
#[derive(Clone, Copy)]
pub(crate) struct Node<'n, 'a> {
    tree: &'n Tree<'a>,
    at: usize,
}

/// Values one after another.
#[derive(Clone, Copy)]
pub(crate) struct Items<'n, 'a> {
    next: Node<'n, 'a>,
    left: usize,
}

/// Keys with their values, one after another.
#[derive(Clone, Copy)]
pub(crate) struct Entries<'n, 'a>(Items<'n, 'a>);

impl<'a> Tree<'a> {
    /// The whole.
    pub(crate) fn root(&self) -> Node<'_, 'a> {
        self.node(0)
    }

    pub(super) fn node(&self, at: usize) -> Node<'_, 'a> {
        Node { tree: self, at }
    }

    /// Adds an item.
    #[inline(always)]
    pub(super) fn add(&mut self, item: Item<'a>) {
        match self.items.get_mut(self.count) {
            Some(free) => *free = item,
            None => self.grow(item),
        }
        self.count = self.count.wrapping_add(1);
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, item: Item<'a>) {
        self.items.push(item);
        self.items.resize(self.items.capacity(), Item::Null);
    }

    /// Puts another item at a place.
    pub(super) fn put(&mut self, at: usize, item: Item<'a>) {
        self.items.get_mut(at).into_iter().for_each(|known| *known = item);
    }

    /// What follows a place, as the fields of an object.
    pub(super) fn entries(&self, at: usize, count: usize) -> Entries<'_, 'a> {
        Entries(Items { next: self.node(at), left: count })
    }
}

impl<'n, 'a> Node<'n, 'a> {
    #[inline(always)]
    fn item(self) -> Item<'a> {
        self.tree.items.get(self.at).copied().unwrap_or(Item::Null)
    }

    /// The value that follows.
    #[inline(always)]
    pub(super) fn after(self) -> Self {
        let next = self.at.wrapping_add(1);
        let at = match self.item() {
            Item::List(extent) | Item::Object(extent) => extent.end,
            _ => next,
        };
        Self { at, ..self }
    }

    /// The JSON type, for sentences.
    pub(crate) fn type_name(self) -> &'static str {
        match self.item() {
            Item::Null => "null",
            Item::Boolean(_) => "a boolean",
            Item::Number(_) => "a number",
            Item::Text(_) | Item::Spelled(_) => "a string",
            Item::List(_) => "a list",
            Item::Object(_) => "an object",
        }
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        if let Item::Boolean(value) = self.item() { Some(value) } else { None }
    }

    pub(crate) fn number(self) -> Option<u64> {
        if let Item::Number(value) = self.item() { Some(value) } else { None }
    }

    #[inline(never)]
    pub(crate) fn text(self) -> Option<&'n str> {
        match self.item() {
            Item::Text(text) => Some(text),
            Item::Spelled(place) => self.tree.spelled.get(place).map(String::as_str),
            _ => None,
        }
    }

    /// A text without escapes.
    #[inline(always)]
    pub(super) fn plain_text(self) -> Option<&'a str> {
        if let Item::Text(text) = self.item() { Some(text) } else { None }
    }

    /// Whether it is this text.
    #[inline(always)]
    pub(super) fn is(self, text: &str) -> bool {
        match self.item() {
            Item::Text(known) => is(known, text),
            _ => self.text() == Some(text),
        }
    }

    /// The same, borrowed from the document where it has no escapes.
    pub(crate) fn document_text(self) -> Option<Cow<'a, str>> {
        match self.plain_text() {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.text().map(|text| Cow::Owned(text.to_owned())),
        }
    }

    pub(crate) fn items(self) -> Option<Items<'n, 'a>> {
        if let Item::List(extent) = self.item() { Some(self.inside(extent)) } else { None }
    }

    pub(crate) fn entries(self) -> Option<Entries<'n, 'a>> {
        if let Item::Object(extent) = self.item() { Some(Entries(self.inside(extent))) } else { None }
    }

    /// What is in a list; nothing is in anything else.
    pub(crate) fn items_or_none(self) -> Items<'n, 'a> {
        self.items().unwrap_or(self.inside(NOTHING))
    }

    /// What is in an object; nothing is in anything else.
    pub(crate) fn entries_or_none(self) -> Entries<'n, 'a> {
        self.entries().unwrap_or(Entries(self.inside(NOTHING)))
    }

    fn inside(self, extent: Extent) -> Items<'n, 'a> {
        Items { next: Self { at: self.at.wrapping_add(1), ..self }, left: extent.count }
    }
}

impl<'n, 'a> Iterator for Items<'n, 'a> {
    type Item = Node<'n, 'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<Node<'n, 'a>> {
        self.left = self.left.checked_sub(1)?;
        let node = self.next;
        self.next = node.after();
        Some(node)
    }
}

impl<'n, 'a> Iterator for Entries<'n, 'a> {
    type Item = (&'n str, Node<'n, 'a>);

    fn next(&mut self) -> Option<(&'n str, Node<'n, 'a>)> {
        self.step().map(|(key, node)| (key.text().unwrap_or_default(), node))
    }
}

impl Items<'_, '_> {
    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.left
    }
}

impl<'n, 'a> Entries<'n, 'a> {
    /// The next key as it lies in the tree, with its value.
    #[inline(always)]
    pub(super) fn step(&mut self) -> Option<(Node<'n, 'a>, Node<'n, 'a>)> {
        self.0.left = self.0.left.checked_sub(1)?;
        let key = self.0.next;
        let node = Node { at: key.at.wrapping_add(1), ..key };
        self.0.next = node.after();
        Some((key, node))
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.0.left
    }

    /// The same object without a field.
    pub(crate) fn none(self) -> Self {
        Self(Items { left: 0, ..self.0 })
    }

    /// A list without an element.
    pub(crate) fn no_items(self) -> Items<'n, 'a> {
        Items { left: 0, ..self.0 }
    }
}
