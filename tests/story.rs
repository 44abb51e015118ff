//! The story that `cargo xtask demo` tells: every answer is the expected one, the page is laid out, and an answer
//! that is not expected fails it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by panicking")]

#[path = "../examples/story/main.rs"]
#[allow(dead_code, reason = "the test tells the story itself")]
mod story;

fn tell(pinecone: &str, pinkfish: &str, color: bool) -> story::Told {
    story::tell([pinecone, pinkfish], color).unwrap_or_else(|error| panic!("{error}"))
}

const PINECONE: &str = include_str!("../policies/pinecone.json");
const PINKFISH: &str = include_str!("../policies/pinkfish.json");

/// A text without its colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn every_answer_is_the_one_that_the_story_expects() {
    let told = tell(PINECONE, PINKFISH, false);
    assert!(told.as_expected, "{}", told.text);
    assert_eq!(told.text.matches("byte for byte").count(), 2, "{}", told.text);
    for reason in
        ["no_role", "limit_reached", "suspended", "last_owner", "unknown_resource", "not_available_yet"]
    {
        assert!(told.text.contains(reason), "nothing is refused with {reason}");
    }
}

#[test]
fn the_page_is_at_most_100_columns_wide_and_coloured_only_on_demand() {
    let told = tell(PINECONE, PINKFISH, false);
    assert!(!told.text.contains('\u{1b}'));
    for line in told.text.lines() {
        assert!(line.chars().count() <= 100, "too wide: {line}");
        assert_eq!(line.trim_end(), line, "ends with a space");
    }
    let coloured = tell(PINECONE, PINKFISH, true);
    assert!(coloured.text.contains('\u{1b}'));
    assert_eq!(plain(&coloured.text), told.text);
}

/// A preset in which one thing is otherwise.
fn changed(policy: &str, from: &str, to: &str) -> String {
    assert_eq!(policy.matches(from).count(), 1, "{from}");
    policy.replace(from, to)
}

#[test]
fn an_answer_that_is_not_expected_fails_the_story() {
    let roomy = changed(PINECONE, "{ \"projects\": 1, \"members\": 5 }", "{}");
    let told = tell(&roomy, PINKFISH, false);
    assert!(!told.as_expected);
    assert!(told.text.contains("! The story expects limit_reached."), "{}", told.text);

    // The preset promises that only who may edit shares.
    let open = changed(
        &changed(PINKFISH, "{ \"only\": [\"edit\"], \"may\"", "{ \"only\": [\"edit\", \"view\"], \"may\""),
        "\"allow\": [\"view\"] }",
        "\"allow\": [\"view\", \"share\"], \"grant\": [\"view\"] }",
    );
    let told = tell(PINECONE, &open, false);
    assert!(!told.as_expected);
    assert!(told.text.contains("! The story expects no_role."), "{}", told.text);
}
