//! The conformance suite and the role tables in WebAssembly, in Node.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test says what it expects by panicking"
)]

mod common;
mod suite;

use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[wasm_bindgen_test]
fn every_vector_holds() {
    let asked = suite::run_vectors();
    console_log!("questions asked: {asked}");
    assert!(asked > 0, "no question was asked");
}

#[wasm_bindgen_test]
fn every_cell_of_every_table_holds() {
    let checked = suite::run_tables();
    console_log!("cells checked: {checked}");
    assert!(checked > 0, "no cell was checked");
}

/// What a module of somebody else would hand over: every public answer is data.
#[wasm_bindgen_test]
fn a_decision_crosses_as_a_plain_object() {
    assert_eq!(suite::crossed_decision(), "no_role true");
}
