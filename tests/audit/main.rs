//! The audit of a policy: every preset is clean or explained, and each finding is shown by a policy that has it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

#[path = "../common/mod.rs"]
mod common;

mod bound;
mod chance;
mod lifting;
mod office;
mod presets;
mod reach;
mod shape;
