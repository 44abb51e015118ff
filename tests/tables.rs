//! Every cell of every role table, natively.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;
mod suite;

#[test]
fn every_cell_of_every_table_holds() {
    let checked = suite::run_tables();
    suite::say(&format!("cells checked: {checked}"));
    assert!(checked > 0, "no cell was checked");
}
