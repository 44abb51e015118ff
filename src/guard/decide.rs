//! From a row and an access to the answer.

use super::find::Match;
use super::row::{Id, Question};
use crate::access::{Access, KindView, status};
use crate::decision::Reason;
use std::borrow::Cow;

/// The answer to a request that has a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the request may pass.
    pub allowed: bool,
    /// The status of the answer: 200 for "may pass", 401 where nobody is known to ask, 404 for what must not be known to
    /// exist, 403 for all else.
    pub status: u16,
    /// Why. With 403, [`Access::check`] on the action, kind and id of the match has more to say.
    pub reason: Reason,
}

impl Verdict {
    fn of(reason: Reason) -> Self {
        let status = match reason {
            Reason::Granted => 200,
            Reason::UnknownPrincipal => 401,
            Reason::UnknownResource => 404,
            _ => 403,
        };
        Self { allowed: reason == Reason::Granted, status, reason }
    }
}

impl Match<'_> {
    /// Decides by the access of who asks; none where nobody is known to ask. `now` is in milliseconds since 1970.
    ///
    /// Another organization than the access's, a resource that the access does not know to lie in the parents that the path
    /// names, and a resource of a private kind on which nothing is held give word for word one answer: 404,
    /// `unknown_resource`.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy, Reason, guard::{Need, Route, Routes, RoutesOptions}};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme" }] }"#)?;
    /// let need = Need { action: "delete", kind: "project", id: Some("p"), organization: Some("org"), ..Need::default() };
    /// let routes = Routes::builder(&policy, RoutesOptions::default())
    ///     .row(&Route::guarded("DELETE", "/v1/orgs/{org}/projects/{p}", need))
    ///     .finish()?;
    /// let ana = directory.access("user/ana@acme.com", "acme");
    /// let decide = |path| routes.find("DELETE", path).unwrap().decide(Some(&ana), 1_800_000_000_000);
    ///
    /// assert!(decide("/v1/orgs/acme/projects/search").allowed);
    /// // Refused: nothing of another organization is known to exist.
    /// let elsewhere = decide("/v1/orgs/globex/projects/search");
    /// assert_eq!((elsewhere.status, elsewhere.reason), (404, Reason::UnknownResource));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn decide(&self, access: Option<&Access>, now: u64) -> Verdict {
        let Some(question) = &self.row.question else { return Verdict::of(Reason::Granted) };
        let reason = access.map_or(Reason::UnknownPrincipal, |access| self.reason(question, access, now));
        let hides = question.hidden && ![Reason::Granted, Reason::UnknownPrincipal].contains(&reason);
        Verdict::of(if hides { Reason::UnknownResource } else { reason })
    }

    fn reason(&self, question: &Question, access: &Access, now: u64) -> Reason {
        if access.status() == status::UNKNOWN_PRINCIPAL {
            return Reason::UnknownPrincipal;
        }
        if question.organization.is_some_and(|segment| *self.segment(segment) != *access.organization()) {
            return Reason::UnknownResource;
        }
        let id = match question.id {
            Id::Segment(segment) => self.segment(segment),
            Id::Organization => Cow::Borrowed(access.organization()),
            Id::Fixed(id) => Cow::Borrowed(id),
        };
        if access.status() == status::ACTIVE && !self.lies_as_told(question, access, &id) {
            return Reason::UnknownResource;
        }
        access.reason_of(&question.action, &question.kind, &id, now)
    }

    /// Whether the resource lies in all that the path says it lies in.
    fn lies_as_told(&self, question: &Question, access: &Access, id: &str) -> bool {
        let mut parents = question.parents.iter();
        parents.all(|(kind, segment)| access.is_inside(&question.kind, id, kind, &self.segment(*segment)))
    }
}

impl Access {
    /// Whether it knows that a resource lies in another: by what is held there, or by a binding there that reaches
    /// further down.
    fn is_inside(&self, kind: &str, id: &str, above: &str, above_id: &str) -> bool {
        let mut kind = self.kind(kind);
        let mut row = kind.and_then(|kind| kind.row(id));
        while let Some((here, parent)) = row.zip(kind.and_then(KindView::parent)) {
            let is_it = |(kind, id): (KindView<'_>, &str)| kind.is_named(above.as_bytes()) && id == above_id;
            let mut bound = here.bindings().filter_map(|binding| binding.above());
            (kind, row) = (Some(parent), here.parent());
            if bound.any(is_it) || row.is_some_and(|row| is_it((parent, row.id()))) {
                return true;
            }
        }
        false
    }
}
