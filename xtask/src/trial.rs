//! Running tests in a copy of the source: compiled by cargo, then run by themselves, with a time limit.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::Run;
use crate::term;
use crate::workspace::{Workspace, read};

/// The longest that one test may take; a broken rule can make a loop endless.
const ONE: Duration = Duration::from_secs(120);

/// The longest that several tests may take.
const SEVERAL: Duration = Duration::from_secs(900);

/// Each broken rule is compiled once and run for a moment, so compiling is what costs.
const QUICK: [(&str, &str); 3] =
    [("CARGO_PROFILE_TEST_OPT_LEVEL", "0"), ("CARGO_PROFILE_TEST_DEBUG", "0"), ("CARGO_INCREMENTAL", "1")];

/// A copy of the source, and where it is built.
pub(crate) struct Replica<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

/// How a run of tests ended, and what it printed.
pub(crate) struct Ended {
    pub(crate) green: bool,
    pub(crate) in_time: bool,
    pub(crate) output: String,
}

impl Ended {
    /// The tests that passed, by their full names.
    pub(crate) fn passed(&self) -> Vec<&str> {
        self.output.lines().filter_map(passed).collect()
    }
}

fn passed(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... ok")
}

impl Replica<'_> {
    /// Compiles a suite; `Err` holds what the compiler said.
    pub(crate) fn compile(&self, suite: &str) -> Result<Result<PathBuf, String>> {
        let run = self.workspace.cargo("test --no-run --message-format json-render-diagnostics");
        let run = run.within(&self.root);
        let run = if suite == "lib" { run.arg("--lib") } else { run.arg("--test").arg(suite) };
        let run = run.env("CARGO_TARGET_DIR", self.target.display());
        let run = QUICK.iter().fold(run, |run, (name, value)| run.env(name, value));
        term::command(&run.line());
        let output = run.command()?.output().context("cargo cannot be started")?;
        if !output.status.success() {
            return Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let program = messages.lines().rev().find_map(executable);
        Ok(Ok(program.with_context(|| format!("cargo built no program for the suite `{suite}`"))?))
    }

    /// Runs tests of a compiled suite, by their full names.
    pub(crate) fn test(&self, program: &Path, tests: &[&str]) -> Result<Ended> {
        let run = Run::at(&self.workspace.root, program).within(&self.root);
        let run = tests.iter().fold(run.arg("--exact"), |run, test| run.arg(test));
        term::command(&run.line());
        let printed = self.target.join("printed.txt");
        let file = File::create(&printed).context("the tests' output cannot be written")?;
        let mut command = run.command()?;
        command.env("CARGO_MANIFEST_DIR", &self.root).stdin(Stdio::null());
        let mut child = command.stderr(file.try_clone()?).stdout(file).spawn()?;
        let (start, limit) = (Instant::now(), if tests.len() == 1 { ONE } else { SEVERAL });
        let status = loop {
            match child.try_wait()? {
                None if start.elapsed() < limit => std::thread::sleep(Duration::from_millis(10)),
                ended => break ended,
            }
        };
        if status.is_none() {
            child.kill()?;
            child.wait()?;
        }
        let green = status.is_some_and(|status| status.success());
        Ok(Ended { green, in_time: status.is_some(), output: read(&printed)? })
    }
}

/// The test program that a message of cargo's names, if it names one.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let test = message.get("profile")?.get("test")?.as_bool()?;
    let path = message.get("executable")?.as_str()?;
    test.then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_program_is_found_among_the_messages() {
        let message = r#"{"reason":"compiler-artifact","profile":{"test":true},"executable":"/t/rules-1"}"#;
        assert_eq!(executable(message), Some(PathBuf::from("/t/rules-1")));
        assert_eq!(executable(&message.replace("true", "false")), None);
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
    }

    #[test]
    fn passed_tests_are_named() {
        let output = "running 2 tests\ntest a::b ... ok\ntest c ... FAILED\n".to_owned();
        let ended = Ended { green: false, in_time: true, output };
        assert_eq!(ended.passed(), ["a::b"]);
    }
}
