//! `cargo xtask demo`: the examples in the terminal, guarded APIs and authorities in workerd, with the page on loopback.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::Run;
use crate::workspace::Workspace;
use crate::{build, setup, term};

/// What the command line says of the demo.
#[derive(Default)]
pub(crate) struct Options {
    /// Stops when everything is printed and built.
    pub(crate) once: bool,
    /// The first of the two ports to serve on.
    pub(crate) port: Option<u16>,
}

/// The port of the page unless another is asked for; the second product has the next one.
const USUAL: u16 = 4180;

/// Where the guarded API is started from, and where the authorities are.
const EDGE: &str = "examples/edge/demo";
const AUTHORITY: &str = "examples/authority";

/// Where the authorities keep what is changed: a restart finds it again.
const KEPT: &str = "target/authority";

/// Sets up, builds, prints the tour and the story, asks a guarded API, and serves the page over two authorities.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    build::run(workspace)?;
    for example in ["tour", "story"] {
        term::heading(example);
        workspace.cargo("run --quiet --release --example").arg(example).run()?;
    }
    term::heading("edge");
    setup::packages(workspace, EDGE)?;
    let api = started(workspace.run("node serve.mjs").within(EDGE), options.once)?;
    term::heading("page");
    setup::packages(workspace, "www")?;
    workspace.npm("www", "run build").run()?;
    term::heading("authority");
    setup::packages(workspace, AUTHORITY)?;
    let pages = started(authority(workspace, options), options.once)?;
    if let Some(mut pages) = pages {
        println!("Ctrl-C ends it; what was changed is kept in {KEPT}, which may be deleted.");
        // It would end by itself if its input were closed, which waiting does.
        let input = pages.0.stdin.take();
        pages.0.wait()?;
        drop(input);
    }
    drop(api);
    Ok(())
}

fn authority(workspace: &Workspace, options: &Options) -> Run {
    let port = options.port.unwrap_or(USUAL);
    let run = workspace.run("node demo/serve.mjs --assets=../../www/dist").within(AUTHORITY);
    run.arg(format!("--folder=../../{KEPT}")).arg(format!("--port={port}"))
}

/// Starts a program that asks what it serves and shows each request as a line to try. Any answer but the expected one is
/// an error. It listens until it is dropped, or not at all.
fn started(run: Run, once: bool) -> Result<Option<Served>> {
    if once {
        run.arg("--once").run()?;
        return Ok(None);
    }
    term::command(&run.line());
    let mut command = run.command()?;
    let program =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("it cannot be started")?;
    let mut served = Served(program);
    let lines = BufReader::new(served.0.stdout.take().context("it says nothing")?).lines();
    for line in lines {
        let line = line?;
        println!("{line}");
        if line.ends_with(LISTENS) {
            return Ok(Some(served));
        }
    }
    bail!("it ended with {}", served.0.wait()?)
}

/// How the last line ends that is said before it listens for good.
const LISTENS: &str = "can be run while it does.";

/// A program that ends with whoever holds it.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        // It ends when nothing can come in any more; it may have ended by itself.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
