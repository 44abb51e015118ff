//! Every build, test and measuring step of Bailiwick, behind `cargo xtask <command>`.
//!
//! ```text
//! cargo xtask demo       set up, build, print the role matrix and decisions, serve the page from authorities
//! cargo xtask test       set up and run everything that must be green
//! cargo xtask build      the WebAssembly modules and the npm package, within their size budgets
//! cargo xtask pack       the npm package as it is published, in target/package
//! cargo xtask size       what the modules and the entries weigh, and what in them weighs most
//! cargo xtask bench      the benchmarks
//! cargo xtask soak       an authority under load and fault, for ten minutes
//! cargo xtask pictures   the pictures of the README, taken of the demo
//! cargo xtask mutants    break each rule in a copy and see its test go red
//! ```
//!
//! A step prints the command that it runs as a line that can be pasted into a shell, and fails in one
//! sentence; where something is missing, the sentence holds the line that installs it. No step calls
//! sudo. Nothing outside the repository is written but the cache folder of [`tools`].
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`run`], [`term`] | running programs; the look of the output |
//! | [`workspace`] | folders and pinned versions |
//! | [`setup`], [`tools`], [`browser`] | finding and installing what a step needs |
//! | [`build`], [`sections`], [`pack`], [`size`], [`items`] | the modules, the package, their weight, their largest items |
//! | [`suite`], [`counts`] | `test` and how many tests ran |
//! | [`mutants`], [`mutation`], [`trial`] | broken rules, and the test of each |
//! | [`soak`] | an authority under load and fault |
//! | [`pictures`] | the pages of the demo as the README shows them |
//! | [`demo`] | the examples in the terminal, the page and what it needs on loopback |

mod browser;
mod build;
mod counts;
mod demo;
mod items;
mod mutants;
mod mutation;
mod pack;
mod pictures;
mod run;
mod sections;
mod setup;
mod size;
mod soak;
mod suite;
mod term;
mod tools;
mod trial;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt};
use workspace::Workspace;

const HELP: &str = "\
cargo xtask <command>

  demo [--once] [--port N]   Set up what is missing, build, print the role matrix and one person's
                             decisions, ask a guarded API in workerd, build the page and serve it from
                             two authorities on 127.0.0.1 (ports 4180 and 4181, or N and the next).
                             --once stops after printing, asking and building.
  test [--no-browser]        Set up what is missing and run everything. --no-browser leaves out what
                             needs Chromium, and does not count as a pass (exit code 2).
  build                      The modules and the npm package in pkg/; fails above a module's size budget.
  pack                       The npm package as it is published, target/package/bailiwick-<version>.tgz.
  size                       Raw, gzip and brotli sizes of the modules and of what a page gets, and the
                             ten largest items of each module; fails above a size budget.
  bench [arguments]          cargo bench, with the arguments given.
  soak [arguments]           Ten minutes of traffic against an authority in workerd, which is killed ten
                             times. --seconds=N and --kills=N make it another length.
  pictures                   The pictures of the README in www/pictures, taken of the demo in Chromium.
  mutants                    Break each rule of tests/mutants.json in a copy, one by one, and see
                             the test named for it fail.
  help                       This text.

CHROME, CHROMEDRIVER and FIREFOX name the browsers and the driver where they are in an unusual place.
BAILIWICK_CACHE names the folder for wasm-bindgen's and wasm-pack's programs (only `test` needs
them). NO_COLOR turns colour off.";

/// What the command line asks for.
enum Command {
    Help,
    Demo(demo::Options),
    Test { browser: bool },
    Build,
    Pack,
    Size,
    Bench(Vec<String>),
    Soak(Vec<String>),
    Pictures,
    Mutants,
}

fn main() -> ExitCode {
    match parse(Parser::from_env()).and_then(|command| execute(&command)) {
        Ok(code) => code,
        Err(error) => {
            term::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn execute(command: &Command) -> Result<ExitCode> {
    if matches!(command, Command::Help) {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::open()?;
    match command {
        Command::Help => {}
        Command::Demo(options) => demo::run(&workspace, options)?,
        Command::Test { browser } => return suite::run(&workspace, *browser),
        Command::Build => build::run(&workspace)?,
        Command::Pack => pack::run(&workspace)?,
        Command::Size => size::run(&workspace)?,
        Command::Bench(arguments) => workspace.cargo("bench").args(arguments).run()?,
        Command::Soak(arguments) => soak::run(&workspace, arguments)?,
        Command::Pictures => pictures::run(&workspace)?,
        Command::Mutants => mutants::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(mut parser: Parser) -> Result<Command> {
    let name = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let mut command = match name.as_str() {
        "help" => Command::Help,
        "demo" => Command::Demo(demo::Options::default()),
        "test" => Command::Test { browser: true },
        "build" => Command::Build,
        "pack" => Command::Pack,
        "size" => Command::Size,
        "pictures" => Command::Pictures,
        "mutants" => Command::Mutants,
        "bench" => return Ok(Command::Bench(rest(&mut parser)?)),
        "soak" => return Ok(Command::Soak(rest(&mut parser)?)),
        _ => bail!("there is no command `{name}`: `cargo xtask help` lists them"),
    };
    while let Some(argument) = parser.next()? {
        match (&mut command, &argument) {
            (_, Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
            (Command::Demo(options), Arg::Long("once")) => options.once = true,
            (Command::Demo(options), Arg::Long("port")) => options.port = Some(parser.value()?.parse()?),
            (Command::Test { browser }, Arg::Long("no-browser")) => *browser = false,
            _ => return Err(argument.unexpected().into()),
        }
    }
    Ok(command)
}

/// All that is left, for the program behind the command.
fn rest(parser: &mut Parser) -> Result<Vec<String>> {
    Ok(parser.raw_args()?.map(ValueExt::string).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn the_command_line_is_read() {
        assert!(matches!(read("").unwrap(), Command::Help));
        assert!(matches!(read("test").unwrap(), Command::Test { browser: true }));
        assert!(matches!(read("test --no-browser").unwrap(), Command::Test { browser: false }));
        let Command::Demo(options) = read("demo --once --port 9000").unwrap() else { panic!() };
        assert!(options.once && options.port == Some(9000));
        assert!(matches!(read("pictures").unwrap(), Command::Pictures));
        let Command::Bench(arguments) = read("bench -- --quick can").unwrap() else { panic!() };
        assert_eq!(arguments, ["--", "--quick", "can"]);
        let Command::Soak(arguments) = read("soak --seconds=60").unwrap() else { panic!() };
        assert_eq!(arguments, ["--seconds=60"]);
    }

    #[test]
    fn what_is_not_a_command_is_refused() {
        for line in ["deploy", "build --fast", "test extra", "demo --port many", "--loud"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
