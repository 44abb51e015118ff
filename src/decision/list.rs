//! Many answers at once: a table of buttons, and the list of what is allowed.

use crate::access::{Access, KindView};
use crate::error::push_number;
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
        let kind = Some(kind).filter(|_| self.speaks(now)).and_then(|name| self.kind(name));
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
        let mut items = Vec::new();
        let next = self.each_listed(action, kind, after, limit, now, &mut |id| items.push(id.to_owned()));
        let next = next.map_err(|OtherList| {
            let sentence = "this cursor belongs to another list or another revision, start again";
            Error::of(Code::Cursor, "", &[sentence])
        })?;
        Ok(Page { items, next })
    }

    /// Tells the ids of a page; where the next one starts.
    pub(super) fn each_listed(
        &self,
        action: &str,
        kind: &str,
        after: Option<&str>,
        limit: usize,
        now: u64,
        tell: &mut impl FnMut(&str),
    ) -> core::result::Result<Option<String>, OtherList> {
        let now = self.moment(now);
        let kind = Some(kind).filter(|_| self.speaks(now)).and_then(|name| self.kind(name));
        let Some((kind, bit)) = kind.and_then(|kind| Some((kind, kind.action(action)?))) else {
            return after.map_or(Ok(None), |_| Err(OtherList));
        };
        let mut place = match after {
            Some(cursor) => self.resume(kind, bit, cursor).ok_or(OtherList)?,
            None => 0,
        };
        let mut left = limit.clamp(1, MOST);
        while let Some(row) = kind.row_at(place) {
            if row.grants(bit, now) {
                if left == 0 {
                    return Ok(Some(self.cursor(kind, bit, place)));
                }
                tell(row.id());
                left = left.saturating_sub(1);
            }
            place = place.saturating_add(1);
        }
        Ok(None)
    }

    /// Bound to the revision, the kind and the action, so that it fits no other list.
    fn cursor(&self, kind: KindView<'_>, bit: usize, row: usize) -> String {
        let mut cursor = String::new();
        for part in [self.revision(), kind.index() as u64, bit as u64, row as u64] {
            if !cursor.is_empty() {
                cursor.push('.');
            }
            push_number(&mut cursor, part);
        }
        cursor
    }

    fn resume(&self, kind: KindView<'_>, bit: usize, cursor: &str) -> Option<usize> {
        let last = cursor.bytes().rev().take_while(u8::is_ascii_digit).count();
        let digits = cursor.bytes().skip(cursor.len().saturating_sub(last));
        let row =
            digits.fold(0_usize, |row, digit| row.wrapping_mul(10).wrapping_add(usize::from(digit & 15)));
        let known = kind.row_at(row).is_some() && self.cursor(kind, bit, row) == cursor;
        known.then_some(row)
    }
}

/// A cursor that belongs to another list, or to another revision.
#[derive(Debug)]
pub(super) struct OtherList;
