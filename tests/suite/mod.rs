//! The body of the conformance suite, the same for every runtime: the vectors and the role tables.
//! A runner calls [`run_vectors`] and [`run_tables`], prints the counts and fails on zero.
#![allow(dead_code, unused_imports, reason = "each runner uses a part")]

mod errors;
mod sources;
mod tables;
mod vectors;
mod walk;

pub(crate) use sources::{POLICIES, TABLES, VECTORS};
pub(crate) use tables::run_tables;
pub(crate) use vectors::{run_vector, run_vectors};

/// A refusal as a module of somebody else hands it over, with this crate inside: its reason and first remedy, read back
/// out of the plain object.
#[cfg(target_arch = "wasm32")]
pub(crate) fn crossed_decision() -> String {
    let policy = crate::common::preset("pinecone");
    let directory =
        bailiwick::Directory::load(&policy, include_str!("../../www/examples/acme.json")).unwrap();
    let decision = directory.access("user/chiara.rossi@acme.example", "acme").check(
        "delete",
        "project",
        "product-search",
        0,
    );
    let crossed = serde_wasm_bindgen::to_value(&decision).unwrap();
    let told = js_sys::Reflect::get(&crossed, &"reason".into()).unwrap();
    format!(
        "{} {}",
        told.as_string().unwrap(),
        js_sys::Reflect::get(&crossed, &"allowed".into()).unwrap().is_falsy()
    )
}

/// Prints past the capture of the test runner: the count is part of the result.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn say(line: &str) {
    use std::io::Write;
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}
