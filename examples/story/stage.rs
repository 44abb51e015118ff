//! The stage: one directory, a clock, and the commands one after the other, each held to what the story expects.

use super::page::{Line, Mark, Page};
use super::words::{Voice, Words};
use bailiwick::{
    Answer, Change, Command, Denied, Directory, Error, Outcome, Policy, Preview, Query, Reason, Row,
};
use serde_json::Value;

/// The morning of 2026-11-02, in milliseconds since 1970.
const MORNING: u64 = 1_793_610_000_000;
/// Between two commands.
const FIVE_MINUTES: u64 = 300_000;

/// Who speaks for the platform, beside the principals.
pub(crate) const PLATFORM: &str = "Platform";

pub(crate) struct Stage {
    pub(crate) page: Page,
    directory: Directory,
    /// The document from which the story starts.
    start: String,
    organization: &'static str,
    words: Words,
    now: u64,
    commands: usize,
    refused: usize,
    changes: Vec<Change>,
    /// What the last preview said that the next command would give and take.
    promised: Vec<Row>,
    surprises: usize,
}

impl Stage {
    pub(crate) fn new(
        policy: &str,
        start: &Value,
        organization: &'static str,
        color: bool,
    ) -> Result<Self, Error> {
        let document = serde_json::from_str(policy).unwrap_or_default();
        let policy = Policy::compile(policy)?;
        let words = Words::new(&policy, document, start);
        let start = start.to_string();
        let directory = Directory::load(&policy, &start)?;
        let page = Page::new(color);
        let (changes, promised) = (Vec::new(), Vec::new());
        Ok(Self {
            page,
            directory,
            start,
            organization,
            words,
            now: MORNING,
            commands: 0,
            refused: 0,
            changes,
            promised,
            surprises: 0,
        })
    }

    /// Opens an act, with the product whose roles it shows.
    pub(crate) fn opens(&mut self, title: &str, about: &str) {
        let about = [self.directory.policy().label(), " · ", about].concat();
        self.page.title(title, &about);
    }

    /// A command that the story expects to happen.
    pub(crate) fn does(&mut self, who: &str, command: Value) -> Result<(), Error> {
        let command = self.command(command)?;
        let outcome = self.carry_out(who, &command)?;
        self.tell(who, &command, &outcome, None);
        self.keep_promise();
        Ok(())
    }

    /// A command that the story expects to be refused.
    pub(crate) fn refused(&mut self, who: &str, command: Value, reason: Reason) -> Result<(), Error> {
        let command = self.command(command)?;
        let outcome = self.carry_out(who, &command)?;
        self.tell(who, &command, &outcome, Some(reason));
        Ok(())
    }

    /// The last change's command once more: it changes nothing.
    pub(crate) fn again(&mut self) -> Result<(), Error> {
        let Some((who, command)) = self.changes.last().map(|last| (last.actor.clone(), last.command.clone()))
        else {
            return Ok(());
        };
        let before = self.directory.document();
        let outcome = self.carry_out(&who, &command)?;
        let same = before == self.directory.document();
        let repeated = matches!(&outcome, Outcome::Changed(change) if change.repeated);
        let mut lines = vec![Line::new(Mark::Aside, "Nothing changes: this command was applied before.")];
        if !same || !repeated {
            lines = vec![self.surprise("nothing to change")];
        }
        let what = ["sends once more: ", &self.words.says(&command, &who, Voice::Plain)].concat();
        self.page.row(&self.words.short(&who), &what, &lines);
        Ok(())
    }

    /// What a command would give and take; the next command is held to it.
    pub(crate) fn looks(&mut self, who: &str, command: Value) -> Result<(), Error> {
        let mut command = self.command(command)?;
        self.commands = self.commands.saturating_sub(1); // it is only looked at
        command.id.push_str("-preview");
        let query = Query::new(&command.organization, self.now).asked_by(who);
        let before = self.directory.document();
        let lines = match self.directory.preview(query, &command)? {
            Answer::Told(preview) => self.foreseen(preview),
            Answer::Denied(denied) => {
                let mut lines = self.denied(&denied);
                lines.push(self.surprise("a preview"));
                lines
            }
        };
        let lines = if before == self.directory.document() {
            lines
        } else {
            vec![self.surprise("nothing to change")]
        };
        let what = self.words.says(&command, who, Voice::Would);
        self.page.row(&self.words.short(who), &what, &lines);
        Ok(())
    }

    fn command(&mut self, mut command: Value) -> Result<Command, Error> {
        self.commands = self.commands.saturating_add(1);
        self.now = self.now.saturating_add(FIVE_MINUTES);
        if let Some(fields) = command.as_object_mut() {
            fields.insert("id".to_owned(), format!("c{}", self.commands).into());
            if fields.get("command").is_some_and(|name| name != "sign_up") {
                fields.insert("organization".to_owned(), self.organization.into());
            }
        }
        Command::read(&command.to_string())
    }

    fn carry_out(&mut self, who: &str, command: &Command) -> Result<Outcome, Error> {
        if who == PLATFORM {
            self.directory.apply_as_host(command, self.now)
        } else {
            self.directory.apply(command, who, self.now)
        }
    }

    fn tell(&mut self, who: &str, command: &Command, outcome: &Outcome, expected: Option<Reason>) {
        let mut lines = match outcome {
            Outcome::Changed(change) => {
                self.words.learn(change);
                self.words.facts(change)
            }
            Outcome::Denied(denied) => self.denied(denied),
        };
        match (outcome, expected) {
            (Outcome::Changed(_), Some(reason)) => lines.push(self.surprise(reason.as_str())),
            (Outcome::Denied(_), None) => lines.push(self.surprise("a change")),
            (Outcome::Denied(denied), Some(reason)) if denied.decision.reason != reason => {
                lines.push(self.surprise(reason.as_str()));
            }
            _ => {}
        }
        let voice = match outcome {
            Outcome::Changed(change) => {
                self.changes.push((**change).clone());
                Voice::Does
            }
            Outcome::Denied(_) => {
                self.refused = self.refused.saturating_add(1);
                Voice::Tries
            }
        };
        let what = self.words.says(command, who, voice);
        self.page.row(&self.words.short(who), &what, &lines);
    }

    /// Why it was refused, and who could help.
    fn denied(&self, denied: &Denied) -> Vec<Line> {
        let ask = self.words.helpers(&denied.decision).map(|who| format!("; ask {who}"));
        let why = [denied.decision.reason.as_str(), &ask.unwrap_or_default()].concat();
        vec![Line::new(Mark::Refused, denied.text.as_str()), Line::new(Mark::Aside, why)]
    }

    fn foreseen(&mut self, preview: Preview) -> Vec<Line> {
        let mut lines: Vec<Line> = preview.rows.iter().flat_map(|row| self.words.row(row)).collect();
        lines.extend(
            preview.lacks.iter().map(|lack| self.words.lack(&preview.change.command.operation, lack)),
        );
        if lines.is_empty() || preview.totals.hidden > 0 {
            lines.push(self.surprise("rows that the asker may see"));
        }
        self.promised = preview.rows;
        lines
    }

    /// Whatever the preview said is so now.
    fn keep_promise(&mut self) {
        for row in std::mem::take(&mut self.promised) {
            let can = |action: &String| {
                self.directory
                    .check(&row.principal, self.organization, action, &row.kind, &row.id, self.now)
                    .allowed
            };
            if !row.gained.iter().all(can) || row.lost.iter().any(can) {
                let line = self.surprise("what the preview said");
                self.page.row("", "", &[line]);
            }
        }
    }

    fn surprise(&mut self, expected: &str) -> Line {
        self.surprises = self.surprises.saturating_add(1);
        Line::new(Mark::Surprise, format!("The story expects {expected}."))
    }

    /// Closes the act: the changes alone, replayed from the start, give the same directory.
    pub(crate) fn close(mut self) -> Result<super::Told, Error> {
        let mut replayed = Directory::load(self.directory.policy(), &self.start)?;
        self.changes.iter().try_for_each(|change| replayed.commit(change))?;
        let same = replayed.document() == self.directory.document();
        let changes = self.changes.len();
        let (commands, refused) = (self.commands, self.refused);
        self.page.line("");
        self.page
            .line(&format!("{commands} commands: {changes} changed the directory, {refused} were refused."));
        self.page.line(if same {
            "The changes alone, replayed from the start, give the same directory, byte for byte."
        } else {
            "The changes, replayed from the start, give another directory."
        });
        if self.surprises > 0 {
            self.page.line(&format!("{} answers were not those that the story expects.", self.surprises));
        }
        Ok(super::Told { text: self.page.text, as_expected: same && self.surprises == 0 })
    }
}
