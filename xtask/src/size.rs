//! What the package weighs, against its budget, and what in it weighs most.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::term::{self, Align};
use crate::workspace::{Workspace, read_bytes};
use crate::{build, items};

/// The most that the module may weigh after wasm-opt, in brotli.
const BUDGET: usize = 190 * 1024;

/// How many of the largest items `size` names.
const ITEMS: usize = 10;

/// The bytes of a file, plain and compressed.
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli(bytes)? })
    }

    fn row(&self, name: &str) -> Vec<String> {
        let sizes = [self.raw, self.gzip, self.brotli].map(grouped);
        [name.to_owned()].into_iter().chain(sizes).collect()
    }
}

/// Builds, then prints the table, the largest items and the budget.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    let named = build::named(workspace)?;
    term::heading("size in bytes");
    println!("{}", files(workspace)?);
    term::heading(&format!("the {ITEMS} largest items of the module, before compression"));
    println!("{}", largest(workspace, &named)?);
    term::heading("budget");
    budget(workspace)
}

/// Says how much of the budget the module takes; more than all of it is an error.
pub(crate) fn budget(workspace: &Workspace) -> Result<()> {
    let taken = brotli(&read_bytes(&workspace.root.join(build::MODULE))?)?;
    println!("{}", verdict(taken)?);
    Ok(())
}

fn verdict(taken: usize) -> Result<String> {
    let sizes = format!("{} of {} KiB brotli", kibibytes(taken), BUDGET / 1024);
    if taken > BUDGET {
        bail!(
            "the module takes {sizes}: see `cargo xtask size` after making it smaller or the budget larger"
        );
    }
    Ok(format!("The module takes {sizes} ({} % of its budget).", taken * 100 / BUDGET))
}

fn files(workspace: &Workspace) -> Result<String> {
    let module = read_bytes(&workspace.root.join(build::MODULE))?;
    let glue = read_bytes(&workspace.root.join(build::GLUE))?;
    let entry = default_entry(&workspace.root.join("pkg/dist"))?;
    let rows = [("module (after wasm-opt)", module), ("glue", glue), ("default entry, all in one", entry)]
        .iter()
        .map(|(name, bytes)| Ok(Weight::of(bytes)?.row(name)))
        .collect::<Result<Vec<_>>>()?;
    let columns =
        [("file", Align::Left), ("raw", Align::Right), ("gzip", Align::Right), ("brotli", Align::Right)];
    Ok(term::table(&columns, &rows))
}

/// What `import "bailiwick"` loads: the entry with the inlined module, and the files that it shares with others.
fn default_entry(dist: &Path) -> Result<Vec<u8>> {
    let shared = dist.join("shared");
    let entries = std::fs::read_dir(&shared);
    let entries = entries.with_context(|| format!("`{}` cannot be read", shared.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    files.push(dist.join("index.js"));
    Ok(files.iter().map(|path| read_bytes(path)).collect::<Result<Vec<_>>>()?.concat())
}

/// The largest items, with their share of the module as it is shipped, without names.
fn largest(workspace: &Workspace, named: &Path) -> Result<String> {
    let all = items::items(&read_bytes(named)?)?;
    let total = read_bytes(&workspace.root.join(build::MODULE))?.len();
    let rows: Vec<Vec<String>> = all
        .into_iter()
        .take(ITEMS)
        .map(|item| vec![grouped(item.size), share(item.size, total), item.kind.to_owned(), item.name])
        .collect();
    let columns =
        [("bytes", Align::Right), ("share", Align::Right), ("what", Align::Left), ("name", Align::Left)];
    Ok(term::table(&columns, &rows))
}

fn share(part: usize, whole: usize) -> String {
    format!("{:.1} %", part as f64 * 100.0 / whole.max(1) as f64)
}

/// Brotli as a web server sends it at its best: quality 11, a window of 4 MiB.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out.len())
}

fn kibibytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

/// `1234567` as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    digits.char_indices().fold(String::new(), |mut text, (index, digit)| {
        if index > 0 && index % 3 == first {
            text.push(',');
        }
        text.push(digit);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!([7, 123, 1234, 1_234_567].map(grouped), ["7", "123", "1,234", "1,234,567"]);
    }

    #[test]
    fn the_budget_is_a_limit() {
        assert!(verdict(BUDGET).unwrap().contains("190.0 of 190 KiB"));
        assert!(verdict(BUDGET + 1).is_err());
    }

    #[test]
    fn compression_is_measured() {
        let weight = Weight::of(&vec![7; 100_000]).unwrap();
        assert_eq!(weight.raw, 100_000);
        assert!(weight.gzip < 200 && weight.brotli < 50);
    }
}
