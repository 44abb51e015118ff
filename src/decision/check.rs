//! The order of reasons (ARCHITECTURE.md section 4), in one place.

use super::remedy::Cure;
use super::{Decision, Reason, Via};
use crate::access::{Access, BindingView, How, KindView, RowView, status};

/// What a question came to, before it is spelled out.
pub(super) struct Verdict<'a> {
    pub(super) reason: Reason,
    /// The kind and the bit of the action, once both are known.
    pub(super) asked: Option<(KindView<'a>, usize)>,
    pub(super) row: Option<RowView<'a>>,
}

impl Access {
    /// Answers a question with its reason, what carries it, and for a denial what would turn it and whom to ask.
    ///
    /// `now` is in milliseconds since 1970. Never fails: unknown names are denials with reasons of their own.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy, Reason, Remedy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1,
    /// #   "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] },
    /// #     { "member": "user/bo@acme.com", "roles": ["organization_user"] }] }],
    /// #   "projects": [{ "id": "search", "organization": "acme", "members": [
    /// #     { "member": "user/bo@acme.com", "roles": ["project_user"] }] }] }"#)?;
    /// let bo = directory.access("user/bo@acme.com", "acme");
    /// let refused = bo.check("delete", "project", "search", 1_800_000_000_000);
    /// assert_eq!(refused.reason, Reason::NoRole);
    /// assert_eq!(refused.remedy[0], Remedy::Role { role: "project_owner".into(), on: "project/search".into() });
    /// assert_eq!(refused.ask[0].role, "project_owner");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn check(&self, action: &str, kind: &str, id: &str, now: u64) -> Decision {
        let now = self.moment(now);
        self.decide(&self.judge(action, kind, id, now), id, now)
    }

    /// The reason, and what it was found on.
    pub(super) fn judge(&self, action: &str, kind: &str, id: &str, now: u64) -> Verdict<'_> {
        let bare = |reason| Verdict { reason, asked: None, row: None };
        match self.status() {
            status::ACTIVE => {}
            status::NOT_A_MEMBER => return bare(Reason::NotAMember),
            status::SUSPENDED => return bare(Reason::Suspended),
            status::FEATURE_UNAVAILABLE => {
                let asked = self.kind(kind).and_then(|kind| Some((kind, kind.action(action)?)));
                return Verdict { reason: Reason::FeatureUnavailable, asked, row: None };
            }
            _ => return bare(Reason::UnknownPrincipal),
        }
        let Some(kind) = self.kind(kind) else { return bare(Reason::UnknownKind) };
        let Some(bit) = kind.action(action) else { return bare(Reason::UnknownAction) };
        let row = kind.row(id);
        Verdict { reason: self.reason(kind, bit, row, now), asked: Some((kind, bit)), row }
    }

    fn reason(&self, kind: KindView<'_>, bit: usize, row: Option<RowView<'_>>, now: u64) -> Reason {
        if !kind.is_available() || !kind.action_is_available(bit) {
            return Reason::NotAvailableYet;
        }
        let bindings = || row.into_iter().flat_map(RowView::bindings);
        if kind.is_private() && !bindings().any(|binding| binding.is_live(now)) {
            return Reason::UnknownResource;
        }
        let mut live = bindings().filter(|binding| binding.is_live(now) && binding.gives(bit)).peekable();
        if live.peek().is_none() {
            let ended = bindings().any(|binding| binding.gives(bit));
            return if ended { Reason::Expired } else { Reason::NoRole };
        }
        if !live.any(BindingView::is_paid) || !self.has_features(kind, bit) {
            return Reason::FeatureUnavailable;
        }
        match kind.action_limit(bit) {
            Some(limit) if !self.edition().has_room(limit) => Reason::LimitReached,
            _ => Reason::Granted,
        }
    }

    /// Whether the edition has what the kind and the action need.
    fn has_features(&self, kind: KindView<'_>, bit: usize) -> bool {
        let needed = [kind.feature(), kind.action_feature(bit)];
        needed.into_iter().flatten().all(|feature| self.edition().has(feature))
    }

    fn decide(&self, verdict: &Verdict<'_>, id: &str, now: u64) -> Decision {
        if verdict.reason == Reason::Granted {
            return granted(verdict, now);
        }
        let cure = Cure::of(self, verdict, now);
        Decision { remedy: cure.remedies(id), ask: cure.ask(id), ..Decision::bare(verdict.reason) }
    }
}

impl<'a> Verdict<'a> {
    /// The bindings that carry a grant, nearest first.
    pub(super) fn carrying(&self, now: u64) -> impl Iterator<Item = BindingView<'a>> {
        let bit = self.asked.map(|(_, bit)| bit);
        let bindings = self.row.into_iter().flat_map(RowView::bindings);
        bindings.filter(move |known| {
            known.is_live(now) && known.is_paid() && bit.is_some_and(|bit| known.gives(bit))
        })
    }
}

/// A grant: what carries it, and the latest end among that.
fn granted(verdict: &Verdict<'_>, now: u64) -> Decision {
    let mut decision = Decision { allowed: true, ..Decision::bare(Reason::Granted) };
    let (Some((kind, _)), Some(row)) = (verdict.asked, verdict.row) else { return decision };
    decision.via = verdict.carrying(now).map(|binding| via(kind, row, binding)).collect();
    decision.valid_until =
        verdict.carrying(now).map(BindingView::until).max().filter(|until| *until != u64::MAX);
    decision
}

fn via(kind: KindView<'_>, row: RowView<'_>, binding: BindingView<'_>) -> Via {
    let (how, group) = match binding.how() {
        How::Direct => ("direct", None),
        How::Group(id) => ("group", Some(id.to_owned())),
        How::Members => ("members", None),
        How::Platform => ("platform", None),
    };
    Via {
        role: binding.role().name().to_owned(),
        on: binding.above().map_or_else(|| resource(kind, row.id()), |(kind, id)| resource(kind, id)),
        how,
        group,
        implied: binding.above().is_some(),
        until: Some(binding.until()).filter(|until| *until != u64::MAX),
    }
}

/// `kind/id`.
pub(super) fn resource(kind: KindView<'_>, id: &str) -> String {
    [kind.name(), "/", id].concat()
}

/// The kind of `kind/id`.
pub(super) fn kind_of(resource: &str) -> &str {
    resource.split_once('/').map_or(resource, |(kind, _)| kind)
}
