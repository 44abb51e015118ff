//! How much memory a directory of 100,000 bindings takes, natively. `cargo xtask bench`

#![allow(missing_docs, clippy::unwrap_used)]

#[allow(dead_code)]
mod world;

use bailiwick::{Directory, Policy};
use peak_alloc::PeakAlloc;
use world::{POLICY, PRINCIPAL, bindings};

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

fn main() {
    println!("\nmemory, MB (target at 100,000 bindings: at most 64 at the peak, the text included)");
    println!("  {:<20} {:>10} {:>10} {:>10} {:>10}", "bindings", "text", "peak", "directory", "access");
    let policy = Policy::compile(POLICY).unwrap();
    for size in [1_000, 10_000, 100_000] {
        let text = bindings(size);
        let before = PEAK.current_usage_as_mb() - text.len() as f32 / 1_048_576.0;
        PEAK.reset_peak_usage();
        let directory = Directory::load(&policy, &text).unwrap();
        let access = directory.access(PRINCIPAL, "acme");
        let peak = PEAK.peak_usage_as_mb() - before;
        let text = text.len() as f32 / 1_048_576.0;
        let bytes = access.as_bytes().len() as f32 / 1_048_576.0;
        let held = PEAK.current_usage_as_mb() - before - text - bytes;
        println!("  {size:<20} {text:>10.1} {peak:>10.1} {held:>10.1} {bytes:>10.1}");
    }
}
