//! Text to nodes. What is open is kept on a list, so nothing recurses and the place of an error is read off it.

use super::scan::{NO_VALUE, Scan};
use super::walk::Fields;
use super::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, Node};
use crate::error::{Code, Error, Result};
use crate::order::twin;
use std::borrow::Cow;

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

/// Where the elements and fields of the top level go, if not into the tree.
type Sink<'l, 'a> = Option<&'l mut dyn Lists<'a>>;

#[inline(never)]
fn run<'a>(input: &'a str, sink: Sink<'_, 'a>) -> Result<Node<'a>> {
    if input.len() > MAX_BYTES {
        return Err(too_large());
    }
    Reader { scan: Scan::of(input), open: Vec::new(), room: MAX_VALUES, sink }.document()
}

fn too_large() -> Error {
    Error::of(Code::TooLarge, "", &["the document is larger than 64 MiB, send a smaller one"])
}

struct Reader<'l, 'a> {
    scan: Scan<'a>,
    /// The lists and objects that have begun and not ended, outermost first.
    open: Vec<Open<'a>>,
    /// How many values the tree may still have.
    room: usize,
    sink: Sink<'l, 'a>,
}

/// A list or an object of which a part is read.
enum Open<'a> {
    List {
        items: Vec<Node<'a>>,
        /// How many there were, also of those that were handed out.
        index: usize,
    },
    Object {
        fields: Vec<(Cow<'a, str>, Node<'a>)>,
        /// The field whose value is read.
        key: Cow<'a, str>,
    },
}

impl Open<'_> {
    /// Puts the step to the value that is read before the path of an error.
    fn place(&self, error: Error) -> Error {
        match self {
            Open::List { index, .. } => error.at("", *index),
            Open::Object { key, .. } => error.within(key),
        }
    }
}

impl<'a> Reader<'_, 'a> {
    fn document(mut self) -> Result<Node<'a>> {
        loop {
            let mut value = self.begin()?;
            loop {
                if let Some(value) = value {
                    if self.open.is_empty() {
                        return self.end(value);
                    }
                    self.put(value).map_err(|error| self.placed(error, 0))?;
                }
                if self.goes_on()? {
                    break;
                }
                value = self.close()?;
            }
        }
    }

    /// Puts the steps of all that is open before the path of an error, but not of the innermost `without`.
    #[cold]
    #[inline(never)]
    fn placed(&self, error: Error, without: usize) -> Error {
        self.open.iter().rev().skip(without).fold(error, |error, open| open.place(error))
    }

    #[cold]
    fn fault(&self, code: Code, sentence: &str, without: usize) -> Error {
        self.placed(Error::of(code, "", &[sentence]), without)
    }

    /// A value, or the beginning of one that is then open.
    fn begin(&mut self) -> Result<Option<Node<'a>>> {
        let Some(first) = self.scan.ahead() else { return Err(self.scan.error_ahead(NO_VALUE)) };
        Ok(Some(match first {
            b'"' => {
                self.scan.skip();
                Node::Text(self.scan.string()?)
            }
            b'[' | b'{' => {
                self.scan.skip();
                self.open.push(match first {
                    b'[' => Open::List { items: Vec::new(), index: 0 },
                    _ => Open::Object { fields: Vec::new(), key: Cow::Borrowed("") },
                });
                return Ok(None);
            }
            b'n' => self.scan.word("null").map(|()| Node::Null)?,
            b't' => self.scan.word("true").map(|()| Node::Boolean(true))?,
            b'f' => self.scan.word("false").map(|()| Node::Boolean(false))?,
            b'-' | b'0'..=b'9' => match self.scan.number()? {
                Some(number) => Node::Number(number),
                None => return Err(self.fault(Code::Number, "numbers are integers from 0 to 2^53 - 1", 0)),
            },
            _ => return Err(self.scan.error_ahead("expected value")),
        }))
    }

    /// Puts a value where it belongs: into what is open, or to who takes the top level.
    fn put(&mut self, value: Node<'a>) -> Result<()> {
        match (self.open.as_mut_slice(), &mut self.sink) {
            ([Open::Object { fields, key }], Some(sink)) => {
                sink.field(key, value)?;
                fields.push((std::mem::take(key), Node::Null));
            }
            ([Open::Object { key, .. }, Open::List { index, .. }], Some(sink)) => {
                sink.element(key, *index, value)?;
                *index = index.saturating_add(1);
                self.room = MAX_VALUES; // the element is gone, its room is free
            }
            ([.., Open::Object { fields, key }], _) => fields.push((std::mem::take(key), value)),
            ([.., Open::List { items, index }], _) => {
                items.push(value);
                *index = index.saturating_add(1);
            }
            ([], _) => {}
        }
        Ok(())
    }

    /// Whether there is one more value in what is open innermost; its key and colon are gone over.
    fn goes_on(&mut self) -> Result<bool> {
        let (first, close, values, eof, comma) = match self.open.last() {
            Some(Open::Object { fields, .. }) => {
                (fields.is_empty(), b'}', 2, "EOF while parsing an object", "expected `,` or `}`")
            }
            Some(Open::List { index, .. }) => {
                (*index == 0, b']', 1, "EOF while parsing a list", "expected `,` or `]`")
            }
            None => return Ok(false),
        };
        self.take_room(values)?;
        let mut ahead = self.scan.ahead();
        if ahead == Some(close) {
            return Ok(false);
        }
        if !first && ahead == Some(b',') {
            self.scan.skip();
            ahead = self.scan.ahead();
            if ahead == Some(close) || ahead.is_none() {
                let what = if ahead.is_none() { NO_VALUE } else { "trailing comma" };
                return Err(self.scan.error_ahead(what));
            }
        } else if !first || ahead.is_none() {
            return Err(self.scan.error_ahead(if ahead.is_none() { eof } else { comma }));
        }
        if close == b'}' {
            self.key(ahead)?;
        }
        Ok(true)
    }

    /// Room for values one level further down.
    fn take_room(&mut self, values: usize) -> Result<()> {
        if self.open.len() > usize::from(MAX_DEPTH) {
            return Err(self.fault(Code::Depth, "the document nests deeper than 32 levels", 1));
        }
        let Some(room) = self.room.checked_sub(values) else {
            let sentence = "the document has more values than this version holds";
            return Err(self.fault(Code::TooLarge, sentence, 1));
        };
        self.room = room;
        Ok(())
    }

    fn key(&mut self, ahead: Option<u8>) -> Result<()> {
        if ahead != Some(b'"') {
            return Err(self.scan.error_ahead("key must be a string"));
        }
        self.scan.skip();
        let next = self.scan.string()?;
        let Some(Open::Object { fields, key }) = self.open.last_mut() else { return Ok(()) };
        if fields.len() < FEW && fields.iter().any(|(known, _)| *known == next) {
            return Err(self.placed(twice(&next), 1));
        }
        *key = next;
        match self.scan.ahead() {
            Some(b':') => self.scan.skip(),
            Some(_) => return Err(self.scan.error_ahead("expected `:`")),
            None => return Err(self.scan.error_ahead("EOF while parsing an object")),
        }
        Ok(())
    }

    /// What was open innermost, now whole.
    fn close(&mut self) -> Result<Option<Node<'a>>> {
        self.scan.skip();
        Ok(match self.open.pop() {
            Some(Open::List { items, .. }) => Some(Node::List(items)),
            Some(Open::Object { fields, .. }) => {
                refuse_twins(&fields).map_err(|error| self.placed(error, 0))?;
                Some(Node::Object(fields))
            }
            None => None,
        })
    }

    /// Nothing comes after the value.
    fn end(mut self, value: Node<'a>) -> Result<Node<'a>> {
        match self.scan.ahead() {
            Some(_) => Err(self.scan.error_ahead("trailing characters")),
            None => Ok(value),
        }
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
