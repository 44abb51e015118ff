//! The rules of the design, on the presets: a named test for each claim that a question or a load can show.
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

mod closed;
mod companies;
mod content;
mod editions;
mod governing;
mod invites;
mod projects;
