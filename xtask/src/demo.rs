//! `cargo xtask demo`: the examples in the terminal, a guarded API in workerd, then the page in a browser.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{build, serve, setup, term};

/// What the command line says of the demo.
#[derive(Default)]
pub(crate) struct Options {
    /// Stops when everything is printed and built.
    pub(crate) once: bool,
    /// The port to serve on; a usual or a free one if absent.
    pub(crate) port: Option<u16>,
}

/// Sets up, builds, prints the tour and the story, builds the page and serves it.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    build::run(workspace)?;
    for example in ["tour", "story"] {
        term::heading(example);
        workspace.cargo("run --quiet --release --example").arg(example).run()?;
    }
    let api = edge(workspace, options.once)?;
    term::heading("page");
    setup::packages(workspace, "www")?;
    workspace.npm("www", "run build").run()?;
    if options.once {
        println!("\nThe page is built in www/dist; `cargo xtask demo` serves it.");
        return Ok(());
    }
    let served = serve::run(&workspace.root.join("www/dist"), options.port);
    drop(api);
    served
}

/// Where the guarded API is started from.
const EDGE: &str = "examples/edge/demo";

/// Starts the guarded API, asks it as several people and shows each request as a line to try. Any answer but the expected
/// one is an error. It listens until it is dropped, or not at all.
fn edge(workspace: &Workspace, once: bool) -> Result<Option<Api>> {
    term::heading("edge");
    setup::packages(workspace, EDGE)?;
    if once {
        workspace.npm(EDGE, "run --silent once").run()?;
        return Ok(None);
    }
    let run = workspace.run("node serve.mjs").within(EDGE);
    term::command(&run.line());
    let mut command = run.command()?;
    let mut api =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the API cannot be started")?;
    let lines = BufReader::new(api.stdout.take().context("the API says nothing")?).lines();
    let mut listens = false;
    for line in lines {
        let line = line?;
        println!("{line}");
        listens = line.starts_with("The API listens");
        if listens {
            break;
        }
    }
    if !listens {
        bail!("the API ended with {}", api.wait()?);
    }
    Ok(Some(Api(api)))
}

/// A program that ends with whoever holds it.
struct Api(Child);

impl Drop for Api {
    fn drop(&mut self) {
        // It ends when nothing can come in any more; it may have ended by itself.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
