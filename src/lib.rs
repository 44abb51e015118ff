//! Who may do what in a product built from organizations, projects, roles and shared resources, and why not.
//!
//! Two documents go in: the role model of a product, and its organizations with their people, projects and shares.
//! For any principal the answers come out: yes or no, with a reason, what would change it, and whom to ask.
//! The same core, compiled to WebAssembly, is the npm package in `pkg/`.
//!
//! ```
//! use bailiwick::{Directory, Policy, Reason, Remedy, State};
//!
//! let policy = Policy::compile(include_str!("../policies/pinecone.json"))?;
//! let directory = Directory::load(&policy, r#"{
//!     "format": 1,
//!     "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
//!     "organizations": [{ "id": "acme", "edition": "starter", "members": [
//!         { "member": "user/ana@acme.com", "roles": ["organization_owner"] },
//!         { "member": "user/bo@acme.com", "roles": ["organization_user"] }] }],
//!     "projects": [{ "id": "search", "organization": "acme", "members": [
//!         { "member": "user/bo@acme.com", "roles": ["project_user"] }] }]
//! }"#)?;
//! let bo = directory.access("user/bo@acme.com", "acme");
//! let now = 1_800_000_000_000; // the host's clock, in milliseconds since 1970
//!
//! // Allowed, and by what.
//! let allowed = bo.check("query_vectors", "project", "search", now);
//! assert_eq!(allowed.reason, Reason::Granted);
//! assert_eq!((allowed.via[0].role.as_str(), allowed.via[0].on.as_str()), ("project_user", "project/search"));
//!
//! // Refused, with the smallest change that would turn it, and who could make it.
//! let refused = bo.check("delete", "project", "search", now);
//! assert_eq!(refused.reason, Reason::NoRole);
//! assert_eq!(refused.remedy[0], Remedy::Role { role: "project_owner".into(), on: "project/search".into() });
//! assert_eq!(refused.ask[1].role, "organization_owner");
//!
//! // The same two questions, where only yes or no is needed.
//! assert!(bo.can("query_vectors", "project", "search", now));
//! assert!(!bo.can("delete", "project", "search", now));
//!
//! // What a console shows.
//! let button = bo.button("create_projects", "organization", "acme", now);
//! assert_eq!((button.state, button.reason), (State::Disabled, Reason::LimitReached));
//! assert_eq!(button.text, "The Starter edition allows no more projects. The Standard edition has it.");
//! # Ok::<(), bailiwick::Error>(())
//! ```
//!
//! # The flow
//!
//! ```text
//! policy document ────compile────> Policy     kinds, roles, actions as bit sets ┐
//!                     may fail                                                  ├─ access ─> Access ─ can / check / list ─> Decision
//! directory document ──load──────> Directory  organizations, bindings, shares   ┘  one principal,              never fails,
//!                     may fail                                                     one organization            denies by default
//! ```
//!
//! - [`Policy::compile`] and [`Directory::load`] read JSON. Every mistake that a person can make in a document is
//!   found there: an [`Error`] with a stable code, the place in the document and a sentence that says what to do.
//! - [`Directory::access`] compiles everything that one principal may do in one organization. It never fails: who is
//!   unknown there gets an access that denies everything and says why.
//! - [`Access::can`] answers yes or no, [`Access::check`] with a [`Decision`], [`Access::button`] with what a console
//!   shows, [`Access::can_many`] for a whole table, [`Access::list`] with the ids on which an action is allowed.
//!   They never disagree. A question is three strings (action, kind, id) and a moment; it never fails, and what is
//!   unknown is denied with a [`Reason`] of its own.
//! - [`Directory::check`] asks once with the whole directory at hand: it also knows which projects do not exist, and
//!   names people in `ask`. [`Directory::organizations`] lists what an organization switcher shows.
//! - [`Policy::matrix`] is the role table of one kind, for people to read.
//! - [`guard`] stands before a server: a table says what each request needs, and what has no row does not pass.
//!
//! An [`Access`] *is* its bytes: [`Access::as_bytes`] can be kept or sent, [`Access::open`] answers from them in
//! place, without policy, directory or JSON.
//!
//! # The words
//!
//! | word | meaning |
//! | --- | --- |
//! | principal | who asks: `user/ana@acme.com`, `service_account/ci`, `api_key/k1` |
//! | resource | what is acted on: a kind and an id, in documents `project/search` |
//! | kind | the type of a resource. Kinds form a tree: `platform` > `organization` > `project`, … |
//! | action | a verb on a kind, the unit of a decision: `delete` on a project |
//! | role | a named set of actions on one kind, with the roles that it implies there or further down. A sharing level is a role |
//! | binding | the one fact: who holds which role on which resource until when |
//! | top role | the role that governs a kind; "owner" and "admin" are its labels |
//! | edition, feature, limit | what an organization has paid for, and how much |
//! | access | everything that one principal may do in one organization |
//! | decision, reason | the answer to one question, and why |
//!
//! A principal may do an action on a resource if the action is open there (the kind and the action are available,
//! the edition has the features and the room), the principal is active in the organization, and a live binding of
//! theirs, of a group of theirs or of all members, on the resource or above it, has a role that contains the action.
//! Nothing else counts: there is no deny, no order of rules, no condition. Handing out a role is an action too:
//! `grant project_user`.
//!
//! # Promises
//!
//! - Deny by default. Nothing crosses organizations. More bindings never mean less access.
//! - A binding that ends grants while `now < until`, also on an access held since before. A moment earlier than one
//!   already asked about counts as that one, so that a clock set back revives nothing.
//! - No clock, no randomness, no globals, no input or output, no `unsafe`. No panics: what could panic is denied by
//!   lint. Nothing recurses over input without a bound.
//! - Documents are bounded before they are parsed: 64 MiB, 32 levels, [`MAX_KINDS`] kinds, [`MAX_ACTIONS`] actions and
//!   [`MAX_ROLES`] roles on a kind, [`MAX_FEATURES`] features, limits and editions, [`MAX_ASSERTIONS`] assertions.
//!
//! # Limits
//!
//! - In a browser a decision is a hint: it decides what to show. The edge and the server enforce.
//! - The bytes of an access are not signed. [`Access::open`] checks their form, not their origin: take them only from
//!   where you trust.
//! - A limit in an access is advisory: it holds the counts of the moment at which it was compiled.
//! - A directory is loaded and asked, not changed. Load the next document when something changes.
//! - What differs by a property of a resource is a kind of its own. Metered usage is counted elsewhere.
//!
//! # Features
//!
//! `js` adds the exports to JavaScript. It is off by default; a Rust back end needs none of it.

mod access;
mod decision;
mod directory;
#[cfg(feature = "js-access")]
mod engine;
mod error;
pub mod guard;
mod json;
mod order;
mod plan;
mod policy;
mod question;
mod text;
#[cfg(feature = "js-access")]
mod wasm;

pub use access::{Access, Capsule, Lifetime};
pub use decision::{Ask, Button, Decision, Page, Reason, Remedy, State, Via};
pub use directory::{
    AssertedRole, Assertions, Change, Command, Directory, Fact, Note, Operation, OrganizationEntry,
    ProjectRoles, SuspendedBy,
};
pub use error::{Code, Error, Result};
pub use plan::{Denied, Outcome};
pub use policy::*;
pub use question::*;

/// The Rust code of README.md runs with the doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
