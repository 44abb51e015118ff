//! The one file that knows JavaScript exists: an engine that holds policies, directories and accesses behind
//! numbers. The package's facade checks types before they cross; what is asked often returns a boolean or a number.

use crate::{
    Access, Answer as Told, Change, Code, Command, Denied, Directory, Error, Outcome, Policy, Query,
    RoleMapping,
};
use js_sys::{Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Where an item lies: 20 bits of place, 12 of generation, so that a freed handle never finds its successor.
const PLACE_BITS: u32 = 20;
const PLACE_MASK: u32 = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: u32 = u32::MAX >> PLACE_BITS;

enum Item {
    Policy(Policy),
    Directory(Box<Directory>),
    Access(Box<Access>),
}

struct Slot {
    generation: u32,
    item: Option<Item>,
}

/// Everything that one instance of the module holds.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

type Answer<T> = Result<T, JsValue>;

#[wasm_bindgen]
impl Engine {
    /// An empty engine.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Compiles a policy document (UTF-8 JSON); its handle.
    pub fn compile(&mut self, document: &[u8]) -> Answer<u32> {
        let policy = Policy::compile_bytes(document).map_err(thrown)?;
        self.keep(Item::Policy(policy))
    }

    /// Loads a directory document (UTF-8 JSON); its handle.
    pub fn load(&mut self, policy: u32, document: &[u8]) -> Answer<u32> {
        let directory = Directory::load_bytes(self.policy(policy)?, document).map_err(thrown)?;
        self.keep(Item::Directory(Box::new(directory)))
    }

    /// Compiles an access; its handle.
    pub fn access(&mut self, directory: u32, principal: &str, organization: &str) -> Answer<u32> {
        let access = self.directory(directory)?.access(principal, organization);
        self.keep(Item::Access(Box::new(access)))
    }

    /// Opens the bytes of an access; its handle.
    pub fn open(&mut self, bytes: Vec<u8>) -> Answer<u32> {
        let access = Access::open(bytes).map_err(thrown)?;
        self.keep(Item::Access(Box::new(access)))
    }

    /// Whether it is allowed; a handle that is not there denies.
    pub fn can(&self, access: u32, action: &str, kind: &str, id: &str, now: f64) -> bool {
        self.find_access(access)
            .zip(moment(now))
            .is_some_and(|(access, now)| access.can(action, kind, id, now))
    }

    /// A decision.
    pub fn check(&self, access: u32, action: &str, kind: &str, id: &str, now: f64) -> Answer<JsValue> {
        object(&self.known_access(access)?.check(action, kind, id, known_moment(now)?))
    }

    /// A button.
    pub fn button(&self, access: u32, action: &str, kind: &str, id: &str, now: f64) -> Answer<JsValue> {
        object(&self.known_access(access)?.button(action, kind, id, known_moment(now)?))
    }

    /// A table, ids by actions.
    #[wasm_bindgen(js_name = canMany)]
    pub fn can_many(
        &self,
        access: u32,
        actions: Vec<String>,
        kind: &str,
        ids: Vec<String>,
        now: f64,
    ) -> Answer<Vec<u8>> {
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        Ok(self.known_access(access)?.can_many(&actions, kind, &ids, known_moment(now)?))
    }

    /// A page of ids.
    pub fn list(
        &self,
        access: u32,
        action: &str,
        kind: &str,
        after: Option<String>,
        limit: u32,
        now: f64,
    ) -> Answer<JsValue> {
        let access = self.known_access(access)?;
        let page = access.list(action, kind, after.as_deref(), limit as usize, known_moment(now)?);
        object(&page.map_err(thrown)?)
    }

    /// The first end after `now`; infinite if there is none.
    #[wasm_bindgen(js_name = nextExpiry)]
    pub fn next_expiry(&self, access: u32, now: f64) -> f64 {
        let end = self.find_access(access).zip(moment(now)).and_then(|(access, now)| access.next_expiry(now));
        end.map_or(f64::INFINITY, |end| end as f64)
    }

    /// Whose access it is.
    #[wasm_bindgen(js_name = accessInfo)]
    pub fn access_info(&self, access: u32) -> Answer<JsValue> {
        let access = self.known_access(access)?;
        object(&AccessInfo {
            principal: access.principal(),
            organization: access.organization(),
            revision: access.revision(),
        })
    }

    /// The bytes of an access.
    pub fn bytes(&self, access: u32) -> Answer<Uint8Array> {
        Ok(Uint8Array::from(self.known_access(access)?.as_bytes()))
    }

    /// Where a principal is active.
    pub fn organizations(&self, directory: u32, principal: &str) -> Answer<JsValue> {
        object(&self.directory(directory)?.organizations(principal))
    }

    /// A decision with the directory at hand.
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
    ) -> Answer<JsValue> {
        object(&self.directory(directory)?.check(
            principal,
            organization,
            action,
            kind,
            id,
            known_moment(now)?,
        ))
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
        match outcome.map_err(thrown)? {
            Outcome::Changed(change) => json(&Accepted { ok: true, answer: &Changed { change: &change } }),
            Outcome::Denied(denied) => json(&Refused::of(&denied)),
        }
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
        let roles = self.directory(directory)?.grantable(query, target, kind, id);
        told(roles.map(|roles| match roles {
            Told::Told(roles) => Told::Told(Roles { roles }),
            Told::Denied(denied) => Told::Denied(denied),
        }))
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

    /// Forgets what a handle stands for; a handle that is not there changes nothing.
    pub fn release(&mut self, handle: u32) {
        let place = handle & PLACE_MASK;
        let slot = self.slots.get_mut(place as usize);
        let Some(slot) = slot.filter(|slot| slot.generation == handle >> PLACE_BITS && slot.item.is_some())
        else {
            return;
        };
        slot.item = None;
        if slot.generation < LAST_GENERATION {
            slot.generation = slot.generation.saturating_add(1);
            self.free.push(place);
        }
    }

    /// How many handles stand for something.
    pub fn live(&self) -> u32 {
        self.slots.iter().fold(0, |sum, slot| sum.saturating_add(u32::from(slot.item.is_some())))
    }
}

impl Engine {
    fn keep(&mut self, item: Item) -> Answer<u32> {
        let place = self.free.pop().or_else(|| {
            let place = u32::try_from(self.slots.len()).ok().filter(|place| *place <= PLACE_MASK)?;
            self.slots.push(Slot { generation: 1, item: None });
            Some(place)
        });
        let slot = place.and_then(|place| Some((place, self.slots.get_mut(place as usize)?)));
        let (place, slot) = slot.ok_or_else(|| {
            thrown(Error::of(Code::TooMany, "", &["more than a million handles are in use, free some"]))
        })?;
        slot.item = Some(item);
        Ok(slot.generation << PLACE_BITS | place)
    }

    fn find(&self, handle: u32) -> Option<&Item> {
        let slot = self.slots.get((handle & PLACE_MASK) as usize)?;
        slot.item.as_ref().filter(|_| slot.generation == handle >> PLACE_BITS)
    }

    fn find_access(&self, handle: u32) -> Option<&Access> {
        match self.find(handle) {
            Some(Item::Access(access)) => Some(access),
            _ => None,
        }
    }

    fn known_access(&self, handle: u32) -> Answer<&Access> {
        self.find_access(handle).ok_or_else(freed)
    }

    fn directory(&self, handle: u32) -> Answer<&Directory> {
        match self.find(handle) {
            Some(Item::Directory(directory)) => Ok(directory),
            _ => Err(freed()),
        }
    }

    fn directory_mut(&mut self, handle: u32) -> Answer<&mut Directory> {
        let slot = self.slots.get_mut((handle & PLACE_MASK) as usize);
        match slot.filter(|slot| slot.generation == handle >> PLACE_BITS).and_then(|slot| slot.item.as_mut())
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
struct AccessInfo<'a> {
    principal: &'a str,
    organization: &'a str,
    revision: u64,
}

#[derive(Serialize)]
struct PolicyInfo<'a> {
    name: &'a str,
    label: &'a str,
    kinds: Vec<crate::KindInfo>,
}

/// What was told, beside that it was.
#[derive(Serialize)]
struct Accepted<'a, T> {
    ok: bool,
    answer: &'a T,
}

#[derive(Serialize)]
struct Changed<'a> {
    change: &'a Change,
}

#[derive(Serialize)]
struct Roles {
    roles: Vec<crate::Grantable>,
}

/// A refusal, which is no error.
#[derive(Serialize)]
struct Refused<'a> {
    ok: bool,
    decision: &'a crate::Decision,
    text: &'a str,
}

impl<'a> Refused<'a> {
    fn of(denied: &'a Denied) -> Self {
        Self { ok: false, decision: &denied.decision, text: &denied.text }
    }
}

fn told<T: Serialize>(told: crate::Result<Told<T>>) -> Answer<String> {
    match told.map_err(thrown)? {
        Told::Told(answer) => json(&Accepted { ok: true, answer: &answer }),
        Told::Denied(denied) => json(&Refused::of(&denied)),
    }
}

/// JSON text: cold answers cross as text, so that no name in them can be a property of anything (`__proto__`).
fn json(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(|_| error_object("ERR_JSON", "", "an answer that cannot be written"))
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

/// Milliseconds since 1970; none for what is no such number.
fn moment(now: f64) -> Option<u64> {
    (0.0..=MAX_MOMENT).contains(&now).then_some(now as u64)
}

/// The largest integer that JavaScript counts to.
const MAX_MOMENT: f64 = 9_007_199_254_740_991.0;

fn known_moment(now: f64) -> Answer<u64> {
    moment(now).ok_or_else(|| error_object("ERR_TYPE", "now", "a moment is an integer from 0 to 2^53 - 1"))
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
