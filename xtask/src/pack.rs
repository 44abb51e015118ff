//! `cargo xtask pack`: the npm package as it is published, in target/package.

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{build, term};

/// Builds, then packs.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    term::heading("package");
    tarball(workspace)
}

/// The tarball of what is built.
pub(crate) fn tarball(workspace: &Workspace) -> Result<()> {
    workspace.run("node pkg/scripts/pack.mjs").path_arg(&folder(workspace)).run()
}

/// Where the tarball lies: `bailiwick-<version>.tgz`.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("package")
}
