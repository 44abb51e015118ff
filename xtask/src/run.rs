//! Running a program: printed first as a line that can be pasted into a shell, then run.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write, pipe, stdout};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::term;

/// One program with its arguments, environment and folder.
#[derive(Clone)]
pub(crate) struct Run {
    program: String,
    args: Vec<String>,
    envs: Vec<(String, String)>,
    path: Vec<PathBuf>,
    root: PathBuf,
    folder: PathBuf,
}

impl Run {
    /// A program run in `root`; `line` is the program and its plain arguments, divided by spaces.
    pub(crate) fn new(root: &Path, line: &str) -> Self {
        let mut words = line.split_whitespace().map(str::to_owned);
        Self {
            program: words.next().unwrap_or_default(),
            args: words.collect(),
            envs: Vec::new(),
            path: Vec::new(),
            root: root.to_owned(),
            folder: root.to_owned(),
        }
    }

    /// A program at a path of its own.
    pub(crate) fn at(root: &Path, program: &Path) -> Self {
        Self { program: program.display().to_string(), ..Self::new(root, "") }
    }

    pub(crate) fn arg(mut self, argument: impl ToString) -> Self {
        self.args.push(argument.to_string());
        self
    }

    /// Plain arguments, divided by spaces.
    pub(crate) fn words(mut self, line: &str) -> Self {
        self.args.extend(line.split_whitespace().map(str::to_owned));
        self
    }

    pub(crate) fn path_arg(self, argument: &Path) -> Self {
        self.arg(argument.display())
    }

    pub(crate) fn args(mut self, arguments: &[String]) -> Self {
        self.args.extend_from_slice(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl ToString) -> Self {
        self.envs.push((name.to_owned(), value.to_string()));
        self
    }

    /// A folder of programs to look in before PATH.
    pub(crate) fn path(mut self, folder: &Path) -> Self {
        self.path.push(folder.to_owned());
        self
    }

    /// The folder to run in, from the root.
    pub(crate) fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = self.root.join(folder);
        self
    }

    /// The line a person could paste, standing in the root.
    pub(crate) fn line(&self) -> String {
        let mut words = Vec::new();
        if !self.path.is_empty() {
            let folders: Vec<String> = self.path.iter().map(|path| quoted(&self.shown(path))).collect();
            words.push(format!("PATH={}:$PATH", folders.join(":")));
        }
        words.extend(self.envs.iter().map(|(name, value)| format!("{name}={}", self.word(value))));
        words.push(self.word(&self.program));
        words.extend(self.args.iter().map(|argument| self.word(argument)));
        let line = words.join(" ");
        match self.folder.strip_prefix(&self.root) {
            Ok(folder) if folder.as_os_str().is_empty() => line,
            _ => format!("(cd {} && {line})", quoted(&self.shown(&self.folder))),
        }
    }

    /// A word of the line; paths are shortened only where the line is read in the root.
    fn word(&self, word: &str) -> String {
        if self.folder == self.root { quoted(&self.shown(Path::new(word))) } else { quoted(word) }
    }

    fn shown(&self, path: &Path) -> String {
        let short = path.strip_prefix(&self.root).unwrap_or(path);
        if short.as_os_str().is_empty() { ".".to_owned() } else { short.display().to_string() }
    }

    /// Prints the line and runs it; the program writes to the terminal itself.
    pub(crate) fn run(&self) -> Result<()> {
        term::command(&self.line());
        let mut child = self.spawn(&mut self.command()?)?;
        self.finish(&mut child)
    }

    /// Prints the line and runs it; what the program prints, in one stream, is shown as it comes and
    /// returned.
    pub(crate) fn tee(&self) -> Result<String> {
        term::command(&self.line());
        let (reader, writer) = pipe()?;
        let mut command = self.command()?;
        command.stdout(writer.try_clone()?).stderr(writer);
        if term::has_color() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        let mut child = self.spawn(&mut command)?;
        // The command holds our end of the pipe: while it lives, the stream does not end.
        drop(command);
        let mut reader = BufReader::new(reader);
        let (mut line, mut seen) = (Vec::new(), Vec::new());
        while reader.read_until(b'\n', &mut line)? > 0 {
            print!("{}", String::from_utf8_lossy(&line));
            seen.append(&mut line);
        }
        self.finish(&mut child)?;
        Ok(String::from_utf8_lossy(&seen).into_owned())
    }

    /// Prints the line and runs it; what the program answers is returned, what it says beside is shown.
    pub(crate) fn answer(&self) -> Result<String> {
        term::command(&self.line());
        stdout().flush()?;
        let output = self.command()?.stderr(Stdio::inherit()).output();
        let output = output.with_context(|| format!("`{}` cannot be started", self.program))?;
        if !output.status.success() {
            bail!("`{}` ended with {}", self.line(), output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs without printing anything: a look-up. `None` if there is no such program or it failed.
    pub(crate) fn look_up(&self) -> Option<String> {
        let output = self.command().ok()?.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }

    /// The same as a command of the standard library, for what is not covered here.
    pub(crate) fn command(&self) -> Result<Command> {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.folder);
        command.envs(self.envs.iter().map(|(name, value)| (name, value)));
        if !self.path.is_empty() {
            command.env("PATH", self.search_path()?);
        }
        Ok(command)
    }

    fn search_path(&self) -> Result<OsString> {
        let before = std::env::var_os("PATH").unwrap_or_default();
        let all = self.path.iter().cloned().chain(std::env::split_paths(&before));
        std::env::join_paths(all).context("a folder with a colon in its name cannot stand in PATH")
    }

    fn spawn(&self, command: &mut Command) -> Result<Child> {
        stdout().flush()?;
        command.spawn().with_context(|| format!("`{}` cannot be started", self.program))
    }

    fn finish(&self, child: &mut Child) -> Result<()> {
        let status = child.wait()?;
        if !status.success() {
            bail!("`{}` ended with {status}", self.line());
        }
        Ok(())
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+~".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_can_be_pasted() {
        let root = Path::new("/r");
        assert_eq!(Run::new(root, "cargo test --doc").line(), "cargo test --doc");
        assert_eq!(Run::new(root, "npm ci").within("pkg").line(), "(cd pkg && npm ci)");
        let run = Run::new(root, "a").arg("two words").arg("it's").env("E", "/x/y").path(Path::new("/bin"));
        assert_eq!(run.line(), r"PATH=/bin:$PATH E=/x/y a 'two words' 'it'\''s'");
        let paths = Run::at(root, Path::new("/r/bin/opt")).path_arg(Path::new("/r/x.wasm"));
        assert_eq!(paths.line(), "bin/opt x.wasm");
        assert_eq!(paths.within("pkg").line(), "(cd pkg && /r/bin/opt /r/x.wasm)");
    }

    #[test]
    fn output_is_kept_and_failure_is_an_error() {
        let root = std::env::temp_dir();
        assert_eq!(Run::new(&root, "echo 7 passed").tee().unwrap(), "7 passed\n");
        assert_eq!(Run::new(&root, "echo 7").answer().unwrap(), "7\n");
        assert!(Run::new(&root, "false").answer().is_err());
        assert!(Run::new(&root, "false").run().unwrap_err().to_string().starts_with("`false` ended with"));
        assert_eq!(Run::new(&root, "no-such-program-here").look_up(), None);
    }
}
