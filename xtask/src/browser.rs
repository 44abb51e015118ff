//! Chromium with its driver, and Firefox: found, or on Debian as root installed; never by sudo.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run::Run;
use crate::term;
use crate::workspace::{Workspace, read, write};

const CHROME_NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROME_PLACES: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DRIVER_NAMES: &[&str] = &["chromedriver"];
const DRIVER_PLACES: &[&str] = &[
    "/usr/bin/chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/local/bin/chromedriver",
    "/opt/homebrew/bin/chromedriver",
];
const FIREFOX_NAMES: &[&str] = &["firefox-esr", "firefox"];
const FIREFOX_PLACES: &[&str] = &["/usr/bin/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];
const APT: &str = "apt-get install -y --no-install-recommends chromium chromium-driver";
const APT_FIREFOX: &str = "apt-get install -y --no-install-recommends firefox-esr";

/// A browser with the program that drives it, and a second one.
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
    /// `webdriver.json` with this browser in it.
    pub(crate) capabilities: PathBuf,
    /// Where there is none, what needs it is skipped.
    pub(crate) firefox: Option<PathBuf>,
}

/// Finds or installs the browsers; the lack of one is a sentence with the line that installs it.
pub(crate) fn set_up(workspace: &Workspace) -> Result<Browser> {
    let mut found = find()?;
    if found.is_none() && may_install(workspace) {
        install(workspace, APT)?;
        found = find()?;
    }
    let Some((chrome, driver)) = found else {
        bail!(
            "Chromium or its driver is missing: install them with `{APT}` (Debian, as root) or `brew install --cask google-chrome chromedriver` (macOS), or name them in CHROME and CHROMEDRIVER"
        );
    };
    let capabilities = workspace.target.join("webdriver.json");
    write(&capabilities, with_binary(&read(&workspace.root.join("webdriver.json"))?, &chrome)?)?;
    Ok(Browser { chrome, driver, capabilities, firefox: firefox(workspace)? })
}

/// Not every system has it to install: that is no error.
fn firefox(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let find = || program("FIREFOX", FIREFOX_NAMES, FIREFOX_PLACES);
    let mut found = find()?;
    if found.is_none() && may_install(workspace) && install(workspace, APT_FIREFOX).is_ok() {
        found = find()?;
    }
    if found.is_none() {
        term::note(&format!(
            "Firefox is missing, and what needs it is skipped: install it with `{APT_FIREFOX}` (Debian, as root) or `brew install --cask firefox` (macOS), or name it in FIREFOX"
        ));
    }
    Ok(found)
}

fn install(workspace: &Workspace, line: &str) -> Result<()> {
    workspace.run("apt-get update").run()?;
    workspace.run(line).env("DEBIAN_FRONTEND", "noninteractive").run()
}

fn find() -> Result<Option<(PathBuf, PathBuf)>> {
    let chrome = program("CHROME", CHROME_NAMES, CHROME_PLACES)?;
    let driver = program("CHROMEDRIVER", DRIVER_NAMES, DRIVER_PLACES)?;
    Ok(chrome.zip(driver))
}

/// A program named by a variable, or found in PATH, or in one of its usual places.
fn program(variable: &str, names: &[&str], places: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!("{variable} names `{}`, which is not a file", path.display());
        }
        return Ok(Some(path));
    }
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let on_path = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let usual = places.iter().map(PathBuf::from);
    Ok(on_path.chain(usual).find(|path| path.is_file()))
}

/// Only where it takes no other rights than we have: root on Debian.
fn may_install(workspace: &Workspace) -> bool {
    let root = Run::new(&workspace.root, "id -u").look_up().as_deref() == Some("0");
    root && Path::new("/etc/debian_version").exists() && Path::new("/usr/bin/apt-get").exists()
}

/// The capabilities with the browser's path, which differs between machines.
fn with_binary(capabilities: &str, chrome: &Path) -> Result<String> {
    let mut value: serde_json::Value =
        serde_json::from_str(capabilities).context("webdriver.json is not JSON")?;
    let options = value.get_mut("goog:chromeOptions").and_then(|options| options.as_object_mut());
    let options = options.context("webdriver.json has no `goog:chromeOptions`")?;
    options.insert("binary".to_owned(), chrome.display().to_string().into());
    Ok(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_written_into_the_capabilities() {
        let text = r#"{"goog:chromeOptions":{"args":["--headless=new"]}}"#;
        let value: serde_json::Value =
            serde_json::from_str(&with_binary(text, Path::new("/x/chrome")).unwrap()).unwrap();
        assert_eq!(value["goog:chromeOptions"]["binary"], "/x/chrome");
        assert_eq!(value["goog:chromeOptions"]["args"][0], "--headless=new");
        assert!(with_binary("{}", Path::new("/x")).is_err());
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not_at_all() {
        assert!(program("BAILIWICK_NO_SUCH_VARIABLE", &["sh"], &[]).unwrap().is_some());
        assert!(
            program("BAILIWICK_NO_SUCH_VARIABLE", &["no-such-program"], &["/nowhere"]).unwrap().is_none()
        );
    }
}
