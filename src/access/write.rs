//! Makes the bytes of an access from a directory: the vocabulary, then what is the principal's.

use super::capsule::Lifetime;
use super::hash::{hash, slot};
use super::layout::{self, MAGIC, NEVER, NONE, PROBES, ROW_BITS, VERSION, head, row, status};
use super::read::Access;
use super::{reach, rows, vocabulary};
use crate::directory::{Directory, OrganizationId, ResourceId, Standing, Subject};
use crate::order::arranged;
use crate::policy::{FeatureId, Holder, RoleId};

impl Directory {
    /// Compiles what one principal may do in one organization. Never fails: an unknown principal, or one that is
    /// not active there, gets an access that denies everything and says why.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let stranger = directory.access("user/eve@example.com", "acme");
    /// let refused = stranger.check("view_account", "organization", "acme", 0);
    /// assert_eq!(refused.reason, Reason::UnknownPrincipal);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn access(&self, principal: &str, organization: &str) -> Access {
        self.access_to(principal, organization, None)
    }

    /// The same, knowing only some resources and what lies above them: as much as one decision needs.
    pub(crate) fn access_to(
        &self,
        principal: &str,
        organization: &str,
        only: Option<&[ResourceId]>,
    ) -> Access {
        self.compile(principal, organization, only, None).finish(self.seen(0))
    }

    /// The words and the text of an access. What travels has a lifetime, is never without the vocabulary, and has no
    /// index over its rows.
    pub(super) fn compile(
        &self,
        principal: &str,
        organization: &str,
        only: Option<&[ResourceId]>,
        life: Option<Lifetime>,
    ) -> Writer {
        let who = self.find(principal, organization);
        let mut writer = Writer::new(who.status());
        writer.indexed = life.is_none();
        if life.is_some() || matches!(who, Who::Here { .. }) {
            vocabulary::write(&mut writer, self.policy().model());
        }
        writer.pair(head::DIGEST, long(self.policy().digest()));
        writer.pair(head::REVISION, long(self.revision()));
        let principal = writer.text(principal);
        writer.pair(head::PRINCIPAL, principal);
        let organization = writer.text(organization);
        writer.pair(head::ORGANIZATION, organization);
        if let Some(life) = life {
            writer.pair(head::ISSUED_AT, long(life.issued_at));
            writer.pair(head::NOT_AFTER, long(life.not_after));
        }
        let mut ends: Vec<u64> = life.iter().map(|life| life.not_after).collect();
        if let Who::Here { subject, organization, paid } = who {
            let reached = if paid { reach::reach(self, subject, organization, only) } else { Vec::new() };
            rows::ends(&reached, &mut ends);
            ends = distinct(ends);
            rows::write(&mut writer, self, subject.holder(), organization, &reached, &ends);
            self.circumstances(&mut writer, subject.holder(), organization);
        }
        let ends = writer.table(&longs(&ends), 2);
        writer.pair(head::ENDS, ends);
        writer
    }

    /// What holds for all of one kind of principal in an organization: edition, use of limits, needed feature.
    fn circumstances(&self, writer: &mut Writer, holder: Holder, organization: OrganizationId) {
        let Some(here) = self.facts().organization(organization) else { return };
        writer.put(head::HOLDER, holder as u32);
        writer.put(head::EDITION, word(here.edition));
        let used = writer.table(&longs(&here.used), 2);
        writer.pair(head::USED, used);
        let own = self.policy().model().holder(holder).and_then(|rules| rules.feature);
        writer.put(head::OWN_FEATURE, vocabulary::feature(own));
    }

    /// Who asks, and how they stand (the first reasons of ARCHITECTURE.md section 4).
    fn find(&self, principal: &str, organization: &str) -> Who {
        let facts = self.facts();
        let Some(subject) = facts.principal(principal) else { return Who::Nobody(status::UNKNOWN_PRINCIPAL) };
        let Some(organization) = facts.organization_named(organization) else {
            return Who::Nobody(status::NOT_A_MEMBER);
        };
        match facts.standing(subject, organization) {
            Standing::Outside => Who::Nobody(status::NOT_A_MEMBER),
            Standing::Suspended => Who::Nobody(status::SUSPENDED),
            Standing::Active => {
                let feature = self.policy().model().holder(subject.holder()).and_then(|rules| rules.feature);
                let paid = feature.is_none_or(|feature| self.has_feature(organization, feature));
                Who::Here { subject, organization, paid }
            }
        }
    }

    /// Whether an organization's edition has a feature.
    pub(crate) fn has_feature(&self, organization: OrganizationId, feature: FeatureId) -> bool {
        self.features(organization) >> (feature.0 & 63) & 1 == 1
    }

    /// Rule 8: a role whose feature is missing stays bound and grants nothing.
    pub(crate) fn is_paid(&self, organization: OrganizationId, role: RoleId) -> bool {
        reach::is_paid(self.policy().model(), self.features(organization), role)
    }

    /// The features of an organization's edition: bit n is feature n.
    pub(super) fn features(&self, organization: OrganizationId) -> u64 {
        let edition = self.facts().organization(organization).map(|row| row.edition);
        edition
            .and_then(|place| self.policy().model().editions.get(place))
            .map_or(0, |edition| edition.features)
    }
}

enum Who {
    Nobody(u32),
    Here { subject: Subject, organization: OrganizationId, paid: bool },
}

impl Who {
    fn status(&self) -> u32 {
        match self {
            Who::Nobody(status) => *status,
            Who::Here { paid: false, .. } => status::FEATURE_UNAVAILABLE,
            Who::Here { paid: true, .. } => status::ACTIVE,
        }
    }
}

/// Two words of a number, the low one first.
pub(super) fn long(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

/// A place or a count as a word. Input is at most 64 MiB, so every one fits.
pub(super) fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

/// Numbers as words.
#[inline(never)]
pub(super) fn longs(numbers: &[u64]) -> Vec<u32> {
    let mut words = Vec::with_capacity(numbers.len().saturating_mul(2));
    numbers.iter().for_each(|number| words.extend_from_slice(&long(*number)));
    words
}

/// Appends one record of a table: words at named places, zero elsewhere.
#[inline(never)]
pub(super) fn record(table: &mut Vec<u32>, size: usize, fields: &[(usize, &[u32])]) {
    let start = table.len();
    table.resize(start.saturating_add(size), 0);
    for (place, words) in fields {
        for (to, from) in table.iter_mut().skip(start.saturating_add(*place)).zip(*words) {
            *to = *from;
        }
    }
}

/// Sorted, each once.
fn distinct(ends: Vec<u64>) -> Vec<u64> {
    let mut ends = arranged(ends, u64::cmp);
    ends.dedup();
    ends
}

/// Words and pool as they grow.
pub(super) struct Writer {
    pub(super) words: Vec<u32>,
    pub(super) pool: Vec<u8>,
    /// Whether rows get an index.
    indexed: bool,
}

impl Writer {
    pub(super) fn new(status: u32) -> Self {
        let mut writer = Self { words: vec![0; head::SIZE], pool: Vec::new(), indexed: true };
        for (place, value) in [
            (head::MAGIC, MAGIC),
            (head::VERSION, VERSION),
            (head::STATUS, status),
            (head::EDITION, NONE),
            (head::OWN_FEATURE, NONE),
        ] {
            writer.put(place, value);
        }
        writer.pair(head::NOT_AFTER, long(NEVER));
        writer
    }

    #[inline(never)]
    pub(super) fn put(&mut self, place: usize, value: u32) {
        if let Some(slot) = self.words.get_mut(place) {
            *slot = value;
        }
    }

    #[inline(never)]
    pub(super) fn pair(&mut self, place: usize, [first, second]: [u32; 2]) {
        self.put(place, first);
        self.put(place.wrapping_add(1), second);
    }

    /// Adds text to the pool: its (start, length).
    pub(super) fn text(&mut self, text: &str) -> [u32; 2] {
        let start = self.bytes(text);
        [start, word(text.len())]
    }

    /// Adds text to the pool: its start, which is also the end of what came before.
    #[inline(never)]
    pub(super) fn bytes(&mut self, text: &str) -> u32 {
        let start = word(self.pool.len());
        self.pool.extend_from_slice(text.as_bytes());
        start
    }

    /// Adds a table of records of `size` words: its (place, count).
    #[inline(never)]
    pub(super) fn table(&mut self, records: &[u32], size: usize) -> [u32; 2] {
        if records.is_empty() {
            return [0, 0];
        }
        let place = word(self.words.len());
        self.words.extend_from_slice(records);
        [place, word(records.len().checked_div(size).unwrap_or(0))]
    }

    /// Adds an index over keys: its (place, slots), a power of two at most two thirds full.
    pub(super) fn index<'k>(&mut self, keys: impl Iterator<Item = &'k str>) -> [u32; 2] {
        let mut hashes = Vec::new();
        keys.for_each(|key| hashes.push(hash(key.as_bytes())));
        self.slots(&hashes)
    }

    /// The same over the ids of rows, which lie in the pool one after another up to `end`.
    pub(super) fn row_index(&mut self, rows: &[u32], end: u32) -> [u32; 2] {
        if !self.indexed {
            return [0, 0];
        }
        let mut hashes = Vec::with_capacity(rows.len().div_euclid(row::SIZE));
        let mut rows = rows.chunks_exact(row::SIZE).filter_map(<[u32]>::first).peekable();
        while let Some(start) = rows.next() {
            let end = rows.peek().map_or(end, |next| **next);
            hashes.push(hash(self.pool.get(*start as usize..end as usize).unwrap_or_default()));
        }
        self.slots(&hashes)
    }

    fn slots(&mut self, hashes: &[u64]) -> [u32; 2] {
        if hashes.is_empty() {
            return [0, 0];
        }
        let size = hashes.len().saturating_add(hashes.len() >> 1).saturating_add(1).next_power_of_two();
        let mut slots = vec![0_u32; size];
        for (row, hash) in (1_u32..).zip(hashes) {
            let (first, tag) = slot(*hash, size);
            let mut places = (0..PROBES).map(|step| first.wrapping_add(step) & size.wrapping_sub(1));
            let free = places.find(|place| slots.get(*place) == Some(&0));
            if let Some(slot) = free.and_then(|place| slots.get_mut(place)) {
                *slot = tag << ROW_BITS | row;
            }
        }
        self.table(&slots, 1)
    }

    /// The bytes of the access, with the latest moment already asked about.
    pub(super) fn finish(mut self, seen: u64) -> Access {
        let words = word(self.words.len());
        self.put(head::WORDS, words);
        let mut bytes =
            Vec::with_capacity(self.words.len().saturating_mul(4).saturating_add(self.pool.len()));
        bytes.resize(self.words.len().saturating_mul(4), 0);
        for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip(&self.words) {
            *to = word.to_le_bytes();
        }
        bytes.extend_from_slice(&self.pool);
        seal(&mut bytes, head::CHECKSUM.wrapping_mul(4));
        Access::from_parts(bytes, seen)
    }
}

/// Writes the checksum of all that follows it into its eight bytes at `at`.
pub(super) fn seal(bytes: &mut [u8], at: usize) {
    let checksum = hash(bytes.get(at.wrapping_add(8)..).unwrap_or_default()).to_le_bytes();
    bytes.iter_mut().skip(at).zip(checksum).for_each(|(to, from)| *to = from);
}

/// The place or count behind an option, or "none".
pub(super) fn optional(place: Option<usize>) -> u32 {
    place.map_or(layout::NONE, word)
}
