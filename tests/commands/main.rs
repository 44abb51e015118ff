//! Long random sequences of commands in small worlds, by people who are entitled and by people who are not.
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
#[path = "../oracle/mod.rs"]
mod oracle;

mod ask;
mod coalition;
mod deep;
mod dice;
mod document;
mod effects;
mod hostile;
mod invariants;
mod lacks;
mod model;
mod moved;
mod picker;
mod rules;
mod runs;
mod start;
mod table;
mod tally;
mod walk;
mod wish;
