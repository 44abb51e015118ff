//! Bytes that lie: the checksum fits, a word does not. And questions from outside, by places instead of names.

use super::hash::{hash, same};
use super::layout::{head, kind, status};
use super::validate::precedes;
use super::{Access, Capsule, Lifetime};
use crate::directory::Directory;
use crate::policy::Policy;

const DIRECTORY: &str = r#"{ "format": 1, "people": [{ "id": "ana@x.com" }, { "id": "bo@x.com" }],
    "organizations": [{ "id": "acme", "edition": "starter", "members": [
        { "member": "user/ana@x.com", "roles": ["organization_owner"] }, { "member": "user/bo@x.com", "roles": ["organization_member"] }] }],
    "projects": [{ "id": "p", "organization": "acme", "members": [
        { "member": "user/bo@x.com", "roles": ["project_viewer"], "until": 10 }, { "member": "user/bo@x.com", "roles": ["project_member"] }] }],
    "resources": [{ "kind": "index", "id": "i", "parent": "project/p" }, { "kind": "index", "id": "j", "parent": "project/p" }] }"#;

fn bytes() -> Vec<u8> {
    let policy = Policy::compile(include_str!("../../policies/pinecone-2026.json")).unwrap();
    Directory::load(&policy, DIRECTORY).unwrap().access("user/bo@x.com", "acme").as_bytes().to_vec()
}

/// The bytes with one word changed and the checksum made to fit.
fn crafted(bytes: &[u8], at: usize, word: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut put = |at: usize, new: &[u8]| {
        bytes.iter_mut().skip(at.saturating_mul(4)).zip(new).for_each(|(to, from)| *to = *from);
        hash(&bytes[head::WORDS.saturating_mul(4)..])
    };
    let checksum = put(at, &word.to_le_bytes());
    put(head::CHECKSUM, &checksum.to_le_bytes());
    bytes
}

/// Asks an access of which a word lies: whatever it says, it says something.
pub(super) fn every_question_ends(access: &Access) {
    for (action, kind, id) in
        [("query", "index", "i"), ("delete", "project", "p"), ("rename", "organization", "acme")]
    {
        access.check(action, kind, id, 5);
        access.button(action, kind, "none", 20);
        let _ = access.list(action, kind, None, 10, 5);
    }
}

#[test]
fn every_word_may_lie_and_every_question_still_ends() {
    let bytes = bytes();
    let words = Access::open(bytes.clone()).unwrap().word(head::WORDS) as usize;
    let mut refused = 0;
    for at in head::WORDS..words {
        for word in [0, 1, 64, words as u32, 1 << 24, u32::MAX] {
            let Ok(access) = Access::open(crafted(&bytes, at, word)) else {
                refused += 1;
                continue;
            };
            every_question_ends(&access);
        }
    }
    assert!(refused > 100, "only {refused} were refused");
}

#[test]
fn a_kind_that_is_its_own_parent_is_refused() {
    let bytes = bytes();
    let access = Access::open(bytes.clone()).unwrap();
    let (base, count) = access.pair(head::KINDS);
    for index in 0..count {
        let at = index.saturating_mul(kind::SIZE).saturating_add(base).saturating_add(kind::PARENT);
        assert_eq!(Access::open(crafted(&bytes, at, index as u32)).unwrap_err().code(), "ERR_ACCESS");
    }
}

/// Each access has seen other moments, so both are asked in the same order.
#[test]
fn a_mask_says_what_can_says() {
    let [masked, named] = [(); 2].map(|()| Access::open(bytes()).unwrap());
    let (mut granted, mut counts) = (0, Vec::new());
    for now in [5, 20, 5] {
        for kind in masked.kinds() {
            for (bit, action) in kind.action_names().enumerate() {
                for id in ["p", "i", "acme", "none", ""] {
                    let word = masked.mask(kind.index(), id.as_bytes(), bit / 32, now);
                    let expected = named.can(action, kind.name(), id, now);
                    assert_eq!(word >> (bit % 32) & 1 == 1, expected, "{action} {} {id} {now}", kind.name());
                    granted += usize::from(expected);
                }
            }
        }
        counts.push(std::mem::take(&mut granted));
    }
    assert!(counts[0] > counts[1] && counts[1] == counts[2], "what ended is not there again: {counts:?}");
}

#[test]
fn a_mask_beyond_the_kinds_and_their_width_is_empty() {
    let access = Access::open(bytes()).unwrap();
    let (_, count) = access.pair(head::KINDS);
    assert!([count, usize::MAX].iter().all(|index| access.known_kind(*index).is_none()));
    let mut beyond = 0;
    for kind in access.kinds() {
        for row in (0..).map_while(|place| kind.row_at(place)) {
            for word in kind.width()..64 {
                beyond |= row.word(word, 5);
                assert_eq!(access.mask(kind.index(), row.id().as_bytes(), word, 5), 0);
            }
        }
    }
    assert_ne!(beyond, 0, "the words of others would be read");
}

#[test]
fn a_mask_is_empty_without_standing() {
    let bytes = bytes();
    let asked = |bytes| {
        let access = Access::open(bytes).unwrap();
        let project = access.kind("project").unwrap().index();
        access.mask(project, b"p", 0, 5)
    };
    assert_ne!(asked(bytes.clone()), 0);
    assert_eq!(asked(crafted(&bytes, head::STATUS, status::SUSPENDED)), 0);
}

/// A capsule with bytes of its own after the magic, and the checksum that fits them.
fn stamped(body: &[u8]) -> Vec<u8> {
    [b"BWC1", hash(body).to_le_bytes().as_slice(), body].concat()
}

#[test]
fn every_byte_of_a_capsule_may_lie_and_every_question_still_ends() {
    let policy = Policy::compile(include_str!("../../policies/pinecone-2026.json")).unwrap();
    let directory = Directory::load(&policy, DIRECTORY).unwrap();
    let life = Lifetime { issued_at: 1, not_after: 1_000 };
    let capsule = directory.capsule("user/bo@x.com", "acme", life).unwrap();
    let body = capsule.as_bytes().split_at(12).1;
    assert!(Capsule::open(&stamped(body), &policy.vocabulary()).is_ok());
    let mut opened = 0;
    for at in 0..body.len() {
        for byte in [0, 1, 2, 0x7f, 0x80, 0xff] {
            let mut body = body.to_vec();
            body.iter_mut().skip(at).take(1).for_each(|old| *old = byte);
            let Ok(access) = Capsule::open(&stamped(&body), &policy.vocabulary()) else { continue };
            opened += 1;
            for (action, kind, id) in [("query", "index", "i"), ("delete", "project", "p")] {
                access.check(action, kind, id, 5);
                let _ = access.list(action, kind, None, 10, 5);
            }
        }
    }
    assert!(opened > 100, "only {opened} were opened");
}

#[test]
fn a_capsule_is_no_larger_than_its_bytes_allow() {
    let policy = Policy::compile(include_str!("../../policies/pinecone-2026.json")).unwrap();
    // No text; then four thousand million words, said in a few bytes.
    let many: [u8; 5] = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for rest in [[1, 1].as_slice(), &[]] {
        let body = [&[0, 0], many.as_slice(), &[1; 24], rest, &many].concat();
        assert_eq!(Capsule::open(&stamped(&body), &policy.vocabulary()).unwrap_err().code(), "ERR_CAPSULE");
    }
    let text = [many.as_slice(), &many, &[0; 64]].concat();
    assert_eq!(Capsule::open(&stamped(&text), &policy.vocabulary()).unwrap_err().code(), "ERR_CAPSULE");
}

/// Eight bytes a step say what one byte a step says.
#[test]
fn ids_are_the_same_or_in_order_as_their_bytes_are() {
    let letters = ["", "a", "ab", "b", "é", "\u{10ffff}", "abcdefg", "abcdefgh", "abcdefg\0"];
    let ids: Vec<String> =
        letters.iter().flat_map(|one| letters.map(|two| format!("{one}{two}{one}"))).collect();
    for one in &ids {
        for other in &ids {
            let [left, right] = [one, other].map(|id| id.as_bytes());
            assert_eq!(precedes(left, right), left < right, "{one:?} {other:?}");
            assert_eq!(same(left, right), left == right, "{one:?} {other:?}");
        }
    }
}
