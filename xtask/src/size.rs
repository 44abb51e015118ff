//! What the package weighs, against its budgets, and what in it weighs most.
//!
//! The modules are weighed by every build. What a page gets is weighed as Vite delivers it, by the strangers of
//! tests/packaging/bundlers, which are installed for it.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;

use crate::build::{MODULES, Module};
use crate::term::{self, Align};
use crate::workspace::{Workspace, read_bytes};
use crate::{build, items, pack};

/// The most that a page may be given which imports the full entry, in brotli: facade, glue and the inlined module,
/// minified.
const FULL_PAGE: usize = 136 * 1024;

/// The same of the entry that answers from a prepared access.
const ACCESS_PAGE: usize = 17 * 1024;

/// The same of what stands at the door, without `jose`.
const GUARD_PAGE: usize = 22 * 1024;

/// The most that the modules alone may weigh after wasm-opt, in brotli.
const FULL_MODULE: usize = 125 * 1024;
const ACCESS_MODULE: usize = 12 * 1024;
const GUARD_MODULE: usize = 15 * 1024;

/// What is held to a budget.
const BUDGETS: &[Budget] = &[
    Budget { module: "bailiwick", entry: "bailiwick", wasm: FULL_MODULE, page: FULL_PAGE },
    Budget { module: "access", entry: "bailiwick/access", wasm: ACCESS_MODULE, page: ACCESS_PAGE },
    Budget { module: "guard", entry: "bailiwick/guard", wasm: GUARD_MODULE, page: GUARD_PAGE },
];

struct Budget {
    module: &'static str,
    entry: &'static str,
    wasm: usize,
    page: usize,
}

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

/// What a page gets with an entry, as tests/packaging/bundlers/size.mjs tells it.
#[derive(Debug, Deserialize)]
struct Page {
    entry: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Builds, then prints the table, the largest items and the budgets.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    build::run(workspace)?;
    pack::tarball(workspace)?;
    let pages = delivered(workspace)?;
    let named = MODULES.iter().map(|module| build::named(workspace, module)).collect::<Result<Vec<_>>>()?;
    term::heading("size in bytes");
    println!("{}", files(workspace, &pages)?);
    for (module, named) in MODULES.iter().zip(&named) {
        term::heading(&format!(
            "the {ITEMS} largest items of the module `{}`, before compression",
            module.name
        ));
        println!("{}", largest(workspace, module, named)?);
    }
    term::heading("budgets");
    modules(workspace)?;
    hold(&pages).map(drop)
}

/// Says how much of its budget each module takes; more than all of it is an error.
pub(crate) fn modules(workspace: &Workspace) -> Result<()> {
    for Budget { module, wasm, .. } in BUDGETS {
        let known = MODULES.iter().find(|known| known.name == *module).context("a budget of no module")?;
        let taken = brotli(&read_bytes(&known.wasm(workspace))?)?;
        println!("{}", verdict(&format!("The module `{module}`"), taken, *wasm)?);
    }
    Ok(())
}

/// The same of what a page gets, built by Vite from the packed package; how many entries were weighed.
pub(crate) fn pages(workspace: &Workspace) -> Result<usize> {
    hold(&delivered(workspace)?)
}

fn delivered(workspace: &Workspace) -> Result<Vec<Page>> {
    let run = workspace.run("node tests/packaging/bundlers/size.mjs --json --tarball");
    let text = run.path_arg(&pack::folder(workspace)).answer()?;
    serde_json::from_str(&text).context("what the pages weigh cannot be read")
}

fn hold(pages: &[Page]) -> Result<usize> {
    for Budget { entry, page: most, .. } in BUDGETS {
        let page = pages.iter().find(|page| page.entry == *entry);
        let page = page.with_context(|| format!("no page of `{entry}` was weighed"))?;
        println!("{}", verdict(&format!("A page with `{entry}`"), page.brotli, *most)?);
    }
    Ok(BUDGETS.len())
}

fn verdict(what: &str, taken: usize, budget: usize) -> Result<String> {
    let sizes = format!("{} of {} KiB brotli", kibibytes(taken), budget / 1024);
    if taken > budget {
        bail!("{what} takes {sizes}: see `cargo xtask size` after making it smaller or the budget larger");
    }
    Ok(format!("{what} takes {sizes} ({} % of its budget).", taken * 100 / budget))
}

fn files(workspace: &Workspace, pages: &[Page]) -> Result<String> {
    let mut rows = Vec::new();
    for module in MODULES {
        let own = [("wasm", module.wasm(workspace)), ("glue", module.glue(workspace))];
        for (ending, path) in own {
            rows.push(Weight::of(&read_bytes(&path)?)?.row(&format!("{} ({ending})", module.name)));
        }
    }
    rows.extend(pages.iter().map(|Page { entry, raw, gzip, brotli }| {
        Weight { raw: *raw, gzip: *gzip, brotli: *brotli }.row(&format!("page with `{entry}`"))
    }));
    let columns =
        [("file", Align::Left), ("raw", Align::Right), ("gzip", Align::Right), ("brotli", Align::Right)];
    Ok(term::table(&columns, &rows))
}

/// The largest items, with their share of the module as it is shipped, without names.
fn largest(workspace: &Workspace, module: &Module, named: &Path) -> Result<String> {
    let all = items::items(&read_bytes(named)?)?;
    let total = read_bytes(&module.wasm(workspace))?.len();
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
    fn a_budget_is_a_limit() {
        let told = verdict("It", 2048, 2048).unwrap();
        assert_eq!(told, "It takes 2.0 of 2 KiB brotli (100 % of its budget).");
        assert!(verdict("It", 2049, 2048).is_err());
    }

    #[test]
    fn every_entry_is_held_to_its_budget() {
        let text = r#"[{ "entry": "bailiwick", "files": 2, "raw": 9, "gzip": 8, "brotli": 7 }]"#;
        let mut pages: Vec<Page> = serde_json::from_str(text).unwrap();
        assert!(hold(&pages).is_err());
        pages.push(Page { entry: "bailiwick/access".to_owned(), raw: 9, gzip: 8, brotli: ACCESS_PAGE });
        pages.push(Page { entry: "bailiwick/guard".to_owned(), raw: 9, gzip: 8, brotli: GUARD_PAGE });
        assert_eq!(hold(&pages).unwrap(), BUDGETS.len());
        pages.iter_mut().for_each(|page| page.brotli += 1);
        assert!(hold(&pages).is_err());
    }

    #[test]
    fn every_module_has_a_budget() {
        let names: Vec<_> = MODULES.iter().map(|module| module.name).collect();
        assert_eq!(names, BUDGETS.iter().map(|budget| budget.module).collect::<Vec<_>>());
    }

    #[test]
    fn compression_is_measured() {
        let weight = Weight::of(&vec![7; 100_000]).unwrap();
        assert_eq!(weight.raw, 100_000);
        assert!(weight.gzip < 200 && weight.brotli < 50);
    }
}
