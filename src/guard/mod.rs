//! The enforcement point: a request comes in, a decision goes out.
//!
//! A table of [`Routes`] says what each request needs: an action on the resource that its path names. It is checked when
//! it is built, against the names of the policy. A request that has no row does not pass, and neither does one whose path
//! could be read in two ways: it is refused as it stands, and nothing is decoded, folded or lower-cased to find a row.
//!
//! ```
//! use bailiwick::{Directory, Policy, Reason, guard::{Refused, Routes}};
//!
//! let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
//! let routes = Routes::load(&policy, r#"{ "format": 1, "routes": [
//!     { "method": "GET", "path": "/health", "public": true },
//!     { "method": "PATCH", "path": "/v1/orgs/{org}", "action": "rename", "kind": "organization", "organization": "org" },
//!     { "method": "DELETE", "path": "/v1/orgs/{org}/projects/{project}",
//!       "action": "delete", "kind": "project", "id": "project", "organization": "org" }] }"#)?;
//! # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
//! #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
//! #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] },
//! #     { "member": "user/bo@acme.com", "roles": ["organization_user"] }] }],
//! #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
//!
//! // A request: first its row, then the access of who asks, then the verdict.
//! let found = routes.find("DELETE", "/v1/orgs/acme/projects/search").unwrap();
//! let access = directory.access("user/bo@acme.com", &found.organization().unwrap());
//! let verdict = found.decide(Some(&access), 1_800_000_000_000);
//! assert_eq!((verdict.allowed, verdict.status, verdict.reason), (false, 403, Reason::NoRole));
//!
//! // No row, no way in.
//! assert_eq!(routes.find("DELETE", "/v1/orgs/acme//projects/search").unwrap_err(), Refused::EmptySegment);
//! assert_eq!(routes.find("DELETE", "/v1/orgs/acme/projects/..%2fsearch").unwrap_err(), Refused::Encoded);
//! assert_eq!(routes.find("PUT", "/v1/orgs/acme/projects/search").unwrap_err().status(), 405);
//! # Ok::<(), bailiwick::Error>(())
//! ```
//!
//! # The one form of a path
//!
//! At most [`MAX_PATH`] bytes and [`MAX_SEGMENTS`] segments; `/` before each segment; letters, digits and
//! ``-._~@:!$&'()*+,=`` in it; no segment ends in a dot. There is no `%`, but `%25` for a percent sign in a parameter that
//! the row lists under `encoded`. An id with other letters than these cannot stand in a guarded path.
//!
//! # What it does not look at
//!
//! Headers, queries and bodies: nothing in them changes what is decided. A handler must act on the resource that the path
//! named, by the method that was decided on: turn off what lets a header (`X-HTTP-Method-Override`, `X-Original-URL`)
//! say otherwise. The answer holds for the path that it was given, so it must be the one that the router goes by;
//! [`Routes::check_raw`] finds what a URL parser would have folded away.
//!
//! # Two rows for one path
//!
//! are refused, unless the paths of one lie inside those of the other and it says `overrides`. A literal segment lies
//! inside a parameter, both inside a wildcard. So the order of rows means nothing.

// Routers for servers (matchit, route-recognizer) were looked at. They match what they are given: an empty segment, an
// encoded dot and any byte bind to a parameter; several rows for one path are kept in silence or by position. All that
// decides here would stand around them, and the module for the edge counts its bytes.

mod build;
mod decide;
mod document;
mod find;
#[cfg(any(feature = "js-guard", test))]
mod lines;
mod method;
mod path;
mod pattern;
mod row;
mod tree;
mod vocabulary;

#[cfg(feature = "js-guard")]
pub(crate) use lines::{code_of, read as read_lines};

pub use build::{RoutesBuilder, RoutesOptions};
pub use decide::Verdict;
pub use find::{Match, Refused};
pub use method::Methods;
pub use path::{MAX_PATH, MAX_SEGMENTS};
pub use row::{Need, Route, Rule};
pub use vocabulary::Vocabulary;

use path::Form;
use row::Row;
use tree::Tree;

/// The most rows of a table.
pub const MAX_ROUTES: u16 = 4096;

/// A table of what requests need, checked. See the [module](self).
#[derive(Clone, Debug)]
pub struct Routes {
    rows: Vec<Row>,
    tree: Tree,
    form: Form,
    head_as_get: bool,
}

impl Routes {
    /// Starts a table, to be checked against the names of a policy.
    ///
    /// ```
    /// # use bailiwick::{Policy, guard::{Need, Route, Routes, RoutesOptions}};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let rename = Need { action: "rename", kind: "organization", organization: Some("org"), ..Need::default() };
    /// let routes = Routes::builder(&policy, RoutesOptions { head_as_get: true, ..RoutesOptions::default() })
    ///     .row(&Route::public("GET", "/health"))
    ///     .row(&Route::guarded("PATCH", "/v1/orgs/{org}", rename))
    ///     .finish()?;
    /// assert!(routes.find("HEAD", "/health").is_ok());
    /// assert!(routes.find("PATCH", "/v1/orgs/acme/").is_err()); // refused: no row ends in a slash
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn builder(vocabulary: &dyn Vocabulary, options: RoutesOptions) -> RoutesBuilder<'_> {
        RoutesBuilder::new(vocabulary, options)
    }
}
