//! One world: command after command, each compared with the model, and looked at from all sides now and then.

use super::coalition::Coalition;
use super::deep;
use super::dice::Dice;
use super::document::Document;
use super::effects::Effects;
use super::invariants;
use super::model::{Model, Stop, Tier};
use super::rules::Rules;
use super::runs::Policies;
use super::start::{BEGIN, first_directory};
use super::tally::Tally;
use super::wish::{Wish, Wisher};
use crate::oracle::Oracle;
use bailiwick::{Change, Command, Directory, Outcome};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::rc::Rc;

/// Every so many commands a world is looked at from all sides.
const DEEP: usize = 50;

/// A coalition acts for three quarters of so many commands.
const SCENE: usize = 300;

const MINUTE: u64 = 60_000;

/// A world on its way.
pub(crate) struct Walk<'p> {
    pub(crate) rules: &'p Rules,
    /// The model to which Pinecone moves.
    pub(crate) next_model: &'p Rules,
    pub(crate) policy_oracle: &'p Oracle<'p>,
    pub(crate) dice: Dice,
    pub(crate) directory: Directory,
    /// Changes alone, replayed on the first directory.
    twin: Directory,
    pub(crate) text: String,
    pub(crate) document: Rc<Document>,
    pub(crate) oracle: Rc<Oracle<'p>>,
    pub(crate) now: u64,
    /// The latest moment that the directory was asked about.
    seen: u64,
    fresh: usize,
    /// What was asked under an id that was accepted.
    log: HashMap<String, Wish>,
    ids: Vec<String>,
    pub(crate) tally: Tally,
    /// Who acts alone, if anybody.
    coalition: Option<Coalition>,
    label: String,
}

/// What came of a command, in words that the model knows.
enum Came {
    Changed(Box<Change>),
    Refused(String),
    Wrong(String),
}

impl Walk<'static> {
    pub(crate) fn new(policies: &Policies, turn: usize, seed: u64, world: u64) -> Self {
        let (rules, policy_oracle) = (&policies.rules[turn], &policies.oracles[turn]);
        let mut dice = Dice::new(seed, world);
        let first = first_directory(rules, &mut dice);
        let load = |text: &str| {
            Directory::load(&rules.policy, text)
                .unwrap_or_else(|error| panic!("{}: {error}: {text}", rules.name))
        };
        let (directory, twin) = (load(&first), load(&first));
        let text = directory.document();
        let (document, oracle) = (Document::read(&text), policy_oracle.over(&facts_of(&text)));
        Walk {
            rules,
            next_model: &policies.rules[2],
            policy_oracle,
            dice,
            directory,
            twin,
            document: Rc::new(document),
            oracle: Rc::new(oracle),
            text,
            now: BEGIN,
            seen: 0,
            fresh: 100,
            log: HashMap::new(),
            ids: Vec::new(),
            tally: Tally::default(),
            coalition: None,
            label: format!("BAILIWICK_SEED={seed} world {world} ({})", rules.name),
        }
    }

    pub(crate) fn run(mut self, length: usize) -> Tally {
        for step in 1..=length {
            self.step(step % DEEP == 0 || step == length);
        }
        self.tally
    }

    /// The same, and after a while only some act.
    pub(crate) fn run_with_a_coalition(mut self, length: usize) -> Tally {
        for step in 1..=length {
            if step % SCENE == SCENE / 4 {
                self.coalition = Coalition::random(&mut self);
            }
            if step % SCENE == 0 {
                self.coalition = None;
            }
            self.step(step % DEEP == 0 || step == length);
        }
        self.tally
    }

    fn step(&mut self, deep: bool) {
        let pause = [0, 0, 0, MINUTE, 20 * MINUTE, 300 * MINUTE];
        self.now += self.dice.pick(&pause).unwrap();
        if self.dice.chance(1) && self.dice.chance(30) {
            self.now += 8 * 24 * 60 * MINUTE; // every invite is too old
        }
        let wish = self.next_wish(deep);
        let at = if deep { self.now } else { self.moment() };
        let text = wish.command.to_string();
        let command = match Command::read(&text) {
            Ok(command) => command,
            Err(error) => {
                let name = wish.command["command"].as_str().unwrap_or("?");
                return self.tally.refused(name, error.code());
            }
        };
        let before = deep.then(|| deep::Look::before(self, &wish, &command, at));
        let came = self.carry_out(&wish, &command, at);
        if came.is_ok() {
            self.look_at_the_coalition(&wish);
        }
        if let Some(look) = before {
            look.after(self, came);
        }
    }

    fn look_at_the_coalition(&mut self, wish: &Wish) {
        let Some(mut coalition) = self.coalition.take() else { return };
        coalition.touched(wish);
        let asked = coalition.must_be_within_reach(self);
        self.tally.checked("actions of coalitions found within their reach", asked);
        self.coalition = Some(coalition);
    }

    /// Something new; or one that was accepted, once more; or one that is no command.
    fn next_wish(&mut self, deep: bool) -> Wish {
        let earlier = self.dice.pick(&self.ids).filter(|_| self.dice.chance(4) && self.coalition.is_none());
        if let Some(id) = earlier {
            let mut wish = self.log[&id].clone();
            match self.dice.below(4) {
                0 => wish.actor = Some("user/p1@b.com".to_owned()),
                1 => wish.command["organization"] = json!("o1"),
                _ => {}
            }
            return wish;
        }
        let only = self.coalition.as_ref().map(|one| (one.home.clone(), one.members.clone()));
        let mut wish = self.wish(deep, only.as_ref());
        while self.coalition.as_ref().is_some_and(|one| !one.counts(&self.document, &wish)) {
            wish = self.wish(deep, only.as_ref());
        }
        if self.dice.chance(1) {
            misshape(&mut self.dice, &mut wish.command);
        }
        wish
    }

    fn wish(&mut self, deep: bool, only: Option<&(String, Vec<String>)>) -> Wish {
        let (rules, now) = (self.rules, self.now);
        let (dice, document, fresh) = (&mut self.dice, &self.document, &mut self.fresh);
        Wisher { rules, dice, document, now, fresh, deep, only }.wish()
    }

    /// Mostly now; sometimes a clock that runs back, perhaps to before the last change.
    fn moment(&mut self) -> u64 {
        let since = self.document.changed;
        match self.dice.below(200) {
            0 => since.saturating_sub(1),
            1 => since,
            2 => since + (self.now - since) / 2,
            _ => self.now,
        }
    }

    /// Nothing, or why it was refused.
    fn carry_out(&mut self, wish: &Wish, command: &Command, at: u64) -> Result<(), String> {
        let name = command.operation.name();
        let known = self.document.applied.iter().any(|one| one.id == command.id);
        let came = self.apply(wish, command, at);
        if at < self.document.changed {
            self.must(
                matches!(&came, Came::Wrong(code) if code == "ERR_CLOCK"),
                wish,
                at,
                "a clock that ran back",
            );
            return self.refused(name, "ERR_CLOCK");
        }
        if known {
            return self.known_again(wish, came, at);
        }
        self.seen = self.seen.max(at);
        let (oracle, document) = (Rc::clone(&self.oracle), Rc::clone(&self.document));
        let model = |stops| Model {
            rules: self.rules,
            oracle: &oracle,
            document: &document,
            actor: wish.actor.as_deref(),
            command: &wish.command,
            now: self.seen,
            stops,
        };
        let stops = model(Vec::new()).forecast();
        match came {
            Came::Changed(change) => {
                self.must(stops.is_empty(), wish, at, &format!("accepted, though {stops:?}"));
                let expected = Effects::of(&model(Vec::new()), at);
                self.moved_on(wish, &change, expected, at);
                Ok(())
            }
            Came::Refused(reason) => {
                let first = stops.iter().filter(|stop| matches!(stop.1, Stop::Reason(_)));
                let first: Option<Tier> = first.map(|stop| stop.0).min();
                let fits = |stop: &&(Tier, Stop)| {
                    matches!(stop.1, Stop::Reason(one) if one == reason) && Some(stop.0) == first
                };
                let fits = stops.iter().any(|stop| fits(&stop));
                self.must(fits, wish, at, &format!("refused with {reason}, and the model says {stops:?}"));
                self.refused(name, &reason)
            }
            Came::Wrong(code) => {
                let fits = stops.iter().any(|stop| matches!(stop.1, Stop::Error(one) if one == code));
                self.must(fits, wish, at, &format!("refused with {code}, and the model says {stops:?}"));
                self.refused(name, &code)
            }
        }
    }

    fn apply(&mut self, wish: &Wish, command: &Command, at: u64) -> Came {
        let outcome = match &wish.actor {
            Some(actor) => self.directory.apply(command, actor, at),
            None => self.directory.apply_as_host(command, at),
        };
        match outcome {
            Ok(Outcome::Changed(change)) => Came::Changed(change),
            Ok(Outcome::Denied(denied)) => {
                let told =
                    !denied.decision.allowed && denied.decision.via.is_empty() && !denied.text.is_empty();
                self.must(told, wish, at, "a refusal that does not say so");
                Came::Refused(denied.decision.reason.as_str().to_owned())
            }
            Err(error) => Came::Wrong(error.code().to_owned()),
        }
    }

    /// Whatever is refused leaves the directory as it was, to the byte.
    fn refused(&mut self, name: &str, why: &str) -> Result<(), String> {
        let same = self.directory.document() == self.text;
        assert!(same, "{}: `{name}` was refused with {why} and changed something: {}", self.label, self.text);
        self.tally.refused(name, why);
        Err(why.to_owned())
    }

    /// The same command id: the same command changes nothing, another one is in conflict.
    fn known_again(&mut self, wish: &Wish, came: Came, at: u64) -> Result<(), String> {
        let earlier = self.log.get(wish.command["id"].as_str().unwrap()).unwrap();
        let same = earlier.command == wish.command && earlier.actor == wish.actor;
        let name = wish.command["command"].as_str().unwrap();
        match came {
            Came::Changed(change) => {
                let nothing = change.repeated && change.before == change.after;
                let nothing = nothing && change.removed.is_empty() && change.added.is_empty();
                self.must(same && nothing, wish, at, "a command id that is known");
                let stays = self.directory.document() == self.text;
                self.must(stays, wish, at, "a repeated command changes something");
                let replayed = self.twin.commit(&change).is_ok();
                self.must(replayed, wish, at, "a repeated change does not replay");
                self.tally.repeated(name);
                Ok(())
            }
            Came::Refused(reason) => {
                self.must(
                    !same && reason == "conflict",
                    wish,
                    at,
                    &format!("{reason} for a known command id"),
                );
                self.refused(name, &reason)
            }
            Came::Wrong(code) => {
                self.must(false, wish, at, &format!("{code} for a known command id"));
                Err(code)
            }
        }
    }

    /// An accepted command: the document is the one expected, every invariant holds, and the change replays.
    fn moved_on(&mut self, wish: &Wish, change: &Change, expected: Document, at: u64) {
        let text = self.directory.document();
        let after = Document::read(&text);
        if after != expected {
            let lines = difference(&after, &expected);
            self.must(false, wish, at, &format!("the document becomes another than expected:\n{lines}"));
        }
        let mut broken = invariants::broken(self.rules, &after);
        broken.extend(invariants::broken_step(self.rules, &self.document, &after, &wish.command));
        self.must(broken.is_empty(), wish, at, &broken.join("; "));
        self.must(
            change.before == self.document.revision && change.at == at,
            wish,
            at,
            "the change is of now",
        );
        let replayed = self.twin.commit(change);
        self.must(replayed.is_ok(), wish, at, &format!("the change does not replay: {replayed:?}"));
        let id = wish.command["id"].as_str().unwrap().to_owned();
        self.log.insert(id.clone(), wish.clone());
        self.ids.push(id);
        self.oracle = Rc::new(self.policy_oracle.over(&facts_of(&text)));
        (self.text, self.document) = (text, Rc::new(after));
        self.tally.accepted(wish.command["command"].as_str().unwrap());
    }

    /// The replayed directory is the living one, byte for byte.
    pub(crate) fn must_be_replayed(&mut self) {
        assert!(
            self.twin.document() == self.text,
            "{}: the replayed changes give another document",
            self.label
        );
        self.tally.checked("directories replayed, byte for byte", 1);
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// The document as a failure shows it.
    pub(crate) fn shown(&self) -> String {
        without_what_was(&self.text)
    }

    fn must(&self, holds: bool, wish: &Wish, at: u64, sentence: &str) {
        if !holds {
            panic!(
                "{}: {sentence}\nactor: {:?}\nat: {at} (seen {})\ncommand: {}\ndocument before: {}",
                self.label,
                wish.actor,
                self.seen,
                wish.command,
                self.shown()
            );
        }
    }
}

/// The document without the lists of what was, which no decision reads.
pub(crate) fn facts_of(text: &str) -> Value {
    serde_json::from_str(&without_what_was(text)).unwrap()
}

fn without_what_was(text: &str) -> String {
    let ends = [",\"applied\":[", ",\"retired\":["].iter().filter_map(|start| text.find(start));
    ends.min().map_or_else(|| text.to_owned(), |end| format!("{}}}", &text[..end]))
}

/// The lines in which two documents differ: `+` is there, `-` should be.
pub(crate) fn difference(found: &Document, expected: &Document) -> String {
    let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
    let (found, expected): (Vec<&str>, Vec<&str>) = (found.lines().collect(), expected.lines().collect());
    let same = found.iter().zip(&expected).take_while(|(a, b)| a == b).count();
    let ends = found.iter().rev().zip(expected.iter().rev()).take_while(|(a, b)| a == b).count();
    let part = |lines: &[&str], sign: &str| {
        let end = lines.len().saturating_sub(ends).max(same);
        lines[same.saturating_sub(6)..end].iter().map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    format!("{}{}", part(&found, "+"), part(&expected, "-"))
}

/// A field is missing, of another type, or one too many.
fn misshape(dice: &mut Dice, command: &mut Value) {
    let fields = command.as_object_mut().unwrap();
    let names: Vec<String> = fields.keys().cloned().collect();
    let name = dice.pick(&names).unwrap();
    match dice.below(4) {
        0 => drop(fields.remove(&name)),
        1 => drop(fields.insert(name, json!(7.5))),
        2 => drop(fields.insert(name, json!({ "deep": [null] }))),
        _ => drop(fields.insert("surprise".to_owned(), json!(true))),
    }
}
