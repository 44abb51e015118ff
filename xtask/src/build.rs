//! The WebAssembly module and the npm package: cargo, wasm-bindgen as a library, wasm-opt, tsc.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::Run;
use crate::workspace::{WASM, Workspace, read_bytes, write};
use crate::{setup, size, term};

/// The module's name in the package: `bailiwick.js`, `bailiwick_bg.wasm`.
const NAME: &str = "bailiwick";

/// How wasm-opt shrinks the module.
const LEVEL: &str = "-Oz";

/// Where the module lies in the package.
pub(crate) const MODULE: &str = "pkg/wasm/bailiwick_bg.wasm";

/// The generated JavaScript beside it.
pub(crate) const GLUE: &str = "pkg/wasm/bailiwick.js";

/// Sets up, then builds the module and the package; more than the size budget is an error.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    term::heading("setup");
    setup::programs(workspace)?;
    setup::packages(workspace, "pkg")?;
    term::heading("build");
    package(workspace)
}

/// The same where everything is set up already.
pub(crate) fn package(workspace: &Workspace) -> Result<()> {
    module(workspace)?;
    workspace.npm("pkg", "run build").run()?;
    size::budget(workspace)
}

/// The module and its glue in pkg/wasm.
fn module(workspace: &Workspace) -> Result<()> {
    // As a cdylib alone: with the rlib beside it, link-time optimisation would not reach into dependencies.
    let line = "rustc --profile wasm --lib --crate-type cdylib --features js --target";
    workspace.cargo(line).arg(WASM).run()?;
    let bindings = bindings(workspace);
    bind(workspace, &bindings)?;
    let module = workspace.root.join(MODULE);
    if let Some(folder) = module.parent().filter(|folder| folder.exists()) {
        std::fs::remove_dir_all(folder).context("pkg/wasm cannot be emptied")?;
    }
    write(&workspace.root.join(GLUE), read_bytes(&bindings.join("bailiwick.js"))?)?;
    let bound = bindings.join("bailiwick_bg.wasm");
    optimizer(workspace, &bound, &module).arg("--strip-debug").arg("--strip-producers").run()
}

/// The same module with the names of its functions kept, for `size`.
pub(crate) fn named(workspace: &Workspace) -> Result<PathBuf> {
    let bindings = bindings(workspace);
    let named = bindings.join("named.wasm");
    optimizer(workspace, &bindings.join("bailiwick_bg.wasm"), &named).arg("-g").run()?;
    Ok(named)
}

/// What wasm-bindgen writes, before wasm-opt.
fn bindings(workspace: &Workspace) -> PathBuf {
    workspace.target.join("bindings")
}

/// wasm-bindgen runs in this process; the line shown is what its program would be called with. The
/// facade has types of its own, and calls the reset function after a trap.
fn bind(workspace: &Workspace, out: &Path) -> Result<()> {
    let built = workspace.target.join(WASM).join("wasm").join("bailiwick.wasm");
    let line = workspace.run("wasm-bindgen --target web --omit-default-module-path --no-typescript");
    let line = line.words("--no-demangle --experimental-reset-state-function --out-dir").path_arg(out);
    term::command(&format!("{}  # as a library", line.path_arg(&built).line()));
    Bindgen::new()
        .input_path(&built)
        .out_name(NAME)
        .web(true)
        .map(|bindgen| bindgen.omit_default_module_path(true).reset_state_function(true))
        .and_then(|bindgen| bindgen.typescript(false).demangle(false).generate(out))
        .context("wasm-bindgen failed")
}

fn optimizer(workspace: &Workspace, from: &Path, to: &Path) -> Run {
    let program = workspace.root.join("pkg/node_modules/.bin/wasm-opt");
    Run::at(&workspace.root, &program).arg(LEVEL).path_arg(from).arg("-o").path_arg(to)
}
