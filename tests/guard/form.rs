//! Which rows may stand beside one another, and which of them decides: every pair of short patterns, and every short path.

use crate::common::{compile, small_policy};
use crate::tables::document;
use bailiwick::guard::{Route, Routes, RoutesOptions};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// All patterns of up to three segments over two words.
fn patterns() -> Vec<String> {
    let mut patterns = vec!["/".to_owned()];
    let mut level = vec![String::new()];
    for length in 0..3 {
        patterns.extend(level.iter().map(|start| format!("{start}/{{r*}}")));
        let parts = ["a".to_owned(), "ab".to_owned(), format!("{{p{length}}}")];
        level =
            level.iter().flat_map(|start| parts.each_ref().map(|part| format!("{start}/{part}"))).collect();
        patterns.extend(level.iter().cloned());
    }
    patterns
}

/// All paths of up to four segments over these words and one more.
fn paths() -> Vec<String> {
    let mut paths = vec!["/".to_owned()];
    let mut level = vec![String::new()];
    for _ in 0..4 {
        level =
            level.iter().flat_map(|start| ["a", "ab", "c"].map(|part| format!("{start}/{part}"))).collect();
        paths.extend(level.iter().cloned());
    }
    paths
}

/// The paths that a pattern alone matches.
fn matched<'p>(pattern: &str, paths: &'p [String]) -> BTreeSet<&'p str> {
    let policy = compile(&small_policy(&[]));
    let row = Route::public("GET", pattern);
    let routes = Routes::builder(&policy, RoutesOptions::default()).row(&row).finish().unwrap();
    paths.iter().map(String::as_str).filter(|path| routes.find("GET", path).is_ok()).collect()
}

#[test]
fn two_rows_share_a_path_only_where_the_narrower_says_so() {
    let (policy, patterns, paths) = (compile(&small_policy(&[])), patterns(), paths());
    let sets: Vec<BTreeSet<&str>> = patterns.iter().map(|pattern| matched(pattern, &paths)).collect();
    assert_eq!((patterns.len(), paths.len()), (53, 121));
    for (a, first) in patterns.iter().zip(&sets) {
        for (b, second) in patterns.iter().zip(&sets) {
            let row = |path: &str, overrides| json!({ "method": "GET", "path": path, "public": true, "overrides": overrides });
            let load =
                |one, other| Routes::load(&policy, &document(&json!({}), &[row(a, one), row(b, other)]));
            let code = |one, other| load(one, other).err().map_or("", |error| error.code());
            let expected = match () {
                () if a == b || first == second => ["ERR_DUPLICATE"; 3],
                () if first.is_disjoint(second) => ["", "ERR_VALUE", "ERR_VALUE"],
                () if first.is_subset(second) => ["ERR_AMBIGUOUS", "", "ERR_AMBIGUOUS"],
                () if second.is_subset(first) => ["ERR_AMBIGUOUS", "ERR_AMBIGUOUS", ""],
                () => ["ERR_AMBIGUOUS"; 3],
            };
            assert_eq!([code(false, false), code(true, false), code(false, true)], expected, "{a} and {b}");
            for routes in [load(true, false), load(false, true)].into_iter().flatten() {
                let narrower = if first.len() < second.len() { (a, first) } else { (b, second) };
                let decided =
                    narrower.1.iter().all(|path| routes.find("GET", path).unwrap().pattern() == narrower.0);
                assert!(decided, "{a} and {b}");
            }
        }
    }
}

/// A look-up leaves no way untried and tries none twice, so a path takes no longer than the table has nodes: here each of
/// twelve segments forks, and all 4,096 ways are open until the last one.
#[test]
fn forks_do_not_multiply() {
    let policy = compile(&small_policy(&[]));
    let patterns: Vec<String> = (0..4096)
        .map(|number| {
            let part =
                |bit: usize| if number >> bit & 1 == 1 { format!("/{{p{bit}}}") } else { "/a".to_owned() };
            format!("{}/end{number}", (0..12).map(part).collect::<String>())
        })
        .collect();
    let start = Instant::now();
    let builder = Routes::builder(&policy, RoutesOptions::default());
    let rows = patterns.iter().map(|pattern| Route::public("GET", pattern));
    let routes = rows.fold(builder, |builder, row| builder.row(&row)).finish().unwrap();
    let nowhere = format!("{}/nowhere", "/a".repeat(12));
    for _ in 0..100 {
        assert!(routes.find("GET", &nowhere).is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    let last = format!("{}/end4095", "/b".repeat(12));
    assert_eq!(routes.find("GET", &last).unwrap().pattern(), patterns[4095]);
}
