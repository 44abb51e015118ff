//! Every fiftieth command: the directory looked at from all sides, before and after.

use super::ask;
use super::document::Document;
use super::lacks;
use super::moved;
use super::oracle::Oracle;
use super::picker;
use super::table::{Cell, Names, Table};
use super::walk::{Walk, difference};
use super::wish::Wish;
use bailiwick::{Answer, Command, Directory, Preview, Query, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What was seen before a command, to be compared with what is there after it.
pub(crate) struct Look {
    at: u64,
    actor: Option<String>,
    organization: String,
    /// Whom the command gives or takes something on a thing.
    target: Option<String>,
    names: Names,
    table: Table,
    document: Rc<Document>,
    oracle: Rc<Oracle<'static>>,
    previewed: Previewed,
}

/// What a preview said.
pub(crate) enum Previewed {
    Told(Box<Preview>, Vec<Row>),
    Refused(String),
    Wrong(String),
}

fn query<'q>(organization: &'q str, now: u64, asker: Option<&'q str>) -> Query<'q> {
    let query = Query::new(organization, now);
    asker.map_or(query, |asker| query.asked_by(asker))
}

/// A preview with the rows of all its pages.
fn preview(
    directory: &mut Directory,
    command: &Command,
    asker: Option<&str>,
    at: u64,
    limit: usize,
) -> Previewed {
    let mut rows = Vec::new();
    let mut next: Option<String> = None;
    let mut pages = 0;
    loop {
        let query = query("", at, asker).page(next.as_deref(), limit);
        let told = match directory.preview(query, command) {
            Ok(Answer::Told(told)) => told,
            Ok(Answer::Denied(denied)) => {
                return Previewed::Refused(denied.decision.reason.as_str().to_owned());
            }
            Err(error) => return Previewed::Wrong(error.code().to_owned()),
        };
        assert!(told.rows.len() <= limit, "a page is longer than asked for");
        rows.extend(told.rows.iter().cloned());
        next.clone_from(&told.next);
        pages += 1;
        if next.is_none() || pages > 2000 {
            return Previewed::Told(Box::new(told), rows);
        }
    }
}

impl Look {
    pub(crate) fn before(walk: &mut Walk<'static>, wish: &Wish, command: &Command, at: u64) -> Self {
        let limit = walk.dice.pick(&[2, 5, 1000, 1000]).unwrap();
        let previewed = preview(&mut walk.directory, command, wish.actor.as_deref(), at, limit);
        let text = walk.directory.document();
        if text != walk.text {
            let lines = difference(&Document::read(&text), &walk.document);
            panic!(
                "{}: a preview of {} changed the directory:\n{lines}\n{}",
                walk.label(),
                wish.command,
                walk.shown()
            );
        }
        let names = Names::of(walk.rules, &walk.document);
        let table = Table::of(&walk.directory, &names, at);
        if let Previewed::Told(told, _) = &previewed {
            lacks::told(walk, wish, told, &table, at);
        }
        Look {
            at,
            actor: wish.actor.clone(),
            organization: wish.command["organization"].as_str().unwrap_or("").to_owned(),
            target: target(&wish.command),
            names,
            table,
            document: Rc::clone(&walk.document),
            oracle: Rc::clone(&walk.oracle),
            previewed,
        }
    }

    /// `came` is what the command came to: nothing, or why it was refused.
    pub(crate) fn after(self, walk: &mut Walk<'static>, came: Result<(), String>) {
        walk.must_be_replayed();
        let fresh = Directory::load(&walk.rules.policy, &walk.text);
        let fresh = fresh
            .unwrap_or_else(|error| panic!("{}: does not load: {error}: {}", walk.label(), walk.shown()));
        assert!(
            fresh.document() == walk.text,
            "{}: loading gives another document: {}",
            walk.label(),
            walk.shown()
        );
        let names = Names::of(walk.rules, &walk.document).and(Names {
            principals: self.names.principals.clone(),
            organizations: self.names.organizations.clone(),
            kinds: self.names.kinds.clone(),
        });
        let living = Table::of(&walk.directory, &names, self.at);
        let loaded = Table::of(&fresh, &names, self.at);
        assert!(
            living == loaded,
            "{}: the living directory answers otherwise than a loaded one",
            walk.label()
        );
        walk.tally.checked("answers of living and loaded directories compared", living.asked);
        self.compare(walk, &living, &came);
        let changed = self.document.revision != walk.document.revision;
        assert!(
            changed || self.table.rows == living.rows,
            "{}: nothing changed, and answers did",
            walk.label()
        );
        ask::everything(walk, &names, &living, self.at);
        for _ in 0..3 {
            picker::roles_on_offer(walk, self.at);
        }
        if ["pinecone", "pinecone-literal"].contains(&walk.rules.name) && walk.dice.chance(20) {
            moved::to_the_next_model(walk, walk.next_model, self.at);
        }
    }

    /// The preview against the difference of the full tables.
    fn compare(&self, walk: &mut Walk<'static>, after: &Table, came: &Result<(), String>) {
        let label = format!(
            "{}: the preview of a command by {:?} in {}",
            walk.label(),
            self.actor,
            self.organization
        );
        match (&self.previewed, came) {
            (Previewed::Refused(reason) | Previewed::Wrong(reason), Err(why)) => {
                assert_eq!(reason, why, "{label}")
            }
            (Previewed::Told(told, rows), Ok(())) => {
                let expected = self.table.difference(after);
                self.compare_rows(walk, told, rows, &expected, &label);
                walk.tally.checked("previews equal to the difference of two full tables", 1);
                walk.tally.checked("rows gained or lost in them", expected.len());
            }
            (Previewed::Told(..), Err(why)) => panic!("{label} was told, and the command refused with {why}"),
            (Previewed::Refused(why) | Previewed::Wrong(why), Ok(())) => {
                panic!("{label} was refused with {why}, and the command accepted")
            }
        }
    }

    fn compare_rows(
        &self,
        walk: &Walk<'static>,
        told: &Preview,
        rows: &[Row],
        expected: &BTreeMap<Cell, (Vec<String>, Vec<String>)>,
        label: &str,
    ) {
        let sums =
            expected.values().fold((0, 0), |sum, (gained, lost)| (sum.0 + gained.len(), sum.1 + lost.len()));
        assert_eq!((told.totals.gained, told.totals.lost), sums, "{label}: totals, {expected:#?}\n{rows:#?}");
        assert_eq!(told.totals.rows, expected.len(), "{label}: rows in all");
        let mut principals: Vec<&String> = expected.keys().map(|cell| &cell.0).collect();
        principals.dedup();
        assert_eq!(told.totals.principals, principals.len(), "{label}: principals");
        let sees = |cell: &&Cell| self.sees(walk, cell);
        let seen: Vec<&Cell> = expected.keys().filter(sees).collect();
        assert_eq!(told.totals.hidden, expected.len() - seen.len(), "{label}: hidden");
        let found: Vec<Cell> =
            rows.iter().map(|row| (row.principal.clone(), row.kind.clone(), row.id.clone())).collect();
        assert_eq!(found.iter().collect::<Vec<_>>(), seen, "{label}: the rows that are shown");
        for row in rows {
            let cell = (row.principal.clone(), row.kind.clone(), row.id.clone());
            let (gained, lost) = &expected[&cell];
            assert_eq!((&row.gained, &row.lost), (gained, lost), "{label}: {cell:?}");
        }
    }

    /// Rule 2: what a preview may show to whom asks.
    fn sees(&self, walk: &Walk<'static>, cell: &Cell) -> bool {
        let Some(actor) = self.actor.as_deref() else { return true };
        let (principal, kind, id) = (cell.0.as_str(), cell.1.as_str(), cell.2.as_str());
        let knows = |oracle: &Oracle<'_>| {
            ask::knows(oracle, walk.rules, actor, &self.organization, kind, id, self.at)
        };
        let founds = self.document.organization(&self.organization).is_none();
        let people =
            founds || ask::may_ask(&self.oracle, walk.rules, "who", actor, &self.organization, self.at);
        let named = self.target.as_deref() == Some(principal);
        (people || named || principal == actor) && (knows(&self.oracle) || knows(&walk.oracle))
    }
}

fn target(command: &Value) -> Option<String> {
    let field = match command["command"].as_str()? {
        "share" | "change_share" | "unshare" => "with",
        "add_project_member" | "change_project_member" | "remove_project_member" => "member",
        "add_to_group" | "remove_from_group" => "member",
        _ => return None,
    };
    command[field].as_str().map(str::to_owned)
}
