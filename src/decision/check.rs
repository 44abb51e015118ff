//! The order of reasons (ARCHITECTURE.md section 4), in one place.

use super::parts::Carrier;
use super::remedy::Cure;
use super::{Decision, Reason};
use crate::access::{Access, Bindings, KindView, RowView, status};

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
        let verdict = self.judge(action, kind, id, now);
        let mut decision = Decision::bare(verdict.reason);
        decision.allowed = verdict.reason == Reason::Granted;
        decision.valid_until = verdict.carried(now, &mut |part| decision.via.push(part.into()));
        let cure = Cure::of(self, &verdict, now);
        cure.remedies(id, &mut |part| decision.remedy.push(part.into()));
        cure.ask(id, &mut |part| decision.ask.push(part.into()));
        decision
    }

    /// The reason, and what it was found on.
    pub(super) fn judge(&self, action: &str, kind: &str, id: &str, now: u64) -> Verdict<'_> {
        let bare = |reason| Verdict { reason, asked: None, row: None };
        if self.is_stale(now) {
            return bare(Reason::Stale);
        }
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
        let (mut held, mut gives, mut live, mut paid) = (false, false, false, false);
        for binding in Bindings::of(row, kind) {
            let (lives, fits) = (binding.is_live(now), binding.gives(bit));
            held |= lives;
            gives |= fits;
            live |= lives && fits;
            paid |= lives && fits && binding.is_paid();
        }
        if kind.is_private() && !held {
            return Reason::UnknownResource;
        }
        if !live {
            return if gives { Reason::Expired } else { Reason::NoRole };
        }
        if !paid || !self.has_features(kind, bit) {
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
}

impl<'a> Verdict<'a> {
    /// For a grant, tells the bindings that carry it, nearest first; the latest end among them, unless one has none,
    /// but not after the end of the access.
    pub(super) fn carried(&self, now: u64, tell: &mut impl FnMut(Carrier<'a>)) -> Option<u64> {
        let (kind, bit) = self.asked.filter(|_| self.reason == Reason::Granted)?;
        let mut last = 0;
        for known in Bindings::of(self.row, kind) {
            if known.carries(bit, now) {
                last = last.max(known.until());
                tell(Carrier::of(kind, self.row?, known));
            }
        }
        let last = last.min(kind.not_after());
        Some(last).filter(|until| *until != u64::MAX)
    }
}
