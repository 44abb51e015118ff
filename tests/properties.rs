//! The compiled engine against the oracle on random worlds, and the laws of a decision by name.
//!
//! Every law runs with one fixed seed and with one fresh seed, which is printed; `BAILIWICK_SEED=<number>`
//! repeats a run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;
mod laws;
mod oracle;
mod world;
