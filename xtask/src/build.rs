//! The WebAssembly modules and the npm package: cargo, wasm-bindgen as a library, wasm-opt, wasm2js, esbuild, tsc.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::Run;
use crate::workspace::{WASM, Workspace, read_bytes, write};
use crate::{sections, setup, size, term};

/// One module of the package: `pkg/wasm/<name>_bg.wasm`, its glue `<name>_bg.js`, and `<name>_js.js`, the
/// same module as plain JavaScript.
pub(crate) struct Module {
    pub(crate) name: &'static str,
    /// The cargo features with which it is built.
    features: &'static str,
    /// How the compiler optimises it, and what else it is told.
    level: &'static str,
    flags: &'static str,
    /// How wasm-opt shrinks it.
    passes: &'static str,
}

/// The full one, the one that answers from a prepared access alone, and the one that stands at the door.
pub(crate) const MODULES: &[Module] = &[
    Module { name: "bailiwick", features: "js", level: "\"z\"", flags: "", passes: REBUILT },
    Module { name: "access", features: "js-access", level: "\"s\"", flags: FLAT, passes: LEVEL },
    Module { name: "guard", features: "js-guard", level: "\"s\"", flags: FLAT, passes: LEVEL },
];

/// What is inlined everywhere says so itself: all else stays in one place.
const FLAT: &str = " -Cllvm-args=-inline-threshold=0";

/// How binaryen shrinks what is small already.
const LEVEL: &str = "-Oz";

/// The same for a large module: blocks and loops are built anew before, and what one place calls stays a function
/// where it is no smaller inlined, as brotli prefers.
const REBUILT: &str = "--flatten --rereloop -Oz -Oz --one-caller-inline-max-function-size=60";

/// The module that all have had since 2021, and that wasm2js can read: no reference types. What JavaScript
/// hands over lies in a list of the glue, which is as fast and a little smaller.
///
/// The standard library is built with it, without the words of panics: a panic is a trap here, and the facade knows
/// what to do after one. That is a fifth of a module. It needs what Rust calls unstable, of this one version.
const RUSTFLAGS: &str = "-Ctarget-feature=-reference-types -Zunstable-options -Cpanic=immediate-abort \
                         -Zlocation-detail=none";
const STANDARD_LIBRARY: &str = "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size";

/// The same for binaryen's programs, since the section that names them is taken out.
const FEATURES: &str = "--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
                        --enable-sign-ext --enable-mutable-globals --enable-call-indirect-overlong";

/// Sets up, then builds the modules and the package; more than the size budget is an error.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    term::heading("setup");
    setup::programs(workspace)?;
    setup::packages(workspace, "pkg")?;
    term::heading("build");
    package(workspace)
}

/// The same where everything is set up already.
pub(crate) fn package(workspace: &Workspace) -> Result<()> {
    let folder = folder(workspace);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("pkg/wasm cannot be emptied")?;
    }
    MODULES.iter().try_for_each(|module| build(workspace, module))?;
    workspace.npm("pkg", "run build").run()?;
    size::modules(workspace)
}

impl Module {
    /// Where it lies in the package.
    pub(crate) fn wasm(&self, workspace: &Workspace) -> PathBuf {
        folder(workspace).join(format!("{}_bg.wasm", self.name))
    }

    /// The generated JavaScript beside it.
    pub(crate) fn glue(&self, workspace: &Workspace) -> PathBuf {
        folder(workspace).join(format!("{}_bg.js", self.name))
    }
}

/// A module, its glue and its JavaScript in pkg/wasm.
fn build(workspace: &Workspace, module: &Module) -> Result<()> {
    // As a cdylib alone: with the rlib beside it, link-time optimisation would not reach into dependencies.
    let line = "rustc --profile wasm --lib --crate-type cdylib --target";
    let cargo =
        workspace.cargo(line).arg(WASM).arg("--features").arg(module.features).words(STANDARD_LIBRARY);
    let cargo = cargo.arg("--target-dir").path_arg(&built_in(workspace, module));
    let cargo = cargo.arg("--config").arg(format!("profile.wasm.opt-level={}", module.level));
    let flags = format!("{RUSTFLAGS}{}", module.flags);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags).env("RUSTC_BOOTSTRAP", 1).run()?;
    bind(workspace, module)?;
    let (bound, folder) = (bindings(workspace), folder(workspace));
    let [glue, wasm, js] = ["_bg.js", "_bg.wasm", "_js.js"].map(|ending| format!("{}{ending}", module.name));
    write(&folder.join(&glue), read_bytes(&bound.join(&glue))?)?;
    let optimize = wasm_opt(workspace, &bound.join(&wasm), &folder.join(&wasm)).words(module.passes);
    optimize.words("--strip-debug --strip-producers").run()?;
    javascript(workspace, &folder.join(&wasm), &folder.join(&js))
}

/// The very same module as JavaScript. wasm2js cannot turn floats into 64-bit integers without a trap: that is
/// written out before.
fn javascript(workspace: &Workspace, wasm: &Path, js: &Path) -> Result<()> {
    let lowered = bindings(workspace).join("lowered.wasm");
    wasm_opt(workspace, wasm, &lowered).arg("--llvm-nontrapping-fptoint-lowering").run()?;
    binaryen(workspace, "wasm2js", &lowered, js).arg(LEVEL).run()
}

/// A module with the names of its functions kept, for `size`.
pub(crate) fn named(workspace: &Workspace, module: &Module) -> Result<PathBuf> {
    let bindings = bindings(workspace);
    let named = bindings.join(format!("{}_named.wasm", module.name));
    let bound = bindings.join(format!("{}_bg.wasm", module.name));
    wasm_opt(workspace, &bound, &named).words(module.passes).arg("-g").run()?;
    Ok(named)
}

/// Each module has a target folder: they differ in how the standard library is built.
fn built_in(workspace: &Workspace, module: &Module) -> PathBuf {
    workspace.target.join("modules").join(module.name)
}

/// The modules as the package takes them.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("pkg/wasm")
}

/// What wasm-bindgen writes, before wasm-opt.
fn bindings(workspace: &Workspace) -> PathBuf {
    workspace.target.join("bindings")
}

/// wasm-bindgen runs in this process; the line shown is what its program would be called with. The facade has
/// types of its own, and instantiates by itself.
fn bind(workspace: &Workspace, module: &Module) -> Result<()> {
    let (out, name) = (bindings(workspace), module.name);
    let built = built_in(workspace, module).join(WASM).join("wasm").join("bailiwick.wasm");
    let plain = out.join("plain.wasm");
    write(&plain, sections::without(&read_bytes(&built)?, "target_features")?)?;
    let line =
        workspace.run("wasm-bindgen --target bundler --no-typescript --no-demangle --out-name").arg(name);
    let line = line.arg("--out-dir").path_arg(&out).path_arg(&plain).line();
    term::command(&format!("{line}  # as a library, and without the section `target_features`"));
    Bindgen::new()
        .input_path(&plain)
        .out_name(name)
        .bundler(true)
        .and_then(|bindgen| bindgen.typescript(false).demangle(false).generate(&out))
        .context("wasm-bindgen failed")
}

fn wasm_opt(workspace: &Workspace, from: &Path, to: &Path) -> Run {
    binaryen(workspace, "wasm-opt", from, to)
}

fn binaryen(workspace: &Workspace, program: &str, from: &Path, to: &Path) -> Run {
    let program = workspace.root.join("pkg/node_modules/.bin").join(program);
    Run::at(&workspace.root, &program).words(FEATURES).path_arg(from).arg("-o").path_arg(to)
}
