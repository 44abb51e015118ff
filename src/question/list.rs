//! On which resources a principal may do something, for others to ask.

use super::answers::{Answer, ListPage};
use super::{Asking, Query, settle};
use crate::directory::Directory;
use crate::error::Result;
use crate::plan::Step;

impl Directory {
    /// The ids of a kind on which a principal may do an action: every one of which [`check`](Self::check) says yes.
    /// About oneself anybody may ask; about others who may ask `who` on the organization. What the asker may not
    /// see is counted. Unknown names give an empty page.
    ///
    /// # Errors
    /// `ERR_CURSOR` for a cursor of another list or another revision.
    ///
    /// ```
    /// # use bailiwick::{Answer, Directory, Policy, Query};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json"))?;
    /// let query = Query::new("acme", 1_800_000_000_000);
    /// let Answer::Told(page) = directory.list(query, "user/nobody@example.com", "delete", "project")? else { panic!() };
    /// assert_eq!(page.total, 0);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn list(
        &self,
        query: Query<'_>,
        principal: &str,
        action: &str,
        kind: &str,
    ) -> Result<Answer<ListPage>> {
        settle(self.told_list(query, principal, action, kind))
    }

    fn told_list(&self, query: Query<'_>, principal: &str, action: &str, kind: &str) -> Step<ListPage> {
        let asking = Asking::new(self, query)?;
        if query.asker != Some(principal) {
            let home = self.facts().organization(asking.home).map(|row| row.resource);
            home.map_or(Ok(()), |home| asking.must_ask("who", home))?;
        }
        let access = self.access(principal, query.organization);
        let sees = query.asker.map(|asker| self.access(asker, query.organization));
        let mut all = Vec::new();
        let mut hidden = 0_usize;
        let mut after: Option<String> = None;
        loop {
            let page = access.list(action, kind, after.as_deref(), usize::MAX, asking.now)?;
            for id in page.items {
                if sees.as_ref().is_none_or(|sees| sees.may_know(kind, &id, asking.now)) {
                    all.push(id);
                } else {
                    hidden = hidden.saturating_add(1);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let total = all.len().saturating_add(hidden);
        let (page, next) = asking.cut(&["list", principal, action, kind].join("\n"), all.len())?;
        let items = all.get(page).unwrap_or_default().to_vec();
        Ok(ListPage { items, total, hidden, next })
    }
}
