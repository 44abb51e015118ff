//! The living facts of organizations: who is in them, what they hold, who is bound to what.

mod assertions;
mod bind;
mod change;
mod checks;
mod come;
mod command;
mod commit;
mod document;
mod facts;
mod form;
mod hold;
mod index;
mod invites;
mod lay;
mod load;
mod members;
mod names;
mod resources;
mod rows;
mod slots;
mod sso;
mod tell;
mod translate;
mod write;

use crate::error::Result;
use crate::json;
use crate::policy::Policy;
use core::sync::atomic::{AtomicU64, Ordering};
use serde::Serialize;

pub use assertions::{AssertedRole, Assertions};
pub(crate) use bind::{may_hold, role_named, top_ends};
pub(crate) use change::is_default;
pub use change::{Change, Fact, Note, SuspendedBy};
pub use command::{Command, Operation, ProjectRoles};
pub(crate) use commit::clock;
pub(crate) use facts::{
    Binding, Facts, Invite, NEVER, OrganizationId, PLATFORM, Resource, ResourceId, Standing, Subject,
};
pub(crate) use invites::{InvitedProject, invited_projects, invited_roles, roles_for};
pub(crate) use load::{is_address, not_an_address, role_required};
pub(crate) use resources::{check_used, unknown_kind};
pub(crate) use sso::{asserted, check as check_sso, check_domain, in_order};
pub(crate) use translate::{RoleNames, read_role_names};

/// A loaded directory: every reference, role and holder in it has been checked against one policy.
#[derive(Debug)]
pub struct Directory {
    policy: Policy,
    facts: Facts,
    /// The latest moment that a question to the directory itself named.
    seen: AtomicU64,
}

/// An organization that somebody is active in, as the switcher shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationEntry {
    /// The organization's id.
    pub id: String,
    /// Its name, or its id where it has none.
    pub name: String,
    /// The name of its edition.
    pub edition: String,
}

impl Directory {
    /// Reads and checks a directory document (JSON text, at most 64 MiB; its form is
    /// `policies/directory.schema.json`).
    ///
    /// What does not hold together is refused with a code and the place: unknown names, roles that a holder may
    /// not have (`ERR_HOLDER_ROLE`), shares across organizations (`ERR_OTHER_ORGANIZATION`, `ERR_NOT_A_MEMBER`),
    /// an organization without an owner (`ERR_NO_OWNER`), a shared resource that nobody holds in full
    /// (`ERR_NO_HOLDER`), one address for two people (`ERR_DUPLICATE`).
    ///
    /// ```
    /// use bailiwick::{Directory, Policy};
    /// let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let error = Directory::load(&policy, r#"{
    ///     "format": 1,
    ///     "people": [{ "id": "ana@acme.com" }],
    ///     "organizations": [{ "id": "acme", "edition": "enterprise", "members": [
    ///         { "member": "user/ana@acme.com", "roles": ["organization_user"] }] }]
    /// }"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("ERR_NO_OWNER", "organizations[0].members"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn load(policy: &Policy, document: &str) -> Result<Self> {
        let document = document::read(document)?;
        let facts = load::load(policy.model(), document)?;
        Ok(Self { policy: policy.clone(), facts, seen: AtomicU64::new(0) })
    }

    /// [`load`](Self::load) from bytes, which must be UTF-8 (`ERR_ILL_FORMED`).
    pub fn load_bytes(policy: &Policy, document: &[u8]) -> Result<Self> {
        Self::load(policy, json::utf8(document)?)
    }

    /// The organizations in which a principal is active, by id: what an organization switcher lists. Rule 12: it
    /// is shown only for who is active in more than one. An unknown principal gets an empty list.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json"))?;
    /// assert!(directory.organizations("user/nobody@example.com").is_empty());
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn organizations(&self, principal: &str) -> Vec<OrganizationEntry> {
        let Some(subject) = self.facts.principal(principal) else { return Vec::new() };
        let mut entries = Vec::new();
        let places = self.facts.organizations.by_id();
        for place in places {
            let active = self.facts.standing(subject, OrganizationId(place)) == Standing::Active;
            let Some(row) = self.facts.organizations.get(place).filter(|_| active) else { continue };
            let edition = self.policy.model().editions.get(row.edition);
            entries.push(OrganizationEntry {
                id: str::to_owned(&row.id),
                name: row.name.as_deref().unwrap_or(&row.id).to_owned(),
                edition: edition.map(|edition| edition.name.clone()).unwrap_or_default(),
            });
        }
        entries
    }

    /// The policy that this directory was loaded with.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The document's revision; a new document that changes anything has a higher one.
    pub fn revision(&self) -> u64 {
        self.facts.revision
    }

    /// The latest moment seen: a clock that runs back is not believed.
    pub(crate) fn seen(&self, now: u64) -> u64 {
        self.seen.fetch_max(now, Ordering::Relaxed).max(now)
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }
}
