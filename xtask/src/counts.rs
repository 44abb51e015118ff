//! How many tests a program says it ran: a runner that ran nothing must not pass.

use crate::term;

/// The tests named in closing lines of cargo test, wasm-bindgen-test-runner, node's runner, or a plain
/// `N passed, M failed`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Counts {
    /// Adds up every closing line of an output.
    pub(crate) fn of(output: &str) -> Self {
        output.lines().map(line).fold(Self::default(), |sum, counts| Self {
            passed: sum.passed + counts.passed,
            failed: sum.failed + counts.failed,
        })
    }
}

fn line(line: &str) -> Counts {
    let text = term::plain(line);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || ";,.".contains(c)).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["test", "result:", _, passed, "passed", failed, "failed", ..]
        | [passed, "passed", failed, "failed", ..] => {
            Counts { passed: number(passed), failed: number(failed) }
        }
        ["#" | "ℹ", "pass", passed] => Counts { passed: number(passed), failed: 0 },
        ["#" | "ℹ", "fail", failed] => Counts { passed: 0, failed: number(failed) },
        _ => Counts::default(),
    }
}

fn number(word: &str) -> usize {
    word.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: usize, failed: usize) -> Counts {
        Counts { passed, failed }
    }

    #[test]
    fn cargo_test_binaries_are_added_up() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Counts::of(output), counts(4, 2));
    }

    #[test]
    fn wasm_tests_are_counted_and_skipped_ones_are_not() {
        let ran = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.52s\n";
        assert_eq!(Counts::of(ran), counts(12, 0));
        let skipped = "no tests to run!\nthis test suite is only configured to run in a browser, \
            but we're only testing node.js tests so skipping\n";
        assert_eq!(Counts::of(skipped), counts(0, 0));
    }

    #[test]
    fn node_is_counted_in_both_of_its_formats() {
        assert_eq!(
            Counts::of("1..2\n# tests 4\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n"),
            counts(3, 1)
        );
        assert_eq!(
            Counts::of("\x1b[34mℹ tests 4\x1b[39m\n\x1b[34mℹ pass 4\x1b[39m\nℹ fail 0\n"),
            counts(4, 0)
        );
    }

    #[test]
    fn the_plain_line_is_counted_and_prose_is_not() {
        assert_eq!(Counts::of("14 passed, 0 failed\n"), counts(14, 0));
        assert_eq!(Counts::of("# skipped 2\n30 passed, 1 failed, 6 skipped\n"), counts(30, 1));
        assert_eq!(Counts::of("all of them passed, none failed\n# pass rate\n"), counts(0, 0));
    }
}
