//! The guard: fourteen attacks by their numbers, what a table may not say, what a verdict is, and a million mutated
//! requests beside a matcher that was written apart.
//!
//! A run has one fixed seed and one fresh seed, which is printed; `BAILIWICK_SEED=<number>` repeats a run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../commands/dice.rs"]
#[allow(dead_code, reason = "the walks need more of them")]
mod dice;

mod attacks;
mod errors;
mod form;
mod million;
mod plain;
mod tables;
mod verdicts;
