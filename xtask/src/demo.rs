//! `cargo xtask demo`: the examples in the terminal, then the page in a browser.

use anyhow::Result;

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
    term::heading("page");
    setup::packages(workspace, "www")?;
    workspace.npm("www", "run build").run()?;
    if options.once {
        println!("\nThe page is built in www/dist; `cargo xtask demo` serves it.");
        return Ok(());
    }
    serve::run(&workspace.root.join("www/dist"), options.port)
}
