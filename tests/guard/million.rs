//! A million mutated requests: the guard and the plain matcher say the same of each.

use crate::common::{compile, small_policy};
use crate::dice::Dice;
use crate::plain::Plain;
use crate::tables::{document, rows};
use bailiwick::guard::{Refused, Routes};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The seed of the run that is the same for everyone.
const FIXED_SEED: u64 = 0x6261_696c_6977_6963;

/// What is put into a path somewhere.
const NOISE: [&str; 44] = [
    "/", "//", "/.", "/..", "/./", "/../", ".", "..", "%", "%2", "%25", "%2525", "%2e", "%2E%2e", "%2f",
    "%5c", "%62", "%00", "%zz", "%c0%af", "\\", ";", ";x=1", "?", "?a=b", "#", "#f", " ", "\t", "\n", "\0",
    "é", "K", "\u{202e}", "a", "b", "o", "me", ".json", "*", ":", "@", "{x}", "|",
];

const VALUES: [&str; 12] =
    ["oA", "p", "me", "a", "b", "50%25", "%25", "a@x.com", "v1.2", "~x", "billing", "x:y"];

const METHODS: [&str; 12] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "TRACE", "", "GET ", "PaTcH"];

/// A table and its plain twin.
struct Pair {
    routes: Routes,
    plain: Plain,
}

impl Pair {
    fn of(document: &str) -> Option<Self> {
        let policy = if document.contains("\"kind\"") {
            crate::common::preset("pinecone-2026")
        } else {
            compile(&small_policy(&[]))
        };
        Some(Self { routes: Routes::load(&policy, document).ok()?, plain: Plain::of(document) })
    }

    /// What the guard says, in the words of the plain one.
    fn answer(&self, method: &str, path: &str) -> String {
        match self.routes.find(method, path) {
            Ok(found) => {
                let decided = if method == "HEAD" && !self.has_head() { "GET" } else { method };
                let mut told = format!("{decided} {}", found.pattern());
                for part in found.pattern().split('/').filter_map(|part| part.strip_prefix('{')) {
                    let name = part.trim_end_matches('}').trim_end_matches('*');
                    told.push_str(&format!(" {name}={}", found.parameter(name).unwrap()));
                }
                told
            }
            Err(Refused::MethodNotAllowed(allowed)) => {
                format!("method_not_allowed {}", allowed.iter().collect::<Vec<_>>().join(" "))
            }
            Err(refused) => refused.as_str().to_owned(),
        }
    }

    fn has_head(&self) -> bool {
        self.plain.rows.iter().any(|row| row.method == "HEAD")
    }
}

/// Tables of every sort: the one that is attacked, one of forks, and random ones over few words.
fn pairs(dice: &mut Dice) -> Vec<Pair> {
    let mut percent = rows();
    percent[3]["encoded"] = json!(["prj"]);
    percent[4]["encoded"] = json!(["prj", "idx"]);
    let options = [
        json!({}),
        json!({ "headAsGet": true }),
        json!({ "trailingSlash": "ignore" }),
        json!({ "trailingSlash": "ignore", "headAsGet": true }),
    ];
    let mut pairs: Vec<Pair> = Vec::new();
    for options in &options {
        pairs.extend(Pair::of(&document(options, &rows())));
        pairs.extend(Pair::of(&document(options, &percent)));
        pairs.extend(Pair::of(&document(options, &forks())));
    }
    assert_eq!(pairs.len(), 12, "these tables are good ones");
    while pairs.len() < 60 {
        pairs.extend(Pair::of(&random(dice)));
    }
    pairs
}

/// Rows that fork at each segment and take paths out of one another.
fn forks() -> Vec<Value> {
    let row = |path: &str, overrides: bool| {
        let encoded = if path.contains("{x}") { json!(["x"]) } else { json!([]) };
        json!({ "method": "GET", "path": path, "public": true, "overrides": overrides, "encoded": encoded })
    };
    let mut rows = vec![
        row("/", false),
        row("/{all*}", false),
        row("/a/{x}/c", true),
        row("/a/b/c", true),
        row("/a/b/d", true),
        row("/a/{x}/{rest*}", true),
        row("/b/{rest*}", true),
        row("/me", true),
    ];
    rows.push(json!({ "method": "POST", "path": "/a/{y}", "public": true }));
    rows.push(json!({ "method": "OPTIONS", "path": "/{all*}", "public": true }));
    rows
}

/// A few rows over few words. Many such tables are refused.
fn random(dice: &mut Dice) -> String {
    let mut rows = Vec::new();
    for _ in 0..1 + dice.below(7) {
        let mut path = String::new();
        let length = dice.below(5);
        let mut encoded = Vec::new();
        for index in 0..length {
            let parameter = format!("p{index}");
            let part = match dice.below(6) {
                0 | 1 => format!("{{{parameter}}}"),
                2 if index + 1 == length => format!("{{{parameter}*}}"),
                3 => "me".to_owned(),
                4 => "b".to_owned(),
                _ => "a".to_owned(),
            };
            if part == format!("{{{parameter}}}") && dice.chance(20) {
                encoded.push(parameter);
            }
            path = format!("{path}/{part}");
        }
        let path = if path.is_empty() { "/".to_owned() } else { path };
        let method = METHODS[dice.below(7)];
        rows.push(json!({ "method": method, "path": path, "public": true, "encoded": encoded, "overrides": dice.chance(30) }));
    }
    let slash = if dice.chance(50) { "ignore" } else { "refuse" };
    document(&json!({ "trailingSlash": slash, "headAsGet": dice.chance(40) }), &rows)
}

/// A request that a row would take, then changed a few times.
fn request(dice: &mut Dice, pair: &Pair) -> (String, String) {
    let row = &pair.plain.rows[dice.below(pair.plain.rows.len())];
    let mut path = String::new();
    for part in row.path.split('/').skip(1) {
        path.push('/');
        path.push_str(match part {
            _ if part.ends_with("*}") => ["a", "b/c", "me/%25/x", "a/b/c/d"][dice.below(4)],
            _ if part.starts_with('{') => VALUES[dice.below(VALUES.len())],
            literal => literal,
        });
    }
    let changes = [0, 0, 1, 1, 1, 2, 3][dice.below(7)];
    for _ in 0..changes {
        mutate(dice, &mut path);
    }
    let method =
        if dice.chance(70) { row.method.clone() } else { METHODS[dice.below(METHODS.len())].to_owned() };
    (method, path)
}

fn mutate(dice: &mut Dice, path: &mut String) {
    let mut places: Vec<usize> = path.char_indices().map(|(at, _)| at).collect();
    places.push(path.len());
    let at = places[dice.below(places.len())];
    match dice.below(10) {
        0 | 1 => path.insert_str(at, NOISE[dice.below(NOISE.len())]),
        2 => path.push_str(NOISE[dice.below(NOISE.len())]),
        3 if at < path.len() => drop(path.remove(at)),
        4 => path.truncate(at),
        5 => {
            let tail = path[at..].to_owned();
            path.push_str(&tail);
        }
        6 => {
            let swapped: String =
                path.chars().map(|one| if dice.chance(10) { flipped(one) } else { one }).collect();
            *path = swapped;
        }
        7 if dice.chance(10) => path.insert_str(at, &"/a".repeat(55 + dice.below(20))),
        8 if dice.chance(10) => {
            path.insert_str(at, &"a".repeat(2048_usize.saturating_sub(path.len()) + dice.below(3)))
        }
        _ => {
            let byte = char::from(dice.below(256) as u8);
            path.insert(at, byte);
        }
    }
}

fn flipped(letter: char) -> char {
    if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
}

/// How often each answer was given; matches are told apart by whether something was decoded.
fn run(seed: u64, total: usize) {
    println!("BAILIWICK_SEED={seed}");
    let start = Instant::now();
    let mut dice = Dice::new(seed, 0);
    let pairs = pairs(&mut dice);
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..total {
        let pair = &pairs[dice.below(pairs.len())];
        let (method, path) = request(&mut dice, pair);
        let (answer, expected) = (pair.answer(&method, &path), pair.plain.answer(&method, &path));
        assert_eq!(answer, expected, "{method} {path:?} with BAILIWICK_SEED={seed}");
        let word = match answer.split(' ').next().unwrap() {
            first if !first.starts_with(char::is_uppercase) => first,
            _ if path.contains('%') => "matched, decoded",
            _ => "matched",
        };
        *tally.entry(word.to_owned()).or_default() += 1;
    }
    println!("{total} requests in {:.1?}: {tally:?}", start.elapsed());
    let words = [
        "matched",
        "matched, decoded",
        "no_path",
        "empty_segment",
        "dot_segment",
        "trailing_slash",
        "encoded",
        "byte",
        "too_long",
        "not_found",
        "method_not_allowed",
    ];
    assert_eq!(tally.len(), words.len(), "{tally:?}");
    for word in words {
        assert!(tally.get(word).is_some_and(|count| *count > total / 10_000), "too few `{word}`: {tally:?}");
    }
}

#[test]
fn a_million_requests_with_the_fixed_seed() {
    run(FIXED_SEED, 1_000_000);
}

#[test]
fn a_hundred_thousand_requests_with_a_fresh_seed() {
    let given = std::env::var("BAILIWICK_SEED").ok().and_then(|text| text.parse().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    run(given.unwrap_or(now.as_secs() ^ u64::from(now.subsec_nanos())), 100_000);
}
