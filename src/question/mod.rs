//! Questions about everyone, with the directory at hand: who may do a thing, what a change would give and take.
//! Each is exact, ordered and paged, and equal to asking `check` for everything (ARCHITECTURE.md section 12).

mod affected;
mod answers;
mod compare;
mod diff;
mod grantable;
mod lacks;
mod list;
mod people;
mod preview;
#[cfg(any(feature = "js", test))]
mod tell;

pub use answers::{Answer, Compared, Grantable, Lack, ListPage, PeopleMatrix, PeopleRow};
pub use answers::{Preview, Row, Totals, Unmapped, WhoEntry, WhoPage};
pub use compare::RoleMapping;
#[cfg(feature = "js")]
pub(crate) use tell::Told;

use crate::decision::Reason;
use crate::directory::{Directory, OrganizationId, ResourceId};
use crate::error::{Code, Error, Result, decimal};
use crate::plan::{Actor, Denied, Step, Stop};
use crate::policy::KindId;
use core::ops::Range;

/// The most items on one page.
const MOST: usize = 1000;

/// Who asks about an organization, when, and for which page.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    organization: &'a str,
    now: u64,
    asker: Option<&'a str>,
    after: Option<&'a str>,
    limit: usize,
}

impl<'a> Query<'a> {
    /// The host's own question about an organization at a moment (milliseconds since 1970): it may know everything.
    ///
    /// ```
    /// let query = bailiwick::Query::new("acme", 1_800_000_000_000).asked_by("user/ana@acme.com").page(None, 50);
    /// ```
    pub fn new(organization: &'a str, now: u64) -> Self {
        Self { organization, now, asker: None, after: None, limit: MOST }
    }

    /// Asked for a principal: what the policy lets them ask, and naming only what they may see (rule 2).
    pub fn asked_by(self, principal: &'a str) -> Self {
        Self { asker: Some(principal), ..self }
    }

    /// The page after a cursor, with so many items (1 to 1,000; others are brought inside).
    pub fn page(self, after: Option<&'a str>, limit: usize) -> Self {
        Self { after, limit: limit.clamp(1, MOST), ..self }
    }
}

/// A question being answered.
struct Asking<'q> {
    directory: &'q Directory,
    query: Query<'q>,
    actor: Actor<'q>,
    home: OrganizationId,
    now: u64,
}

impl<'q> Asking<'q> {
    /// Begins with the organization; whoever asks must be active there.
    fn new(directory: &'q Directory, query: Query<'q>) -> Step<Self> {
        let now = directory.seen(query.now);
        let actor = Actor::new(directory, query.asker, query.organization, now);
        let home = directory.facts().organization_named(query.organization);
        let standing = directory.check(actor.name(), query.organization, "", "", "", now).reason;
        let refused = matches!(standing, Reason::UnknownPrincipal | Reason::NotAMember | Reason::Suspended);
        match home {
            Some(home) if actor.is_host() || !refused => Ok(Self { directory, query, actor, home, now }),
            _ if actor.is_host() => Err(Stop::denied(Reason::NotAMember, "There is no such organization.")),
            _ => Err(Stop::denied(standing, "You are not active in this organization.")),
        }
    }

    /// A kind of the policy.
    fn kind(&self, kind: &str) -> Step<KindId> {
        let found = self.directory.policy().model().kind_named(kind);
        found.ok_or_else(|| Stop::denied(Reason::UnknownKind, "Nothing of this kind is known here."))
    }

    /// A thing of this organization or above it, that the asker may see.
    fn place(&self, kind: KindId, id: &str) -> Step<ResourceId> {
        let facts = self.directory.facts();
        let found = facts.resource_named(kind, id);
        let found = found.filter(|found| facts.is_within(*found, self.home) && self.actor.may_see(*found));
        found.ok_or_else(|| Stop::denied(Reason::UnknownResource, "There is nothing of this name here."))
    }

    /// The action that guards a question, on the nearest thing at or above that has it (`view_members`).
    fn must_ask(&self, question: &str, place: ResourceId) -> Step<()> {
        if self.actor.is_host() {
            return Ok(());
        }
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let guarded = model.questions.iter().find(|known| known.name == question);
        let mut at = Some(place);
        while let Some(row) = at.and_then(|id| facts.resource(id)) {
            let bit = guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == row.kind));
            if let Some((_, bit)) = bit {
                return self.actor.must(row.kind, *bit, &row.id).map(drop);
            }
            at = row.parent;
        }
        Err(Stop::denied(Reason::NoRole, "No role gives this."))
    }

    /// Whether the asker may see who belongs to the organization.
    fn sees_people(&self) -> bool {
        let home = self.directory.facts().organization(self.home).map(|row| row.resource);
        home.is_some_and(|home| self.must_ask("who", home).is_ok())
    }

    /// Which items of a list are the page that was asked for; `what` tells lists apart.
    fn cut(&self, what: &str, total: usize) -> Result<(Range<usize>, Option<String>)> {
        let start = self.query.after.map_or(Ok(0), |cursor| resume(self.directory, what, cursor))?;
        if start > total {
            return Err(other_list());
        }
        let end = start.saturating_add(self.query.limit).min(total);
        Ok((start..end, (end < total).then(|| cursor(self.directory, what, end))))
    }
}

/// Bound to the revision and to the list, so that it fits no other.
fn cursor(directory: &Directory, what: &str, place: usize) -> String {
    let list = what.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    [directory.revision(), list, place as u64].map(decimal).join(".")
}

fn resume(directory: &Directory, what: &str, known: &str) -> Result<usize> {
    let place = known.rsplit_once('.').and_then(|(_, place)| place.parse().ok()).ok_or_else(other_list)?;
    if cursor(directory, what, place) == known { Ok(place) } else { Err(other_list()) }
}

fn other_list() -> Error {
    Error::of(Code::Cursor, "", &["this cursor belongs to another list or another revision, start again"])
}

/// A refusal is an answer, an error is not.
fn settle<T>(told: Step<T>) -> Result<Answer<T>> {
    match told {
        Ok(told) => Ok(Answer::Told(told)),
        Err(Stop::Denied(denied)) => Ok(Answer::Denied(denied)),
        Err(Stop::Wrong(error)) => Err(error),
    }
}

/// What a refusal is made of, for those who look inside.
type Refusal = Box<Denied>;
