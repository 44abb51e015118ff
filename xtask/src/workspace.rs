//! Where things are, and which versions are pinned.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::Run;

/// The wasm target that everything for JavaScript is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The repository and its build folder.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Finds the repository: the folder above this crate.
    pub(crate) fn open() -> Result<Self> {
        let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&here).parent().context("xtask has no folder above it")?.to_owned();
        let metadata = Run::new(&root, "cargo metadata --no-deps --format-version 1");
        let text = metadata.look_up().context("`cargo metadata` failed in the repository's root")?;
        let value: serde_json::Value = serde_json::from_str(&text)?;
        let target = value.get("target_directory").and_then(|target| target.as_str());
        let target = PathBuf::from(target.context("`cargo metadata` names no target folder")?);
        Ok(Self { root, target })
    }

    /// A program run in the root.
    pub(crate) fn run(&self, line: &str) -> Run {
        Run::new(&self.root, line)
    }

    /// A cargo command run in the root.
    pub(crate) fn cargo(&self, line: &str) -> Run {
        self.run(&format!("cargo {line}"))
    }

    /// An npm command run in a folder of the repository.
    pub(crate) fn npm(&self, folder: &str, line: &str) -> Run {
        self.run(&format!("npm {line}")).within(folder)
    }

    /// The version of a crate in Cargo.lock.
    pub(crate) fn locked(&self, name: &str) -> Result<String> {
        let text = read(&self.root.join("Cargo.lock"))?;
        version_in_lock(&text, name).with_context(|| format!("Cargo.lock does not name `{name}`"))
    }
}

/// A text file, or a sentence that names it.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))
}

/// A file's bytes, or a sentence that names it.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))
}

/// Writes a file, and the folders above it.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, bytes))
        .with_context(|| format!("`{}` cannot be written", path.display()))
}

fn version_in_lock(text: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = text.lines().skip_while(|line| *line != wanted);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "a").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "b"), None);
    }
}
