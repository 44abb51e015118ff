//! The role model of a product: kinds, actions, roles, editions. A document is compiled once into this.

mod api;
mod audit;
mod compile;
mod document;
mod fields;
mod holder;
mod mask;
mod matrix;
mod place;
#[cfg(any(feature = "js", test))]
mod tell;
#[cfg(test)]
mod tests;

use crate::text::is;
use std::sync::Arc;

pub use api::KindInfo;
pub use audit::{Finding, Level, Reach};
pub(crate) use holder::Holder;
pub(crate) use mask::Mask;
pub use matrix::{Cell, Matrix, MatrixAction, MatrixRole};

/// The most kinds in a policy.
pub const MAX_KINDS: usize = 64;
/// The most actions declared on one kind.
pub const MAX_ACTIONS: usize = 128;
/// The most roles declared on one kind.
pub const MAX_ROLES: usize = 128;
/// The most features, limits and editions, each.
pub const MAX_FEATURES: usize = 64;

/// The most assertions, and the most findings explained, in a policy.
pub const MAX_ASSERTIONS: usize = 1024;

/// A compiled policy. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Policy(Arc<Model>);

/// A kind's place in [`Model::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KindId(pub(crate) u16);

/// A role's place in [`Model::roles`], which is its place in the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RoleId(pub(crate) u16);

/// A feature's place in [`Model::features`], below 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FeatureId(pub(crate) u8);

/// What the document says, as integers and bit sets.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) label: String,
    /// FNV-1a (64 bits) of all that can change an answer; labels and sources are left out.
    pub(crate) digest: u64,
    pub(crate) features: Vec<Feature>,
    pub(crate) limits: Vec<Limit>,
    /// In the document's order, smallest first.
    pub(crate) editions: Vec<Edition>,
    /// By [`Holder`] as a number; none where the policy has no such holder.
    pub(crate) holders: [Option<HolderRules>; Holder::COUNT],
    pub(crate) invites: Invites,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) roles: Vec<Role>,
    pub(crate) platform: KindId,
    pub(crate) organization: KindId,
    pub(crate) project: Option<KindId>,
    /// The role `person` of the platform.
    pub(crate) person: RoleId,
    pub(crate) commands: Vec<Guarded>,
    pub(crate) questions: Vec<Guarded>,
    /// The bit, on the organization, of the action that guards a further organization by the same creator; none:
    /// one each.
    pub(crate) further: Option<usize>,
    /// What the policy says about findings of the audit: (key, sentence).
    pub(crate) explained: Vec<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct Feature {
    pub(crate) name: String,
    pub(crate) label: String,
}

#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) counts: Counts,
}

/// What a limit counts, in one organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    Kind(KindId),
    /// For users, pending invites count too.
    Holder(Holder),
}

#[derive(Debug)]
pub(crate) struct Edition {
    pub(crate) name: String,
    pub(crate) label: String,
    /// Bit `n` is feature `n`.
    pub(crate) features: u64,
    /// By limit; none is unlimited.
    pub(crate) limits: Vec<Option<u64>>,
}

#[derive(Debug)]
pub(crate) struct HolderRules {
    pub(crate) label: String,
    pub(crate) feature: Option<FeatureId>,
    /// The roles that it may hold, sorted.
    pub(crate) roles: Vec<RoleId>,
    /// Held along with any role on that kind.
    pub(crate) baseline: Vec<(KindId, Vec<RoleId>)>,
    /// Held where none was chosen (API keys).
    pub(crate) default: Vec<RoleId>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Invites {
    /// Only addresses that the directory knows may be invited.
    pub(crate) only_people: bool,
    pub(crate) days: u64,
}

#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) plural: String,
    pub(crate) parent: Option<KindId>,
    pub(crate) private: bool,
    pub(crate) available: bool,
    pub(crate) feature: Option<FeatureId>,
    pub(crate) top: Option<RoleId>,
    pub(crate) creator: Option<RoleId>,
    pub(crate) default: Option<RoleId>,
    /// Highest first.
    pub(crate) sharing: Vec<RoleId>,
    /// The bit, on the parent kind, of the action that creates one.
    pub(crate) create: Option<usize>,
    /// The bit of the action that using one takes; none where nothing may use it.
    pub(crate) use_bit: Option<usize>,
    /// The bit of the action that exercises what one uses; none where it uses nothing.
    pub(crate) run_bit: Option<usize>,
    /// Declared actions, then one `grant` for each role of the kind.
    pub(crate) actions: Vec<Action>,
    /// How many of `actions` are declared.
    pub(crate) declared: usize,
    /// The roles of this kind, in order.
    pub(crate) roles: Vec<RoleId>,
}

#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) feature: Option<FeatureId>,
    /// The place of a limit in [`Model::limits`].
    pub(crate) limit: Option<u8>,
    pub(crate) available: bool,
    pub(crate) requestable: bool,
    /// The role that this action hands out.
    pub(crate) grants: Option<RoleId>,
}

#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) kind: KindId,
    pub(crate) feature: Option<FeatureId>,
    /// What a member with this role gets on a kind below where no role was chosen.
    pub(crate) defaults: Vec<(KindId, Vec<RoleId>)>,
    /// The roles that it implies, each by itself.
    pub(crate) implies: Vec<RoleId>,
    /// R(role, kind): what it gives on each kind where it gives anything, itself and by what it implies.
    pub(crate) closure: Vec<(KindId, Mask)>,
    /// How many actions it gives over all kinds.
    pub(crate) weight: u32,
}

/// A command or a question and the actions that guard it, one by kind; empty means nobody. What creates a kind is
/// guarded on the parent, so `create_resource` can have several actions on one kind: [`Kind::create`] says which.
#[derive(Debug)]
pub(crate) struct Guarded {
    pub(crate) name: &'static str,
    /// (kind, bit of the action on that kind).
    pub(crate) actions: Vec<(KindId, usize)>,
}

impl Role {
    /// What the role gives on `kind`.
    pub(crate) fn on(&self, kind: KindId) -> Mask {
        self.closure.iter().find(|(known, _)| *known == kind).map_or(Mask::EMPTY, |(_, mask)| *mask)
    }
}

impl Kind {
    /// The bit of an action.
    pub(crate) fn bit(&self, action: &str) -> Option<usize> {
        self.actions.iter().position(|known| known.name == action)
    }

    /// The bit of an action that the document declares: not of a `grant`.
    pub(crate) fn declared_bit(&self, action: &str) -> Option<usize> {
        self.bit(action).filter(|bit| *bit < self.declared)
    }

    /// The bit of the action that hands out `role`.
    pub(crate) fn grant_bit(&self, role: RoleId) -> Option<usize> {
        let index = self.roles.iter().position(|known| *known == role)?;
        Some(self.declared.saturating_add(index))
    }
}

impl Model {
    #[expect(clippy::indexing_slicing, reason = "a KindId is made only by compile, for this list")]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[usize::from(id.0)]
    }

    #[expect(clippy::indexing_slicing, reason = "a RoleId is made only by compile, for this list")]
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn role(&self, id: RoleId) -> &Role {
        &self.roles[usize::from(id.0)]
    }

    pub(crate) fn kind_named(&self, name: &str) -> Option<KindId> {
        let index = self.kinds.iter().position(|kind| is(&kind.name, name))?;
        u16::try_from(index).ok().map(KindId)
    }

    pub(crate) fn role_named(&self, kind: KindId, name: &str) -> Option<RoleId> {
        self.kind(kind).roles.iter().copied().find(|id| is(&self.role(*id).name, name))
    }

    /// The rules of a holder; none if the policy does not know it.
    pub(crate) fn holder(&self, holder: Holder) -> Option<&HolderRules> {
        self.holders.get(holder as usize).and_then(Option::as_ref)
    }

    /// Whether `holder` may have `role`.
    pub(crate) fn may_hold(&self, holder: Holder, role: RoleId) -> bool {
        self.holder(holder).is_some_and(|rules| rules.roles.binary_search(&role).is_ok())
    }

    /// What `role` gives a principal of kind `holder` on `kind`: R, and the holder's baseline on the role's kind.
    pub(crate) fn gives(&self, holder: Holder, role: RoleId, kind: KindId) -> Mask {
        let along = self.along(holder, role).iter();
        along.fold(self.role(role).on(kind), |mask, id| mask.or(self.role(*id).on(kind)))
    }

    /// The roles that a principal of kind `holder` has along with `role`: the baseline on the role's kind.
    fn along(&self, holder: Holder, role: RoleId) -> &[RoleId] {
        let kind = self.role(role).kind;
        let baseline = self.holder(holder).map(|rules| rules.baseline.as_slice()).unwrap_or_default();
        baseline
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, roles)| roles.as_slice())
            .unwrap_or_default()
    }

    /// The bit, on a kind, of the action that guards a command there.
    pub(crate) fn guard(&self, command: &str, kind: KindId) -> Option<usize> {
        let guarded = self.commands.iter().find(|known| known.name == command)?;
        guarded.actions.iter().find(|(on, _)| *on == kind).map(|(_, bit)| *bit)
    }

    /// Rule 10: whether things of a kind keep an owner of their own: the organization, and a governed kind whose top
    /// role no organization role gives in full.
    pub(crate) fn keeps_owner(&self, kind: KindId) -> bool {
        let Some(top) = self.kind(kind).top.map(|top| self.role(top).on(kind)) else { return false };
        let above = &self.kind(self.organization).roles;
        kind == self.organization || !above.iter().any(|role| self.role(*role).on(kind).contains(top))
    }

    /// Whether `above` is `kind` or one of the kinds over it.
    pub(crate) fn is_at_or_above(&self, above: KindId, kind: KindId) -> bool {
        let mut at = Some(kind);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.kind(id).parent;
        }
        false
    }
}
