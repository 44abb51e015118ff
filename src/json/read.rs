//! Text to nodes, through serde_json's reader and one visitor. Depth is counted, so the recursion is bounded.

use super::walk::Fields;
use super::{MAX_BYTES, MAX_DEPTH, MAX_NUMBER, MAX_VALUES, Node};
use crate::error::{Code, Error, Result};
use crate::order::twin;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Checks size and encoding of a document that came as bytes.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    core::str::from_utf8(bytes)
        .map_err(|_| Error::of(Code::IllFormed, "", &["the document is not well-formed UTF-8"]))
}

/// Who takes the top level of a document with large lists: each element as it is read, then the field itself
/// (a list comes empty, its elements having been handed out).
pub(crate) trait Lists<'a> {
    /// One element of the list under `key`.
    fn element(&mut self, key: &str, index: usize, node: Node<'a>) -> Result<()>;
    /// The field `key` after its elements.
    fn field(&mut self, key: &str, node: Node<'a>) -> Result<()>;
}

/// Reads a whole document as one tree.
pub(crate) fn read(input: &str) -> Result<Node<'_>> {
    run(input, None)
}

/// Reads an object whose top-level lists may be large, element by element.
pub(crate) fn read_lists<'a>(input: &'a str, lists: &mut dyn Lists<'a>) -> Result<()> {
    match run(input, Some(lists))? {
        Node::Object(_) => Ok(()),
        other => Fields::of(other).map(drop),
    }
}

/// The first error of our own. The visitor then stops in the middle and the reader ends by itself: an error made
/// through serde would cost kilobytes of formatting.
type Fault = RefCell<Option<Error>>;

/// Where the elements and fields of the top level go, if not into the tree.
type Sink<'l, 'a> = Option<&'l mut dyn Lists<'a>>;

fn run<'a>(input: &'a str, lists: Sink<'_, 'a>) -> Result<Node<'a>> {
    if input.len() > MAX_BYTES {
        return Err(too_large());
    }
    let fault = Fault::default();
    let mut reader = serde_json::Deserializer::from_str(input);
    let room = Cell::new(MAX_VALUES);
    let value = Value { depth: 0, fault: &fault, room: &room, sink: lists, list: None };
    let result = value.deserialize(&mut reader).and_then(|node| reader.end().map(|()| node));
    match fault.into_inner() {
        Some(error) => Err(error),
        None => result.map_err(|error| foreign(&error)),
    }
}

fn too_large() -> Error {
    Error::of(Code::TooLarge, "", &["the document is larger than 64 MiB, send a smaller one"])
}

/// How the reader names an escape that is half of a surrogate pair.
const HALVES: [&str; 2] = ["lone leading surrogate", "unexpected end of hex escape"];

fn foreign(error: &serde_json::Error) -> Error {
    let message = error.to_string();
    let code = if message.starts_with("number out of range") {
        Code::Number
    } else if HALVES.iter().any(|half| message.starts_with(half)) {
        Code::IllFormed
    } else {
        Code::Json
    };
    Error::of(code, "", &["the document is not JSON: ", &message])
}

struct Value<'f, 'l, 'a> {
    depth: u8,
    fault: &'f Fault,
    /// How many values the tree may still have.
    room: &'f Cell<usize>,
    sink: Sink<'l, 'a>,
    /// The top-level list that this value is, if its elements go to the sink.
    list: Option<&'l str>,
}

impl<'f> Value<'f, '_, '_> {
    /// A value one level further down; none, and a fault, where there is no more room.
    fn inner<'l, 'a>(&self) -> Option<Value<'f, 'l, 'a>> {
        if self.depth >= MAX_DEPTH {
            self.fail(Code::Depth, "the document nests deeper than 32 levels");
            return None;
        }
        let Some(room) = self.room.get().checked_sub(1) else {
            self.fail(Code::TooLarge, "the document has more values than this version holds");
            return None;
        };
        self.room.set(room);
        let depth = self.depth.saturating_add(1);
        Some(Value { depth, fault: self.fault, room: self.room, sink: None, list: None })
    }

    fn fail(&self, code: Code, sentence: &str) {
        self.keep(Err(Error::of(code, "", &[sentence])));
    }

    /// Keeps an error for [`run`].
    fn keep(&self, result: Result<()>) {
        if let Err(error) = result {
            self.fault.borrow_mut().get_or_insert(error);
        }
    }

    /// Whether something below has failed; its place then gets the step of this level.
    fn failed_at(&self, place: impl Fn(Error) -> Error) -> bool {
        let mut fault = self.fault.borrow_mut();
        *fault = fault.take().map(place);
        fault.is_some()
    }

    fn not_an_integer<'a>(&self) -> Node<'a> {
        self.fail(Code::Number, "numbers are integers from 0 to 2^53 - 1");
        Node::Null
    }
}

impl<'a> DeserializeSeed<'a> for Value<'_, '_, 'a> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> core::result::Result<Node<'a>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Value<'_, '_, 'a> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> core::result::Result<Node<'a>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> core::result::Result<Node<'a>, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_u64<E>(self, value: u64) -> core::result::Result<Node<'a>, E> {
        Ok(if value > MAX_NUMBER { self.not_an_integer() } else { Node::Number(value) })
    }

    fn visit_i64<E>(self, _: i64) -> core::result::Result<Node<'a>, E> {
        Ok(self.not_an_integer())
    }

    fn visit_f64<E>(self, _: f64) -> core::result::Result<Node<'a>, E> {
        Ok(self.not_an_integer())
    }

    fn visit_str<E>(self, value: &str) -> core::result::Result<Node<'a>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'a str) -> core::result::Result<Node<'a>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut seq: A) -> core::result::Result<Node<'a>, A::Error> {
        let mut items = Vec::new();
        let mut index = 0_usize;
        while let Some(inner) = self.inner() {
            let read = seq.next_element_seed(inner);
            if self.failed_at(|error| error.at("", index)) {
                break;
            }
            let Some(node) = read? else { return Ok(Node::List(items)) };
            match (&mut self.sink, self.list) {
                (Some(sink), Some(key)) => {
                    let taken = sink.element(key, index, node).map_err(|error| error.at("", index));
                    if taken.is_err() {
                        self.keep(taken);
                        break;
                    }
                    self.room.set(MAX_VALUES); // the element is gone, its room is free
                }
                _ => items.push(node),
            }
            index = index.saturating_add(1);
        }
        Ok(Node::Null)
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> core::result::Result<Node<'a>, A::Error> {
        let mut fields: Vec<(Cow<'a, str>, Node<'a>)> = Vec::new();
        let mut top = if self.list.is_none() { self.sink.take() } else { None };
        while let (Some(key), Some(mut value)) = (self.inner(), self.inner()) {
            let Some(key) = map.next_key_seed(key)? else {
                self.keep(refuse_twins(&fields));
                return Ok(Node::Object(fields));
            };
            let Node::Text(key) = key else { continue }; // JSON has no other keys
            if fields.len() < FEW && fields.iter().any(|(known, _)| *known == key) {
                self.keep(Err(twice(&key)));
                break;
            }
            if let Some(sink) = &mut top {
                value = Value { sink: Some(&mut **sink), list: Some(&key), ..value };
            }
            let node = map.next_value_seed(value);
            if self.failed_at(|error| error.within(&key)) {
                break;
            }
            let node = match &mut top {
                Some(sink) => {
                    let taken = sink.field(&key, node?).map_err(|error| error.within(&key));
                    if taken.is_err() {
                        self.keep(taken);
                        break;
                    }
                    Node::Null
                }
                None => node?,
            };
            fields.push((key, node));
        }
        Ok(Node::Null)
    }
}

/// Up to here looking through all keys is cheaper than sorting them.
const FEW: usize = 24;

fn refuse_twins(fields: &[(Cow<'_, str>, Node<'_>)]) -> Result<()> {
    if fields.len() < FEW {
        return Ok(());
    }
    let later = twin(fields, |(a, _), (b, _)| a.cmp(b)).and_then(|place| fields.get(place));
    later.map_or(Ok(()), |(key, _)| Err(twice(key)))
}

fn twice(key: &str) -> Error {
    Error::of(Code::DuplicateKey, key, &["this key stands twice in one object, keep one"])
}
