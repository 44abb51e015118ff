//! What one instance of a module holds and answers, behind numbers: policies, directories and accesses by handles,
//! words and bytes by their places in its memory. It knows nothing of JavaScript; `wasm.rs` exports it.
//!
//! The package's facade checks types before they cross. What is asked often returns a number; what is asked for reading
//! leaves as JSON text, so that no name in it can be a property of anything (`__proto__`).

use crate::access::{Access, Capsule, KindView};
#[cfg(feature = "js")]
use crate::directory::Directory;
use crate::error::Code;
#[cfg(feature = "js-guard")]
use crate::guard::{self, Refused, Routes, RoutesOptions};
#[cfg(feature = "js")]
use crate::policy::Policy;

/// Where an item lies: 20 bits of place, 12 of generation, so that a freed handle never finds its successor.
const PLACE_BITS: u32 = 20;
const PLACE_MASK: u32 = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: u32 = u32::MAX >> PLACE_BITS;

/// What the facade puts in before it asks: three words of at most 2,048 UTF-16 units, three bytes each.
const WORDS: usize = 3 * 3 * 2048;

/// No such kind, action or handle, for who asks for a place.
const ABSENT: i32 = -1;

/// What a handle can stand for.
pub(crate) enum Item {
    Access(Access),
    #[cfg(feature = "js-guard")]
    Routes(Box<Routes>),
    #[cfg(feature = "js")]
    Policy(Policy),
    #[cfg(feature = "js")]
    Directory(Box<Directory>),
}

struct Slot {
    generation: u32,
    item: Option<Item>,
    /// Of a slot that is free: the next one that is, as in [`Engine::free`].
    next: u32,
}

/// Everything that one instance of the module holds.
pub(crate) struct Engine {
    slots: Vec<Slot>,
    /// The slot to use next, counted from one; 0 where none is free.
    free: u32,
    live: u32,
    /// Written from outside: the words of the next question, one after another, in UTF-8.
    words: [u8; WORDS],
    /// Written from outside: the bytes of the next access or directory.
    room: Vec<u8>,
    /// The answer to the last question that has one of text.
    text: Vec<u8>,
    /// Read from outside: where the last answer of bytes lies.
    answer: *const u8,
}

#[cfg_attr(feature = "js-guard", expect(dead_code, reason = "the module with the guard exports less"))]
impl Engine {
    /// Where the words of a question are put.
    pub(crate) fn words(&self) -> *const u8 {
        self.words.as_ptr()
    }

    /// What was put in the room, so many bytes.
    #[cfg(feature = "js")]
    pub(crate) fn brought(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = core::mem::take(&mut self.room);
        bytes.truncate(length);
        bytes
    }

    /// Where so many bytes of an access or a document are put, for [`open`](Engine::open).
    pub(crate) fn room(&mut self, length: usize) -> *const u8 {
        self.room = vec![0; length];
        self.room.as_ptr()
    }

    /// Opens the bytes that were put there: a handle, or what is wrong (-1: no whole access, -2: another version,
    /// -3: too many handles).
    pub(crate) fn open(&mut self) -> f64 {
        match Access::opened(core::mem::take(&mut self.room)) {
            Ok(access) => self.keep(Item::Access(access)).map_or(-3.0, f64::from),
            Err(Code::FormatVersion) => -2.0,
            Err(_) => -1.0,
        }
    }

    /// Opens the bytes of a capsule that were put there, with the vocabulary of its policy: a handle, or what is wrong
    /// (-1: no whole capsule, -2: another vocabulary, -3: too many handles).
    pub(crate) fn capsule(&mut self, vocabulary: u32) -> f64 {
        let bytes = core::mem::take(&mut self.room);
        match self
            .find_access(vocabulary)
            .ok_or(Code::PolicyMismatch)
            .and_then(|known| Capsule::opened(&bytes, known))
        {
            Ok(access) => self.keep(Item::Access(access)).map_or(-3.0, f64::from),
            Err(Code::PolicyMismatch) => -2.0,
            Err(_) => -1.0,
        }
    }

    /// The place of the kind that is named.
    pub(crate) fn kind(&self, access: u32, length: usize) -> i32 {
        self.find_access(access).map_or(ABSENT, |access| access.kind_of(self.bytes_of(0, length)) as i32)
    }

    /// The bit of the action that is named.
    pub(crate) fn action(&self, access: u32, kind: u32, length: usize) -> i32 {
        let kind = self.find_access(access).and_then(|access| access.known_kind(kind as usize));
        kind.map_or(ABSENT, |kind| kind.action_of(self.bytes_of(0, length)) as i32)
    }

    /// How many words of 32 bits a mask of a kind has.
    pub(crate) fn width(&self, access: u32, kind: usize) -> usize {
        let kind = self.find_access(access).and_then(|access| access.known_kind(kind));
        kind.map_or(0, KindView::width)
    }

    /// What is granted on the resource of a kind that is named: 32 actions, of the place `word`.
    pub(crate) fn look(&self, access: u32, kind: usize, length: usize, word: usize, now: f64) -> u32 {
        let asked = self.find_access(access).zip(moment(now));
        asked.map_or(0, |(access, now)| access.mask(kind, self.bytes_of(0, length), word, now))
    }

    /// Where the answer to one of the following lies: they return its length, 0 where there is none.
    pub(crate) fn answer(&self) -> *const u8 {
        self.answer
    }

    /// A decision as JSON; none for a handle that is not there.
    pub(crate) fn check(&mut self, access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize {
        self.ask(access, [action, kind, id], now, 0, |access, [action, kind, id], now, _| {
            Some(access.check_json(action, kind, id, now))
        })
    }

    /// A button as JSON; none for a handle that is not there.
    pub(crate) fn button(&mut self, access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize {
        self.ask(access, [action, kind, id], now, 0, |access, [action, kind, id], now, _| {
            Some(access.button_json(action, kind, id, now))
        })
    }

    /// A page of ids as JSON; none for a handle that is not there and for a cursor of another list. The third word
    /// is the cursor; none has no bytes.
    pub(crate) fn list(
        &mut self,
        access: u32,
        action: usize,
        kind: usize,
        after: usize,
        now: f64,
        limit: usize,
    ) -> usize {
        self.ask(access, [action, kind, after], now, limit, |access, [action, kind, after], now, limit| {
            let after = Some(after).filter(|cursor| !cursor.is_empty());
            access.list_json(action, kind, after, limit, now)
        })
    }

    /// Whose access it is, as JSON; none for a handle that is not there.
    pub(crate) fn about(&mut self, access: u32) -> usize {
        self.tell(self.find_access(access).map(Access::about))
    }

    /// The bytes of an access; none for a handle that is not there.
    pub(crate) fn bytes(&mut self, access: u32) -> usize {
        let bytes = self.find_access(access).map(Access::as_bytes).unwrap_or_default();
        let length = bytes.len();
        self.answer = bytes.as_ptr();
        length
    }

    /// The first end after `now`; infinite if there is none.
    pub(crate) fn expiry(&self, access: u32, now: f64) -> f64 {
        let end = self.find_access(access).zip(moment(now)).and_then(|(access, now)| access.next_expiry(now));
        end.map_or(f64::INFINITY, |end| end as f64)
    }

    /// Forgets what a handle stands for; a handle that is not there changes nothing.
    pub(crate) fn release(&mut self, handle: u32) {
        let place = handle & PLACE_MASK;
        let slot = self.slots.get_mut(place as usize);
        let Some(slot) = slot.filter(|slot| slot.generation == handle >> PLACE_BITS && slot.item.is_some())
        else {
            return;
        };
        slot.item = None;
        self.live = self.live.wrapping_sub(1);
        if slot.generation < LAST_GENERATION {
            slot.generation = slot.generation.saturating_add(1);
            slot.next = core::mem::replace(&mut self.free, place.saturating_add(1));
        }
    }

    /// How many handles stand for something.
    pub(crate) fn live(&self) -> u32 {
        self.live
    }
}

impl Engine {
    /// An empty engine.
    pub(crate) const fn empty() -> Engine {
        Engine {
            slots: Vec::new(),
            free: 0,
            live: 0,
            words: [0; WORDS],
            room: Vec::new(),
            text: Vec::new(),
            answer: core::ptr::null(),
        }
    }

    /// Keeps an item; its handle, unless a million are in use.
    pub(crate) fn keep(&mut self, item: Item) -> Option<u32> {
        let place = self.free.checked_sub(1).unwrap_or(self.slots.len() as u32);
        if place > PLACE_MASK {
            return None;
        }
        if self.free == 0 {
            self.slots.push(Slot { generation: 1, item: None, next: 0 });
        }
        let slot = self.slots.get_mut(place as usize)?;
        self.free = core::mem::take(&mut slot.next);
        slot.item = Some(item);
        self.live = self.live.wrapping_add(1);
        Some(slot.generation << PLACE_BITS | place)
    }

    /// What a handle stands for.
    pub(crate) fn find(&self, handle: u32) -> Option<&Item> {
        let slot = self.slots.get((handle & PLACE_MASK) as usize)?;
        slot.item.as_ref().filter(|_| slot.generation == handle >> PLACE_BITS)
    }

    /// The same, to be changed.
    #[cfg(feature = "js")]
    pub(crate) fn find_mut(&mut self, handle: u32) -> Option<&mut Item> {
        let slot = self.slots.get_mut((handle & PLACE_MASK) as usize)?;
        slot.item.as_mut().filter(|_| slot.generation == handle >> PLACE_BITS)
    }

    fn find_access(&self, handle: u32) -> Option<&Access> {
        match self.find(handle) {
            Some(Item::Access(access)) => Some(access),
            #[cfg(any(feature = "js", feature = "js-guard"))]
            _ => None,
            #[cfg(not(any(feature = "js", feature = "js-guard")))]
            None => None,
        }
    }

    /// One of the words that were put in; what is not UTF-8 is no word of any document.
    fn word(&self, start: usize, length: usize) -> &str {
        core::str::from_utf8(self.bytes_of(start, length)).unwrap_or("\0")
    }

    fn bytes_of(&self, start: usize, length: usize) -> &[u8] {
        self.words.get(start..start.saturating_add(length)).unwrap_or_default()
    }

    /// Asks with three words, of these lengths; the length of the answer.
    fn ask(&mut self, access: u32, words: [usize; 3], now: f64, limit: usize, by: Asking) -> usize {
        let [first, second, third] = words;
        let two = first.saturating_add(second);
        let words = [self.word(0, first), self.word(first, second), self.word(two, third)];
        let asked = self.find_access(access).zip(moment(now));
        self.tell(asked.and_then(|(access, now)| by(access, words, now, limit)))
    }

    /// Keeps an answer until it is read; its length.
    fn tell(&mut self, answer: Option<Vec<u8>>) -> usize {
        self.text = answer.unwrap_or_default();
        self.answer = self.text.as_ptr();
        self.text.len()
    }
}

/// One question: three words, the moment and the limit.
type Asking = fn(&Access, [&str; 3], u64, usize) -> Option<Vec<u8>>;

/// What the module with the guard does beside.
#[cfg(feature = "js-guard")]
impl Engine {
    /// Makes the next capsule of one (so many bytes of those that were put there) and of a delta (the rest): its bytes;
    /// none where they do not fit.
    pub(crate) fn step(&mut self, length: usize) -> usize {
        let bytes = core::mem::take(&mut self.room);
        let parts = bytes.split_at_checked(length);
        self.tell(parts.and_then(|(capsule, delta)| Capsule::patched(capsule, delta)))
    }

    /// Builds a table of the rows that were put there (`guard/lines.rs`), against a vocabulary; flags: 1 a slash at the
    /// end is overlooked, 2 `HEAD` is decided as `GET`. A handle, or what is wrong (-2: no vocabulary, -3: too many
    /// handles, -4 and less: the length of code, place and sentence as the answer, a line each).
    pub(crate) fn routes(&mut self, vocabulary: u32, flags: u32) -> f64 {
        let lines = core::mem::take(&mut self.room);
        let options = RoutesOptions { ignore_trailing_slash: flags & 1 != 0, head_as_get: flags & 2 != 0 };
        let lines = core::str::from_utf8(&lines).unwrap_or_default();
        let Some(known) = self.find_access(vocabulary) else { return -2.0 };
        match guard::read_lines(known, options, lines) {
            Ok(routes) => self.keep(Item::Routes(Box::new(routes))).map_or(-3.0, f64::from),
            Err(error) => {
                let lines = [guard::code_of(&error), "\n", error.path(), "\n", error.message()];
                -4.0 - self.tell(Some(lines.concat().into_bytes())) as f64
            }
        }
    }

    /// Whose capsule it is: revision, moment of issue, end and the length of the principal's name, eight bytes each, then
    /// the names of principal and organization; none for a handle that is not there.
    pub(crate) fn whose(&mut self, access: u32) -> usize {
        self.tell(self.find_access(access).map(|access| {
            let [principal, organization] = [access.principal(), access.organization()].map(str::as_bytes);
            let end = access.not_after().map_or(f64::INFINITY, |end| end as f64);
            let numbers = [access.revision() as f64, access.issued_at() as f64, end, principal.len() as f64];
            [numbers.map(f64::to_le_bytes).as_flattened(), principal, organization].concat()
        }))
    }

    /// The place of the row for a request: two words, its path and its method; or why it has none
    /// (-1 to -8: the place of the reason; -512 and more: the path has rows of other methods, these bits).
    pub(crate) fn route(&self, routes: u32, path: usize, method: usize) -> i32 {
        let Some(routes) = self.find_routes(routes) else { return refusal(Refused::NotFound) };
        let found = routes.look_up(self.bytes_of(path, method), self.bytes_of(0, path));
        found.map_or_else(refusal, |found| i32::from(found.place()))
    }

    /// The place of the reason why somebody may or may not pass by a row, to which the path leads that was put there;
    /// beyond all reasons for a handle or a row that is not there.
    pub(crate) fn decide(&self, routes: u32, access: u32, row: u32, path: usize, now: f64) -> u32 {
        let asked = self.find_routes(routes).zip(moment(now));
        let reason = asked.and_then(|(routes, now)| {
            let found = routes.found(row, self.bytes_of(0, path))?;
            Some(found.decide(self.find_access(access), now).reason)
        });
        reason.map_or(NO_REASON, |reason| reason as u32)
    }

    /// The end of a grant, in milliseconds since 1970, infinite where it has none; for a denial the place of its reason,
    /// as a number below zero: -1 is the first.
    pub(crate) fn judge(&self, access: u32, action: usize, kind: usize, id: usize, now: f64) -> f64 {
        let two = action.saturating_add(kind);
        let words = [self.word(0, action), self.word(action, kind), self.word(two, id)];
        let judged = self.find_access(access).zip(moment(now)).map(|(access, now)| access.grant(words, now));
        match judged {
            Some(Ok(end)) => end.map_or(f64::INFINITY, |end| end as f64),
            Some(Err(reason)) => -1.0 - f64::from(reason as u32),
            None => -1.0 - f64::from(NO_REASON),
        }
    }

    fn find_routes(&self, handle: u32) -> Option<&Routes> {
        match self.find(handle) {
            Some(Item::Routes(routes)) => Some(routes),
            _ => None,
        }
    }
}

/// Beyond the places of all reasons.
#[cfg(feature = "js-guard")]
const NO_REASON: u32 = 255;

/// A refusal as a number.
#[cfg(feature = "js-guard")]
fn refusal(refused: Refused) -> i32 {
    match refused {
        Refused::MethodNotAllowed(methods) => -512_i32 | i32::from(methods.bits()),
        other => i32::from(other.place()).wrapping_neg(),
    }
}

/// Milliseconds since 1970; none for what is no such number.
pub(crate) fn moment(now: f64) -> Option<u64> {
    (0.0..=MAX_MOMENT).contains(&now).then_some(now as u64)
}

/// The largest integer that JavaScript counts to.
const MAX_MOMENT: f64 = 9_007_199_254_740_991.0;
