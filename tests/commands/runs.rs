//! The runs: so many commands for a seed, in worlds that two threads share.

use super::oracle::Oracle;
use super::rules::{POLICIES, Rules};
use super::tally::Tally;
use super::walk::Walk;
use super::wish::{CHANGE_EDITION, COMMANDS};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The seed of the run that is the same for everyone.
const FIXED_SEED: u64 = 0x6261_696c_6977_6963;

/// Which policy the worlds have, one after the other.
const TURNS: [usize; 8] = [0, 3, 4, 2, 1, 4, 3, 0];

/// A world is this long; some are long enough for commands to be forgotten.
const SHORT: usize = 500;
const LONG: usize = 3_000;

/// The worlds of a run with their lengths; together they have `total` commands.
fn worlds(total: usize) -> Vec<(u64, usize)> {
    let mut worlds = Vec::new();
    let mut left = total;
    while left > 0 {
        let length = if worlds.len() % 60 == 7 { LONG } else { SHORT };
        worlds.push((worlds.len() as u64, length.min(left)));
        left -= length.min(left);
    }
    worlds
}

/// The policies and an oracle of each, for as long as the tests run.
pub(crate) struct Policies {
    pub(crate) rules: &'static [Rules],
    pub(crate) oracles: &'static [Oracle<'static>],
}

impl Policies {
    fn new() -> Self {
        let rules: Vec<Rules> = (0..POLICIES.len()).map(Rules::new).collect();
        let rules: &'static [Rules] = Vec::leak(rules);
        let nothing = serde_json::json!({});
        let oracles: Vec<Oracle<'_>> =
            rules.iter().map(|rules| Oracle::new(&rules.document, &nothing)).collect();
        Policies { rules, oracles: Vec::leak(oracles) }
    }
}

fn run(seed: u64, total: usize) -> Tally {
    let worlds = worlds(total);
    let next = AtomicUsize::new(0);
    let work = || {
        let policies = Policies::new();
        let mut tally = Tally::default();
        while let Some((world, length)) = worlds.get(next.fetch_add(1, Ordering::Relaxed)) {
            let walk = Walk::new(&policies, TURNS[*world as usize % TURNS.len()], seed, *world);
            let alone = world % 3 == 1;
            tally.add(if alone { walk.run_with_a_coalition(*length) } else { walk.run(*length) });
        }
        tally
    };
    std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        let mut sum = Tally::default();
        for thread in threads {
            sum.add(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        sum
    })
}

fn told(seed: u64, total: usize) -> Tally {
    println!("BAILIWICK_SEED={seed}");
    let start = Instant::now();
    let tally = run(seed, total);
    tally.print(&format!("{} commands in {:?}", tally.total(), start.elapsed()));
    say(&format!("{} with BAILIWICK_SEED={seed} in {:.0?}", tally.line(), start.elapsed()));
    assert_eq!(tally.total(), total, "some commands were not counted");
    tally.must_have_accepted(COMMANDS.iter().map(|(name, _)| *name).chain([CHANGE_EDITION]));
    tally
}

/// Prints past the capture of the test runner: the count is part of the result.
fn say(line: &str) {
    use std::io::Write;
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// How many commands, or what `BAILIWICK_COMMANDS` says.
fn commands(number: usize) -> usize {
    std::env::var("BAILIWICK_COMMANDS").ok().and_then(|text| text.parse().ok()).unwrap_or(number)
}

#[test]
fn a_million_commands_with_the_fixed_seed() {
    told(FIXED_SEED, commands(1_000_000)).must_have_every_reason();
}

#[test]
fn fifty_thousand_commands_with_a_fresh_seed() {
    let given = std::env::var("BAILIWICK_SEED").ok().and_then(|text| text.parse().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = given.unwrap_or(now.as_secs() ^ u64::from(now.subsec_nanos()));
    told(seed, commands(50_000));
}
