//! The smallest changes that would turn a denial, and who may make them.

use super::check::{Verdict, resource};
use super::{Ask, Reason, Remedy};
use crate::access::{Access, EditionView, KindView, RoleView, RowView};
use crate::order::sorted;

/// What would turn a denial.
pub(super) struct Cure<'a> {
    access: &'a Access,
    row: Option<RowView<'a>>,
    /// The kind that was asked about.
    kind: Option<KindView<'a>>,
    /// Roles that contain the action, fewest actions first, then by place in the policy.
    pub(super) roles: Vec<RoleView<'a>>,
    /// The first edition that has what is missing.
    pub(super) edition: Option<EditionView<'a>>,
    /// The first feature that is missing.
    pub(super) feature: Option<usize>,
    /// The limit that is used up.
    pub(super) limit: Option<usize>,
}

impl<'a> Cure<'a> {
    /// Rule 2: where the principal has no standing or the thing is unknown, nothing is said.
    pub(super) fn of(access: &'a Access, verdict: &Verdict<'a>, now: u64) -> Self {
        let kind = verdict.asked.map(|(kind, _)| kind);
        let mut cure = Self {
            access,
            row: verdict.row,
            kind,
            roles: Vec::new(),
            edition: None,
            feature: None,
            limit: None,
        };
        let curable = [Reason::NoRole, Reason::Expired, Reason::FeatureUnavailable, Reason::LimitReached];
        if !curable.contains(&verdict.reason) {
            return cure;
        }
        let missing = cure.missing(verdict, now);
        if let (Some((kind, bit)), Reason::NoRole | Reason::Expired) = (verdict.asked, verdict.reason) {
            cure.roles = candidates(access, kind, bit);
        }
        cure.upgrade(&missing);
        cure
    }

    /// The features that are missing: of the principal's kind, the kind, the action, or every role that is held.
    fn missing(&mut self, verdict: &Verdict<'a>, now: u64) -> Vec<usize> {
        let lacking = |feature: &usize| !self.access.edition().has(*feature);
        let own = self.access.own_feature().filter(lacking);
        let Some((kind, bit)) = verdict.asked else { return own.into_iter().collect() };
        let needed = [own, kind.feature(), kind.action_feature(bit)];
        let mut missing: Vec<usize> = needed.into_iter().flatten().filter(lacking).collect();
        if verdict.reason == Reason::FeatureUnavailable && missing.is_empty() {
            let held = verdict.row.into_iter().flat_map(RowView::bindings);
            let held = held.filter(|binding| binding.is_live(now) && binding.gives(bit));
            missing.extend(held.filter_map(|binding| binding.role().feature()).filter(lacking).take(1));
        }
        self.limit = kind.action_limit(bit).filter(|limit| !self.access.edition().has_room(*limit));
        missing
    }

    fn upgrade(&mut self, missing: &[usize]) {
        self.feature = missing.first().copied();
        if missing.is_empty() && self.limit.is_none() {
            return;
        }
        let enough = |edition: &EditionView<'_>| {
            missing.iter().all(|feature| edition.has(*feature))
                && self.limit.is_none_or(|limit| edition.has_room(limit))
        };
        self.edition = self.access.editions().find(enough);
    }

    pub(super) fn remedies(&self, id: &str) -> Vec<Remedy> {
        let roles = self.roles.iter().map(|role| {
            let (role, on, sharing) =
                (role.name().to_owned(), self.place(role.kind(), id), role.is_sharing());
            if sharing { Remedy::Share { role, on } } else { Remedy::Role { role, on } }
        });
        let edition = self.edition.map(|edition| Remedy::Edition {
            edition: edition.name().to_owned(),
            feature: self.feature.map(|feature| self.access.feature_name(feature).to_owned()),
            limit: self.limit.map(|limit| self.access.limit_name(limit).to_owned()),
        });
        roles.chain(edition).collect()
    }

    /// Who may make each: whoever may grant the role there, or decide on the edition.
    pub(super) fn ask(&self, id: &str) -> Vec<Ask> {
        let mut ask = Vec::new();
        for (remedy, role) in self.roles.iter().enumerate() {
            let kind = role.kind();
            let Some(bit) = kind.grant_of(role.index()) else { continue };
            ask.extend(self.askable(remedy, kind, bit, id));
        }
        if self.edition.is_some() {
            for (kind, bit) in self.access.upgrade() {
                ask.extend(self.askable(self.roles.len(), self.access.kind_at(kind), bit, id));
            }
        }
        ask
    }

    fn askable(&self, remedy: usize, kind: KindView<'a>, bit: usize, id: &str) -> Vec<Ask> {
        let by = holders(self.access, kind, bit).into_iter();
        by.map(|role| Ask {
            remedy,
            role: role.name().to_owned(),
            on: self.place(role.kind(), id),
            people: Vec::new(),
        })
        .collect()
    }

    /// `kind/id` of the thing asked about or of what holds it; only the kind where the access does not know which.
    fn place(&self, kind: KindView<'_>, id: &str) -> String {
        if self.kind.is_some_and(|asked| asked.index() == kind.index()) {
            return resource(kind, id);
        }
        if kind.name() == "organization" {
            return resource(kind, self.access.organization());
        }
        let mut at = self.kind.zip(self.row);
        while let Some((below, row)) = at {
            if below.index() == kind.index() {
                return resource(kind, row.id());
            }
            at = below.parent().zip(row.parent());
        }
        kind.name().to_owned()
    }
}

/// Roles that the principal may hold and that would give it the action, on its kind or above.
fn candidates<'a>(access: &'a Access, kind: KindView<'a>, bit: usize) -> Vec<RoleView<'a>> {
    let paid = |role: &RoleView<'_>| role.feature().is_none_or(|feature| access.edition().has(feature));
    let fit = |role: &RoleView<'_>| role.is_holdable() && paid(role) && role.gives(kind, bit);
    by_size(access.roles().filter(fit).collect())
}

/// Roles whose holders may do an action, on its kind or above.
fn holders<'a>(access: &'a Access, kind: KindView<'a>, bit: usize) -> Vec<RoleView<'a>> {
    by_size(access.roles().filter(|role| role.implies(kind, bit)).collect())
}

/// Fewest actions first, then by place in the policy. The platform's roles belong to the host and are left out.
fn by_size(mut roles: Vec<RoleView<'_>>) -> Vec<RoleView<'_>> {
    roles.retain(|role| role.kind().parent().is_some());
    sorted(&roles, |a, b| (a.weight(), a.index()).cmp(&(b.weight(), b.index())))
}
