//! An access made to travel: the principal's words and text alone, packed. With the vocabulary of its policy it is an
//! access again, to the byte.
//!
//! After magic, version and checksum come the principal's text, then the words as numbers of one to five bytes (7 bits
//! a byte, the low ones first), each one more than the word, so that "none" is as short as nothing; two words of
//! nothing in a row are followed by how many more there are ([`super::pack`]).

use super::hash::hash;
use super::layout::{self, head};
use super::pack::{
    fold_rows, number, numeral, pack, pack_text, row_tables, unfold_rows, unpack, unpack_text,
};
use super::read::Access;
use super::write::{seal, word};
use crate::directory::Directory;
use crate::error::{Code, Error, Result};

/// The first bytes, with the version of the form.
const MAGIC: &[u8; 4] = b"BWC1";
/// The same and room for the checksum.
const START: [u8; 12] = *b"BWC1........";
/// The most words that one byte of a capsule stands for; more is a bomb.
const MOST_FOR_A_BYTE: usize = 64;
/// The words that say which vocabulary is needed: the policy's digest and half of the vocabulary's checksum.
const KEY: usize = 3;

/// From when and until when a capsule speaks, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// When it is issued. A question asked with an earlier moment counts as asked then.
    pub issued_at: u64,
    /// From then on every question is denied as `stale`.
    pub not_after: u64,
}

/// What one principal may do in one organization, and nothing about anybody else, as compact bytes that travel.
///
/// It carries organization, principal, revision, policy digest, when it was issued, its own end, and every grant with
/// its end; it names no people to ask. The policy's names and roles are not in it: who opens it has the policy's
/// [`vocabulary`](crate::Policy::vocabulary). Sign it before it leaves: the bytes are checked for damage, not for origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capsule(Vec<u8>);

impl Directory {
    /// What one principal may do in one organization, cut down to travel. Like [`access`](Directory::access) it never
    /// fails for who is unknown there: such a capsule denies everything and says why.
    ///
    /// # Errors
    /// `ERR_LIFETIME` unless it ends after it is issued, and ends at all.
    ///
    /// ```
    /// # use bailiwick::{Capsule, Directory, Lifetime, Policy, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let life = Lifetime { issued_at: 1_800_000_000_000, not_after: 1_800_000_300_000 };
    /// let capsule = directory.capsule("user/ana@acme.com", "acme", life)?;
    ///
    /// let access = Capsule::open(capsule.as_bytes(), &policy.vocabulary())?;
    /// assert!(access.can("rename", "organization", "acme", 1_800_000_100_000));
    /// let refused = access.check("rename", "organization", "acme", 1_800_000_300_000);
    /// assert_eq!(refused.reason, Reason::Stale); // its end has come
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn capsule(&self, principal: &str, organization: &str, life: Lifetime) -> Result<Capsule> {
        if life.not_after <= life.issued_at || life.not_after > layout::LATEST {
            return Err(Error::of(Code::Lifetime, "", &["a capsule ends after it is issued"]));
        }
        let vocabulary = self.policy().vocabulary();
        let known = vocabulary.word(head::WORDS) as usize;
        let text = vocabulary.as_bytes().len().saturating_sub(known.saturating_mul(4));
        let writer = self.compile(principal, organization, None, Some(life));
        let mut words = writer.words;
        for table in row_tables(&words).unwrap_or_default() {
            words.get_mut(table).map(fold_rows);
        }
        let own = words.get(head::STATUS..head::SIZE).into_iter().chain(words.get(known..)).flatten();
        let key = (0..KEY).map(|place| vocabulary.key(place));
        let mut bytes = START.to_vec();
        pack_text(&mut bytes, writer.pool.get(text..).unwrap_or_default());
        number(&mut bytes, word(words.len().saturating_sub(known)));
        pack(&mut bytes, key.chain(own.copied()));
        stamp(&mut bytes);
        Ok(Capsule(bytes))
    }
}

impl Capsule {
    /// The bytes, to be signed and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Everything after the checksum, its text as it is: what a delta is made of.
    pub(super) fn unfolded(&self) -> Option<Vec<u8>> {
        let mut words = body(&self.0)?;
        let text = unpack_text(&mut words)?;
        let mut bytes = Vec::new();
        number(&mut bytes, word(text.len()));
        number(&mut bytes, 0);
        bytes.extend_from_slice(&text);
        bytes.extend_from_slice(words);
        Some(bytes)
    }

    /// A capsule of such bytes.
    pub(super) fn folded(mut unfolded: &[u8]) -> Option<Capsule> {
        let text = unpack_text(&mut unfolded)?;
        let mut bytes = START.to_vec();
        pack_text(&mut bytes, &text);
        bytes.extend_from_slice(unfolded);
        stamp(&mut bytes);
        Some(Capsule(bytes))
    }

    /// Makes the access again, with the vocabulary of its policy.
    ///
    /// # Errors
    /// `ERR_CAPSULE` for bytes that are cut, changed or something else; `ERR_POLICY_MISMATCH` where the vocabulary
    /// is another's, or is none.
    ///
    /// ```
    /// # let policy = bailiwick::Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let refused = bailiwick::Capsule::open(b"not a capsule", &policy.vocabulary());
    /// assert_eq!(refused.unwrap_err().code(), "ERR_CAPSULE");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn open(bytes: &[u8], vocabulary: &Access) -> Result<Access> {
        let mut rest = body(bytes).ok_or_else(broken)?;
        let text = unpack_text(&mut rest).ok_or_else(broken)?;
        let own = numeral(&mut rest).ok_or_else(broken)? as usize;
        let most = bytes.len().saturating_mul(MOST_FOR_A_BYTE);
        let header = head::SIZE.saturating_sub(head::STATUS);
        if own > most {
            return Err(broken());
        }
        let count = KEY.saturating_add(header).saturating_add(own);
        let unpacked = unpack(&mut rest, count).ok_or_else(broken)?;
        if !rest.is_empty() {
            return Err(broken());
        }
        let (key, unpacked) = unpacked.split_at_checked(KEY).ok_or_else(broken)?;
        if key.iter().enumerate().any(|(place, word)| *word != vocabulary.key(place)) {
            let message = "this capsule needs the vocabulary of another policy, or of another version of it";
            return Err(Error::of(Code::PolicyMismatch, "", &[message]));
        }
        let (header, own) = unpacked.split_at_checked(header).ok_or_else(broken)?;
        let mut words = vocabulary.all_words();
        words.iter_mut().skip(head::STATUS).zip(header).for_each(|(to, from)| *to = *from);
        words.extend_from_slice(own);
        for table in row_tables(&words).ok_or_else(broken)? {
            words.get_mut(table).map(unfold_rows);
        }
        whole(&words, vocabulary.all_text(), &text).map_err(|_| broken())
    }
}

/// Words and text as the bytes of an access, read again.
fn whole(words: &[u32], known: &[u8], own: &[u8]) -> Result<Access> {
    let mut bytes = Vec::with_capacity(
        words.len().saturating_mul(4).saturating_add(known.len()).saturating_add(own.len()),
    );
    for (place, value) in words.iter().enumerate() {
        let value = if place == head::WORDS { word(words.len()) } else { *value };
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes.extend_from_slice(known);
    bytes.extend_from_slice(own);
    seal(&mut bytes);
    Access::open(bytes)
}

impl Access {
    /// A word of what says which vocabulary it is.
    fn key(&self, place: usize) -> u32 {
        let at = if place < 2 { head::DIGEST } else { head::CHECKSUM.wrapping_sub(2) };
        self.word(at.wrapping_add(place))
    }

    fn all_words(&self) -> Vec<u32> {
        let (words, _) = self.as_bytes().as_chunks::<4>();
        words.iter().take(self.word(head::WORDS) as usize).map(|word| u32::from_le_bytes(*word)).collect()
    }

    fn all_text(&self) -> &[u8] {
        self.as_bytes().get((self.word(head::WORDS) as usize).saturating_mul(4)..).unwrap_or_default()
    }
}

/// What follows magic and checksum, if both are right.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (checksum, body) = rest.split_first_chunk::<8>()?;
    (u64::from_le_bytes(*checksum) == hash(body)).then_some(body)
}

/// Writes the checksum.
fn stamp(bytes: &mut [u8]) {
    let start = MAGIC.len().saturating_add(8);
    let checksum = hash(bytes.get(start..).unwrap_or_default()).to_le_bytes();
    bytes.iter_mut().skip(MAGIC.len()).zip(checksum).for_each(|(to, from)| *to = from);
}

fn broken() -> Error {
    Error::of(Code::Capsule, "", &["these bytes are not a whole capsule, ask for a new one"])
}
