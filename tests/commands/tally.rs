//! How many commands were accepted and refused, and why.

use std::collections::{BTreeMap, BTreeSet};

/// Every reason that a command can be refused with.
const REASONS: [&str; 15] = [
    "unknown_principal",
    "not_a_member",
    "suspended",
    "unknown_kind",
    "not_available_yet",
    "unknown_resource",
    "expired",
    "no_role",
    "feature_unavailable",
    "limit_reached",
    "not_grantable",
    "last_owner",
    "conflict",
    "invite_expired",
    "contact_support",
];

/// The errors that every run meets.
const ERRORS: [&str; 10] = [
    "ERR_CLOCK",
    "ERR_ADDRESS",
    "ERR_ROLE_REQUIRED",
    "ERR_UNKNOWN_ROLE",
    "ERR_HOLDER_ROLE",
    "ERR_DUPLICATE",
    "ERR_TOP_ROLE_ENDS",
    "ERR_UNKNOWN_KIND",
    "ERR_MISSING_FIELD",
    "ERR_TYPE",
];

/// What became of the commands of one name.
#[derive(Clone, Default)]
struct Row {
    accepted: usize,
    repeated: usize,
    refused: BTreeMap<String, usize>,
}

#[derive(Clone, Default)]
pub(crate) struct Tally {
    rows: BTreeMap<String, Row>,
    /// What else was checked, by name.
    checks: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(crate) fn accepted(&mut self, command: &str) {
        self.rows.entry(command.to_owned()).or_default().accepted += 1;
    }

    pub(crate) fn repeated(&mut self, command: &str) {
        self.rows.entry(command.to_owned()).or_default().repeated += 1;
    }

    pub(crate) fn refused(&mut self, command: &str, why: &str) {
        *self.rows.entry(command.to_owned()).or_default().refused.entry(why.to_owned()).or_default() += 1;
    }

    pub(crate) fn checked(&mut self, what: &'static str, count: usize) {
        *self.checks.entry(what).or_default() += count;
    }

    pub(crate) fn add(&mut self, other: Tally) {
        for (name, row) in other.rows {
            let sum = self.rows.entry(name).or_default();
            sum.accepted += row.accepted;
            sum.repeated += row.repeated;
            for (why, count) in row.refused {
                *sum.refused.entry(why).or_default() += count;
            }
        }
        for (what, count) in other.checks {
            self.checked(what, count);
        }
    }

    fn sum(&self, of: impl Fn(&Row) -> usize) -> usize {
        self.rows.values().map(of).sum()
    }

    /// All commands that were tried.
    pub(crate) fn total(&self) -> usize {
        self.sum(|row| row.accepted + row.repeated + row.refused.values().sum::<usize>())
    }

    /// Why commands were refused, over all of them.
    fn whys(&self) -> BTreeMap<&str, usize> {
        let mut sums = BTreeMap::new();
        for (why, count) in self.rows.values().flat_map(|row| &row.refused) {
            *sums.entry(why.as_str()).or_default() += count;
        }
        sums
    }

    pub(crate) fn print(&self, title: &str) {
        println!("{title}");
        for (name, row) in &self.rows {
            let refused: usize = row.refused.values().sum();
            let whys: Vec<String> = row.refused.iter().map(|(why, count)| format!("{why} {count}")).collect();
            println!("  {name:24} {:8} accepted {refused:8} refused: {}", row.accepted, whys.join(", "));
        }
        for (why, count) in self.whys() {
            println!("  {why:24} {count:8}");
        }
        for (what, count) in &self.checks {
            println!("  {count:10} {what}");
        }
    }

    /// One line: how many, and how many of them changed something.
    pub(crate) fn line(&self) -> String {
        let (accepted, repeated) = (self.sum(|row| row.accepted), self.sum(|row| row.repeated));
        format!("commands tried: {} ({accepted} accepted, {repeated} repeated)", self.total())
    }

    /// A command that was never accepted has not been tested.
    pub(crate) fn must_have_accepted(&self, commands: impl Iterator<Item = &'static str>) {
        let accepted = |name: &&str| self.rows.get(*name).is_some_and(|row| row.accepted > 0);
        let never: Vec<&str> = commands.filter(|name| *name != "move_project" && !accepted(name)).collect();
        assert!(never.is_empty(), "never accepted: {never:?}");
    }

    /// A reason that was never given has not been tested. Some come once in twelve thousand
    /// commands: only the long run, which is the same for everyone, must have them all.
    pub(crate) fn must_have_every_reason(&self) {
        let whys = self.whys();
        let seen: BTreeSet<&str> = whys.keys().copied().collect();
        let missed: Vec<&&str> = REASONS.iter().chain(&ERRORS).filter(|why| !seen.contains(**why)).collect();
        assert!(missed.is_empty(), "never seen: {missed:?}");
    }
}
