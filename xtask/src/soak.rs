//! `cargo xtask soak`: an authority in workerd under load and fault; `cargo xtask test` runs a shorter form.

use anyhow::Result;

use crate::run::Run;
use crate::workspace::Workspace;
use crate::{build, setup};

/// Where the traffic comes from, and where the runtime that it goes to.
const TRAFFIC: &str = "benches/authority";
const RUNTIME: &str = "examples/authority";

/// Builds the package and runs it for as long as the arguments say, ten minutes if they say nothing.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    build::run(workspace)?;
    prepared(workspace)?.args(arguments).run()
}

/// The program, with what it needs installed, over the package as it was built.
pub(crate) fn prepared(workspace: &Workspace) -> Result<Run> {
    for folder in [RUNTIME, TRAFFIC] {
        setup::packages(workspace, folder)?;
    }
    Ok(workspace.run("node soak.mjs").within(TRAFFIC))
}
