//! The one file that knows JavaScript exists: what [`crate::engine`] does, exported.
//!
//! With the feature `js-access` it answers from prepared accesses alone: the small module. With `js-guard` it decides on
//! requests, with `js` it does everything; what they have in common is the same code. That takes and returns nothing but
//! numbers: bytes lie in the memory, where the facade puts and finds them, and so they need no glue.
#![cfg_attr(
    not(feature = "js"),
    expect(unreachable_pub, reason = "what is told to JavaScript is public there")
)]

#[cfg(not(feature = "js"))]
use core::cell::RefCell;
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The engine of the full module, as a class.
#[cfg(feature = "js")]
#[wasm_bindgen]
pub struct Engine(crate::engine::Engine);

#[cfg(not(feature = "js"))]
thread_local! {
    /// The small modules export functions, over the one engine of the instance. They need no glue.
    static ENGINE: RefCell<crate::engine::Engine> = const { RefCell::new(crate::engine::Engine::empty()) };
}

/// Methods of the class, or functions.
macro_rules! exports {
    ($($name:ident($($given:ident: $type:ty),*) -> $answer:ty;)*) => {
        #[cfg(feature = "js")]
        #[wasm_bindgen]
        impl Engine { $(
            #[doc = concat!("`", stringify!($name), "` of the engine.")]
            pub fn $name(&mut self, $($given: $type),*) -> $answer {
                self.0.$name($($given),*)
            }
        )* }

        $(
            #[doc = concat!("`", stringify!($name), "` of the engine of this instance.")]
            #[cfg(not(feature = "js"))]
            #[wasm_bindgen]
            pub fn $name($($given: $type),*) -> $answer {
                ENGINE.with_borrow_mut(|engine| engine.$name($($given),*))
            }
        )*
    };
}

exports! {
    words() -> *const u8;
    room(length: usize) -> *const u8;
    open() -> f64;
    capsule(vocabulary: u32) -> f64;
    answer() -> *const u8;
    release(handle: u32) -> ();
    live() -> u32;
}

#[cfg(not(feature = "js-guard"))]
exports! {
    about(access: u32) -> usize;
    check(access: u32, action: usize, kind: usize, id: usize, now: f64) -> usize;
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
    whose(access: u32) -> usize;
    route(routes: u32, path: usize, method: usize) -> i32;
    decide(routes: u32, access: u32, row: u32, path: usize, now: f64) -> u32;
    judge(access: u32, action: usize, kind: usize, id: usize, now: f64) -> f64;
}

/// What the full module does beside.
#[cfg(feature = "js")]
mod full {
    use super::Engine;
    use crate::engine::{self, Item, moment};
    use crate::json::Writer;
    use crate::question::Told;
    use crate::{
        Answer as Answered, Capsule, Change, Code, Command, Denied, Directory, Error, Lifetime, Outcome,
        Policy, Query, RoleMapping,
    };
    use js_sys::Reflect;
    use wasm_bindgen::prelude::*;

    type Answer<T> = Result<T, JsValue>;

    #[wasm_bindgen]
    impl Engine {
        /// An empty engine.
        #[wasm_bindgen(constructor)]
        pub fn new() -> Engine {
            Engine(engine::Engine::empty())
        }

        /// Compiles a policy document (UTF-8 JSON); its handle.
        pub fn compile(&mut self, document: &[u8]) -> Answer<u32> {
            let policy = Policy::compile_bytes(document).map_err(thrown)?;
            self.kept(Item::Policy(policy))
        }

        /// Loads the directory document (UTF-8 JSON) of so many bytes that was put in the room; its handle.
        pub fn load(&mut self, policy: u32, length: usize) -> Answer<u32> {
            let document = self.0.brought(length);
            let directory = Directory::load_bytes(self.policy(policy)?, &document).map_err(thrown)?;
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
            let outcome = directory.carry_out(command, actor.as_deref(), now).map_err(thrown)?;
            Ok(match outcome {
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
            told(directory.previewed(query, command))
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

        /// The role table of a kind, as JSON; empty for an unknown one.
        pub fn matrix(&self, policy: u32, kind: &str) -> Answer<String> {
            Ok(self.policy(policy)?.matrix_json(kind))
        }

        /// What the audit finds in a policy; JSON of the list.
        pub fn audit(&self, policy: u32) -> Answer<String> {
            Ok(self.policy(policy)?.audit_json())
        }

        /// The policy's names and labels, as JSON.
        #[wasm_bindgen(js_name = policyInfo)]
        pub fn policy_info(&self, policy: u32) -> Answer<String> {
            Ok(self.policy(policy)?.info_json())
        }
    }

    impl Engine {
        fn kept(&mut self, item: Item) -> Answer<u32> {
            self.0.keep(item).ok_or_else(|| {
                thrown(Error::of(Code::TooMany, "", &["more than a million handles are in use, free some"]))
            })
        }

        fn directory(&self, handle: u32) -> Answer<&Directory> {
            match self.0.find(handle) {
                Some(Item::Directory(directory)) => Ok(directory),
                _ => Err(freed()),
            }
        }

        fn directory_mut(&mut self, handle: u32) -> Answer<&mut Directory> {
            match self.0.find_mut(handle) {
                Some(Item::Directory(directory)) => Ok(directory),
                _ => Err(freed()),
            }
        }

        fn policy(&self, handle: u32) -> Answer<&Policy> {
            match self.0.find(handle) {
                Some(Item::Policy(policy)) => Ok(policy),
                _ => Err(freed()),
            }
        }
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

    fn known_moment(now: f64) -> Answer<u64> {
        moment(now)
            .ok_or_else(|| error_object("ERR_TYPE", "now", "a moment is an integer from 0 to 2^53 - 1"))
    }

    /// A real JavaScript error with `name`, `code` and `path`.
    fn thrown(error: Error) -> JsValue {
        error_object(error.code(), error.path(), &error.text())
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
