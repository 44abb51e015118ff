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

/// Prints past the capture of the test runner: the count is part of the result.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn say(line: &str) {
    use std::io::Write;
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}
