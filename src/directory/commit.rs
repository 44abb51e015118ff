//! Lays a change over a directory: the facts removed go, the facts added come. A change that does not fit is taken
//! back as a whole.

use super::Directory;
use super::change::{Change, Fact, RowKey};
use super::facts::Facts;
use super::load::MOST_APPLIED;
use crate::error::{Code, Error, Result, decimal};
use crate::order::arranged;
use crate::policy::Model;

/// What stands beside the facts and moves on with each change.
pub(crate) struct Mark {
    revision: u64,
    changed: u64,
    applied: usize,
    /// The command that fell off the list of those known again.
    forgotten: Option<(Box<str>, u64)>,
}

impl Directory {
    /// Lays a change over this directory, as it was made by [`apply`](Self::apply) here or elsewhere: replaying the
    /// changes on the first directory gives the last one, byte for byte.
    ///
    /// # Errors
    /// `ERR_REVISION` for a change of another revision, `ERR_CHANGE` with the place for one that does not fit;
    /// nothing is changed then.
    ///
    /// ```
    /// # use bailiwick::{Change, Command, Directory, Outcome, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let document = r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#;
    /// let (mut here, mut there) = (Directory::load(&policy, document)?, Directory::load(&policy, document)?);
    /// let command = Command::read(r#"{ "id": "1", "command": "create_project", "organization": "acme", "project": "search" }"#)?;
    /// let Outcome::Changed(change) = here.apply(&command, "user/ana@acme.com", 0)? else { panic!() };
    /// there.commit(&change)?;
    /// assert_eq!(here.document(), there.document());
    /// // Once more: this directory is further on, and stays as it is.
    /// assert_eq!(there.commit(&change).unwrap_err().code(), "ERR_REVISION");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn commit(&mut self, change: &Change) -> Result<()> {
        if change.before != self.facts.revision {
            let text = "the change was made for another revision, load or replay up to that one first";
            return Err(Error::of(Code::Revision, "before", &[text]));
        }
        if change.repeated {
            return if change.removed.is_empty() && change.added.is_empty() {
                Ok(())
            } else {
                Err(misfit("repeated"))
            };
        }
        if change.after != change.before.saturating_add(1) {
            return Err(misfit("after"));
        }
        if change.at < self.facts.changed {
            return Err(clock());
        }
        self.lay(change).map(drop)
    }

    /// Lays the facts over and moves on; what is needed to [`lift`](Self::lift) them again.
    pub(crate) fn lay(&mut self, change: &Change) -> Result<Mark> {
        let model = self.policy.clone();
        self.facts.lay(model.model(), change)?;
        let facts = &mut self.facts;
        let mut mark = Mark {
            revision: facts.revision,
            changed: facts.changed,
            applied: facts.applied.len(),
            forgotten: None,
        };
        (facts.revision, facts.changed) = (change.after, change.at);
        if facts.applied.len() >= MOST_APPLIED {
            mark.forgotten = facts.applied.pop_front();
        }
        facts.applied.push_back((change.command.id.as_str().into(), change.command.digest(&change.actor)));
        Ok(mark)
    }

    /// Takes a change back that was laid over last.
    pub(crate) fn lift(&mut self, change: &Change, mark: Mark) {
        let model = self.policy.clone();
        let steps = change.removed.len().saturating_add(change.added.len());
        self.facts.take_back(model.model(), change, steps);
        (self.facts.revision, self.facts.changed) = (mark.revision, mark.changed);
        self.facts.applied.pop_back();
        if let Some(forgotten) = mark.forgotten {
            self.facts.applied.push_front(forgotten);
        }
        self.facts.applied.truncate(mark.applied);
    }
}

impl Facts {
    /// All of a change, or nothing.
    fn lay(&mut self, model: &Model, change: &Change) -> Result<()> {
        let failed = self.try_lay(model, change);
        let Err((done, place)) = failed else { return Ok(()) };
        self.take_back(model, change, done);
        Err(misfit(&place))
    }

    /// How many steps were done, and the place of the one that does not fit.
    fn try_lay(&mut self, model: &Model, change: &Change) -> core::result::Result<(), (usize, String)> {
        let rewritten = Rewritten::of(change);
        let mut done = 0_usize;
        for (index, fact) in change.removed.iter().enumerate() {
            let laid = match rewritten.after(fact) {
                Some(_) => self.has_row(model, fact).then_some(()),
                None => self.remove(model, fact),
            };
            laid.ok_or_else(|| (done, step("removed", index)))?;
            done = done.saturating_add(1);
        }
        for (index, fact) in change.added.iter().enumerate() {
            let old = rewritten.before(fact).is_some();
            let laid = if old { self.rewrite(model, fact) } else { self.add(model, fact) };
            laid.ok_or_else(|| (done, step("added", index)))?;
            done = done.saturating_add(1);
        }
        self.holds_together(model, change).then_some(()).ok_or_else(|| (done, String::new()))
    }

    /// Takes the first `steps` of a change back: what came goes, last first; what went comes again; then rows say what
    /// they said, as all that they may name is there again.
    fn take_back(&mut self, model: &Model, change: &Change, steps: usize) {
        let rewritten = Rewritten::of(change);
        let done = change.added.get(..steps.saturating_sub(change.removed.len())).unwrap_or_default();
        for fact in done.iter().rev().filter(|fact| rewritten.before(fact).is_none()) {
            // What was just done can be undone.
            let _ = self.remove(model, fact);
        }
        let gone = || change.removed.iter().take(steps).rev().filter(|fact| rewritten.after(fact).is_none());
        for fact in gone() {
            let _ = self.add(model, fact);
        }
        // A row may name what came again after it, so each says what it said once all are there.
        let rows = gone().filter(|fact| fact.row_key().is_some());
        for old in rows.chain(done.iter().rev().filter_map(|fact| rewritten.before(fact))) {
            let _ = self.rewrite(model, old);
        }
    }
}

/// The rows that a change removes and adds again, in the order of their keys: as they were and as they become.
struct Rewritten<'c>(Vec<(RowKey<'c>, &'c Fact, &'c Fact)>);

impl<'c> Rewritten<'c> {
    fn of(change: &'c Change) -> Self {
        let new = keyed(&change.added);
        if new.is_empty() {
            return Self(Vec::new());
        }
        let mut both = Vec::new();
        for (key, old) in keyed(&change.removed) {
            let place = new.binary_search_by(|(known, _)| known.cmp(&key)).ok();
            if let Some((_, new)) = place.and_then(|place| new.get(place)) {
                both.push((key, old, *new));
            }
        }
        Self(both)
    }

    fn find(&self, fact: &Fact) -> Option<(&'c Fact, &'c Fact)> {
        if self.0.is_empty() {
            return None;
        }
        let key = fact.row_key()?;
        let place = self.0.binary_search_by(|(known, _, _)| known.cmp(&key)).ok()?;
        self.0.get(place).map(|(_, old, new)| (*old, *new))
    }

    fn before(&self, fact: &Fact) -> Option<&'c Fact> {
        self.find(fact).map(|(old, _)| old)
    }

    fn after(&self, fact: &Fact) -> Option<&'c Fact> {
        self.find(fact).map(|(_, new)| new)
    }
}

/// The rows among facts, in the order of their keys.
fn keyed(facts: &[Fact]) -> Vec<(RowKey<'_>, &Fact)> {
    let mut rows = Vec::new();
    for fact in facts {
        if let Some(key) = fact.row_key() {
            rows.push((key, fact));
        }
    }
    arranged(rows, |a, b| a.0.cmp(&b.0))
}

fn step(list: &str, index: usize) -> String {
    [list, "[", &decimal(index as u64), "]"].concat()
}

#[cold]
fn misfit(place: &str) -> Error {
    Error::of(
        Code::Change,
        place,
        &["this does not fit the directory, replay changes in order on the one they were made for"],
    )
}

#[cold]
pub(crate) fn clock() -> Error {
    let text = "the directory was changed later than this, set the clock right";
    Error::of(Code::Clock, "", &[text])
}
