//! Many answers at once: a table of buttons, and the list of what is allowed.

use crate::access::{Access, KindView, status};
use crate::error::{Code, Error, Result};
use serde::Serialize;

/// The most items on one page.
const MOST: usize = 1000;

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Ids in byte order.
    pub items: Vec<String>,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Access {
    /// Answers a whole table: for each id a row, in it for each action 1 (allowed) or 0, as [`can`](Access::can)
    /// would.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
    /// let ana = directory.access("user/ana@acme.com", "acme");
    /// let table = ana.can_many(&["delete", "fly"], "project", &["search", "elsewhere"], 1_800_000_000_000);
    /// assert_eq!(table, [1, 0, 0, 0]);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn can_many(&self, actions: &[&str], kind: &str, ids: &[&str], now: u64) -> Vec<u8> {
        let now = self.moment(now);
        let kind = Some(kind).filter(|_| self.status() == status::ACTIVE).and_then(|name| self.kind(name));
        let Some(kind) = kind else { return vec![0; actions.len().saturating_mul(ids.len())] };
        let bits: Vec<Option<usize>> = actions.iter().map(|action| kind.action(action)).collect();
        let mut table = Vec::with_capacity(actions.len().saturating_mul(ids.len()));
        for id in ids {
            let row = kind.row(id);
            let granted = |bit: &Option<usize>| row.zip(*bit).is_some_and(|(row, bit)| row.grants(bit, now));
            table.extend(bits.iter().map(|bit| u8::from(granted(bit))));
        }
        table
    }

    /// The ids of a kind on which the action is allowed at `now`: exact, in byte order, `limit` (1 to 1,000; others
    /// are brought inside) a page. `after` is the `next` of the page before. Unknown names give an empty page.
    ///
    /// # Errors
    /// `ERR_CURSOR` for a cursor of another list, or of another revision: start again.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }],
    /// #   "projects": [{ "id": "b", "organization": "acme" }, { "id": "a", "organization": "acme" }] }"#)?;
    /// let ana = directory.access("user/ana@acme.com", "acme");
    /// let page = ana.list("delete", "project", None, 100, 1_800_000_000_000)?;
    /// assert_eq!((page.items, page.next), (vec!["a".into(), "b".into()], None));
    /// assert_eq!(ana.list("delete", "project", Some("junk"), 100, 0).unwrap_err().code(), "ERR_CURSOR");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn list(
        &self,
        action: &str,
        kind: &str,
        after: Option<&str>,
        limit: usize,
        now: u64,
    ) -> Result<Page> {
        let now = self.moment(now);
        let kind = Some(kind).filter(|_| self.status() == status::ACTIVE).and_then(|name| self.kind(name));
        let Some((kind, bit)) = kind.and_then(|kind| Some((kind, kind.action(action)?))) else {
            return after.map_or_else(|| Ok(Page::default()), |_| Err(other_list()));
        };
        let start = after.map_or(Ok(0), |cursor| self.resume(kind, bit, cursor))?;
        let mut granted = kind.rows().skip(start).filter(|row| row.grants(bit, now));
        let items = granted.by_ref().take(limit.clamp(1, MOST)).map(|row| row.id().to_owned()).collect();
        let next = granted.next().map(|row| self.cursor(kind, bit, row.index()));
        Ok(Page { items, next })
    }

    /// Bound to the revision, the kind and the action, so that it fits no other list.
    fn cursor(&self, kind: KindView<'_>, bit: usize, row: usize) -> String {
        let parts = [self.revision(), kind.index() as u64, bit as u64, row as u64];
        parts.map(|part| part.to_string()).join(".")
    }

    fn resume(&self, kind: KindView<'_>, bit: usize, cursor: &str) -> Result<usize> {
        let row = cursor.rsplit_once('.').and_then(|(_, row)| row.parse().ok()).ok_or_else(other_list)?;
        let known = kind.row_at(row).is_some() && self.cursor(kind, bit, row) == cursor;
        if known { Ok(row) } else { Err(other_list()) }
    }
}

fn other_list() -> Error {
    Error::of(Code::Cursor, "", &["this cursor belongs to another list or another revision, start again"])
}
