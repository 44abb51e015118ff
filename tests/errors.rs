//! Hostile input: too large, too deep, too many, in circles, broken, repeated. What one wrong word in a
//! document causes is in the vectors `errors-*.json`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;

use bailiwick::{Access, Directory, Error, Policy};
use common::{compile, json, load, policy_error, preset, small_directory, small_policy};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

const MEBIBYTE: usize = 1 << 20;

fn quickly<T>(limit: u64, what: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = what();
    assert!(start.elapsed() < Duration::from_secs(limit), "took {:?}", start.elapsed());
    result
}

/// The codes of a text that is refused both as a policy and as a directory.
fn codes(text: &str) -> [String; 2] {
    let policy = Policy::compile(text).unwrap_err();
    let directory = Directory::load(&preset("pinkfish"), text).unwrap_err();
    [policy.code().to_owned(), directory.code().to_owned()]
}

#[test]
fn a23_sixty_four_mebibytes_of_brackets_are_refused_quickly() {
    for bracket in ["[", "{\"a\":"] {
        let text = bracket.repeat(64 * MEBIBYTE / bracket.len());
        for code in quickly(10, || codes(&text)) {
            assert!(["ERR_DEPTH", "ERR_JSON", "ERR_TYPE"].contains(&code.as_str()), "{code}");
        }
    }
}

#[test]
fn more_than_sixty_four_mebibytes_are_refused_unread() {
    let text = format!("{{}}{}", " ".repeat(64 * MEBIBYTE));
    assert_eq!(quickly(5, || codes(&text)), ["ERR_TOO_LARGE", "ERR_TOO_LARGE"]);
    let bytes = vec![0xff; 64 * MEBIBYTE + 1];
    assert_eq!(Policy::compile_bytes(&bytes).unwrap_err().code(), "ERR_TOO_LARGE");
    assert_eq!(Directory::load_bytes(&preset("pinkfish"), &bytes).unwrap_err().code(), "ERR_TOO_LARGE");
}

#[test]
fn bytes_that_are_not_utf8_are_refused_and_not_replaced() {
    for bytes in
        [&b"\xff"[..], b"{\"format\":1,\"name\":\"\xc0\xaf\"}", b"{\"format\":1,\"name\":\"\xed\xa0\x80\"}"]
    {
        assert_eq!(Policy::compile_bytes(bytes).unwrap_err().code(), "ERR_ILL_FORMED");
        assert_eq!(Directory::load_bytes(&preset("pinkfish"), bytes).unwrap_err().code(), "ERR_ILL_FORMED");
    }
}

#[test]
fn a_document_nests_thirty_two_levels_and_no_more() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(Policy::compile(&nested(32)).unwrap_err().code(), "ERR_TYPE");
    assert_eq!(Policy::compile(&nested(33)).unwrap_err().code(), "ERR_DEPTH");
}

/// Adds `count` entries to the object at the pointer.
fn crowded(pointer: &str, count: usize, body: &Value) -> Value {
    let mut policy = small_policy(&[]);
    policy["features"] = json!({});
    policy["limits"] = json!({});
    let object = policy.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
    for number in 0..count {
        object.insert(format!("x{number}"), body.clone());
    }
    policy
}

#[test]
fn the_published_maximums_are_exact() {
    let cases = [
        ("/kinds", "kinds", 62, json!({ "parent": "organization", "actions": {}, "roles": {} })),
        ("/kinds/organization/roles", "kinds.organization.roles", 126, json!({ "allow": [] })),
        ("/kinds/organization/actions", "kinds.organization.actions", 126, json!({})),
        ("/features", "features", 64, json!({})),
        ("/limits", "limits", 64, json!({ "counts": "user" })),
        ("/editions", "editions", 63, json!({ "features": [] })),
    ];
    for (pointer, path, room, body) in cases {
        let mut full = crowded(pointer, room, &body);
        if pointer.ends_with("roles") {
            let grant = &mut full["kinds"]["organization"]["roles"]["owner"]["grant"];
            let names = (0..room).map(|number| json!(format!("x{number}")));
            grant.as_array_mut().unwrap().extend(names);
        }
        assert!(Policy::compile(&full.to_string()).is_ok(), "{path}: {room} more fit");
        let (code, place) = policy_error(&crowded(pointer, room + 1, &body).to_string());
        assert_eq!(code, "ERR_TOO_MANY", "{path}");
        assert!(place.starts_with(path), "{place}");
    }
}

#[test]
fn a22_kinds_in_a_circle_are_refused_whatever_its_length() {
    for length in [1, 2, 50, 1_000] {
        let kinds: Vec<(String, Value)> = (0..length)
            .map(|number| (format!("k{number}"), json!({ "parent": format!("k{}", (number + 1) % length) })))
            .collect();
        let kinds: Vec<(&str, Value)> =
            kinds.iter().map(|(name, body)| (name.as_str(), body.clone())).collect();
        let (code, _) = policy_error(&small_policy(&kinds).to_string());
        let expected = if length > 64 { "ERR_TOO_MANY" } else { "ERR_CYCLE" };
        assert_eq!(code, expected, "{length} kinds");
    }
}

#[test]
fn a22_implied_roles_in_a_circle_are_refused_whatever_its_length() {
    for length in [1, 2, 100, 1_000] {
        let (code, _) = policy_error(&row_of_roles(length, |number| vec![(number + 1) % length]).to_string());
        let expected = if length > 128 { "ERR_TOO_MANY" } else { "ERR_CYCLE" };
        assert_eq!(code, expected, "{length} roles");
    }
}

/// A kind `thing` with roles `r0`, `r1` … of which each implies others; only the last allows something.
fn row_of_roles(count: usize, implies: impl Fn(usize) -> Vec<usize>) -> Value {
    let mut roles = Map::new();
    for number in 0..count {
        let implied: Vec<String> = implies(number).iter().map(|other| format!("r{other}")).collect();
        let allow = if number + 1 == count { vec!["act"] } else { Vec::new() };
        roles.insert(format!("r{number}"), json!({ "allow": allow, "implies": { "thing": implied } }));
    }
    let kind = json!({ "parent": "organization", "sharing": ["r0"], "creator": "r0", "actions": { "act": {} }, "roles": roles });
    let mut policy = small_policy(&[("thing", kind)]);
    policy["holders"]["user"]["roles"]["thing"] = json!(["r0"]);
    policy
}

fn r0_acts(policy: &Value) -> bool {
    let mut directory = small_directory("only", &["ann@x.com"]);
    directory["resources"] =
        json!([{ "kind": "thing", "id": "t", "parent": "organization/home", "creator": "user/ann@x.com" }]);
    load(&compile(policy), &directory).access("user/ann@x.com", "home").can("act", "thing", "t", 0)
}

#[test]
fn a22_a_long_chain_and_a_wide_diamond_of_roles_are_closed_quickly() {
    let chain = row_of_roles(128, |number| if number < 127 { vec![number + 1] } else { Vec::new() });
    assert!(quickly(5, || r0_acts(&chain)));
    // Thirty levels of two roles, each implying both of the next: 2^30 ways from the first to the last.
    let diamond = row_of_roles(61, |number| match number.div_ceil(2) {
        30 if number == 60 => Vec::new(),
        level => [2 * level + 1, 2 * level + 2].into_iter().filter(|next| *next < 61).collect(),
    });
    assert!(quickly(5, || r0_acts(&diamond)));
}

#[test]
fn a22_one_fact_a_hundred_thousand_times_is_refused_at_its_second_place() {
    let policy = compile(&row_of_roles(1, |_| Vec::new()));
    let mut directory = small_directory("only", &["ann@x.com"]);
    let share = json!({ "with": "user/ann@x.com", "role": "r0" });
    directory["resources"] = json!([{ "kind": "thing", "id": "t", "parent": "organization/home", "shares": vec![share; 100_000] }]);
    let (code, path) = quickly(20, || common::directory_error(&policy, &directory.to_string()));
    assert_eq!(code, "ERR_DUPLICATE");
    assert!(path.starts_with("resources[0].shares[1]"), "{path}");
}

#[test]
fn a23_sixty_five_thousand_shares_on_one_resource_all_count() {
    let policy = compile(&row_of_roles(1, |_| Vec::new()));
    let count = 65_537;
    let ids: Vec<String> = (0..count).map(|number| format!("p{number}@x.com")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut directory = small_directory("only", &names);
    let shares: Vec<Value> =
        ids.iter().map(|id| json!({ "with": format!("user/{id}"), "role": "r0" })).collect();
    directory["resources"] =
        json!([{ "kind": "thing", "id": "t", "parent": "organization/home", "shares": shares }]);
    let directory = load(&policy, &directory);
    for number in [0, 1, 65_534, 65_535, 65_536] {
        let access = directory.access(&format!("user/p{number}@x.com"), "home");
        assert!(access.can("act", "thing", "t", 0), "{number}");
    }
    assert!(!directory.access("user/owner@x.com", "home").can("act", "thing", "t", 0));
}

#[test]
fn a23_sixty_five_thousand_resources_of_one_principal_all_count() {
    let policy = compile(&row_of_roles(1, |_| Vec::new()));
    let mut directory = small_directory("only", &["ann@x.com"]);
    let resource = |number: usize| json!({ "kind": "thing", "id": format!("t{number}"), "parent": "organization/home", "creator": "user/ann@x.com" });
    directory["resources"] = (0..65_537).map(resource).collect();
    let access = load(&policy, &directory).access("user/ann@x.com", "home");
    assert!((0..65_537).all(|number| access.can("act", "thing", &format!("t{number}"), 0)));
    assert!(!access.can("act", "thing", "t65537", 0));
    assert_eq!(common::list_all(&access, "act", "thing", 1000, 0).len(), 65_537);
}

#[test]
fn an_id_has_at_most_1024_bytes_of_any_kind() {
    let policy = compile(&row_of_roles(1, |_| Vec::new()));
    let with = |id: &str| {
        let mut directory = small_directory("only", &["ann@x.com"]);
        directory["resources"] = json!([{ "kind": "thing", "id": id, "parent": "organization/home", "creator": "user/ann@x.com" }]);
        directory.to_string()
    };
    for id in ["é".repeat(512), "\0".repeat(1024), "x".repeat(1024)] {
        let directory = Directory::load(&policy, &with(&id)).unwrap();
        assert!(directory.access("user/ann@x.com", "home").can("act", "thing", &id, 0));
    }
    for id in ["é".repeat(513), "x".repeat(1025), String::new()] {
        let (code, path) = common::directory_error(&policy, &with(&id));
        assert_eq!((code.as_str(), path.as_str()), ("ERR_NAME", "resources[0].id"));
    }
}

/// An access over three things, and the cursor after the first.
fn held(revision: u64) -> (Access, String) {
    let policy = compile(&row_of_roles(1, |_| Vec::new()));
    let mut directory = small_directory("only", &["ann@x.com"]);
    directory["revision"] = json!(revision);
    let resource = |id: &str| json!({ "kind": "thing", "id": id, "parent": "organization/home", "creator": "user/ann@x.com" });
    directory["resources"] = ["a", "b", "c"].map(resource).to_vec().into();
    let access = load(&policy, &directory).access("user/ann@x.com", "home");
    let cursor = access.list("act", "thing", None, 1, 0).unwrap().next.unwrap();
    (access, cursor)
}

#[test]
fn a_cursor_belongs_to_its_list_and_its_revision() {
    let ((access, cursor), (newer, _)) = (held(1), held(2));
    assert_eq!(access.list("act", "thing", Some(&cursor), 5, 0).unwrap().items, ["b", "c"]);
    let code = |result: Result<bailiwick::Page, Error>| result.err().map(|error| error.code());
    assert_eq!(code(newer.list("act", "thing", Some(&cursor), 5, 0)), Some("ERR_CURSOR"), "a newer revision");
    assert_eq!(
        code(access.list("grant r0", "thing", Some(&cursor), 5, 0)),
        Some("ERR_CURSOR"),
        "another action"
    );
    assert_eq!(
        code(access.list("look", "organization", Some(&cursor), 5, 0)),
        Some("ERR_CURSOR"),
        "another kind"
    );
    let longer = format!("{cursor}x");
    for broken in
        ["", "b", "\0", "null", "__proto__", &cursor[..cursor.len() - 1], &longer, &"9".repeat(5000)]
    {
        assert_eq!(code(access.list("act", "thing", Some(broken), 5, 0)), Some("ERR_CURSOR"), "{broken:?}");
    }
}

/// A page outside 1 to 1,000 is refused or brought inside; it never ends a list too early.
#[test]
fn a_page_has_from_one_to_a_thousand_items() {
    let (access, _) = held(1);
    for limit in [0, 1, 1000, 1001, usize::MAX] {
        let Ok(page) = access.list("act", "thing", None, limit, 0) else {
            assert!(limit == 0 || limit > 1000, "{limit} is a good limit");
            continue;
        };
        assert!((1..=1000).contains(&page.items.len()));
        assert_eq!(page.next.is_some(), page.items.len() < 3, "{limit}: {:?}", page.items);
    }
}

#[test]
fn bytes_of_an_access_are_refused_with_a_code() {
    let (access, _) = held(1);
    let bytes = access.as_bytes().to_vec();
    let code = |bytes: Vec<u8>| Access::open(bytes).err().map_or("", |error| error.code());
    assert_eq!(code(Vec::new()), "ERR_ACCESS");
    assert_eq!(
        code(b"not an access, but long enough to be mistaken for the header of one".to_vec()),
        "ERR_ACCESS"
    );
    assert_eq!(code(bytes[..bytes.len() - 1].to_vec()), "ERR_ACCESS");
    let mut codes = Vec::new();
    for bit in 0..64 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        codes.push(code(changed));
    }
    assert!(codes.contains(&"ERR_ACCESS"), "another magic: {codes:?}");
    assert!(codes.contains(&"ERR_FORMAT_VERSION"), "another version: {codes:?}");
}

/// The checksum as `src/access/hash.rs` makes it, to forge one.
fn checksum(bytes: &[u8]) -> u64 {
    let mix = |state: u64| {
        let state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^ (state >> 29)
    };
    let number = |eight: &[u8]| u64::from_le_bytes(eight.try_into().unwrap());
    let start = (bytes.len() as u64) ^ 0x243f_6a88_85a3_08d3;
    let (blocks, rest) = bytes.split_at(bytes.len() / 32 * 32);
    let state = |lane: usize| {
        let chunks = blocks.chunks_exact(8).skip(lane).step_by(4);
        chunks.fold(start, |state, chunk| mix(state ^ number(chunk)))
    };
    let state = (0..4).fold(start, |all, lane| mix(all ^ state(lane)));
    let state = rest.chunks_exact(8).fold(state, |state, chunk| mix(state ^ number(chunk)));
    if bytes.len().is_multiple_of(8) { state } else { mix(state ^ number(&bytes[bytes.len() - 8..])) }
}

fn word(bytes: &[u8], place: usize) -> usize {
    u32::from_le_bytes(bytes[place * 4..][..4].try_into().unwrap()) as usize
}

/// The bytes with one word changed and the checksum made right again.
fn forged(bytes: &[u8], place: usize, value: u32) -> Vec<u8> {
    let mut forged = bytes.to_vec();
    forged[place * 4..][..4].copy_from_slice(&value.to_le_bytes());
    sealed(forged)
}

fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let right = checksum(&bytes[16..]);
    bytes[8..16].copy_from_slice(&right.to_le_bytes());
    bytes
}

#[test]
fn a23_any_changed_bit_of_an_access_is_refused() {
    let bytes = held(1).0.as_bytes().to_vec();
    assert!(Access::open(bytes.clone()).is_ok());
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let expected = if (32..64).contains(&bit) { "ERR_FORMAT_VERSION" } else { "ERR_ACCESS" };
        assert_eq!(Access::open(changed).err().map(|error| error.code()), Some(expected), "bit {bit}");
    }
}

/// The places are those of `src/access/layout.rs`.
#[test]
fn a_table_that_does_not_lie_inside_is_refused_though_the_checksum_is_right() {
    let bytes = held(1).0.as_bytes().to_vec();
    let (kinds, count) = (word(&bytes, 5), word(&bytes, 6));
    let (things, held) = (kinds + (count - 1) * 12, word(&bytes, 29) + (count - 1) * 10);
    assert!(Access::open(forged(&bytes, 0, word(&bytes, 0) as u32)).is_ok(), "the forger forges well");
    let refused = |place: usize, value: u32| {
        let code = Access::open(forged(&bytes, place, value)).err().map(|error| error.code());
        assert_eq!(code, Some("ERR_ACCESS"), "{value} at {place}");
    };
    for place in [5, 7, 9, 11, 13, 15, 29, 31, 33] {
        refused(place, 0x00ff_ffff); // kinds, roles, features, limits, editions, who upgrades, holdings, use, ends
    }
    refused(30, count as u32 - 1); // a kind of which nothing is said
    refused(word(&bytes, 7) + 8, 0x00ff_ffff); // what a role gives
    refused(things + 5, count as u32 - 1); // a kind below itself
    refused(word(&bytes, held + 1) + 1, 0x00ff_ffff); // the bindings of a set
    for field in [7, 8, 9, 10] {
        refused(things + field, 0x0100_0000); // actions, their index
    }
    for field in [1, 2, 3, 4, 5, 6, 8, 9] {
        refused(held + field, 0x0100_0000); // sets, rows, their index, baseline
    }
    refused(things + 10, 3); // an index has a power of two of slots
    let rows = word(&bytes, held + 3);
    refused(rows + 1, 0x00ff_ffff); // a row's set
    refused(rows + 2 * word(&bytes, held + 4), 0x00ff_ffff); // the end of the last id
    refused(rows, 0x00ff_ffff); // an id that starts after its end
    let mut swapped = bytes.clone();
    let first = word(&bytes, 4) * 4 + word(&bytes, rows);
    swapped.swap(first, first + 1); // the ids `a` and `b`
    let code = Access::open(sealed(swapped)).err().map(|error| error.code());
    assert_eq!(code, Some("ERR_ACCESS"), "rows out of order");
}

#[test]
fn a23_a_refused_document_leaves_the_former_one_in_force() {
    let (access, _) = held(1);
    let before = json(&access.check("act", "thing", "a", 0));
    assert!(Directory::load(&preset("pinkfish"), "{\"format\":1,\"format\":1}").is_err());
    assert_eq!(json(&access.check("act", "thing", "a", 0)), before);
}

#[test]
fn a_message_is_a_sentence_without_full_stop_and_rust_names() {
    let pinkfish = preset("pinkfish");
    let texts = [
        "",
        "[]",
        "{}",
        "{\"format\":2}",
        "{\"format\":1.5}",
        "{\"format\":1,\"x\":1}",
        "{\"format\":1,\"name\":[]}",
    ];
    for text in texts {
        for error in
            [Policy::compile(text).err(), Directory::load(&pinkfish, text).err()].into_iter().flatten()
        {
            let message = error.message();
            assert!(!message.is_empty() && !message.ends_with('.'), "{message:?}");
            assert!(!message.starts_with(char::is_uppercase), "{message:?}");
            for name in ["Node", "Value", "struct", "visitor", "u64", "refused"] {
                assert!(!message.contains(name), "{message:?} names {name}");
            }
        }
    }
}
