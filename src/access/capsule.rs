//! An access made to travel: the principal's words and text alone, packed. With the vocabulary of its policy it is an
//! access again, to the byte.
//!
//! After magic, version and checksum come the principal's text, then the words as numbers of one to five bytes (7 bits
//! a byte, the low ones first), each one more than the word, so that "none" is as short as nothing; two words of
//! nothing in a row are followed by how many more there are ([`super::pack`]).

use super::hash::hash;
use super::layout::{self, head};
use super::pack::{each_row_table, fold_rows, number, pack, pack_text, unfold_rows, unpack, unpack_text};
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
        let writer = self.compile(principal, organization, None, Some(life));
        let header = writer.words.get(head::STATUS..head::SIZE).unwrap_or_default();
        let mut own = writer.words.get(known..).unwrap_or_default().to_vec();
        each_row_table(&mut own, known, holdings(header), fold_rows);
        own.extend_from_slice(header);
        own.extend((0..KEY).map(|place| key(&vocabulary, place)));
        let mut bytes = START.to_vec();
        pack_text(&mut bytes, writer.pool.get(all_text(&vocabulary).len()..).unwrap_or_default());
        pack(&mut bytes, &own);
        seal(&mut bytes, MAGIC.len());
        Ok(Capsule(bytes))
    }
}

impl Capsule {
    /// The bytes, to be signed and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes bytes that are a whole capsule.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
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
        Self::opened(bytes, vocabulary).map_err(|code| {
            let message = match code {
                Code::PolicyMismatch => {
                    "this capsule needs the vocabulary of another policy, or of another version of it"
                }
                _ => "these bytes are not a whole capsule, ask for a new one",
            };
            Error::of(code, "", &[message])
        })
    }

    /// The same, with nothing but the code of what is wrong.
    pub(crate) fn opened(bytes: &[u8], vocabulary: &Access) -> core::result::Result<Access, Code> {
        let mut rest = body(bytes).ok_or(Code::Capsule)?;
        let text = unpack_text(&mut rest).ok_or(Code::Capsule)?;
        let mut words = Vec::new();
        unpack(&mut rest, bytes.len().saturating_mul(MOST_FOR_A_BYTE), &mut words).ok_or(Code::Capsule)?;
        // Behind the words of the tables stand those of the header, and which vocabulary they belong to.
        let tables = words.len().checked_sub(TAIL).ok_or(Code::Capsule)?;
        let (tables, tail) = words.split_at_mut_checked(tables).ok_or(Code::Capsule)?;
        let (header, keys) = tail.split_at(HEADER);
        if (0..).zip(keys).any(|(place, word)| *word != key(vocabulary, place)) {
            return Err(Code::PolicyMismatch);
        }
        let known = vocabulary.word(head::WORDS) as usize;
        each_row_table(tables, known, holdings(header), unfold_rows).ok_or(Code::Capsule)?;
        Access::over(vocabulary, whole(vocabulary, header, tables, &text)).ok_or(Code::Capsule)
    }
}

/// How many words of the header travel, and how many words stand behind those of the tables.
const HEADER: usize = head::SIZE - head::STATUS;
const TAIL: usize = HEADER + KEY;

/// Place and count of what is held, of the header's words that travel.
fn holdings(header: &[u32]) -> [usize; 2] {
    let at = |place: usize| header.get(place.wrapping_sub(head::STATUS)).map_or(0, |word| *word as usize);
    [at(head::HOLDINGS), at(head::HOLDINGS.wrapping_add(1))]
}

/// The bytes of an access: the vocabulary's, with another header, and the principal's.
fn whole(vocabulary: &Access, header: &[u32], tables: &[u32], text: &[u8]) -> Vec<u8> {
    let known = vocabulary.word(head::WORDS) as usize;
    let (words, names) = vocabulary.as_bytes().split_at_checked(known.saturating_mul(4)).unwrap_or_default();
    let count = known.saturating_add(tables.len());
    let mut bytes =
        Vec::with_capacity(count.saturating_mul(4).saturating_add(names.len()).saturating_add(text.len()));
    bytes.extend_from_slice(words);
    bytes.resize(count.saturating_mul(4), 0);
    put(&mut bytes, known, tables);
    put(&mut bytes, head::STATUS, header);
    put(&mut bytes, head::WORDS, &[word(count)]);
    bytes.extend_from_slice(names);
    bytes.extend_from_slice(text);
    seal(&mut bytes, head::CHECKSUM.wrapping_mul(4));
    bytes
}

/// Writes words from a place on, one by one where they lie: a copy of four bytes would be a call each.
fn put(bytes: &mut [u8], at: usize, words: &[u32]) {
    let places = bytes.as_chunks_mut().0.iter_mut().skip(at);
    places.zip(words).for_each(|(to, word)| *to = word.to_le_bytes());
}

/// A word of what says which vocabulary it is.
fn key(vocabulary: &Access, place: usize) -> u32 {
    let at = if place < 2 { head::DIGEST } else { head::CHECKSUM.wrapping_sub(2) };
    vocabulary.word(at.wrapping_add(place))
}

fn all_text(access: &Access) -> &[u8] {
    access.as_bytes().get((access.word(head::WORDS) as usize).saturating_mul(4)..).unwrap_or_default()
}

/// What follows magic and checksum, if both are right.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (checksum, body) = rest.split_first_chunk::<8>()?;
    (u64::from_le_bytes(*checksum) == hash(body)).then_some(body)
}

/// Everything after the checksum of a capsule, its text as it is: what a delta is made of.
pub(super) fn unfolded(capsule: &[u8]) -> Option<Vec<u8>> {
    let mut words = body(capsule)?;
    let text = unpack_text(&mut words)?;
    let mut bytes = Vec::new();
    number(&mut bytes, word(text.len()));
    number(&mut bytes, 0);
    bytes.extend_from_slice(&text);
    bytes.extend_from_slice(words);
    Some(bytes)
}

/// The bytes of a capsule of that.
pub(super) fn folded(mut unfolded: &[u8]) -> Option<Vec<u8>> {
    let text = unpack_text(&mut unfolded)?;
    let mut bytes = START.to_vec();
    pack_text(&mut bytes, &text);
    bytes.extend_from_slice(unfolded);
    seal(&mut bytes, MAGIC.len());
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::layout::holding;
    use super::super::tests::every_question_ends;
    use super::*;
    use crate::policy::Policy;

    const DIRECTORY: &str = r#"{ "format": 1, "people": [{ "id": "ana@x.com" }, { "id": "bo@x.com" }],
        "organizations": [{ "id": "acme", "edition": "starter", "members": [
            { "member": "user/ana@x.com", "roles": ["organization_owner"] },
            { "member": "user/bo@x.com", "roles": ["organization_member"] }] }],
        "projects": [{ "id": "p", "organization": "acme", "members": [
            { "member": "user/bo@x.com", "roles": ["project_viewer"], "until": 10 },
            { "member": "user/bo@x.com", "roles": ["project_member"] }] }],
        "resources": [{ "kind": "index", "id": "i", "parent": "project/p" }, { "kind": "index", "id": "j", "parent": "project/p" }] }"#;

    fn known() -> (Access, Vec<u8>) {
        let policy = Policy::compile(include_str!("../../policies/pinecone-2026.json")).unwrap();
        let directory = Directory::load(&policy, DIRECTORY).unwrap();
        let capsule =
            directory.capsule("user/bo@x.com", "acme", Lifetime { issued_at: 1, not_after: 100 }).unwrap();
        (policy.vocabulary(), capsule.as_bytes().to_vec())
    }

    /// The words of a capsule, and the same capsule of other words, its checksum made to fit.
    fn words_of(capsule: &[u8]) -> (Vec<u32>, impl Fn(&[u32]) -> Vec<u8>) {
        let mut rest = body(capsule).unwrap();
        let text = unpack_text(&mut rest).unwrap();
        let mut words = Vec::new();
        unpack(&mut rest, usize::MAX, &mut words).unwrap();
        let craft = move |words: &[u32]| {
            let mut bytes = START.to_vec();
            pack_text(&mut bytes, &text);
            pack(&mut bytes, words);
            seal(&mut bytes, MAGIC.len());
            bytes
        };
        (words, craft)
    }

    #[test]
    fn every_word_of_a_capsule_may_lie_and_every_question_still_ends() {
        let (vocabulary, capsule) = known();
        let (words, craft) = words_of(&capsule);
        assert_eq!(craft(&words), capsule);
        let known = vocabulary.word(head::WORDS);
        let mut refused = 0;
        for at in 0..words.len() {
            for word in [0, 1, 64, head::SIZE as u32, known, known + 1, 1 << 24, u32::MAX] {
                let mut lying = words.clone();
                lying[at] = word;
                let Ok(access) = Capsule::opened(&craft(&lying), &vocabulary) else {
                    refused += 1;
                    continue;
                };
                every_question_ends(&access);
            }
        }
        assert!(refused > 100, "only {refused} were refused");
    }

    /// The vocabulary is checked once: nothing of a capsule may change it, or be looked for in it.
    #[test]
    fn what_is_held_lies_behind_the_vocabulary() {
        let (vocabulary, capsule) = known();
        let (words, craft) = words_of(&capsule);
        let held = words.len() - TAIL + head::HOLDINGS - head::STATUS;
        let first = words[held] as usize - vocabulary.word(head::WORDS) as usize;
        let rows: Vec<usize> =
            (0..words[held + 1] as usize).map(|kind| first + kind * holding::SIZE + holding::ROWS).collect();
        let kind_with_rows = rows.into_iter().find(|rows| words[rows + 1] > 0).unwrap();
        for (at, inside) in
            [(held, vocabulary.word(head::KINDS)), (kind_with_rows, vocabulary.word(head::ROLES))]
        {
            let mut lying = words.clone();
            lying[at] = inside;
            assert_eq!(Capsule::opened(&craft(&lying), &vocabulary).unwrap_err(), Code::Capsule);
        }
        let opened = Capsule::opened(&capsule, &vocabulary).unwrap();
        let (before, after) = (vocabulary.as_bytes(), opened.as_bytes());
        let tables = head::SIZE * 4..vocabulary.word(head::WORDS) as usize * 4;
        assert_eq!(before[tables.clone()], after[tables]);
        assert!(Access::opened(after.to_vec()).is_ok()); // sealed, and whole by all that is asked of an access
    }
}
