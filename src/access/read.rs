//! Reads an access in place: nothing is decoded, nothing is trusted. Imports neither policy nor directory.

use super::layout::{LATEST, MAGIC, NEVER, VERSION, head, status};
use super::validate::{validate, validate_own};
use super::view::KindView;
use crate::error::{Code, Error, Result};
use core::sync::atomic::{AtomicU64, Ordering};

/// What one principal may do in one organization. It is its bytes: [`as_bytes`](Access::as_bytes) can be kept and
/// sent, [`open`](Access::open) answers from them.
///
/// Asking never fails and never panics; unknown names are a denial. Times are milliseconds since 1970.
#[derive(Debug)]
pub struct Access {
    bytes: Vec<u8>,
    /// Where the text starts, in bytes.
    pool: usize,
    /// The latest moment asked about.
    seen: AtomicU64,
}

impl Clone for Access {
    fn clone(&self) -> Self {
        Self::from_parts(self.bytes.clone(), self.seen.load(Ordering::Relaxed))
    }
}

impl Access {
    /// Reads bytes that [`as_bytes`](Access::as_bytes) gave, by this or another build.
    ///
    /// # Errors
    /// `ERR_ACCESS` for bytes that are cut, changed or something else; `ERR_FORMAT_VERSION` for a version that
    /// this build does not read. It checks form, not origin: who can hand in bytes can claim anything, so take
    /// them only from where you trust.
    ///
    /// ```
    /// assert_eq!(bailiwick::Access::open(b"not an access".to_vec()).unwrap_err().code(), "ERR_ACCESS");
    /// ```
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        Self::opened(bytes).map_err(|code| Error::of(code, "", &[sentence(code)]))
    }

    /// The same, with nothing but the code of what is wrong.
    pub(crate) fn opened(bytes: Vec<u8>) -> core::result::Result<Self, Code> {
        let access = Self::from_parts(bytes, 0);
        if access.word(head::MAGIC) != MAGIC {
            return Err(Code::Access);
        }
        if access.word(head::VERSION) != VERSION {
            return Err(Code::FormatVersion);
        }
        validate(&access).ok_or(Code::Access)?;
        access.seen.store(access.issued_at(), Ordering::Relaxed);
        Ok(access)
    }

    /// Takes bytes that begin, words and text each, with those of a vocabulary that was checked before, and were sealed
    /// just now: what is the principal's is checked.
    pub(super) fn over(vocabulary: &Access, bytes: Vec<u8>) -> Option<Self> {
        let access = Self::from_parts(bytes, 0);
        validate_own(&access, vocabulary)?;
        access.seen.store(access.issued_at(), Ordering::Relaxed);
        Some(access)
    }

    /// Takes bytes that [`super::write`] just made, and the latest moment already asked about.
    pub(super) fn from_parts(bytes: Vec<u8>, seen: u64) -> Self {
        let mut access = Self { bytes, pool: 0, seen: AtomicU64::new(seen) };
        access.pool = (access.word(head::WORDS) as usize).wrapping_mul(4);
        access
    }

    /// The bytes, to keep or to send.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whose access it is, for example `user/ana@acme.com`.
    pub fn principal(&self) -> &str {
        self.text(head::PRINCIPAL)
    }

    /// The id of the organization.
    pub fn organization(&self) -> &str {
        self.text(head::ORGANIZATION)
    }

    /// The revision of the directory that it was made from.
    pub fn revision(&self) -> u64 {
        self.long(head::REVISION)
    }

    /// The digest of the policy that it was made from.
    pub fn policy_digest(&self) -> u64 {
        self.long(head::DIGEST)
    }

    /// The first moment after `now` (milliseconds since 1970) at which a binding in it ends; none if nothing ends
    /// any more. An answer kept in a cache is good until then.
    pub fn next_expiry(&self, now: u64) -> Option<u64> {
        let now = self.moment(now);
        let (at, count) = self.pair(head::ENDS);
        let end = |index: usize| self.long(at.wrapping_add(index.wrapping_mul(2)));
        (0..count).map(end).find(|end| *end > now)
    }

    /// From when on it answers nothing (milliseconds since 1970): every question is denied as `stale`. None for what
    /// was not made to travel.
    pub fn not_after(&self) -> Option<u64> {
        Some(self.long(head::NOT_AFTER)).filter(|end| *end != NEVER)
    }

    /// When it was issued (milliseconds since 1970); 0 for what was not made to travel.
    pub fn issued_at(&self) -> u64 {
        self.long(head::ISSUED_AT)
    }

    /// Whether anything at all is answered at `now`: the principal has a standing, and what travels has not ended.
    pub(crate) fn speaks(&self, now: u64) -> bool {
        self.status() == status::ACTIVE && !self.is_stale(now)
    }

    /// Whether its own end has come.
    pub(crate) fn is_stale(&self, now: u64) -> bool {
        now >= self.long(head::NOT_AFTER)
    }

    /// Whether the principal may do `action` on the `kind` with that `id` at `now` (milliseconds since 1970).
    ///
    /// Says the same as [`check`](Access::check), in nanoseconds. Unknown names are `false`.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
    /// let access = directory.access("user/ana@acme.com", "acme");
    /// let now = 1_800_000_000_000;
    /// assert!(access.can("delete", "project", "search", now));
    /// assert!(!access.can("delete", "project", "no-such-project", now)); // refused: nothing is held there
    /// assert!(!access.can("fly", "project", "search", now)); // refused: no such action
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn can(&self, action: &str, kind: &str, id: &str, now: u64) -> bool {
        let now = self.moment(now);
        self.granted(action, kind, id, now).unwrap_or(false)
    }

    fn granted(&self, action: &str, kind: &str, id: &str, now: u64) -> Option<bool> {
        if !self.speaks(now) {
            return None;
        }
        let kind = self.kind(kind)?;
        let bit = kind.action(action)?;
        Some(kind.row(id)?.grants(bit, now))
    }

    /// The moment that counts: below [`super::layout::NEVER`], and a clock that runs back is not believed.
    pub(crate) fn moment(&self, now: u64) -> u64 {
        let now = now.min(LATEST);
        if self.hot_pair(head::ENDS).1 == 0 {
            return now;
        }
        self.seen.fetch_max(now, Ordering::Relaxed).max(now)
    }

    pub(crate) fn status(&self) -> u32 {
        self.word(head::STATUS)
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = KindView<'_>> {
        (0..self.pair(head::KINDS).1).map(|index| KindView::new(self, index))
    }

    /// The kind of that name.
    #[inline(always)]
    pub(crate) fn kind(&self, name: &str) -> Option<KindView<'_>> {
        self.known_kind(self.kind_of(name.as_bytes()))
    }

    /// The place of the kind of that name; beyond all places where there is none.
    pub(crate) fn kind_of(&self, name: &[u8]) -> usize {
        self.kinds().find(|kind| kind.is_named(name)).map_or(usize::MAX, KindView::index)
    }

    /// The kind at a place that came from outside.
    #[inline(always)]
    pub(crate) fn known_kind(&self, index: usize) -> Option<KindView<'_>> {
        (index < self.hot_pair(head::KINDS).1).then(|| KindView::new(self, index))
    }

    /// The word at a place; beyond the end there is nothing, which reads as 0.
    pub(crate) fn word(&self, place: usize) -> u32 {
        self.hot_word(place)
    }

    /// The same for what every question reads: not a call, though the module is compiled to be small.
    #[inline(always)]
    pub(crate) fn hot_word(&self, place: usize) -> u32 {
        let at = place.wrapping_mul(4);
        let chunk = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<4>);
        chunk.map_or(0, |chunk| u32::from_le_bytes(*chunk))
    }

    /// Two words as one number.
    pub(crate) fn long(&self, place: usize) -> u64 {
        u64::from(self.word(place)) | u64::from(self.word(place.wrapping_add(1))) << 32
    }

    /// Two words as (place, count).
    #[inline(always)]
    pub(crate) fn pair(&self, place: usize) -> (usize, usize) {
        (self.word(place) as usize, self.word(place.wrapping_add(1)) as usize)
    }

    #[inline(always)]
    pub(crate) fn hot_pair(&self, place: usize) -> (usize, usize) {
        (self.hot_word(place) as usize, self.hot_word(place.wrapping_add(1)) as usize)
    }

    /// The bytes of the text whose (start, length) stand at a place.
    pub(crate) fn raw(&self, place: usize) -> &[u8] {
        let (start, length) = self.pair(place);
        self.pool(start, start.wrapping_add(length))
    }

    /// Whether the text at a place is this; most differ in length already.
    pub(crate) fn is_text(&self, place: usize, text: &[u8]) -> bool {
        self.word(place.wrapping_add(1)) as usize == text.len() && self.raw(place) == text
    }

    /// Bytes of the pool.
    pub(crate) fn pool(&self, start: usize, end: usize) -> &[u8] {
        self.bytes.get(self.pool.wrapping_add(start)..self.pool.wrapping_add(end)).unwrap_or_default()
    }

    /// The text whose (start, length) stand at a place.
    pub(crate) fn text(&self, place: usize) -> &str {
        core::str::from_utf8(self.raw(place)).unwrap_or_default()
    }
}

/// What [`Access::open`] says of bytes that it refuses.
fn sentence(code: Code) -> &'static str {
    match code {
        Code::FormatVersion => "this build reads version 2 of the bytes of an access, make them anew",
        _ => "these bytes are not a whole access, make them anew",
    }
}
