//! The smallest changes that would turn a denial, and who may make them.

use super::check::{Verdict, resource};
use super::{Ask, Reason, Remedy};
use crate::access::{Access, EditionView, KindView, RoleView, RowView};
use crate::order::sorted;

/// The most roles that are named as remedies, and for each as those to ask: the smallest.
const MOST: usize = 16;

/// What would turn a denial.
pub(super) struct Cure<'a> {
    access: &'a Access,
    row: Option<RowView<'a>>,
    /// The kind that was asked about.
    kind: Option<KindView<'a>>,
    /// Roles that contain the action, fewest actions first, then by place in the policy.
    pub(super) roles: Vec<RoleView<'a>>,
    /// The first edition in which no gate is closed, if one is closed in this.
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
        if let (Some((kind, bit)), Reason::NoRole | Reason::Expired) = (verdict.asked, verdict.reason) {
            cure.roles = candidates(access, kind, bit);
        }
        cure.upgrade(&Gates::of(access, verdict, now));
        cure
    }

    /// Finds the first edition that opens every gate. Where none does, no role would help either.
    fn upgrade(&mut self, gates: &Gates) {
        let here = self.access.edition();
        if gates.are_open(here) {
            return;
        }
        self.feature = gates.missing(here);
        self.limit = gates.limit.filter(|limit| !here.has_room(*limit));
        self.edition = self.access.editions().find(|edition| gates.are_open(*edition));
        if self.edition.is_none() {
            self.roles.clear();
        }
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

/// What an edition must have for an action (rule 8).
struct Gates {
    /// The features that the principal's kind, the kind and the action need.
    needed: Vec<usize>,
    /// Of each role that is held and contains the action, the feature that it needs: one of them must count.
    held: Vec<Option<usize>>,
    /// The limit on what the action adds.
    limit: Option<usize>,
}

impl Gates {
    fn of(access: &Access, verdict: &Verdict<'_>, now: u64) -> Self {
        let own = access.own_feature();
        let Some((kind, bit)) = verdict.asked else {
            return Self { needed: own.into_iter().collect(), held: Vec::new(), limit: None };
        };
        let held = verdict.row.into_iter().flat_map(RowView::bindings);
        let held = held.filter(|binding| binding.is_live(now) && binding.gives(bit));
        Self {
            needed: [own, kind.feature(), kind.action_feature(bit)].into_iter().flatten().collect(),
            held: held.map(|binding| binding.role().feature()).collect(),
            limit: kind.action_limit(bit),
        }
    }

    fn are_open(&self, edition: EditionView<'_>) -> bool {
        self.missing(edition).is_none() && self.limit.is_none_or(|limit| edition.has_room(limit))
    }

    /// The first feature that an edition lacks.
    fn missing(&self, edition: EditionView<'_>) -> Option<usize> {
        let lacking = |feature: &usize| !edition.has(*feature);
        let counts = |role: &Option<usize>| role.is_none_or(|feature| edition.has(feature));
        let of_roles =
            || if self.held.iter().any(counts) { None } else { self.held.first().copied().flatten() };
        self.needed.iter().copied().find(lacking).or_else(of_roles)
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
    let mut roles = sorted(&roles, |a, b| (a.weight(), a.index()).cmp(&(b.weight(), b.index())));
    roles.truncate(MOST);
    roles
}
