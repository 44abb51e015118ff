//! Text to a tree. What is open is kept on a list, so nothing recurses and the place of an error is read off it.

use super::scan::{NO_VALUE, Scan};
use super::tree::{Entries, Extent, Item, Node, Tree};
use super::walk::Fields;
use super::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use crate::error::{Code, Error, Result};
use crate::order::twin;

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
    fn element(&mut self, key: &str, node: Node<'_, 'a>) -> Result<()>;
    /// The field `key` after its elements.
    fn field(&mut self, key: &str, node: Node<'_, 'a>) -> Result<()>;
}

/// Reads a whole document as one tree.
pub(crate) fn read(input: &str) -> Result<Tree<'_>> {
    run(input, None)
}

/// Reads an object whose top-level lists may be large, element by element.
pub(crate) fn read_lists<'a>(input: &'a str, lists: &mut dyn Lists<'a>) -> Result<()> {
    Fields::of(run(input, Some(lists))?.root()).map(drop)
}

/// Where the elements and fields of the top level go, if not into the tree.
type Sink<'l, 'a> = Option<&'l mut dyn Lists<'a>>;

#[inline(never)]
fn run<'a>(input: &'a str, sink: Sink<'_, 'a>) -> Result<Tree<'a>> {
    if input.len() > MAX_BYTES {
        return Err(too_large());
    }
    let reader =
        Reader { scan: Scan::of(input), tree: Tree::default(), open: Vec::new(), room: MAX_VALUES, sink };
    reader.document()
}

fn too_large() -> Error {
    Error::of(Code::TooLarge, "", &["the document is larger than 64 MiB, send a smaller one"])
}

struct Reader<'l, 'a> {
    scan: Scan<'a>,
    tree: Tree<'a>,
    /// The lists and objects that have begun and not ended, outermost first.
    open: Vec<Open>,
    /// How many values the tree may still have.
    room: usize,
    sink: Sink<'l, 'a>,
}

/// A list or an object of which a part is read.
#[derive(Clone, Copy)]
struct Open {
    is_object: bool,
    /// Its place in the tree.
    at: usize,
    /// How many values there were, also of those that were handed out.
    count: usize,
    /// The place of the key whose value is read.
    key: usize,
    /// How many texts with escapes came before.
    spelled: usize,
}

impl<'a> Reader<'_, 'a> {
    fn document(mut self) -> Result<Tree<'a>> {
        loop {
            let mut whole = self.begin()?;
            loop {
                if whole {
                    if self.open.is_empty() {
                        return self.end();
                    }
                    self.put().map_err(|error| self.placed(error, 0))?;
                }
                if self.goes_on()? {
                    break;
                }
                self.close()?;
                whole = true;
            }
        }
    }

    /// Puts the steps of all that is open before the path of an error, but not of the innermost `without`.
    #[cold]
    #[inline(never)]
    fn placed(&self, error: Error, without: usize) -> Error {
        self.open.iter().rev().skip(without).fold(error, |error, open| match open.is_object {
            true => error.within(self.key_of(*open)),
            false => error.at("", open.count),
        })
    }

    fn key_of(&self, open: Open) -> &str {
        self.tree.node(open.key).text().unwrap_or_default()
    }

    #[cold]
    fn fault(&self, code: Code, sentence: &str, without: usize) -> Error {
        self.placed(Error::of(code, "", &[sentence]), without)
    }

    /// Reads a value; false for the beginning of one that is then open.
    fn begin(&mut self) -> Result<bool> {
        let Some(first) = self.scan.near() else { return Err(self.scan.error_ahead(NO_VALUE)) };
        let item = match first {
            b'"' => {
                self.scan.skip();
                return self.scan.string(&mut self.tree).map(|()| true);
            }
            b'[' | b'{' => {
                self.open(first == b'{');
                return Ok(false);
            }
            b'n' => self.scan.word("null").map(|()| Item::Null)?,
            b't' => self.scan.word("true").map(|()| Item::Boolean(true))?,
            b'f' => self.scan.word("false").map(|()| Item::Boolean(false))?,
            b'-' | b'0'..=b'9' => match self.scan.number()? {
                Some(number) => Item::Number(number),
                None => return Err(self.fault(Code::Number, "numbers are integers from 0 to 2^53 - 1", 0)),
            },
            _ => return Err(self.scan.error_ahead("expected value")),
        };
        self.tree.add(item);
        Ok(true)
    }

    fn open(&mut self, is_object: bool) {
        self.scan.skip();
        let (at, spelled) = (self.tree.count, self.tree.spelled.len());
        self.open.push(Open { is_object, at, count: 0, key: at, spelled });
        self.tree.add(Item::Null); // until it ends
    }

    /// Counts a value that is whole, or hands it to who takes the top level.
    fn put(&mut self) -> Result<()> {
        match (self.open.as_slice(), &mut self.sink) {
            ([object], Some(sink)) => {
                let key = self.tree.node(object.key);
                sink.field(key.text().unwrap_or_default(), key.after())?;
                self.tree.count = object.key.saturating_add(1);
                self.tree.add(Item::Null);
            }
            ([object, list], Some(sink)) if !list.is_object => {
                let (key, at) = (self.tree.node(object.key), list.at.saturating_add(1));
                sink.element(key.text().unwrap_or_default(), self.tree.node(at))?;
                self.tree.count = at;
                self.tree.spelled.truncate(list.spelled);
                self.room = MAX_VALUES; // the element is gone, its room is free
            }
            _ => {}
        }
        self.open.last_mut().into_iter().for_each(|open| open.count = open.count.saturating_add(1));
        Ok(())
    }

    /// Whether there is one more value in what is open innermost; its key and colon are gone over.
    fn goes_on(&mut self) -> Result<bool> {
        let Some(open) = self.open.last().copied() else { return Ok(false) };
        let (close, values, eof, comma) = match open.is_object {
            true => (b'}', 2, "EOF while parsing an object", "expected `,` or `}`"),
            false => (b']', 1, "EOF while parsing a list", "expected `,` or `]`"),
        };
        self.take_room(values)?;
        let mut ahead = self.scan.near();
        if ahead == Some(close) {
            return Ok(false);
        }
        if open.count > 0 && ahead == Some(b',') {
            self.scan.skip();
            ahead = self.scan.near();
            if ahead == Some(close) || ahead.is_none() {
                let what = if ahead.is_none() { NO_VALUE } else { "trailing comma" };
                return Err(self.scan.error_ahead(what));
            }
        } else if open.count > 0 || ahead.is_none() {
            return Err(self.scan.error_ahead(if ahead.is_none() { eof } else { comma }));
        }
        if open.is_object {
            self.key(open, ahead)?;
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

    fn key(&mut self, open: Open, ahead: Option<u8>) -> Result<()> {
        if ahead != Some(b'"') {
            return Err(self.scan.error_ahead("key must be a string"));
        }
        self.scan.skip();
        let place = self.tree.count;
        self.scan.string(&mut self.tree)?;
        let next = self.tree.node(place).text().unwrap_or_default();
        if open.count < FEW && self.has(open, next) {
            return Err(self.placed(twice(next), 1));
        }
        self.open.last_mut().into_iter().for_each(|open| open.key = place);
        match self.scan.ahead() {
            Some(b':') => self.scan.skip(),
            Some(_) => return Err(self.scan.error_ahead("expected `:`")),
            None => return Err(self.scan.error_ahead("EOF while parsing an object")),
        }
        Ok(())
    }

    /// Whether an object has a key so far.
    fn has(&self, open: Open, next: &str) -> bool {
        let mut fields = self.fields(open);
        while let Some((key, _)) = fields.step() {
            if key.is(next) {
                return true;
            }
        }
        false
    }

    /// The fields of an object so far.
    fn fields(&self, open: Open) -> Entries<'_, 'a> {
        self.tree.entries(open.at.saturating_add(1), open.count)
    }

    /// What was open innermost is whole.
    fn close(&mut self) -> Result<()> {
        self.scan.skip();
        let Some(open) = self.open.pop() else { return Ok(()) };
        if open.is_object && open.count >= FEW {
            refuse_twins(self.fields(open)).map_err(|error| self.placed(error, 0))?;
        }
        let end = self.tree.count;
        let gone = end == open.at.saturating_add(1);
        let extent = Extent { count: if gone { 0 } else { open.count }, end };
        self.tree.put(open.at, if open.is_object { Item::Object(extent) } else { Item::List(extent) });
        Ok(())
    }

    /// Nothing comes after the value.
    fn end(mut self) -> Result<Tree<'a>> {
        match self.scan.ahead() {
            Some(_) => Err(self.scan.error_ahead("trailing characters")),
            None => Ok(self.tree),
        }
    }
}

/// Up to here looking through all keys is cheaper than sorting them.
const FEW: usize = 24;

fn refuse_twins(fields: Entries<'_, '_>) -> Result<()> {
    let mut keys = Vec::with_capacity(fields.len());
    fields.for_each(|(key, _)| keys.push(key));
    let later = twin(&keys, |a, b| a.cmp(b)).and_then(|place| keys.get(place));
    later.map_or(Ok(()), |key| Err(twice(key)))
}

fn twice(key: &str) -> Error {
    Error::of(Code::DuplicateKey, key, &["this key stands twice in one object, keep one"])
}
