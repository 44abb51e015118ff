//! `cargo xtask pictures`: the pages of the demo as the README shows them, taken in Chromium.

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{browser, build, setup};

/// Builds the package and the pages, and takes each picture over an authority of its own.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let browser = browser::set_up(workspace)?;
    build::run(workspace)?;
    for folder in ["www", "examples/authority"] {
        setup::packages(workspace, folder)?;
    }
    workspace.npm("www", "run build").run()?;
    workspace.npm("www", "run pictures").env("CHROME", browser.chrome.display()).run()
}
