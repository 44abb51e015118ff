//! The programs that only `test` needs, installed once in a cache folder outside the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::Run;
use crate::workspace::Workspace;

/// wasm-pack has no crate in Cargo.lock that would say its version.
const WASM_PACK: &str = "0.15.1";

/// A program from the registry, built here.
struct Tool {
    name: &'static str,
    version: String,
    /// What is asked for its version.
    program: &'static str,
    /// Whether its own lock file is used. wasm-bindgen-cli's names a version that registries withdrew.
    locked: bool,
}

/// The folders that hold wasm-bindgen, wasm-bindgen-test-runner and wasm-pack, installed if missing.
pub(crate) fn install(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let cache = cache()?;
    let bindgen = workspace.locked("wasm-bindgen")?;
    let tools = [
        Tool { name: "wasm-bindgen-cli", version: bindgen, program: "wasm-bindgen", locked: false },
        Tool { name: "wasm-pack", version: WASM_PACK.to_owned(), program: "wasm-pack", locked: true },
    ];
    let folders = tools.iter().map(|tool| tool.install(workspace, &cache)).collect::<Result<Vec<_>>>()?;
    let leftovers = cache.join(BUILD);
    if leftovers.exists() {
        std::fs::remove_dir_all(&leftovers)
            .with_context(|| format!("`{}` cannot be removed", leftovers.display()))?;
    }
    Ok(folders)
}

/// Where the tools are compiled, below the cache; removed afterwards.
const BUILD: &str = "build";

impl Tool {
    fn install(&self, workspace: &Workspace, cache: &Path) -> Result<PathBuf> {
        let root = cache.join(format!("{}-{}", self.name, self.version));
        let folder = root.join("bin");
        let asked = Run::at(&workspace.root, &folder.join(self.program)).arg("--version").look_up();
        let expected = format!("{} {}", self.program, self.version);
        if asked.as_deref() != Some(expected.as_str()) {
            std::fs::create_dir_all(cache)
                .with_context(|| format!("the cache folder `{}` cannot be made", cache.display()))?;
            self.compile(workspace, cache, &root)?;
        }
        Ok(folder)
    }

    /// Compiled without optimization: a third of the time, and these programs run for milliseconds.
    fn compile(&self, workspace: &Workspace, cache: &Path, root: &Path) -> Result<()> {
        let run = workspace.cargo("install --root").path_arg(root).arg(self.name);
        let run = run.arg("--version").arg(&self.version);
        let run = if self.locked { run.arg("--locked") } else { run };
        run.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", 0)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", 16)
            .env("CARGO_TARGET_DIR", cache.join(BUILD).display())
            .run()
    }
}

/// $BAILIWICK_CACHE, else the place where the system keeps caches.
fn cache() -> Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("BAILIWICK_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("bailiwick")))
        .or_else(|| set("HOME").map(|home| home.join(below_home())));
    let folder = folder.context("no home folder is known: name a cache folder in BAILIWICK_CACHE")?;
    std::path::absolute(&folder).with_context(|| format!("`{}` is not a folder", folder.display()))
}

fn below_home() -> &'static str {
    if cfg!(target_os = "macos") { "Library/Caches/bailiwick" } else { ".cache/bailiwick" }
}
