//! `cargo xtask test`: everything that must be green, step by step, with the number of tests that ran.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browser::{self, Browser};
use crate::counts::Counts;
use crate::run::Run;
use crate::term::{self, Align};
use crate::workspace::{WASM, Workspace};
use crate::{build, pack, setup, size, soak, tools};

/// What the exit code says of a run that left something out.
const INCOMPLETE: u8 = 2;

/// One step: its name, whether it needs Chromium, and its work, which returns the tests it ran.
struct Step {
    name: &'static str,
    browser: bool,
    work: fn(&Suite) -> Result<usize>,
}

const fn step(name: &'static str, work: fn(&Suite) -> Result<usize>) -> Step {
    Step { name, browser: false, work }
}

const fn in_browser(name: &'static str, work: fn(&Suite) -> Result<usize>) -> Step {
    Step { name, browser: true, work }
}

const STEPS: &[Step] = &[
    step("format", format),
    step("examples as generated", examples),
    step("clippy", clippy),
    step("clippy for wasm32", clippy_wasm),
    step("native tests", native),
    step("doc tests", docs),
    step("module and package", package),
    step("wasm tests in Node", wasm_node),
    in_browser("wasm tests in Chromium", wasm_chromium),
    step("package tests", package_tests),
    in_browser("bindings", bindings),
    in_browser("package in runtimes", runtimes),
    step("guard before real servers", guard),
    step("authority on its hosts", authority),
    step("authority under load and fault", soaked),
    in_browser("package in bundlers", bundlers),
    step("size of what a page gets", size),
    step("page", page),
    in_browser("page in Chromium", page_tests),
];

/// What the steps share: the tools, and the browser unless it was left out.
struct Suite<'a> {
    workspace: &'a Workspace,
    tools: Vec<PathBuf>,
    browser: Option<Browser>,
}

/// A step that was done.
struct Done {
    name: &'static str,
    tests: usize,
    time: Duration,
}

/// Sets up, runs every step, and closes with a line that CI reads.
pub(crate) fn run(workspace: &Workspace, browser: bool) -> Result<ExitCode> {
    term::heading("setup");
    let suite = Suite::set_up(workspace, browser)?;
    let (wanted, skipped): (Vec<_>, Vec<_>) = STEPS.iter().partition(|step| browser || !step.browser);
    let mut done = Vec::new();
    for step in wanted {
        term::heading(step.name);
        let start = Instant::now();
        let tests = (step.work)(&suite).with_context(|| format!("the step \"{}\" failed", step.name))?;
        done.push(Done { name: step.name, tests, time: start.elapsed() });
        println!("{}", done.last().map(closing).unwrap_or_default());
    }
    Ok(summary(&done, &skipped))
}

impl<'a> Suite<'a> {
    fn set_up(workspace: &'a Workspace, browser: bool) -> Result<Self> {
        setup::programs(workspace)?;
        let browser = if browser { Some(browser::set_up(workspace)?) } else { None };
        setup::packages(workspace, "pkg")?;
        let tools = tools::install(workspace)?;
        Ok(Self { workspace, tools, browser })
    }

    fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("this step needs Chromium")
    }

    /// A program that finds the browsers where they are.
    fn with_browsers(&self, run: Run) -> Result<Run> {
        let Browser { chrome, firefox, .. } = self.browser()?;
        let run = run.env("CHROME", chrome.display());
        Ok(firefox.iter().fold(run, |run, firefox| run.env("FIREFOX", firefox.display())))
    }

    /// wasm-pack with the tools found first, so that it downloads nothing.
    fn wasm_pack(&self, options: &str) -> Run {
        let run = self.workspace.run("wasm-pack test --mode no-install").words(options);
        let run = self.tools.iter().fold(run, |run, folder| run.path(folder));
        run.env("WASM_BINDGEN_TEST_TIMEOUT", 300)
    }
}

fn format(suite: &Suite) -> Result<usize> {
    checked(&suite.workspace.cargo("fmt --all --check"))
}

fn examples(suite: &Suite) -> Result<usize> {
    checked(&suite.workspace.run("node www/examples/make.mjs --check"))
}

fn clippy(suite: &Suite) -> Result<usize> {
    checked(&suite.workspace.cargo("clippy --workspace --all-targets -- -D warnings"))
}

fn clippy_wasm(suite: &Suite) -> Result<usize> {
    let builds = [
        "--lib --test wasm_node --test wasm_browser --features js",
        "--lib --features js-access",
        "--lib --features js-guard",
    ];
    for what in builds {
        let clippy = suite.workspace.cargo("clippy").words(what);
        clippy.arg("--target").arg(WASM).words("-- -D warnings").run()?;
    }
    Ok(0)
}

fn native(suite: &Suite) -> Result<usize> {
    counted(&suite.workspace.cargo("test --workspace --lib --bins --tests"))
}

fn docs(suite: &Suite) -> Result<usize> {
    counted(&suite.workspace.cargo("test --workspace --doc"))
}

fn package(suite: &Suite) -> Result<usize> {
    build::package(suite.workspace)?;
    pack::tarball(suite.workspace)?;
    Ok(0)
}

fn wasm_node(suite: &Suite) -> Result<usize> {
    counted(&suite.wasm_pack("--node --features js --test wasm_node -- --nocapture"))
}

fn wasm_chromium(suite: &Suite) -> Result<usize> {
    let browser = suite.browser()?;
    let run = suite.wasm_pack("--headless --chrome --chromedriver").path_arg(&browser.driver);
    let run = run.words("--features js --test wasm_browser -- --nocapture");
    counted(&run.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.capabilities.display()))
}

fn package_tests(suite: &Suite) -> Result<usize> {
    counted(&suite.workspace.npm("pkg", "test"))
}

/// With the newest frameworks and with the oldest that they work with. The browser is driven by the page's packages.
fn bindings(suite: &Suite) -> Result<usize> {
    let folder = "pkg/test/bindings";
    let all = ["www", folder, "pkg/test/bindings/older"];
    all.iter().try_for_each(|folder| setup::packages(suite.workspace, folder))?;
    counted(&suite.with_browsers(suite.workspace.npm(folder, "test"))?)
}

fn runtimes(suite: &Suite) -> Result<usize> {
    let folder = "tests/packaging/runtimes";
    setup::packages(suite.workspace, folder)?;
    let run = suite.workspace.npm(folder, "test --").path_arg(&pack::folder(suite.workspace));
    counted(&suite.with_browsers(run)?)
}

fn guard(suite: &Suite) -> Result<usize> {
    let folder = "tests/packaging/guard";
    setup::packages(suite.workspace, folder)?;
    counted(&suite.workspace.npm(folder, "test --").path_arg(&pack::folder(suite.workspace)))
}

fn authority(suite: &Suite) -> Result<usize> {
    let folder = "tests/authority";
    setup::packages(suite.workspace, folder)?;
    counted(&suite.workspace.npm(folder, "test --").path_arg(&pack::folder(suite.workspace)))
}

/// Half a minute of what `cargo xtask soak` does for ten.
fn soaked(suite: &Suite) -> Result<usize> {
    counted(&soak::prepared(suite.workspace)?.words("--seconds=30 --kills=2"))
}

/// The strangers' tools are installed by the run itself, outside of the repository.
fn bundlers(suite: &Suite) -> Result<usize> {
    setup::packages(suite.workspace, "www")?;
    let run = suite.workspace.npm("tests/packaging/bundlers", "test -- --complete --tarball");
    counted(&suite.with_browsers(run.path_arg(&pack::folder(suite.workspace)))?)
}

fn size(suite: &Suite) -> Result<usize> {
    size::pages(suite.workspace)
}

fn page(suite: &Suite) -> Result<usize> {
    setup::packages(suite.workspace, "www")?;
    checked(&suite.workspace.npm("www", "run build"))
}

/// The authority that the stories run over is the one of the demo.
fn page_tests(suite: &Suite) -> Result<usize> {
    setup::packages(suite.workspace, "examples/authority")?;
    counted(&suite.with_browsers(suite.workspace.npm("www", "test"))?)
}

fn checked(run: &Run) -> Result<usize> {
    run.run()?;
    Ok(0)
}

/// Runs a test runner. One that ran nothing has failed, whatever it returned.
fn counted(run: &Run) -> Result<usize> {
    let counts = Counts::of(&run.tee()?);
    match counts {
        Counts { passed: 0, failed: 0 } => bail!("`{}` ran no test", run.line()),
        Counts { passed, failed: 0 } => Ok(passed),
        Counts { failed, .. } => bail!("`{}` counted {failed} failed tests", run.line()),
    }
}

fn closing(done: &Done) -> String {
    let tests = match done.tests {
        0 => String::new(),
        1 => "1 test, ".to_owned(),
        many => format!("{many} tests, "),
    };
    format!("{} {}: {tests}{}", term::green("ok"), done.name, term::duration(done.time))
}

/// Prints the table and the closing line; a run that skipped something is no pass.
fn summary(done: &[Done], skipped: &[&Step]) -> ExitCode {
    let row = |done: &Done| {
        let tests = if done.tests > 0 { done.tests.to_string() } else { "-".to_owned() };
        vec![done.name.to_owned(), tests, term::duration(done.time)]
    };
    let left_out = |step: &&Step| vec![step.name.to_owned(), "skipped".to_owned(), "-".to_owned()];
    let rows: Vec<_> = done.iter().map(row).chain(skipped.iter().map(left_out)).collect();
    let columns = [("step", Align::Left), ("tests", Align::Right), ("time", Align::Right)];
    term::heading("summary");
    println!("{}\n", term::table(&columns, &rows));
    let total: usize = done.iter().map(|done| done.tests).sum();
    if skipped.is_empty() {
        println!("{total} passed, 0 failed");
        return ExitCode::SUCCESS;
    }
    let names: Vec<&str> = skipped.iter().map(|step| step.name).collect();
    println!(
        "{total} tests passed, but this does not count as a pass: without a browser, {} did not run.",
        names.join(" and ")
    );
    ExitCode::from(INCOMPLETE)
}
