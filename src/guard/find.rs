//! From a request to the row that decides on it.

use super::Routes;
use super::method::{Method, Methods};
use super::path::{canonical, first, from};
use super::pattern::{Part, parts};
use super::row::{Id, Row};
use crate::text::parted;
use core::fmt;
use std::borrow::Cow;

/// Why a request has no row. Nothing about it was repaired, and nothing was decided but that it does not pass.
///
/// The first seven are flaws of the path. The first one from the left is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// It does not start with `/`.
    NoPath,
    /// A segment is empty: `//`.
    EmptySegment,
    /// A segment ends in a dot: `.`, `..`, `name.`.
    DotSegment,
    /// A `/` stands at the end.
    TrailingSlash,
    /// A byte is encoded, by `%`. No byte that a path may have needs it, but a percent sign where a row allows it.
    Encoded,
    /// A byte that no segment may have: space, control, beyond ASCII, or one of ``\ ? # ; " < > [ ] ^ ` { | }``.
    Byte,
    /// More than [`MAX_PATH`](super::MAX_PATH) bytes or [`MAX_SEGMENTS`](super::MAX_SEGMENTS) segments.
    TooLong,
    /// No row matches the path.
    NotFound,
    /// Rows match the path, for these methods.
    MethodNotAllowed(Methods),
}

impl Refused {
    /// The status of the answer: 400, 404, 405 or 414.
    pub const fn status(self) -> u16 {
        match self {
            Refused::TooLong => 414,
            Refused::NotFound => 404,
            Refused::MethodNotAllowed(_) => 405,
            _ => 400,
        }
    }

    /// Its place in the list of reasons, from 1 on.
    #[cfg(feature = "js-guard")]
    pub(crate) const fn place(self) -> u8 {
        match self {
            Refused::NoPath => 1,
            Refused::EmptySegment => 2,
            Refused::DotSegment => 3,
            Refused::TrailingSlash => 4,
            Refused::Encoded => 5,
            Refused::Byte => 6,
            Refused::TooLong => 7,
            Refused::NotFound => 8,
            Refused::MethodNotAllowed(_) => 9,
        }
    }

    /// The reason as it is written in JSON and JavaScript.
    pub const fn as_str(self) -> &'static str {
        match self {
            Refused::NoPath => "no_path",
            Refused::EmptySegment => "empty_segment",
            Refused::DotSegment => "dot_segment",
            Refused::TrailingSlash => "trailing_slash",
            Refused::Encoded => "encoded",
            Refused::Byte => "byte",
            Refused::TooLong => "too_long",
            Refused::NotFound => "not_found",
            Refused::MethodNotAllowed(_) => "method_not_allowed",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::error::Error for Refused {}

/// A request and its row.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    pub(super) row: &'a Row,
    /// Of the row, in its table.
    #[cfg_attr(not(feature = "js-guard"), expect(dead_code, reason = "told to JavaScript alone"))]
    place: u16,
    /// Without the first `/`, all of it ASCII.
    path: &'a [u8],
}

impl Routes {
    /// The row for a request: its method, and the path that the server's own router goes by.
    ///
    /// The method is compared byte for byte; no header overrides it. The path is taken as it stands, without a query.
    ///
    /// # Errors
    ///
    /// Everything that is not exactly a row's. What was refused must not be answered from elsewhere.
    ///
    /// ```
    /// # use bailiwick::{Policy, guard::{Refused, Route, Routes, RoutesOptions}};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let routes = Routes::builder(&policy, RoutesOptions::default())
    ///     .row(&Route::public("GET", "/docs/{page}"))
    ///     .finish()?;
    /// assert_eq!(routes.find("GET", "/docs/start").unwrap().parameter("page").as_deref(), Some("start"));
    /// assert_eq!(routes.find("GET", "/docs/%2e%2e/keys").unwrap_err(), Refused::Encoded);
    /// assert_eq!(routes.find("GET", "/keys").unwrap_err(), Refused::NotFound);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn find<'a>(&'a self, method: &str, path: &'a str) -> Result<Match<'a>, Refused> {
        self.look_up(method.as_bytes(), path.as_bytes())
    }

    /// The same for bytes, which may be no text.
    pub(crate) fn look_up<'a>(&'a self, method: &[u8], path: &'a [u8]) -> Result<Match<'a>, Refused> {
        let inside = canonical(path, self.form)?;
        let has_percent = inside.contains(&b'%');
        let found = self.tree.find(inside, self.decided_as(Method::named(method)));
        let row = found.map(|place| self.rows.get(usize::from(place)).map(|row| (row, place)));
        match row {
            Ok(Some((row, place))) if !has_percent || row.takes_percent(inside) => {
                Ok(Match { row, place, path: inside })
            }
            // Where no row takes the percent sign it is what is wrong.
            _ if has_percent => Err(Refused::Encoded),
            Err(allowed) if !allowed.is_empty() => Err(Refused::MethodNotAllowed(self.told(allowed))),
            _ => Err(Refused::NotFound),
        }
    }

    /// The match that was found for this very path before: the row at a place.
    #[cfg(feature = "js-guard")]
    pub(crate) fn found<'a>(&'a self, place: u32, path: &'a [u8]) -> Option<Match<'a>> {
        let place = u16::try_from(place).ok()?;
        let row = self.rows.get(usize::from(place))?;
        Some(Match { row, place, path: path.get(1..)? })
    }

    /// The path of a request target as it came over the wire, without the query, if it is in its one form.
    ///
    /// A path that was taken out of a parsed URL has been repaired already: `/a/%2e%2e/b` has become `/b`. Where the
    /// target itself is known, look at it first; the path that a router then goes by must be this one.
    ///
    /// # Errors
    ///
    /// As [`find`](Routes::find) for what is wrong with a path.
    ///
    /// ```
    /// # use bailiwick::{Policy, guard::{Refused, Route, Routes, RoutesOptions}};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let routes = Routes::builder(&policy, RoutesOptions::default()).row(&Route::public("GET", "/b")).finish()?;
    /// assert_eq!(routes.check_raw("/b?page=2"), Ok("/b"));
    /// assert_eq!(routes.check_raw("/a/../b"), Err(Refused::DotSegment));
    /// assert_eq!(routes.check_raw("http://host/b"), Err(Refused::NoPath));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn check_raw<'a>(&self, target: &'a str) -> Result<&'a str, Refused> {
        let (path, query) = parted(target, b'?').unwrap_or((target, ""));
        canonical(path.as_bytes(), self.form)?;
        let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if query.bytes().all(visible) { Ok(path) } else { Err(Refused::Byte) }
    }

    /// The method by whose rows a request is decided.
    fn decided_as(&self, method: Option<Method>) -> Option<Method> {
        let method = method?;
        Some(if self.head_as_get && method == Method::HEAD { Method::GET } else { method })
    }

    fn told(&self, allowed: Methods) -> Methods {
        let head = self.head_as_get && allowed.has(Method::GET);
        if head { allowed.with(Method::HEAD) } else { allowed }
    }
}

impl Row {
    /// Whether each segment with an encoded percent sign belongs to a parameter that may have one.
    fn takes_percent(&self, path: &[u8]) -> bool {
        let (mut left, mut encoded) = (Some(path), self.encoded);
        while let Some((segment, after)) = left.map(first) {
            if encoded & 1 == 0 && segment.contains(&b'%') {
                return false;
            }
            (left, encoded) = (after, encoded >> 1);
        }
        true
    }
}

impl<'a> Match<'a> {
    /// The place of the row in its table.
    #[cfg(feature = "js-guard")]
    pub(crate) fn place(self) -> u16 {
        self.place
    }

    /// The pattern of the row, for logs and counters.
    pub fn pattern(self) -> &'a str {
        &self.row.pattern
    }

    /// Whether everybody passes.
    pub fn is_public(self) -> bool {
        self.row.question.is_none()
    }

    /// The action that the row needs; none for a public one.
    pub fn action(self) -> Option<&'a str> {
        self.row.question.as_ref().map(|question| &*question.action)
    }

    /// The kind of the resource; none for a public row.
    pub fn kind(self) -> Option<&'a str> {
        self.row.question.as_ref().map(|question| &*question.kind)
    }

    /// The id of the resource, as the path has it; none for a public row, for the organization and for the platform.
    pub fn id(self) -> Option<Cow<'a, str>> {
        match self.row.question.as_ref()?.id {
            Id::Segment(segment) => Some(self.segment(segment)),
            _ => None,
        }
    }

    /// The id of the organization, where the row says which parameter holds it: the one for which to take the access.
    pub fn organization(self) -> Option<Cow<'a, str>> {
        self.row.question.as_ref()?.organization.map(|segment| self.segment(segment))
    }

    /// What the path binds to a parameter, decoded where the row says so. A wildcard's has the slashes between its
    /// segments.
    pub fn parameter(self, name: &str) -> Option<Cow<'a, str>> {
        let bound =
            parts(&self.row.pattern).enumerate().find(|(_, part)| part.name() == Some(name.as_bytes()))?;
        Some(match bound {
            (segment, Part::Rest(_)) => text(from(self.path, segment)),
            (segment, _) => self.segment(segment),
        })
    }

    pub(super) fn segment(self, index: usize) -> Cow<'a, str> {
        text(first(from(self.path, index)).0)
    }
}

/// The text of a part of a path: each `%25` decoded, once. There is no other `%` in a path that has a row.
fn text(part: &[u8]) -> Cow<'_, str> {
    if !part.contains(&b'%') {
        return Cow::Borrowed(core::str::from_utf8(part).unwrap_or_default());
    }
    let (mut decoded, mut bytes) = (Vec::new(), part.iter());
    while let Some(byte) = bytes.next() {
        decoded.push(*byte);
        if *byte == b'%' {
            bytes.nth(1); // the digits
        }
    }
    Cow::Owned(String::from_utf8(decoded).unwrap_or_default())
}
