//! What a build needs: the wasm target, a C linker, Node, npm, and the packages of pkg/ and www/.

use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::run::Run;
use crate::workspace::{WASM, Workspace};

/// The oldest Node that pkg/ and www/ are built with.
const NODE: [u32; 2] = [20, 19];

/// Checks the programs that a build calls and adds the wasm target; each lack is one sentence.
pub(crate) fn programs(workspace: &Workspace) -> Result<()> {
    linker(workspace)?;
    node(workspace)?;
    wasm_target(workspace)?;
    rust_source(workspace)
}

fn linker(workspace: &Workspace) -> Result<()> {
    if workspace.run("cc --version").look_up().is_none() {
        bail!(
            "a C linker (`cc`) is missing: install it with `apt-get install -y gcc libc6-dev` on Debian or `xcode-select --install` on macOS"
        );
    }
    Ok(())
}

fn node(workspace: &Workspace) -> Result<()> {
    let found = workspace.run("node --version").look_up();
    if found.as_deref().and_then(version).is_none_or(|version| version < NODE) {
        let found = found.map_or("Node is missing".to_owned(), |found| format!("Node {found} is too old"));
        bail!(
            "{found}, {}.{} or newer is needed: install it with `apt-get install -y nodejs npm` on Debian 13 (on 12, `npm install -g n && n 22` after that) or `brew install node` on macOS",
            NODE[0],
            NODE[1]
        );
    }
    if workspace.run("npm --version").look_up().is_none() {
        bail!(
            "npm is missing: install it with `apt-get install -y npm` on Debian or `brew install node` on macOS"
        );
    }
    Ok(())
}

fn wasm_target(workspace: &Workspace) -> Result<()> {
    let folder = workspace.run("rustc --print target-libdir --target").arg(WASM).look_up();
    if folder.is_some_and(|folder| std::path::Path::new(&folder).is_dir()) {
        return Ok(());
    }
    let add = workspace.run("rustup target add").arg(WASM);
    if workspace.run("rustup --version").look_up().is_none() {
        bail!(
            "Rust's {WASM} target is missing and there is no rustup to add it: install Rust with `apt-get install -y rustup && rustup default stable` on Debian 13 or `brew install rustup && rustup default stable` on macOS"
        );
    }
    add.run()
}

/// The source of the standard library, which the modules are built with.
fn rust_source(workspace: &Workspace) -> Result<()> {
    let root = workspace.run("rustc --print sysroot").look_up().unwrap_or_default();
    if std::path::Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    if workspace.run("rustup --version").look_up().is_none() {
        bail!(
            "the source of Rust's standard library is missing and there is no rustup to add it: install Rust with rustup, or the source with `apt-get install -y rust-src` on Debian"
        );
    }
    workspace.run("rustup component add rust-src").run()
}

/// Installs a folder's npm packages where they are missing or older than its lock file.
pub(crate) fn packages(workspace: &Workspace, folder: &str) -> Result<()> {
    let folder_path = workspace.root.join(folder);
    let age = |file: &str| folder_path.join(file).metadata().and_then(|data| data.modified()).ok();
    let Some(lock) = age("package-lock.json") else {
        bail!("`{folder}/package-lock.json` is missing: make it with `(cd {folder} && npm install)`");
    };
    if is_stale(age("node_modules/.package-lock.json"), lock) {
        install(workspace, folder).run()?;
    }
    Ok(())
}

fn install(workspace: &Workspace, folder: &str) -> Run {
    workspace.npm(folder, "ci --no-audit --no-fund")
}

fn is_stale(installed: Option<SystemTime>, lock: SystemTime) -> bool {
    installed.is_none_or(|installed| installed < lock)
}

/// The first two numbers of a version: `v20.19.1` is `[20, 19]`.
fn version(text: &str) -> Option<[u32; 2]> {
    let mut numbers = text.trim().trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some([numbers.next()??, numbers.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(version("v20.19.0").unwrap() >= NODE);
        assert!(version("v24.2.0").unwrap() >= NODE);
        assert!(version("v20.9.0").unwrap() < NODE);
        assert!(version("v8.19.9").unwrap() < NODE);
        assert_eq!(version("nightly"), None);
    }

    #[test]
    fn packages_are_stale_when_missing_or_older_than_the_lock() {
        let lock = SystemTime::now();
        assert!(is_stale(None, lock));
        assert!(is_stale(Some(lock - Duration::from_secs(1)), lock));
        assert!(!is_stale(Some(lock), lock));
    }
}
