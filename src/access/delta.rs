//! What turns one capsule into the next: rows are sorted, so most of the bytes are those of before, in the same order.
//!
//! After a magic, the checksum of the capsule before and that of the next follow steps over what they hold, text
//! unpacked: how many bytes are left out, how many are kept, how many new ones come, and these.

use super::capsule::{Capsule, folded, unfolded};
use super::hash::hash;
use super::pack::{number, numeral};
use crate::error::{Code, Error, Result};
use crate::order::sorted;

/// The first bytes, with the version of the form.
const MAGIC: &[u8; 4] = b"BWD1";
/// How many bytes must be the same to be kept.
const WINDOW: usize = 8;

impl Capsule {
    /// The bytes that make the capsule `to` of this one. Sign them like a capsule.
    ///
    /// ```
    /// # use bailiwick::{Capsule, Directory, Lifetime, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json"))?;
    /// let life = |issued_at| Lifetime { issued_at, not_after: issued_at + 300_000 };
    /// let before = directory.capsule("user/ana@acme.com", "acme", life(1_800_000_000_000))?;
    /// let after = directory.capsule("user/ana@acme.com", "acme", life(1_800_000_200_000))?;
    /// let delta = before.delta(&after);
    /// assert_eq!(before.apply(&delta)?, after);
    /// assert_eq!(after.apply(&delta).unwrap_err().code(), "ERR_DELTA"); // made for another one
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn delta(&self, to: &Capsule) -> Vec<u8> {
        Capsule::difference(self.as_bytes(), to.as_bytes())
    }

    /// The same over bytes; what is no capsule counts as empty.
    pub(crate) fn difference(from: &[u8], to: &[u8]) -> Vec<u8> {
        let mut delta = MAGIC.to_vec();
        for capsule in [from, to] {
            delta.extend_from_slice(&hash(capsule).to_le_bytes());
        }
        let [from, to] = [from, to].map(|capsule| unfolded(capsule).unwrap_or_default());
        let windows = Windows::of(&from);
        let (mut cursor, mut at, mut fresh) = (0_usize, 0_usize, 0_usize);
        let mut kept = (0, 0);
        while let Some(rest) = to.get(at..).filter(|rest| !rest.is_empty()) {
            let Some((place, length)) = windows.find(rest, cursor) else {
                at = at.saturating_add(1);
                continue;
            };
            step(&mut delta, kept, to.get(fresh..at).unwrap_or_default());
            kept = (place.saturating_sub(cursor), length);
            cursor = place.saturating_add(length);
            at = at.saturating_add(length);
            fresh = at;
        }
        step(&mut delta, kept, to.get(fresh..).unwrap_or_default());
        delta
    }

    /// The capsule that a [`delta`](Capsule::delta) makes of this one.
    ///
    /// # Errors
    /// `ERR_DELTA` for bytes that are cut, changed, something else, or were made for another capsule; this one stays
    /// as it was.
    pub fn apply(&self, delta: &[u8]) -> Result<Capsule> {
        Capsule::patched(self.as_bytes(), delta).map(Capsule::of).ok_or_else(|| {
            Error::of(Code::Delta, "", &["these bytes do not fit this capsule, ask for a whole one"])
        })
    }

    /// The same over bytes.
    pub(crate) fn patched(capsule: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
        let (before, rest) = delta.strip_prefix(MAGIC)?.split_first_chunk::<8>()?;
        let (after, mut steps) = rest.split_first_chunk::<8>()?;
        if hash(capsule).to_le_bytes() != *before {
            return None;
        }
        let unfolded = unfolded(capsule)?;
        let mut from = unfolded.as_slice();
        let mut to = Vec::new();
        while !steps.is_empty() {
            from = from.get(numeral(&mut steps)? as usize..)?;
            let (kept, rest) = from.split_at_checked(numeral(&mut steps)? as usize)?;
            from = rest;
            to.extend_from_slice(kept);
            let length = numeral(&mut steps)? as usize;
            let (fresh, rest) = steps.split_at_checked(length)?;
            steps = rest;
            to.extend_from_slice(fresh);
        }
        folded(&to).filter(|made| hash(made).to_le_bytes() == *after)
    }
}

/// Writes a step; one that does nothing is left out.
fn step(delta: &mut Vec<u8>, (skipped, kept): (usize, usize), fresh: &[u8]) {
    if kept == 0 && fresh.is_empty() {
        return;
    }
    for count in [skipped, kept, fresh.len()] {
        number(delta, u32::try_from(count).unwrap_or(u32::MAX));
    }
    delta.extend_from_slice(fresh);
}

/// Where short runs of bytes stand in a capsule, by their hash.
struct Windows<'a> {
    bytes: &'a [u8],
    places: Vec<(u64, usize)>,
}

impl<'a> Windows<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let places: Vec<(u64, usize)> = bytes.windows(WINDOW).map(hash).zip(0..).collect();
        Self { bytes, places: sorted(&places, Ord::cmp) }
    }

    /// The first place from `cursor` on where `wanted` begins the same, and for how long.
    fn find(&self, wanted: &[u8], cursor: usize) -> Option<(usize, usize)> {
        let key = (hash(wanted.get(..WINDOW)?), cursor);
        let next = self.places.partition_point(|known| *known < key);
        let (found, place) = self.places.get(next)?;
        let here = self.bytes.get(*place..).filter(|_| *found == key.0)?;
        let same = here.iter().zip(wanted).take_while(|(one, other)| one == other).count();
        (same >= WINDOW).then_some((*place, same))
    }
}
