//! The arrows of the design: who may import whom in `src/`, and what no file there may name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The modules, each importing only those before it. `error`, `order` and `text` are below all of them.
const MODULES: [&str; 13] = [
    "error",
    "order",
    "text",
    "json",
    "policy",
    "directory",
    "access",
    "decision",
    "plan",
    "question",
    "guard",
    "engine",
    "wasm",
];

/// The crate root declares and re-exports, and may name them all.
const ROOT: [&str; 1] = ["lib"];

/// Words that no file of `src/` may have: no clock, no globals, no randomness, no input or output.
const NOWHERE: [&str; 19] = [
    "std::time",
    "core::time",
    "SystemTime",
    "Instant",
    "unsafe",
    "static mut",
    "thread_local",
    "lazy_static",
    "OnceLock",
    "LazyLock",
    "println",
    "eprintln",
    "dbg",
    "std::fs",
    "std::env",
    "std::net",
    "RandomState",
    "rand",
    "getrandom",
];

/// JavaScript is named in one file.
const JAVASCRIPT: [&str; 5] = ["wasm_bindgen", "js_sys", "web_sys", "serde_wasm_bindgen", "JsValue"];

struct Source {
    path: String,
    code: String,
    lines: usize,
}

impl Source {
    /// `directory` of `directory/load.rs` and of `directory.rs`.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

/// All files under `src/`, their comments taken out.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(Source { path: name, lines: text.lines().count(), code: without_comments(&text) });
        }
    }
    assert!(found.len() > 5, "only {} files under src/", found.len());
    found
}

fn without_comments(text: &str) -> String {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.map(|line| line.split(" // ").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The names that stand right after `start` in the code: `crate::json` and `crate::{json, policy::Kind}`.
fn named_after(code: &str, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(start) {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            None => found.extend(first_name(rest)),
            Some(group) => found.extend(top_items(group).iter().filter_map(|item| first_name(item))),
        }
    }
    found
}

/// The items of a `{…}` group, split at the commas that are not inside a group of their own.
fn top_items(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0_usize, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

fn first_name(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    if name.is_empty() { None } else { Some(name) }
}

/// Whether the word stands in the code by itself, not as a part of a longer one.
fn has_word(code: &str, word: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '_');
    code.match_indices(word).any(|(at, _)| {
        !is_part(code[..at].chars().next_back()) && !is_part(code[at + word.len()..].chars().next())
    })
}

#[test]
fn a_module_imports_only_those_before_it() {
    let mut checked = 0;
    for source in sources().iter().filter(|source| !ROOT.contains(&source.module())) {
        let place = place(source.module()).unwrap_or_else(|| panic!("{}: no such module", source.path));
        let mut named = named_after(&source.code, "crate::");
        if source.module() == "wasm" {
            // The last module may use what the crate gives to everyone.
            named.retain(|name| !name.starts_with(char::is_uppercase));
        }
        for name in &named {
            assert!(self::place(name).is_some(), "{} reaches over the crate root for `{name}`", source.path);
        }
        named.extend(named_after(&source.code, "super::"));
        for (name, used) in named.iter().filter_map(|name| Some((name, self::place(name)?))) {
            assert!(used <= place, "{} imports `{name}`, which comes after it", source.path);
            checked += 1;
        }
    }
    assert!(checked > 5, "only {checked} imports were checked");
}

fn place(module: &str) -> Option<usize> {
    MODULES.iter().position(|name| *name == module)
}

/// An access is read without policy, directory and serde: by the reader, and by all that it uses.
#[test]
fn an_access_is_read_without_policy_directory_and_serde() {
    let sources = sources();
    let mut waiting = vec!["read".to_owned()];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let inside = |source: &&Source| {
            let path = &source.path;
            *path == format!("access/{name}.rs") || path.starts_with(&format!("access/{name}/"))
        };
        for source in sources.iter().filter(inside) {
            for word in ["serde", "serde_json"] {
                assert!(!has_word(&source.code, word), "{} names {word}", source.path);
            }
            let imports = named_after(&source.code, "crate::");
            for module in ["json", "policy", "directory", "decision"] {
                assert!(!imports.contains(module), "{} imports {module}", source.path);
            }
            let siblings = named_after(&source.code, "super::").into_iter();
            waiting.extend(
                siblings
                    .chain(named_after(&source.code, "crate::access::"))
                    .filter(|one| !seen.contains(one)),
            );
        }
        seen.insert(name);
    }
    assert!(sources.iter().any(|source| source.path == "access/read.rs"), "access/read.rs is gone");
}

#[test]
fn only_one_file_names_javascript() {
    for source in sources().iter().filter(|source| source.path != "wasm.rs") {
        for word in JAVASCRIPT {
            assert!(!has_word(&source.code, word), "{} names {word}", source.path);
        }
    }
}

#[test]
fn there_is_no_clock_no_global_and_no_input() {
    for source in sources() {
        for word in NOWHERE {
            assert!(
                !has_word(&source.code, word) || is_instance(&source, word),
                "{} names `{word}`",
                source.path
            );
        }
        for word in ["HashMap", "HashSet"] {
            let is_seeded = has_word(&source.code, "BuildHasherDefault");
            assert!(
                is_seeded || !has_word(&source.code, word),
                "{}: a {word} with random state",
                source.path
            );
        }
    }
}

/// An instance of the module is one engine: the file that knows JavaScript keeps it.
fn is_instance(source: &Source, word: &str) -> bool {
    source.path == "wasm.rs" && word == "thread_local"
}

#[test]
fn no_file_is_long() {
    for source in sources() {
        assert!(source.lines <= 600, "{} has {} lines", source.path, source.lines);
    }
}

#[test]
fn the_readers_of_this_test_read() {
    let code = "use crate::json::Node;\nuse crate::{error::Error, policy::{Kind, Role}, directory};\nlet a = crate::access::x();";
    let names: Vec<String> = named_after(code, "crate::").into_iter().collect();
    assert_eq!(names, ["access", "directory", "error", "json", "policy"]);
    assert!(has_word("let a = unsafe { b };", "unsafe") && !has_word("#![forbid(unsafe_code)]", "unsafe"));
    assert!(has_word("std::time::Instant", "std::time") && has_word("HashMap::new()", "HashMap"));
    assert_eq!(without_comments("/// serde\nlet a = 1; // serde\n"), "let a = 1;");
}
