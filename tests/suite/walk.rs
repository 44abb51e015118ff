//! The question `walk`: command after command on a directory of its own, what comes of each, and what holds then.

use super::vectors::{ask, known_fields};
use crate::common::load;
use bailiwick::{Answer, Change, Command, Directory, Outcome, Policy, Query, Row};
use serde_json::{Value, json};

const FIELDS: [&str; 11] =
    ["as", "at", "note", "command", "text", "expect", "says", "notes", "gains", "loses", "then"];

/// Walks all steps, each told by its place.
pub(super) fn walk(at: &str, policy: &Policy, document: &Value, question: &Value) {
    known_fields(at, question, &["ask", "note", "steps"]);
    let steps = question["steps"].as_array().unwrap_or_else(|| panic!("{at}: no steps"));
    assert!(!steps.is_empty(), "{at}: no steps");
    // The same changes laid over a second directory give the same document.
    let (mut here, mut there) = (load(policy, document), load(policy, document));
    for (place, step) in steps.iter().enumerate() {
        let at = format!("{at}: steps[{place}]: {step}");
        known_fields(&at, step, &FIELDS);
        Step { at: &at, step }.take(&mut here, &mut there);
        for question in step["then"].as_array().into_iter().flatten() {
            ask(&format!("{at}: then {question}"), question, &here);
        }
    }
}

struct Step<'a> {
    at: &'a str,
    step: &'a Value,
}

/// What a command came to.
enum Came {
    Changed(Box<Change>),
    Refused(String, String),
    Wrong(Value),
}

impl Step<'_> {
    fn take(&self, here: &mut Directory, there: &mut Directory) {
        let before = here.document();
        let (text, now) = (self.command(), self.step["at"].as_u64().unwrap());
        let who = self.step["as"].as_str().unwrap_or_else(|| panic!("{}: as whom?", self.at));
        let actor = Some(who).filter(|who| *who != "host");
        let command = Command::read(&text);
        let previewed = command.as_ref().ok().map(|command| self.preview(here, command, actor, now));
        assert_eq!(here.document(), before, "{}: a preview changes nothing", self.at);
        let came = match (&command, actor) {
            (Err(error), _) => Came::Wrong(json!({ "error": error.code(), "path": error.path() })),
            (Ok(command), Some(actor)) => came(here.apply(command, actor, now)),
            (Ok(command), None) => came(here.apply_as_host(command, now)),
        };
        match came {
            Came::Changed(change) => {
                let expected = if change.repeated { "repeated" } else { "changed" };
                assert_eq!(self.step["expect"], expected, "{}", self.at);
                self.replay(here, there, &change);
                self.compare_notes(&change);
                self.compare_rows(&previewed.flatten().unwrap_or_default());
                assert!(change.repeated == (here.document() == before), "{}: what changes", self.at);
            }
            Came::Refused(reason, sentence) => {
                assert!(previewed.flatten().is_none(), "{}: the preview was told", self.at);
                assert_eq!(self.step["expect"], *reason, "{}: {sentence}", self.at);
                if let Some(says) = self.step.get("says") {
                    assert_eq!(*says, *sentence, "{}", self.at);
                }
                assert_eq!(here.document(), before, "{}: refused, and something changed", self.at);
            }
            Came::Wrong(error) => {
                assert!(previewed.flatten().is_none(), "{}: the preview was told", self.at);
                assert_eq!(self.step["expect"], error, "{}", self.at);
                assert_eq!(here.document(), before, "{}: wrong, and something changed", self.at);
            }
        }
    }

    /// The command as it travels: exactly these characters, or a value.
    fn command(&self) -> String {
        match (self.step.get("command"), self.step["text"].as_str()) {
            (Some(value), None) => value.to_string(),
            (None, Some(text)) => text.to_owned(),
            _ => panic!("{}: one of `command` and `text`", self.at),
        }
    }

    /// The rows of a preview; none where it was refused, which the command must be too.
    fn preview(
        &self,
        here: &mut Directory,
        command: &Command,
        actor: Option<&str>,
        now: u64,
    ) -> Option<Vec<Row>> {
        let query = Query::new("", now);
        let query = actor.map_or(query, |actor| query.asked_by(actor));
        match here.preview(query, command) {
            Ok(Answer::Told(preview)) => Some(preview.rows),
            Ok(Answer::Denied(denied)) => {
                let reason = denied.decision.reason.as_str();
                assert_eq!(self.step["expect"], reason, "{}: the preview", self.at);
                None
            }
            Err(error) => {
                assert_eq!(self.step["expect"]["error"], error.code(), "{}: the preview", self.at);
                None
            }
        }
    }

    fn replay(&self, here: &Directory, there: &mut Directory, change: &Change) {
        let text = serde_json::to_string(change).unwrap();
        let read = Change::read(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", self.at));
        assert_eq!(&read, change, "{}: the change that was read", self.at);
        there.commit(&read).unwrap_or_else(|error| panic!("{}: {error}: {text}", self.at));
        assert_eq!(there.document(), here.document(), "{}: the change that was replayed", self.at);
    }

    fn compare_notes(&self, change: &Change) {
        if let Some(notes) = self.step.get("notes") {
            assert_eq!(serde_json::to_value(&change.notes).unwrap(), *notes, "{}: notes", self.at);
        }
    }

    /// All that is gained, and all that is lost: by whom on what, and which actions where the vector lists them.
    fn compare_rows(&self, rows: &[Row]) {
        for field in ["gains", "loses"] {
            let Some(expected) = self.step.get(field) else { continue };
            let actions = |row: &Row| if field == "gains" { row.gained.clone() } else { row.lost.clone() };
            let found = rows.iter().filter(|row| !actions(row).is_empty());
            let found: Vec<Value> = found
                .map(|row| {
                    json!({ "principal": row.principal, "on": format!("{}/{}", row.kind, row.id), "actions": actions(row) })
                })
                .collect();
            let expected = expected.as_array().unwrap_or_else(|| panic!("{}: `{field}` is a list", self.at));
            let named = |rows: &[Value]| -> Vec<Value> {
                rows.iter().map(|row| json!([row["principal"], row["on"]])).collect()
            };
            assert_eq!(named(&found), named(expected), "{}: {field}", self.at);
            for (found, expected) in found.iter().zip(expected) {
                known_fields(self.at, expected, &["principal", "on", "actions"]);
                if let Some(actions) = expected.get("actions") {
                    assert_eq!(found["actions"], *actions, "{}: {field} of {}", self.at, found["on"]);
                }
            }
        }
    }
}

fn came(outcome: bailiwick::Result<Outcome>) -> Came {
    match outcome {
        Ok(Outcome::Changed(change)) => Came::Changed(change),
        Ok(Outcome::Denied(denied)) => {
            Came::Refused(denied.decision.reason.as_str().to_owned(), denied.text.clone())
        }
        Err(error) => Came::Wrong(json!({ "error": error.code(), "path": error.path() })),
    }
}
