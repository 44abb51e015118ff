//! Questions about everyone, each compared with asking for everything.

use super::common::{json, reason};
use super::oracle::{self, Oracle, Question};
use super::rules::Rules;
use super::table::{Names, Table};
use super::walk::Walk;
use bailiwick::{Answer, Query};
use serde_json::Value;

/// Whether a principal knows of a thing: of a private kind only by what they hold (rule 2).
pub(crate) fn knows(
    oracle: &Oracle<'_>,
    rules: &Rules,
    principal: &str,
    organization: &str,
    kind: &str,
    id: &str,
    now: u64,
) -> bool {
    let question = Question { principal, organization, action: "", kind, id, now };
    rules.kind(kind)["private"] != true || oracle.has_standing(question)
}

/// Whether the policy lets a principal put a question on the organization.
pub(crate) fn may_ask(
    oracle: &Oracle<'_>,
    rules: &Rules,
    question: &str,
    principal: &str,
    organization: &str,
    now: u64,
) -> bool {
    let Some(action) = rules.document["questions"][question]["organization"].as_str() else { return false };
    let ask = Question { principal, organization, action, kind: "organization", id: organization, now };
    oracle.check_in_directory(ask).allowed
}

/// One of each question, about something that the dice choose; many decisions against the oracle.
pub(crate) fn everything(walk: &mut Walk<'static>, names: &Names, table: &Table, now: u64) {
    against_the_oracle(walk, names, now);
    let Some(place) = Place::random(walk, names) else { return };
    place.who(walk, names, table, now);
    place.matrix(walk, names, table, now);
    place.list(walk, names, table, now);
    place.asked_by_somebody(walk, now);
}

/// Decisions of accesses and of the directory, in every field, as the oracle says them.
fn against_the_oracle(walk: &mut Walk<'static>, names: &Names, now: u64) {
    const QUESTIONS: usize = 40;
    for _ in 0..QUESTIONS {
        let principal = walk.dice.pick(&names.principals).unwrap();
        let organization = walk.dice.pick(&names.organizations).unwrap_or("nowhere".to_owned());
        let (kind, actions, ids) = &names.kinds[walk.dice.below(names.kinds.len())];
        let (action, id) =
            (walk.dice.pick(actions).unwrap(), walk.dice.pick(ids).unwrap_or("none".to_owned()));
        let (principal, organization) = (principal.as_str(), organization.as_str());
        let question = Question { principal, organization, action: &action, kind, id: &id, now };
        let access = walk.directory.access(principal, organization);
        let found = told(&access.check(&action, kind, &id, now));
        assert_eq!(
            found,
            expected(walk.oracle.check(question)),
            "{}: {question:?}: {}",
            walk.label(),
            walk.shown()
        );
        let found = told(&walk.directory.check(principal, organization, &action, kind, &id, now));
        let expected = expected(walk.oracle.check_in_directory(question));
        assert_eq!(found, expected, "{}: {question:?}: {}", walk.label(), walk.shown());
    }
    walk.tally.checked("decisions equal to the oracle's", 2 * QUESTIONS);
}

type Told = (String, Vec<String>, Option<u64>);

/// A decision: its reason, the bindings that carry it, its end.
fn told(decision: &bailiwick::Decision) -> Told {
    let written = json(decision);
    let via = written["via"].as_array().unwrap().iter().map(|via| {
        format!(
            "{} {} {} {:?}",
            text(&via["role"]),
            text(&via["on"]),
            text(&via["how"]),
            via["until"].as_u64()
        )
    });
    let mut via: Vec<String> = via.collect();
    via.sort();
    (reason(decision), via, decision.valid_until)
}

fn expected(answer: oracle::Answer) -> Told {
    let via = answer.via.iter().map(|via| format!("{} {} {} {:?}", via.role, via.on, via.how, via.until));
    let mut via: Vec<String> = via.collect();
    via.sort();
    (answer.reason.to_owned(), via, answer.valid_until)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// A thing, in its organization, to ask about.
struct Place {
    organization: String,
    kind: String,
    id: String,
    action: String,
}

impl Place {
    fn random(walk: &mut Walk<'static>, names: &Names) -> Option<Self> {
        let organization = walk.dice.pick(&names.organizations)?;
        let things = walk.document.things(&organization);
        let thing = walk.dice.pick(&things)?;
        let (kind, id) = thing.split_once('/')?;
        walk.document.home_of(&thing)?;
        let action = walk.dice.pick(&walk.rules.actions(kind))?;
        Some(Place { organization, kind: kind.to_owned(), id: id.to_owned(), action })
    }

    /// Everybody who may do the action, by the table.
    fn holders(&self, names: &Names, table: &Table) -> Vec<String> {
        let holds = |who: &&String| table.holds(who, &self.kind, &self.id, &self.action);
        let mut holders: Vec<String> = names.principals.iter().filter(holds).cloned().collect();
        holders.sort();
        holders
    }

    fn query<'q>(&'q self, now: u64, next: &'q Option<String>, limit: usize) -> Query<'q> {
        Query::new(&self.organization, now).page(next.as_deref(), limit)
    }

    fn who(&self, walk: &mut Walk<'static>, names: &Names, table: &Table, now: u64) {
        let limit = walk.dice.pick(&[1, 3, 1000]).unwrap();
        let expected = self.holders(names, table);
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let query = self.query(now, &next, limit);
            let Ok(Answer::Told(page)) = walk.directory.who(query, &self.action, &self.kind, &self.id) else {
                panic!("{}: the host may ask who", walk.label());
            };
            assert_eq!(page.total, expected.len(), "{}: who in all", walk.label());
            for entry in page.items {
                let access = walk.directory.access(&entry.principal, &self.organization);
                let decision = access.check(&self.action, &self.kind, &self.id, now);
                assert_eq!(
                    json(&decision)["via"],
                    serde_json::to_value(&entry.via).unwrap(),
                    "{}: via",
                    walk.label()
                );
                found.push(entry.principal);
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        assert_eq!(
            found,
            expected,
            "{}: who may {} {}/{}: {}",
            walk.label(),
            self.action,
            self.kind,
            self.id,
            walk.shown()
        );
        walk.tally.checked("answers to who", 1);
    }

    fn matrix(&self, walk: &mut Walk<'static>, names: &Names, table: &Table, now: u64) {
        let limit = walk.dice.pick(&[1, 3, 1000]).unwrap();
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let query = self.query(now, &next, limit);
            let Ok(Answer::Told(page)) = walk.directory.matrix(query, &self.kind, &self.id) else {
                panic!("{}: the host may see the matrix", walk.label());
            };
            for row in page.rows {
                let held = page.actions.iter().zip(row.cells).filter(|(_, held)| *held);
                let mut held: Vec<String> = held.map(|(action, _)| action.clone()).collect();
                held.sort();
                found.push((row.principal, held));
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        let mut expected = Vec::new();
        for who in &names.principals {
            let cell = (who.clone(), self.kind.clone(), self.id.clone());
            if let Some(held) = table.rows.get(&cell) {
                let mut held = held.clone();
                held.sort();
                expected.push((who.clone(), held));
            }
        }
        expected.sort();
        assert_eq!(
            found,
            expected,
            "{}: the matrix of {}/{}: {}",
            walk.label(),
            self.kind,
            self.id,
            walk.shown()
        );
        walk.tally.checked("matrices of people", 1);
    }

    fn list(&self, walk: &mut Walk<'static>, names: &Names, table: &Table, now: u64) {
        let who = walk.dice.pick(&names.principals).unwrap();
        let limit = walk.dice.pick(&[1, 3, 1000]).unwrap();
        let (mut found, mut next) = (Vec::new(), None);
        loop {
            let query = self.query(now, &next, limit);
            let Ok(Answer::Told(page)) = walk.directory.list(query, &who, &self.action, &self.kind) else {
                panic!("{}: the host may list", walk.label());
            };
            found.extend(page.items);
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        let ids = names.kinds.iter().find(|(kind, _, _)| *kind == self.kind).map(|(_, _, ids)| ids.clone());
        let home = Some(self.organization.as_str());
        let here = |id: &String| walk.document.home_of(&format!("{}/{id}", self.kind)) == home;
        let mut expected = ids.unwrap_or_default();
        expected.retain(|id| here(id) && table.holds(&who, &self.kind, id, &self.action));
        expected.sort();
        assert_eq!(found, expected, "{}: where {who} may {} {}", walk.label(), self.action, self.kind);
        walk.tally.checked("lists", 1);
    }

    /// The same questions by somebody: told exactly where the policy lets them ask.
    fn asked_by_somebody(&self, walk: &mut Walk<'static>, now: u64) {
        let members = walk.document.organization(&self.organization).into_iter().flat_map(|one| &one.members);
        let mut askers: Vec<String> = members.map(|member| member.member.clone()).collect();
        askers.push("user/nobody@x.com".to_owned());
        let asker = walk.dice.pick(&askers).unwrap();
        let query = Query::new(&self.organization, now).asked_by(&asker);
        let expected = self.may_put("who", walk, &asker, now);
        let told = walk.directory.who(query, &self.action, &self.kind, &self.id);
        assert_eq!(
            matches!(told, Ok(Answer::Told(_))),
            expected,
            "{}: {asker} asks who: {}",
            walk.label(),
            walk.shown()
        );
        let expected = self.may_put("matrix", walk, &asker, now);
        let told = walk.directory.matrix(query, &self.kind, &self.id);
        assert_eq!(
            matches!(told, Ok(Answer::Told(_))),
            expected,
            "{}: {asker} asks for a matrix",
            walk.label()
        );
        let expected = may_ask(&walk.oracle, walk.rules, "who", &asker, &self.organization, now);
        let told = walk.directory.list(query, "user/p0@a.com", &self.action, &self.kind);
        if asker != "user/p0@a.com" {
            assert_eq!(
                matches!(told, Ok(Answer::Told(_))),
                expected,
                "{}: {asker} asks for a list",
                walk.label()
            );
        }
        walk.tally.checked("questions by somebody", 3);
    }

    /// Whether somebody may put a question here: the action of the nearest kind that has one is allowed.
    fn may_put(&self, question: &str, walk: &Walk<'static>, asker: &str, now: u64) -> bool {
        if !knows(&walk.oracle, walk.rules, asker, &self.organization, &self.kind, &self.id, now) {
            return false;
        }
        let mut at = format!("{}/{}", self.kind, self.id);
        loop {
            let (kind, id) = at.split_once('/').unwrap();
            if let Some(action) = walk.rules.document["questions"][question][kind].as_str() {
                let organization = self.organization.as_str();
                let ask = Question { principal: asker, organization, action, kind, id, now };
                return walk.oracle.check_in_directory(ask).allowed;
            }
            at = match kind {
                "organization" => return false,
                "project" => format!("organization/{}", self.organization),
                _ => walk.document.resource(&at).unwrap().parent.clone(),
            };
        }
    }
}
