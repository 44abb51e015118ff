//! `cargo xtask mutants`: each rule broken in a copy of the source, and whether its test went red.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::mutation::{self, Mutation};
use crate::term::{self, Align};
use crate::trial::Replica;
use crate::workspace::{Workspace, read, read_bytes, write};

/// What became of a broken rule.
enum Fate {
    Red,
    /// The test did not end, which a person would notice too.
    Hung,
    Green,
    DoesNotCompile,
    DoesNotApply,
}

impl Fate {
    fn is_noticed(&self) -> bool {
        matches!(self, Self::Red | Self::Hung)
    }

    fn word(&self) -> String {
        match self {
            Self::Red => term::green("red"),
            Self::Hung => term::green("red (did not end)"),
            Self::Green => term::red("GREEN"),
            Self::DoesNotCompile => term::red("did not compile"),
            Self::DoesNotApply => term::red("did not apply"),
        }
    }
}

/// Copies the source, sees that its tests are green, then breaks one rule after another.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mutations = mutation::list(&read(&workspace.root.join("tests/mutants.json"))?)?;
    let folder = workspace.target.join("mutants");
    let copy = Replica { workspace, root: folder.join("source"), target: folder.join("build") };
    term::heading("a copy of the source");
    copy_source(workspace, &copy)?;
    term::heading("unbroken, every test named is green");
    baseline(&copy, &mutations)?;
    let mut fates = Vec::new();
    for (number, mutation) in (1..).zip(&mutations) {
        term::heading(&format!("{number}/{} {}", mutations.len(), mutation.rule));
        let fate = fate(&copy, mutation)?;
        println!("{}", fate.word());
        fates.push(fate);
    }
    term::heading("summary");
    println!("{}\n", table(&mutations, &fates));
    let noticed = fates.iter().filter(|fate| fate.is_noticed()).count();
    if noticed < fates.len() {
        bail!("{} of {} broken rules were not noticed by their test", fates.len() - noticed, fates.len());
    }
    println!("All {noticed} broken rules were noticed by their test.");
    Ok(())
}

/// Brings the copy to the state of the work tree. Files that did not change keep their time, so that
/// cargo compiles little; what a run that was stopped left broken is mended.
fn copy_source(workspace: &Workspace, copy: &Replica<'_>) -> Result<()> {
    let list = workspace.run("git ls-files -z --cached --others --exclude-standard");
    term::command(&list.line());
    let names = list.look_up().context("`git ls-files` failed: mutants needs a git work tree")?;
    let names = names.split('\0').filter(|name| workspace.root.join(name).is_file());
    let wanted: BTreeSet<PathBuf> = names.map(PathBuf::from).collect();
    for name in &wanted {
        let bytes = read_bytes(&workspace.root.join(name))?;
        if std::fs::read(copy.root.join(name)).ok().as_ref() != Some(&bytes) {
            write(&copy.root.join(name), bytes)?;
        }
    }
    remove_others(&copy.root, &wanted)?;
    println!("{} files in {}", wanted.len(), copy.root.display());
    Ok(())
}

/// Removes the files of a copy that its original has no more.
fn remove_others(root: &Path, wanted: &BTreeSet<PathBuf>) -> Result<()> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.strip_prefix(root).is_ok_and(|name| wanted.contains(name)) {
                std::fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}

/// The tests that the list names are there in the copy, and green.
fn baseline(copy: &Replica<'_>, mutations: &[Mutation]) -> Result<()> {
    let mut suites: BTreeMap<&str, Vec<&Mutation>> = BTreeMap::new();
    for mutation in mutations {
        suites.entry(&mutation.suite).or_default().push(mutation);
    }
    for (suite, mutations) in suites {
        let program = match copy.compile(suite)? {
            Ok(program) => program,
            Err(output) => {
                println!("{output}");
                bail!("the suite `{suite}` does not compile even unbroken")
            }
        };
        let tests: BTreeSet<&str> = mutations.iter().map(|mutation| mutation.test.as_str()).collect();
        let ended = copy.test(&program, &Vec::from_iter(tests))?;
        if !ended.green {
            println!("{}", ended.output);
            bail!("in the suite `{suite}` a test is not green even unbroken");
        }
        let passed: BTreeSet<&str> = ended.passed().into_iter().collect();
        if let Some(missing) = mutations.iter().find(|mutation| !passed.contains(mutation.test.as_str())) {
            bail!("the suite `{suite}` ran no test `{}`, which tests/mutants.json names", missing.test);
        }
        println!("{} tests passed", passed.len());
    }
    Ok(())
}

/// Breaks the rule, runs its test, mends the file.
fn fate(copy: &Replica<'_>, mutation: &Mutation) -> Result<Fate> {
    let path = copy.root.join(&mutation.file);
    let whole = read(&path).unwrap_or_default();
    let broken = match mutation.apply(&whole) {
        Ok(broken) => broken,
        Err(error) => {
            println!("{error}");
            return Ok(Fate::DoesNotApply);
        }
    };
    write(&path, broken)?;
    let fate = judge(copy, mutation);
    write(&path, whole)?;
    fate
}

fn judge(copy: &Replica<'_>, mutation: &Mutation) -> Result<Fate> {
    let program = match copy.compile(&mutation.suite)? {
        Ok(program) => program,
        Err(output) => {
            println!("{output}");
            return Ok(Fate::DoesNotCompile);
        }
    };
    let ended = copy.test(&program, &[&mutation.test])?;
    Ok(match (ended.green, ended.in_time) {
        (true, _) => Fate::Green,
        (false, true) => Fate::Red,
        (false, false) => Fate::Hung,
    })
}

fn table(mutations: &[Mutation], fates: &[Fate]) -> String {
    let row = |(mutation, fate): (&Mutation, &Fate)| {
        let test = format!("{}: {}", mutation.suite, mutation.test);
        vec![mutation.rule.clone(), test, fate.word()]
    };
    let rows: Vec<_> = mutations.iter().zip(fates).map(row).collect();
    term::table(&[("rule", Align::Left), ("test", Align::Left), ("result", Align::Left)], &rows)
}
