//! The one file that knows JavaScript exists: an engine that holds policies, directories and accesses behind
//! numbers. The package's facade checks types before they cross. What is asked often returns a number; what is asked
//! for reading leaves as JSON text, so that no name in it can be a property of anything (`__proto__`).
//!
//! With the feature `js-access` it answers from prepared accesses alone: the small module. With `js` it does
//! everything; what both have is the same code. That takes and returns nothing but numbers: bytes lie in the memory,
//! where the facade puts and finds them, and so they need no glue.
#![cfg_attr(
    not(feature = "js"),
    expect(unreachable_pub, reason = "what is told to JavaScript is public there")
)]

use crate::access::KindView;
#[cfg(feature = "js-guard")]
use crate::guard::{self, Refused, Routes, RoutesOptions};
use crate::{Access, Capsule, Code};
#[cfg(feature = "js")]
use crate::{Directory, Policy};
#[cfg(feature = "js")]
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Where an item lies: 20 bits of place, 12 of generation, so that a freed handle never finds its successor.
const PLACE_BITS: u32 = 20;
const PLACE_MASK: u32 = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: u32 = u32::MAX >> PLACE_BITS;

/// What the facade puts in before it asks: three words of at most 2,048 UTF-16 units, three bytes each.
const WORDS: usize = 3 * 3 * 2048;

/// No such kind, action or handle, for who asks for a place.
const ABSENT: i32 = -1;

enum Item {
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
#[cfg_attr(feature = "js", wasm_bindgen)]
pub struct Engine {
    slots: Vec<Slot>,
    /// The slot to use next, counted from one; 0 where none is free.
    free: u32,
    live: u32,
    /// Written from outside: the words of the next question, one after another, in UTF-8.
    words: [u8; WORDS],
    /// Written from outside: the bytes of the next access.
    room: Vec<u8>,
    /// The answer to the last question that has one of text.
    text: Vec<u8>,
    /// Read from outside: where the last answer of bytes lies.
    answer: *const u8,
}

#[cfg_attr(feature = "js-guard", expect(dead_code, reason = "the module with the guard exports less"))]
#[cfg_attr(feature = "js", wasm_bindgen)]
impl Engine {
    /// Where the words of a question are put.
    pub fn words(&self) -> *const u8 {
        self.words.as_ptr()
    }

    /// Where so many bytes of an access are put, for [`open`](Engine::open).
    pub fn room(&mut self, length: usize) -> *const u8 {
        self.room = vec![0; length];
        self.room.as_ptr()
    }

    /// Opens the bytes that were put there: a handle, or what is wrong (-1: no whole access, -2: another version,
    /// -3: too many handles).
    pub fn open(&mut self) -> f64 {
        match Access::opened(core::mem::take(&mut self.room)) {
            Ok(access) => self.keep(Item::Access(access)).map_or(-3.0, f64::from),
            Err(Code::FormatVersion) => -2.0,
            Err(_) => -1.0,
        }
    }

    /// Opens the bytes of a capsule that were put there, with the vocabulary of its policy: a handle, or what is wrong
    /// (-1: no whole capsule, -2: another vocabulary, -3: too many handles).
    pub fn capsule(&mut self, vocabulary: u32) -> f64 {
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
    pub fn kind(&self, access: u32, length: usize) -> i32 {
        self.find_access(access).map_or(ABSENT, |access| access.kind_of(self.bytes_of(0, length)) as i32)
    }

    /// The bit of the action that is named.
    pub fn action(&self, access: u32, kind: u32, length: usize) -> i32 {
        let kind = self.find_access(access).and_then(|access| access.known_kind(kind as usize));
        kind.map_or(ABSENT, |kind| kind.action_of(self.bytes_of(0, length)) as i32)
    }

    /// How many words of 32 bits a mask of a kind has.
    pub fn width(&self, access: u32, kind: usize) -> usize {
        let kind = self.find_access(access).and_then(|access| access.known_kind(kind));
        kind.map_or(0, KindView::width)
    }

    /// What is granted on the resource of a kind that is named: 32 actions, of the place `word`.
    pub fn look(&self, access: u32, kind: usize, length: usize, word: usize, now: f64) -> u32 {
        let asked = self.find_access(access).zip(moment(now));
        asked.map_or(0, |(access, now)| access.mask(kind, self.bytes_of(0, length), word, now))
    }

    /// Where the answer to one of the following lies: they return its length, 0 where there is none.
    pub fn answer(&self) -> *const u8 {
        self.answer
    }

    /// A decision as JSON; none for a handle that is not there.
    pub fn check(&mut self, access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize {
        self.ask(access, [action, kind, id], now, 0, |access, [action, kind, id], now, _| {
            Some(access.check_json(action, kind, id, now))
        })
    }

    /// A button as JSON; none for a handle that is not there.
    pub fn button(&mut self, access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize {
        self.ask(access, [action, kind, id], now, 0, |access, [action, kind, id], now, _| {
            Some(access.button_json(action, kind, id, now))
        })
    }

    /// A page of ids as JSON; none for a handle that is not there and for a cursor of another list. The third word
    /// is the cursor; none has no bytes.
    pub fn list(
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
    pub fn about(&mut self, access: u32) -> usize {
        self.tell(self.find_access(access).map(Access::about))
    }

    /// The bytes of an access; none for a handle that is not there.
    pub fn bytes(&mut self, access: u32) -> usize {
        let bytes = self.find_access(access).map(Access::as_bytes).unwrap_or_default();
        let length = bytes.len();
        self.answer = bytes.as_ptr();
        length
    }

    /// The first end after `now`; infinite if there is none.
    pub fn expiry(&self, access: u32, now: f64) -> f64 {
        let end = self.find_access(access).zip(moment(now)).and_then(|(access, now)| access.next_expiry(now));
        end.map_or(f64::INFINITY, |end| end as f64)
    }

    /// Forgets what a handle stands for; a handle that is not there changes nothing.
    pub fn release(&mut self, handle: u32) {
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
    pub fn live(&self) -> u32 {
        self.live
    }
}

impl Engine {
    /// An empty engine.
    const fn empty() -> Engine {
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

    fn keep(&mut self, item: Item) -> Option<u32> {
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

    fn find(&self, handle: u32) -> Option<&Item> {
        let slot = self.slots.get((handle & PLACE_MASK) as usize)?;
        slot.item.as_ref().filter(|_| slot.generation == handle >> PLACE_BITS)
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
    pub fn step(&mut self, length: usize) -> usize {
        let bytes = core::mem::take(&mut self.room);
        let parts = bytes.split_at_checked(length);
        self.tell(parts.and_then(|(capsule, delta)| Capsule::patched(capsule, delta)))
    }

    /// Builds a table of the rows that were put there (`guard/lines.rs`), against a vocabulary; flags: 1 a slash at the
    /// end is overlooked, 2 `HEAD` is decided as `GET`. A handle, or -1 with code, place and sentence as the answer,
    /// a line each.
    pub fn routes(&mut self, vocabulary: u32, flags: u32) -> f64 {
        let lines = core::mem::take(&mut self.room);
        let options = RoutesOptions { ignore_trailing_slash: flags & 1 != 0, head_as_get: flags & 2 != 0 };
        let lines = core::str::from_utf8(&lines).unwrap_or_default();
        let Some(known) = self.find_access(vocabulary) else { return -2.0 };
        match guard::read_lines(known, options, lines) {
            Ok(routes) => self.keep(Item::Routes(Box::new(routes))).map_or(-3.0, f64::from),
            Err(error) => {
                self.tell(Some(
                    [error.code(), "\n", error.path(), "\n", error.message()].concat().into_bytes(),
                ));
                -1.0
            }
        }
    }

    /// The place of the row for a request: two words, its method and its path; or why it has none
    /// (-1 to -8: the place of the reason; -512 to -1,023: the path has rows of other methods, these bits).
    pub fn route(&self, routes: u32, method: usize, path: usize) -> i32 {
        let Some(routes) = self.find_routes(routes) else { return refusal(Refused::NotFound) };
        let found = routes.look_up(self.bytes_of(0, method), self.bytes_of(method, path));
        found.map_or_else(refusal, |found| i32::from(found.place()))
    }

    /// The status of the answer to a request of somebody: 200, 401, 403 or 404; 0 where it has no row.
    pub fn decide(&self, routes: u32, access: u32, method: usize, path: usize, now: f64) -> u32 {
        let asked = self.find_routes(routes).zip(moment(now));
        let verdict = asked.and_then(|(routes, now)| {
            let found = routes.look_up(self.bytes_of(0, method), self.bytes_of(method, path)).ok()?;
            Some(found.decide(self.find_access(access), now).status)
        });
        verdict.map_or(0, u32::from)
    }

    fn find_routes(&self, handle: u32) -> Option<&Routes> {
        match self.find(handle) {
            Some(Item::Routes(routes)) => Some(routes),
            _ => None,
        }
    }
}

/// A refusal as a number.
#[cfg(feature = "js-guard")]
fn refusal(refused: Refused) -> i32 {
    match refused {
        Refused::MethodNotAllowed(methods) => -512_i32 | i32::from(methods.bits()),
        other => i32::from(other.place()).wrapping_neg(),
    }
}

/// The exports of the small module: functions of numbers, over the one engine of the instance. They need no glue.
#[cfg(not(feature = "js"))]
mod alone {
    use super::Engine;
    use core::cell::RefCell;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static ENGINE: RefCell<Engine> = const { RefCell::new(Engine::empty()) };
    }

    macro_rules! exports {
        ($($name:ident($($given:ident: $type:ty),*) -> $answer:ty;)*) => { $(
            #[doc = concat!("[`Engine::", stringify!($name), "`] of this instance.")]
            #[wasm_bindgen]
            pub fn $name($($given: $type),*) -> $answer {
                ENGINE.with_borrow_mut(|engine| engine.$name($($given),*))
            }
        )* };
    }

    exports! {
        words() -> *const u8;
        room(length: usize) -> *const u8;
        open() -> f64;
        capsule(vocabulary: u32) -> f64;
        answer() -> *const u8;
        check(access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize;
        about(access: u32) -> usize;
        release(handle: u32) -> ();
        live() -> u32;
    }

    #[cfg(not(feature = "js-guard"))]
    exports! {
        kind(access: u32, length: usize) -> i32;
        action(access: u32, kind: u32, length: usize) -> i32;
        width(access: u32, kind: usize) -> usize;
        look(access: u32, kind: usize, length: usize, word: usize, now: f64) -> u32;
        button(access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize;
        list(access: u32, action: usize, kind: usize, after: usize, now: f64, limit: usize) -> usize;
        bytes(access: u32) -> usize;
        expiry(access: u32, now: f64) -> f64;
    }

    #[cfg(feature = "js-guard")]
    exports! {
        step(length: usize) -> usize;
        routes(vocabulary: u32, flags: u32) -> f64;
        route(routes: u32, method: usize, path: usize) -> i32;
        decide(routes: u32, access: u32, method: usize, path: usize, now: f64) -> u32;
    }
}

/// Milliseconds since 1970; none for what is no such number.
fn moment(now: f64) -> Option<u64> {
    (0.0..=MAX_MOMENT).contains(&now).then_some(now as u64)
}

/// The largest integer that JavaScript counts to.
const MAX_MOMENT: f64 = 9_007_199_254_740_991.0;

/// What the full module does beside.
#[cfg(feature = "js")]
mod full {
    use super::{Engine, Item, PLACE_BITS, PLACE_MASK, moment};
    use crate::json::Writer;
    use crate::question::Told;
    use crate::{
        Answer as Answered, Capsule, Change, Code, Command, Denied, Directory, Error, Lifetime, Outcome,
        Policy, Query, RoleMapping,
    };
    use js_sys::Reflect;
    use serde::Serialize;
    use wasm_bindgen::prelude::*;

    type Answer<T> = Result<T, JsValue>;

    #[wasm_bindgen]
    impl Engine {
        /// An empty engine.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Engine {
            Engine::empty()
        }

        /// Compiles a policy document (UTF-8 JSON); its handle.
        pub fn compile(&mut self, document: &[u8]) -> Answer<u32> {
            let policy = Policy::compile_bytes(document).map_err(thrown)?;
            self.kept(Item::Policy(policy))
        }

        /// Loads a directory document (UTF-8 JSON); its handle.
        pub fn load(&mut self, policy: u32, document: &[u8]) -> Answer<u32> {
            let directory = Directory::load_bytes(self.policy(policy)?, document).map_err(thrown)?;
            self.kept(Item::Directory(Box::new(directory)))
        }

        /// Compiles an access; its handle.
        pub fn access(&mut self, directory: u32, principal: &str, organization: &str) -> Answer<u32> {
            let access = self.directory(directory)?.access(principal, organization);
            self.kept(Item::Access(access))
        }

        /// The bytes of a capsule (moments in milliseconds since 1970).
        #[wasm_bindgen(js_name = capsuleOf)]
        pub fn capsule_of(
            &self,
            directory: u32,
            principal: &str,
            organization: &str,
            issued_at: f64,
            not_after: f64,
        ) -> Answer<Vec<u8>> {
            let life = Lifetime { issued_at: known_moment(issued_at)?, not_after: known_moment(not_after)? };
            let capsule =
                self.directory(directory)?.capsule(principal, organization, life).map_err(thrown)?;
            Ok(capsule.as_bytes().to_vec())
        }

        /// The names and roles of a policy, as the bytes of an access of nobody.
        pub fn vocabulary(&self, policy: u32) -> Answer<Vec<u8>> {
            Ok(self.policy(policy)?.vocabulary().as_bytes().to_vec())
        }

        /// What makes the capsule `to` of the capsule `from`.
        pub fn difference(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
            Capsule::difference(from, to)
        }

        /// Where a principal is active; JSON of the list.
        pub fn organizations(&self, directory: u32, principal: &str) -> Answer<String> {
            let entries = self.directory(directory)?.organizations(principal);
            let mut out = Writer::default();
            out.listed(|out| entries.iter().for_each(|entry| entry.tell(out)));
            Ok(out.into_text())
        }

        /// A decision with the directory at hand, as JSON.
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn explain(
            &self,
            directory: u32,
            principal: &str,
            organization: &str,
            action: &str,
            kind: &str,
            id: &str,
            now: f64,
        ) -> Answer<String> {
            let (directory, now) = (self.directory(directory)?, known_moment(now)?);
            Ok(directory.check(principal, organization, action, kind, id, now).to_json())
        }

        /// Carries a command out (UTF-8 JSON), for an actor or, without one, for the host; JSON of the outcome.
        pub fn apply(
            &mut self,
            directory: u32,
            command: &[u8],
            actor: Option<String>,
            now: f64,
        ) -> Answer<String> {
            let (command, now) = (Command::read_bytes(command).map_err(thrown)?, known_moment(now)?);
            let directory = self.directory_mut(directory)?;
            let outcome = match actor {
                Some(actor) => directory.apply(&command, &actor, now),
                None => directory.apply_as_host(&command, now),
            };
            Ok(match outcome.map_err(thrown)? {
                Outcome::Changed(change) => accepted(&|out| change.tell(out.key("change"))),
                Outcome::Denied(denied) => refused(&denied),
            })
        }

        /// What a command would come to; JSON of the answer.
        pub fn preview(
            &mut self,
            directory: u32,
            command: &[u8],
            asker: Option<String>,
            after: Option<String>,
            limit: u32,
            now: f64,
        ) -> Answer<String> {
            let command = Command::read_bytes(command).map_err(thrown)?;
            let query = query("", &asker, &after, limit, now)?;
            let directory = self.directory_mut(directory)?;
            told(directory.preview(query, &command))
        }

        /// Lays a change over the directory (UTF-8 JSON).
        pub fn commit(&mut self, directory: u32, change: &[u8]) -> Answer<()> {
            let change = Change::read_bytes(change).map_err(thrown)?;
            self.directory_mut(directory)?.commit(&change).map_err(thrown)
        }

        /// The canonical document.
        pub fn document(&self, directory: u32) -> Answer<String> {
            Ok(self.directory(directory)?.document())
        }

        /// The revision.
        pub fn revision(&self, directory: u32) -> Answer<f64> {
            Ok(self.directory(directory)?.revision() as f64)
        }

        /// Who may do an action on a resource; JSON of the answer.
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn who(
            &self,
            directory: u32,
            organization: &str,
            asker: Option<String>,
            action: &str,
            kind: &str,
            id: &str,
            after: Option<String>,
            limit: u32,
            now: f64,
        ) -> Answer<String> {
            let query = query(organization, &asker, &after, limit, now)?;
            told(self.directory(directory)?.who(query, action, kind, id))
        }

        /// Everybody by actions, for one resource; JSON of the answer.
        #[wasm_bindgen(js_name = people)]
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn people(
            &self,
            directory: u32,
            organization: &str,
            asker: Option<String>,
            kind: &str,
            id: &str,
            after: Option<String>,
            limit: u32,
            now: f64,
        ) -> Answer<String> {
            let query = query(organization, &asker, &after, limit, now)?;
            told(self.directory(directory)?.matrix(query, kind, id))
        }

        /// On what a principal may do an action; JSON of the answer.
        #[wasm_bindgen(js_name = listOf)]
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn list_of(
            &self,
            directory: u32,
            organization: &str,
            asker: Option<String>,
            principal: &str,
            action: &str,
            kind: &str,
            after: Option<String>,
            limit: u32,
            now: f64,
        ) -> Answer<String> {
            let query = query(organization, &asker, &after, limit, now)?;
            told(self.directory(directory)?.list(query, principal, action, kind))
        }

        /// What the asker may give to a target; JSON of the answer.
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn grantable(
            &self,
            directory: u32,
            organization: &str,
            asker: Option<String>,
            target: &str,
            kind: &str,
            id: &str,
            now: f64,
        ) -> Answer<String> {
            let query = query(organization, &asker, &None, 1, now)?;
            told(self.directory(directory)?.grantable(query, target, kind, id))
        }

        /// What another policy would give and take; JSON of the answer.
        #[expect(clippy::too_many_arguments, reason = "a question is flat where it crosses, as in `check`")]
        pub fn compare(
            &self,
            directory: u32,
            other: u32,
            roles: &[u8],
            organization: &str,
            asker: Option<String>,
            after: Option<String>,
            limit: u32,
            now: f64,
        ) -> Answer<String> {
            let roles = RoleMapping::read_bytes(roles).map_err(thrown)?;
            let query = query(organization, &asker, &after, limit, now)?;
            told(self.directory(directory)?.compare(query, self.policy(other)?, &roles))
        }

        /// The role table of a kind; undefined for an unknown one.
        pub fn matrix(&self, policy: u32, kind: &str) -> Answer<JsValue> {
            self.policy(policy)?.matrix(kind).map_or(Ok(JsValue::UNDEFINED), |matrix| object(&matrix))
        }

        /// What the audit finds in a policy; JSON of the list.
        pub fn audit(&self, policy: u32) -> Answer<String> {
            json(&self.policy(policy)?.audit())
        }

        /// The policy's names and labels.
        #[wasm_bindgen(js_name = policyInfo)]
        pub fn policy_info(&self, policy: u32) -> Answer<JsValue> {
            let policy = self.policy(policy)?;
            let kinds: Vec<_> = policy.kinds().collect();
            object(&PolicyInfo { name: policy.name(), label: policy.label(), kinds })
        }
    }

    impl Engine {
        fn kept(&mut self, item: Item) -> Answer<u32> {
            self.keep(item).ok_or_else(|| {
                thrown(Error::of(Code::TooMany, "", &["more than a million handles are in use, free some"]))
            })
        }

        fn directory(&self, handle: u32) -> Answer<&Directory> {
            match self.find(handle) {
                Some(Item::Directory(directory)) => Ok(directory),
                _ => Err(freed()),
            }
        }

        fn directory_mut(&mut self, handle: u32) -> Answer<&mut Directory> {
            let slot = self.slots.get_mut((handle & PLACE_MASK) as usize);
            match slot
                .filter(|slot| slot.generation == handle >> PLACE_BITS)
                .and_then(|slot| slot.item.as_mut())
            {
                Some(Item::Directory(directory)) => Ok(directory),
                _ => Err(freed()),
            }
        }

        fn policy(&self, handle: u32) -> Answer<&Policy> {
            match self.find(handle) {
                Some(Item::Policy(policy)) => Ok(policy),
                _ => Err(freed()),
            }
        }
    }

    #[derive(Serialize)]
    struct PolicyInfo<'a> {
        name: &'a str,
        label: &'a str,
        kinds: Vec<crate::KindInfo>,
    }

    /// What was told, beside that it was.
    #[inline(never)]
    fn accepted(fields: &dyn Fn(&mut Writer)) -> String {
        let mut out = Writer::default();
        out.object(|out| {
            out.key("ok").boolean(true);
            out.key("answer").object(|out| fields(out));
        });
        out.into_text()
    }

    /// A refusal, which is no error.
    #[inline(never)]
    fn refused(denied: &Denied) -> String {
        let mut out = Writer::default();
        out.object(|out| {
            out.key("ok").boolean(false);
            denied.decision.tell(out.key("decision"));
            out.text_at("text", &denied.text);
        });
        out.into_text()
    }

    fn told<T: Told>(told: crate::Result<Answered<T>>) -> Answer<String> {
        Ok(match told.map_err(thrown)? {
            Answered::Told(answer) => accepted(&|out| answer.tell(out)),
            Answered::Denied(denied) => refused(&denied),
        })
    }

    /// JSON text: cold answers cross as text, so that no name in them can be a property of anything (`__proto__`).
    fn json(value: &impl Serialize) -> Answer<String> {
        serde_json::to_string(value)
            .map_err(|_| error_object("ERR_JSON", "", "an answer that cannot be written"))
    }

    fn query<'a>(
        organization: &'a str,
        asker: &'a Option<String>,
        after: &'a Option<String>,
        limit: u32,
        now: f64,
    ) -> Answer<Query<'a>> {
        let query = Query::new(organization, known_moment(now)?).page(after.as_deref(), limit as usize);
        Ok(asker.as_deref().map_or(query, |asker| query.asked_by(asker)))
    }

    /// A plain object.
    fn object(value: &impl Serialize) -> Answer<JsValue> {
        serde_wasm_bindgen::to_value(value).map_err(JsValue::from)
    }

    fn known_moment(now: f64) -> Answer<u64> {
        moment(now)
            .ok_or_else(|| error_object("ERR_TYPE", "now", "a moment is an integer from 0 to 2^53 - 1"))
    }

    /// A real JavaScript error with `name`, `code` and `path`.
    fn thrown(error: Error) -> JsValue {
        error_object(error.code(), error.path(), &error.to_string())
    }

    fn freed() -> JsValue {
        error_object("ERR_FREED", "", "this handle was freed, make a new one")
    }

    fn error_object(code: &str, path: &str, message: &str) -> JsValue {
        let error = js_sys::Error::new(message);
        error.set_name("BailiwickError");
        for (key, value) in [("code", code), ("path", path)] {
            // Setting a property of an error made here cannot fail; if it did, the error would still be thrown.
            let _ = Reflect::set(&error, &key.into(), &value.into());
        }
        error.into()
    }
}
