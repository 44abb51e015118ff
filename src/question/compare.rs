//! What everybody would gain and lose if the model changed: the same directory under another policy.

use super::answers::{Answer, Compared, Unmapped};
use super::diff::Rows;
use super::{Asking, Query, cursor, resume, settle};
use crate::directory::{Directory, RoleNames};
use crate::error::{Result, decimal};
use crate::order::arranged;
use crate::plan::Step;
use crate::policy::Policy;

/// What roles are called in another policy: kind to role to the roles there. A role that is not named keeps its
/// name, an empty list stands for nothing.
///
/// ```
/// let mut roles = bailiwick::RoleMapping::default();
/// roles.map("project", "project_user", &["project_editor", "project_member"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct RoleMapping(RoleNames);

impl RoleMapping {
    /// A role of a kind becomes these roles of that kind.
    pub fn map(&mut self, kind: &str, role: &str, to: &[&str]) {
        let to = to.iter().map(|name| (*name).to_owned()).collect();
        self.0.push((kind.to_owned(), role.to_owned(), to));
    }

    /// Reads a mapping (JSON text): `{ "project": { "project_user": ["project_editor"] } }`.
    ///
    /// # Errors
    /// What any document can have wrong, with a code and the place.
    ///
    /// ```
    /// let error = bailiwick::RoleMapping::read(r#"{ "project": { "project_user": 1 } }"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("ERR_TYPE", "project.project_user"));
    /// ```
    pub fn read(text: &str) -> Result<Self> {
        crate::directory::read_role_names(text).map(Self)
    }

    /// [`read`](Self::read) from bytes, which must be UTF-8 (`ERR_ILL_FORMED`).
    pub fn read_bytes(bytes: &[u8]) -> Result<Self> {
        Self::read(crate::json::utf8(bytes)?)
    }
}

impl Directory {
    /// What every principal of an organization would gain and lose if it were under another policy, its roles called
    /// otherwise as the mapping says. Everything is compared by name: an action that only one policy has is gained
    /// or lost. Roles that the other policy does not have are reported, and stand for nothing. Pending invites and
    /// single sign-on give nothing yet, and are left out.
    ///
    /// # Errors
    /// As [`load`](Self::load) for what cannot stand under the other policy (an edition that it lacks, an owner that
    /// nobody would be); `ERR_CURSOR` for a cursor of another list or another revision.
    ///
    /// ```
    /// # use bailiwick::{Answer, Directory, Policy, Query, RoleMapping};
    /// # let old = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let new = Policy::compile(include_str!("../../policies/pinecone-2026.json"))?;
    /// # let directory = Directory::load(&old, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }, { "member": "user/bo@acme.com" }] }] }"#)?;
    /// let mut roles = RoleMapping::default();
    /// roles.map("organization", "organization_user", &["organization_member"]);
    /// let query = Query::new("acme", 1_800_000_000_000);
    /// let Answer::Told(compared) = directory.compare(query, &new, &roles)? else { panic!() };
    /// let bo = compared.rows.iter().find(|row| row.principal == "user/bo@acme.com").unwrap();
    /// assert_eq!(bo.lost, ["create_projects"]);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn compare(&self, query: Query<'_>, other: &Policy, roles: &RoleMapping) -> Result<Answer<Compared>> {
        settle(self.told_compare(query, other, roles))
    }

    fn told_compare(&self, query: Query<'_>, other: &Policy, roles: &RoleMapping) -> Step<Compared> {
        let asking = Asking::new(self, query)?;
        if let Some(home) = self.facts().organization(asking.home) {
            asking.must_ask("matrix", home.resource)?;
        }
        let (document, unmapped) = self.translated(other, &roles.0);
        let there = Directory::load(other, &document)?;
        let sight = query
            .asker
            .map(|asker| [self.access(asker, query.organization), there.access(asker, query.organization)]);
        let sees = |_: &str, kind: &str, id: &str| {
            sight.as_ref().is_none_or(|[old, new]| {
                old.may_know(kind, id, asking.now) || new.may_know(kind, id, asking.now)
            })
        };
        let what = ["compare", &decimal(other.digest())].join("\n");
        let start = query.after.map_or(Ok(0), |cursor| resume(self, &what, cursor))?;
        let mut rows = Rows::new(start, query.limit, &sees);
        for name in self.everybody(asking.home) {
            let before = self.access(&name, query.organization);
            let after = there.access(&name, query.organization);
            rows.add(&name, &before, &after, asking.now);
        }
        let next = rows.next().map(|place| cursor(self, &what, place));
        let mut lost = Vec::with_capacity(unmapped.len());
        for (kind, role, bindings) in unmapped {
            lost.push(Unmapped { kind, role, bindings });
        }
        let unmapped = arranged(lost, Unmapped::cmp);
        Ok(Compared { rows: rows.rows, totals: rows.totals, unmapped, next })
    }
}
