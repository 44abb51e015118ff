//! What a command would give and take, before anybody decides to do it: the accesses of those whom it touches,
//! before and after.

use super::answers::{Answer, Preview, Row, Totals};
use super::diff::Rows;
use super::{Asking, Query, cursor, resume};
use crate::access::Access;
use crate::directory::{Change, Command, Directory, Fact, Note, Operation};
use crate::error::{Result, decimal};
use crate::plan::Outcome;
use crate::policy::{KindId, Mask};
use crate::text::parted;

/// How many accesses are held at once.
const CHUNK: usize = 256;

impl Directory {
    /// What a command of the asker would come to: the change, and exactly which actions who would gain and lose on
    /// what. Or the refusal that [`apply`](Self::apply) would give. The directory is as it was afterwards. It is
    /// borrowed mutably since the change is laid over it and taken back.
    ///
    /// # Errors
    /// As [`apply`](Self::apply); `ERR_CURSOR` for a cursor of another preview or another revision.
    ///
    /// ```
    /// # use bailiwick::{Answer, Command, Directory, Policy, Query, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let mut directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }, { "member": "user/bo@acme.com" }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
    /// let add = Command::read(r#"{ "id": "1", "command": "add_project_member", "organization": "acme",
    ///     "project": "search", "member": "user/bo@acme.com", "roles": ["project_user"] }"#)?;
    /// let query = Query::new("acme", 1_800_000_000_000);
    /// let Answer::Told(preview) = directory.preview(query.asked_by("user/ana@acme.com"), &add)? else { panic!() };
    /// assert_eq!((preview.totals.principals, preview.totals.lost), (1, 0));
    /// assert!(preview.rows[0].gained.contains(&"query_vectors".to_owned()));
    ///
    /// let Answer::Denied(denied) = directory.preview(query.asked_by("user/bo@acme.com"), &add)? else { panic!() };
    /// assert_eq!(denied.decision.reason, Reason::NoRole);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn preview(&mut self, query: Query<'_>, command: &Command) -> Result<Answer<Preview>> {
        self.previewed(query, command.clone())
    }

    pub(crate) fn previewed(&mut self, query: Query<'_>, command: Command) -> Result<Answer<Preview>> {
        let change = match self.planned(command, query.asker, query.now)? {
            Outcome::Changed(change) => *change,
            Outcome::Denied(denied) => return Ok(Answer::Denied(denied)),
        };
        let organization = change.command.organization.clone();
        let query = Query { organization: &organization, ..query };
        let what = ["preview", &decimal(change.command.digest(&change.actor))].join("\n");
        let start = query.after.map_or(Ok(0), |cursor| resume(self, &what, cursor))?;
        let (lacks, lacks_hidden) = self.lacks(query, &change.command.operation);
        let sight = Sight::new(self, query, &change)?;
        let (rows, totals, next) = self.difference(query, &change, start, &sight)?;
        let next = next.map(|place| cursor(self, &what, place));
        let (change, withheld) = sight.shown(change);
        Ok(Answer::Told(Preview { change, withheld, rows, totals, lacks, lacks_hidden, next }))
    }

    fn difference(
        &mut self,
        query: Query<'_>,
        change: &Change,
        start: usize,
        sight: &Sight<'_>,
    ) -> Result<(Vec<Row>, Totals, Option<usize>)> {
        let now = sight.now;
        let organization = change.command.organization.as_str();
        let gates = self.gates_differ(change)?;
        let home = self.facts().organization_named(organization);
        let affected = self.affected(change, home, gates);
        let sees = |principal: &str, kind: &str, id: &str| sight.sees(principal, kind, id);
        let mut rows = Rows::new(start, query.limit, &sees);
        let only = affected.only.as_deref();
        for names in affected.principals.chunks(CHUNK) {
            let mut accesses: Vec<Access> = Vec::new();
            let mut access = |directory: &Directory| {
                names.iter().for_each(|name| accesses.push(directory.access_to(name, organization, only)));
            };
            access(self);
            self.laid_over(change, &mut access)?;
            let (before, after) = accesses.split_at_checked(names.len()).unwrap_or_default();
            for ((name, before), after) in names.iter().zip(before).zip(after) {
                rows.add(name, before, after, now);
            }
        }
        let next = rows.next();
        Ok((rows.rows, rows.totals, next))
    }

    /// Asks something of the directory as the change would make it; it is as it was afterwards.
    fn laid_over(&mut self, change: &Change, ask: &mut dyn FnMut(&Directory)) -> Result<()> {
        if change.repeated {
            ask(self);
            return Ok(());
        }
        let mark = self.lay(change)?;
        ask(self);
        self.lift(change, mark);
        Ok(())
    }

    /// Whether some action opens or closes for all: another edition, a limit used up or free again.
    fn gates_differ(&mut self, change: &Change) -> Result<bool> {
        let organization = change.command.organization.clone();
        let before = self.all_open(&organization);
        let mut after = None;
        self.laid_over(change, &mut |directory| after = directory.all_open(&organization))?;
        Ok(before.zip(after).is_some_and(|(before, after)| before != after))
    }

    /// The edition and what no gate closes, by kind; nothing for an organization that is not there.
    fn all_open(&self, organization: &str) -> Option<(usize, Vec<Mask>)> {
        let home = self.facts().organization_named(organization)?;
        let edition = self.facts().organization(home)?.edition;
        let mut open = Vec::new();
        for kind in (0..).map(KindId).take(self.policy().model().kinds.len()) {
            open.push(self.open(home, kind));
        }
        Some((edition, open))
    }
}

/// What the asker may see (rule 2): resources of private kinds on which they hold something, before or after; other
/// people if they may view who belongs to the organization.
struct Sight<'q> {
    asker: Option<&'q str>,
    people: bool,
    /// Whom the command is about.
    target: Option<String>,
    before: Access,
    after: Access,
    now: u64,
}

impl<'q> Sight<'q> {
    fn new(directory: &mut Directory, query: Query<'q>, change: &Change) -> Result<Self> {
        let now = directory.seen(query.now);
        let organization = change.command.organization.clone();
        let asker = query.asker.unwrap_or_default();
        let people = Asking::new(directory, Query { organization: &organization, ..query })
            .is_ok_and(|asking| asking.sees_people());
        let before = directory.access(asker, &organization);
        let mut after = directory.access("", "");
        directory.laid_over(change, &mut |directory| after = directory.access(asker, &organization))?;
        let people = people || matches!(change.command.operation, Operation::CreateOrganization { .. });
        let target = target(&change.command.operation).map(str::to_owned);
        Ok(Self { asker: query.asker, people, target, before, after, now })
    }

    fn sees(&self, principal: &str, kind: &str, id: &str) -> bool {
        self.sees_who(principal) && self.sees_what(kind, id)
    }

    /// Oneself, whom one named, and others if one may view who belongs here.
    fn sees_who(&self, principal: &str) -> bool {
        let named = self.target.as_deref() == Some(principal);
        self.people || named || self.asker.is_none_or(|asker| asker == principal)
    }

    fn sees_what(&self, kind: &str, id: &str) -> bool {
        let knows = |access: &Access| access.may_know(kind, id, self.now);
        self.asker.is_none() || knows(&self.before) || knows(&self.after)
    }

    /// `kind/id` of a resource; what no policy calls a kind is no secret.
    fn sees_named(&self, name: &str) -> bool {
        let (kind, id) = parted(name, b'/').unwrap_or((name, ""));
        self.after.kind(kind).is_none() || self.sees_what(kind, id)
    }

    /// The change as the asker may see it, and how many of its facts and notes they may not.
    fn shown(&self, mut change: Change) -> (Change, usize) {
        let count = |change: &Change| {
            let facts = change.removed.len().saturating_add(change.added.len());
            facts.saturating_add(change.notes.len())
        };
        let all = count(&change);
        change.removed.retain(|fact| self.sees_fact(fact));
        change.added.retain(|fact| self.sees_fact(fact));
        change.notes.retain(|note| match note {
            Note::Dropped { on, .. } | Note::Kept { on, .. } | Note::Succeeded { on, .. } => {
                self.sees_named(on)
            }
            _ => true,
        });
        let shown = count(&change);
        (change, all.saturating_sub(shown))
    }

    fn sees_fact(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Binding { who, on, .. } => {
                let person = who.contains('/') && !who.starts_with("group/");
                self.sees_named(on) && (!person || self.sees_who(who))
            }
            Fact::Resource { id, .. } | Fact::Retired { id } => self.sees_named(id),
            Fact::Grouped { member, .. } | Fact::Member { member, .. } => self.sees_who(member),
            _ => true,
        }
    }
}

/// Whom a command gives or takes something.
fn target(operation: &Operation) -> Option<&str> {
    match operation {
        Operation::Share { with, .. }
        | Operation::ChangeShare { with, .. }
        | Operation::Unshare { with, .. } => Some(with),
        Operation::AddProjectMember { member, .. }
        | Operation::ChangeProjectMember { member, .. }
        | Operation::RemoveProjectMember { member, .. }
        | Operation::AddToGroup { member, .. }
        | Operation::RemoveFromGroup { member, .. } => Some(member),
        _ => None,
    }
}
