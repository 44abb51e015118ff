//! Methods of requests, by their exact names.

/// The methods that a row may name, each at its bit.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The place of a method in the list of those that a row may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Method(usize);

impl Method {
    pub(super) const GET: Method = Method(0);
    pub(super) const HEAD: Method = Method(1);

    /// Compared byte for byte: `get`, `GET ` and `TRACE` are none.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        METHODS.iter().position(|known| known.as_bytes() == name).map(Self)
    }
}

/// The methods for which a table has a row on a path.
///
/// ```
/// # use bailiwick::{Policy, guard::{Refused, Route, Routes, RoutesOptions}};
/// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
/// let routes = Routes::builder(&policy, RoutesOptions::default()).row(&Route::public("GET", "/health")).finish()?;
/// let Err(Refused::MethodNotAllowed(allowed)) = routes.find("POST", "/health") else { panic!() };
/// assert_eq!(allowed.iter().collect::<Vec<_>>(), ["GET"]); // what the header `Allow` says
/// # Ok::<(), bailiwick::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Methods(u8);

impl Methods {
    /// Their names, in one order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        METHODS.iter().enumerate().filter(move |(bit, _)| self.has(Method(*bit))).map(|(_, name)| *name)
    }

    /// Bit n is method n of the list.
    #[cfg(feature = "js-guard")]
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(super) fn has(self, method: Method) -> bool {
        self.0 >> (method.0 & 7) & 1 == 1
    }

    pub(super) fn with(self, method: Method) -> Self {
        Self(self.0 | 1 << (method.0 & 7))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}
