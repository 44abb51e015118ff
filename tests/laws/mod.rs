//! How a law is run: seeds, rows of numbers, worlds, and every question of a world.

mod bytes;
mod capsules;
mod compare;
mod monotone;
mod remedies;
mod time;

use crate::common::{compile, load};
use crate::oracle::Question;
use crate::world::World;
use bailiwick::{Access, Directory};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

/// The seed of every run that is the same for everyone.
const FIXED_SEED: u64 = 0x6261_696c_6977_6963;

/// How long the row of numbers is that makes a world; what is missing at its end counts as zeros.
const ROW: std::ops::Range<usize> = 200..900;

/// Moments before, at and after the ends in a random world, in ascending order.
pub(crate) const MOMENTS: [u64; 5] = [0, 999, 1_000, 2_000, 3_001];

/// Holds a law against `cases` random worlds for each seed.
pub(crate) fn law(name: &str, cases: u32, holds: impl Fn(&World) -> TestCaseResult) {
    for seed in seeds() {
        println!("{name}: BAILIWICK_SEED={seed}");
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_time: 20_000,
            max_shrink_iters: 2_000,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, rng(seed));
        let rows = vec(any::<u16>(), ROW);
        if let Err(error) = runner.run(&rows, |row| holds(&World::from_row(&row))) {
            panic!("{name} fails with BAILIWICK_SEED={seed}:\n{}", explain(&error));
        }
    }
}

/// The failing world itself says more than the row of numbers that made it.
fn explain(error: &proptest::test_runner::TestError<Vec<u16>>) -> String {
    use proptest::test_runner::TestError;
    match error {
        TestError::Abort(reason) => reason.to_string(),
        TestError::Fail(reason, row) => {
            let world = World::from_row(row);
            format!("{reason}\npolicy: {}\ndirectory: {}", world.policy, world.directory)
        }
    }
}

fn seeds() -> Vec<u64> {
    if let Some(seed) = std::env::var("BAILIWICK_SEED").ok().and_then(|text| text.parse().ok()) {
        return vec![seed];
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    vec![FIXED_SEED, now.as_secs() ^ u64::from(now.subsec_nanos())]
}

fn rng(seed: u64) -> TestRng {
    let bytes: Vec<u8> = seed.to_le_bytes().repeat(4);
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Loads the world; worlds are valid, so a refusal fails the law.
pub(crate) fn open(world: &World) -> Directory {
    load(&compile(&world.policy), &world.directory)
}

/// Asks every principal about every kind, action and id in every organization, moment after moment;
/// where the principal is not active, and the reason is always the same, a part of the questions at one moment.
pub(crate) fn ask_all(
    world: &World,
    directory: &Directory,
    moments: &[u64],
    mut each: impl FnMut(&Access, Question<'_>) -> TestCaseResult,
) -> TestCaseResult {
    let names = Names::of(world);
    for principal in &world.principals() {
        let belongs = directory.organizations(principal);
        for organization in &world.organizations() {
            let access = directory.access(principal, organization);
            let is_active = belongs.iter().any(|entry| entry.id == *organization);
            let (moments, step) = if is_active { (moments, 1) } else { (&moments[..1], 11) };
            for now in moments {
                let ask = Question { principal, organization, action: "", kind: "", id: "", now: *now };
                let mut count = 0;
                names.ask(ask, |question| {
                    count += 1;
                    if count % step == 0 { each(&access, question) } else { Ok(()) }
                })?;
            }
        }
    }
    Ok(())
}

/// Another directory, asked the same questions: one access serves until the principal changes.
pub(crate) struct Twin {
    directory: Directory,
    held: Option<Access>,
}

impl Twin {
    pub(crate) fn of(world: &World) -> RefCell<Self> {
        RefCell::new(Twin { directory: open(world), held: None })
    }

    pub(crate) fn access(&mut self, question: Question<'_>) -> &Access {
        let is_same = |access: &Access| {
            access.principal() == question.principal && access.organization() == question.organization
        };
        let held = self.held.take().filter(is_same);
        self.held
            .insert(held.unwrap_or_else(|| self.directory.access(question.principal, question.organization)))
    }
}

/// The names that questions are made of.
struct Names {
    kinds: Vec<(String, Vec<String>, Vec<String>)>,
}

impl Names {
    fn of(world: &World) -> Self {
        let named = |kind: String| {
            let (actions, ids) = (world.actions(&kind), world.ids_of_kind(&kind));
            (kind, actions, ids)
        };
        Names { kinds: world.kinds().into_iter().map(named).collect() }
    }

    fn ask(&self, ask: Question<'_>, mut each: impl FnMut(Question<'_>) -> TestCaseResult) -> TestCaseResult {
        for (kind, actions, ids) in &self.kinds {
            for action in actions {
                for id in ids {
                    each(Question { kind, action, id, ..ask })?;
                }
            }
        }
        Ok(())
    }
}
