//! One object of a document, read field by field. The first thing that is wrong is kept to the end, and what is read
//! after it counts for nothing: so readers need not stop at each field, and stay small.

use crate::error::{Code, Error, Result};
use crate::json::{self, Fields, Items, Node};
use std::borrow::Cow;

/// How long a text may be.
pub(super) struct Rule {
    least: usize,
    most: usize,
    sentence: &'static str,
}

/// Any text.
pub(super) const ANY: Rule = Rule { least: 0, most: usize::MAX, sentence: "" };
/// The id of something new.
pub(super) const OWN: Rule = Rule { least: 1, most: 1024, sentence: "an id has 1 to 1,024 bytes" };
/// A name for people.
pub(super) const LABEL: Rule = Rule { least: 1, most: 1024, sentence: "a name has 1 to 1,024 bytes" };
/// What names something: no name of a principal or a resource is longer.
pub(super) const WORD: Rule =
    Rule { least: 0, most: 2048, sentence: "nothing has a name of more than 2,048 bytes" };

impl Rule {
    #[inline(never)]
    fn check<'a>(&self, node: Node<'_, 'a>) -> Result<Cow<'a, str>> {
        let text = json::text(node)?;
        if text.len() < self.least || text.len() > self.most {
            return Err(Error::of(Code::Name, "", &[self.sentence]));
        }
        Ok(text)
    }
}

/// The fields of one object.
pub(super) struct Form<'n, 'a> {
    fields: Fields<'n, 'a>,
    fault: Option<Error>,
}

impl<'n, 'a> Form<'n, 'a> {
    /// Reads an object, of which nothing may be left.
    pub(super) fn read<T>(node: Node<'n, 'a>, read: fn(&mut Self) -> T) -> Result<T> {
        let mut form = Self { fields: Fields::of(node)?, fault: None };
        let value = read(&mut form);
        form.done().map(|()| value)
    }

    #[inline(never)]
    fn done(self) -> Result<()> {
        match self.fault {
            Some(error) => Err(error),
            None => self.fields.finish(),
        }
    }

    /// Says that something is wrong; what was wrong before stays.
    #[inline(never)]
    pub(super) fn refuse(&mut self, error: Error) {
        self.fault.get_or_insert(error);
    }

    /// A field that must be there.
    #[inline(never)]
    fn need(&mut self, name: &str) -> Option<Node<'n, 'a>> {
        let node = self.maybe(name);
        if node.is_none() && self.fault.is_none() {
            self.refuse(json::missing(name));
        }
        node
    }

    /// A field that may be absent.
    fn maybe(&mut self, name: &str) -> Option<Node<'n, 'a>> {
        if self.fault.is_some() {
            return None;
        }
        self.fields.take(name)
    }

    /// What was read of a field, or what is wrong with it.
    fn kept<T>(&mut self, name: &str, read: Result<T>) -> Option<T> {
        read.map_err(|error| self.refuse(error.within(name))).ok()
    }

    #[inline(never)]
    fn checked(&mut self, name: &str, rule: &Rule, must: bool) -> Option<Cow<'a, str>> {
        let node = if must { self.need(name) } else { self.maybe(name) };
        let text = rule.check(node?);
        self.kept(name, text)
    }

    #[inline(never)]
    pub(super) fn text(&mut self, name: &str, rule: &Rule) -> Cow<'a, str> {
        if self.fault.is_none()
            && let Some(text) = self.fields.next_text(name, rule.least, rule.most)
        {
            return Cow::Borrowed(text);
        }
        self.checked(name, rule, true).unwrap_or_default()
    }

    #[inline(never)]
    pub(super) fn text_of(&mut self, name: &str, rule: &Rule) -> Option<Cow<'a, str>> {
        self.checked(name, rule, false)
    }

    #[inline(never)]
    pub(super) fn string(&mut self, name: &str, rule: &Rule) -> String {
        self.text(name, rule).into_owned()
    }

    #[inline(never)]
    pub(super) fn string_of(&mut self, name: &str, rule: &Rule) -> Option<String> {
        self.text_of(name, rule).map(Cow::into_owned)
    }

    #[inline(never)]
    pub(super) fn number(&mut self, name: &str) -> u64 {
        let number = self.need(name).map(json::number);
        number.and_then(|number| self.kept(name, number)).unwrap_or_default()
    }

    #[inline(never)]
    pub(super) fn number_of(&mut self, name: &str) -> Option<u64> {
        let number = self.maybe(name).map(json::number)?;
        self.kept(name, number)
    }

    /// A field that is false where it is absent.
    #[inline(never)]
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let flag = self.maybe(name).map(json::boolean);
        flag.and_then(|flag| self.kept(name, flag)).unwrap_or_default()
    }

    /// A list of texts that must be there.
    #[inline(never)]
    pub(super) fn texts(&mut self, name: &str, rule: &Rule) -> Vec<String> {
        let node = self.need(name);
        self.all(name, node, rule).unwrap_or_default()
    }

    #[inline(never)]
    pub(super) fn texts_of(&mut self, name: &str, rule: &Rule) -> Option<Vec<String>> {
        let node = self.maybe(name);
        self.all(name, node, rule)
    }

    #[inline(never)]
    fn all(&mut self, name: &str, node: Option<Node<'n, 'a>>, rule: &Rule) -> Option<Vec<String>> {
        let texts = json::list(node?, |node| rule.check(node).map(Cow::into_owned));
        self.kept(name, texts)
    }

    /// A list of objects that must be there.
    pub(super) fn list<T>(&mut self, name: &str, read: fn(&mut Self) -> T) -> Vec<T> {
        let node = self.need(name);
        self.list_in(name, node, read).unwrap_or_default()
    }

    pub(super) fn list_of<T>(&mut self, name: &str, read: fn(&mut Self) -> T) -> Option<Vec<T>> {
        let node = self.maybe(name);
        self.list_in(name, node, read)
    }

    fn list_in<T>(
        &mut self,
        name: &str,
        node: Option<Node<'n, 'a>>,
        read: fn(&mut Self) -> T,
    ) -> Option<Vec<T>> {
        let mut list = Vec::with_capacity(node.and_then(Node::items).map_or(0, Items::len));
        self.each(name, node?, &mut |form| list.push(read(form))).map(|()| list)
    }

    /// Reads each object of a list.
    #[inline(never)]
    fn each(&mut self, name: &str, node: Node<'n, 'a>, read: &mut dyn FnMut(&mut Self)) -> Option<()> {
        let list = json::list(node, |node| {
            let mut form = Self { fields: Fields::of(node)?, fault: None };
            read(&mut form);
            form.done()
        });
        self.kept(name, list).map(drop)
    }

    /// A field that a reader of its own reads.
    pub(super) fn with<T>(&mut self, name: &str, read: fn(Node<'n, 'a>) -> Result<T>) -> Option<T> {
        let value = read(self.maybe(name)?);
        self.kept(name, value)
    }

    /// An object that must be there.
    pub(super) fn inner<T>(&mut self, name: &str, read: fn(Node<'n, 'a>) -> Result<T>) -> Option<T> {
        let value = read(self.need(name)?);
        self.kept(name, value)
    }
}
