//! How long the core takes, natively: compile, load, access, and questions at growing sizes, side by side in one
//! run. `cargo xtask bench`

#![allow(missing_docs, clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

#[allow(dead_code)]
mod world;

use bailiwick::{Access, Directory, Policy};
use std::hint::black_box;
use std::time::Instant;
use world::{NOW, POLICY, PRINCIPAL, bindings, directory, id};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const ROUNDS: usize = 15;

fn main() {
    let policy = Policy::compile(POLICY).unwrap();
    compile();
    load(&policy);
    questions(&policy);
}

/// The median of some rounds, in nanoseconds for each of `count` things.
fn median(count: usize, mut run: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_nanos() as f64 / count as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn compile() {
    println!("compile a policy, ms (target: under 1)");
    for name in ["pinecone", "pinecone-literal", "pinecone-two-roles", "pinecone-2026", "pinkfish"] {
        let path = format!("{}/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let time = median(10, || (0..10).for_each(|_| drop(black_box(Policy::compile(&text)))));
        println!("  {name:<20} {:>10.3}   {:>4} KiB", time / 1e6, text.len() / 1024);
    }
}

fn load(policy: &Policy) {
    println!("\nload a directory and compile one access, ms (target at 100,000 bindings: under 150)");
    println!("  {:<20} {:>10} {:>10} {:>10} {:>14}", "bindings", "load", "access", "both", "access bytes");
    for size in SIZES {
        let text = bindings(size);
        let load = median(1, || drop(black_box(Directory::load(policy, &text))));
        let directory = Directory::load(policy, &text).unwrap();
        let access = median(1, || drop(black_box(directory.access(PRINCIPAL, "acme"))));
        let bytes = directory.access(PRINCIPAL, "acme").as_bytes().len();
        let both = load + access;
        println!("  {size:<20} {:>10.2} {:>10.2} {:>10.2} {bytes:>14}", load / 1e6, access / 1e6, both / 1e6);
    }
}

fn questions(policy: &Policy) {
    println!("\none question, ns (target of `can`: under 60, at most 1.5 x from 1,000 to 100,000)");
    println!(
        "  {:<20} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "shares", "can", "can, cold", "canMany", "check", "button"
    );
    let mut first = None;
    for size in SIZES {
        let access = Directory::load(policy, &directory(size)).unwrap().access(PRINCIPAL, "acme");
        let row = measure(&access, size);
        let ratio = row[0] / *first.get_or_insert(row[0]);
        let cells: Vec<String> = row.iter().map(|time| format!("{time:>10.1}")).collect();
        println!("  {size:<20} {}   {ratio:.2} x", cells.join(" "));
    }
}

/// `can` over 1,024 ids in turn, half of them held; over ids in a scattered order; then the others.
fn measure(access: &Access, size: usize) -> [f64; 5] {
    let ids: Vec<String> =
        (0..1024).map(|n| id(if n % 2 == 0 { n * size / 1024 } else { size + n })).collect();
    let all: Vec<String> = (0..size).map(|n| id(n * 7919 % size)).collect();
    let refs: Vec<&str> = ids.iter().map(String::as_str).collect();
    let actions = ["view", "edit", "delete", "run", "share"];
    let ask = |id: &str, n: usize| access.can(actions[n % 5], "automation", id, NOW);
    let count = |ids: &[String]| ids.iter().enumerate().filter(|(n, id)| ask(black_box(id), *n)).count();
    assert!(count(&ids) > 0);
    [
        median(ids.len() * 100, || (0..100).for_each(|_| assert!(black_box(count(&ids)) > 0))),
        median(all.len(), || assert!(black_box(count(&all)) > 0)),
        median(ids.len() * 500, || {
            (0..100).for_each(|_| drop(black_box(access.can_many(&actions, "automation", &refs, NOW))))
        }),
        median(ids.len(), || {
            ids.iter().for_each(|id| drop(black_box(access.check("run", "automation", id, NOW))))
        }),
        median(ids.len(), || {
            ids.iter().for_each(|id| drop(black_box(access.button("run", "automation", id, NOW))))
        }),
    ]
}
