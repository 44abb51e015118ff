//! The smallest changes that would turn a denial, and who may make them.

use super::Reason;
use super::check::Verdict;
use super::parts::{Helper, Means, Place};
use crate::access::{Access, Bindings, EditionView, KindView, RoleView, RowView};

/// The most roles that are named as remedies, and for each as those to ask: the smallest.
const MOST: usize = 16;

/// The smallest of some roles: fewest actions first, then by place in the policy.
#[derive(Clone, Copy)]
struct Smallest<'a> {
    access: &'a Access,
    /// Their places, counted from one; 0 where there are no more.
    places: [u32; MOST],
}

impl<'a> Smallest<'a> {
    fn none(access: &'a Access) -> Self {
        Self { access, places: [0; MOST] }
    }

    /// Those that fit. The platform's roles belong to the host and are left out.
    fn fill(&mut self, fits: &dyn Fn(RoleView<'a>) -> bool) {
        for role in self.access.roles() {
            if role.kind().parent().is_some() && fits(role) {
                self.put(role);
            }
        }
    }

    /// Puts a role before the first that is larger.
    fn put(&mut self, role: RoleView<'a>) {
        let mut moved = (role.index() as u32).wrapping_add(1);
        for place in &mut self.places {
            let before = at(self.access, *place).is_some_and(|known| known.weight() <= role.weight());
            if !before {
                core::mem::swap(place, &mut moved);
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = RoleView<'a>> {
        self.places.iter().map_while(|place| at(self.access, *place))
    }
}

/// A role by its place, counted from one.
fn at(access: &Access, place: u32) -> Option<RoleView<'_>> {
    Some(access.role_at(place.checked_sub(1)? as usize))
}

/// What would turn a denial.
pub(super) struct Cure<'a> {
    access: &'a Access,
    row: Option<RowView<'a>>,
    /// The kind that was asked about.
    kind: Option<KindView<'a>>,
    /// Roles that the principal may hold and that would give it the action, on its kind or above.
    roles: Smallest<'a>,
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
            roles: Smallest::none(access),
            edition: None,
            feature: None,
            limit: None,
        };
        let curable = [Reason::NoRole, Reason::Expired, Reason::FeatureUnavailable, Reason::LimitReached];
        if !curable.contains(&verdict.reason) {
            return cure;
        }
        if let (Some((kind, bit)), Reason::NoRole | Reason::Expired) = (verdict.asked, verdict.reason) {
            cure.roles.fill(&|role| role.is_holdable() && role.is_paid() && role.gives(kind, bit));
        }
        cure.upgrade(&Gates::of(access, verdict, now));
        cure
    }

    /// Finds the first edition that opens every gate. Where none does, no role would help either.
    fn upgrade(&mut self, gates: &Gates<'_, '_>) {
        let here = self.access.edition();
        if gates.are_open(here) {
            return;
        }
        self.feature = gates.missing(here);
        self.limit = gates.limit.filter(|limit| !here.has_room(*limit));
        self.edition = self.access.editions().find(|edition| gates.are_open(*edition));
        if self.edition.is_none() {
            self.roles = Smallest::none(self.access);
        }
    }

    /// The smallest of the roles.
    pub(super) fn smallest(&self) -> Option<RoleView<'a>> {
        self.roles.iter().next()
    }

    pub(super) fn remedies(&self, id: &'a str, tell: &mut impl FnMut(Means<'a>)) {
        for role in self.roles.iter() {
            let change = if role.is_sharing() { "share" } else { "role" };
            let on = Some(self.place(role.kind(), id));
            tell(Means { change, name: role.name(), on, feature: None, limit: None });
        }
        if let Some(edition) = self.edition {
            tell(Means {
                change: "edition",
                name: edition.name(),
                on: None,
                feature: self.feature.map(|feature| self.access.feature_name(feature)),
                limit: self.limit.map(|limit| self.access.limit_name(limit)),
            });
        }
    }

    /// Who may make each: whoever may grant the role there, or decide on the edition.
    pub(super) fn ask(&self, id: &'a str, tell: &mut impl FnMut(Helper<'a>)) {
        let mut remedy = 0;
        for role in self.roles.iter() {
            let kind = role.kind();
            if let Some(bit) = kind.grant_of(role.index()) {
                self.askable(remedy, kind, bit, id, tell);
            }
            remedy = remedy.wrapping_add(1);
        }
        if self.edition.is_some() {
            for (kind, bit) in self.access.upgrade() {
                self.askable(remedy, self.access.kind_at(kind), bit, id, tell);
            }
        }
    }

    fn askable(
        &self,
        remedy: usize,
        kind: KindView<'a>,
        bit: usize,
        id: &'a str,
        tell: &mut impl FnMut(Helper<'a>),
    ) {
        let mut roles = Smallest::none(self.access);
        roles.fill(&|role| role.implies(kind, bit));
        for role in roles.iter() {
            tell(Helper { remedy, role: role.name(), on: self.place(role.kind(), id) });
        }
    }

    /// The thing asked about or what holds it; only the kind where the access does not know which.
    fn place(&self, kind: KindView<'a>, id: &'a str) -> Place<'a> {
        Place { kind: kind.name(), id: self.id_of(kind, id) }
    }

    fn id_of(&self, kind: KindView<'a>, id: &'a str) -> Option<&'a str> {
        if self.kind.is_some_and(|asked| asked.index() == kind.index()) {
            return Some(id);
        }
        if kind.is_named(b"organization") {
            return Some(self.access.organization());
        }
        let mut at = self.row;
        while let Some(row) = at {
            if row.kind().index() == kind.index() {
                return Some(row.id());
            }
            at = row.parent();
        }
        None
    }
}

/// What an edition must have for an action (rule 8).
struct Gates<'v, 'a> {
    verdict: &'v Verdict<'a>,
    now: u64,
    /// The features that the principal's kind, the kind and the action need.
    needed: [Option<usize>; 3],
    /// The limit on what the action adds.
    limit: Option<usize>,
}

impl<'v, 'a> Gates<'v, 'a> {
    fn of(access: &Access, verdict: &'v Verdict<'a>, now: u64) -> Self {
        let mut gates = Self { verdict, now, needed: [access.own_feature(), None, None], limit: None };
        let Some((kind, bit)) = verdict.asked else { return gates };
        gates.needed = [access.own_feature(), kind.feature(), kind.action_feature(bit)];
        gates.limit = kind.action_limit(bit);
        gates
    }

    fn are_open(&self, edition: EditionView<'_>) -> bool {
        self.missing(edition).is_none() && self.limit.is_none_or(|limit| edition.has_room(limit))
    }

    /// The first feature that an edition lacks. Of the bindings that are held and contain the action the role of one
    /// must count.
    fn missing(&self, edition: EditionView<'_>) -> Option<usize> {
        for feature in self.needed.into_iter().flatten() {
            if !edition.has(feature) {
                return Some(feature);
            }
        }
        let (kind, bit) = self.verdict.asked?;
        let mut missing = None;
        for binding in Bindings::of(self.verdict.row, kind) {
            if binding.is_live(self.now) && binding.gives(bit) {
                let lacking = binding.role().feature().filter(|feature| !edition.has(*feature));
                missing = missing.or(Some(lacking?));
            }
        }
        missing
    }
}
