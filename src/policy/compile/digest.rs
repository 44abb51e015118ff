//! One number for all that can change an answer: names, order and structure, not labels.

use super::names::RolesByKind;
use crate::policy::{Counts, Edition, Guarded, HolderRules, Kind, Model, Role, RoleId};

/// FNV-1a, 64 bits, over numbers of eight bytes and texts after their length.
struct Digest(u64);

/// The digest of a compiled policy.
pub(super) fn of(model: &Model) -> u64 {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    digest.text(&model.name);
    digest.each(&model.features, |digest, feature| digest.text(&feature.name));
    digest.each(&model.limits, |digest, limit| {
        digest.text(&limit.name);
        match limit.counts {
            Counts::Kind(kind) => digest.numbers(&[0, kind.0.into()]),
            Counts::Holder(holder) => digest.numbers(&[1, holder as u64]),
        }
    });
    digest.each(&model.editions, Digest::edition);
    digest.each(&model.holders, |digest, rules| digest.each(rules.as_slice(), Digest::holder));
    digest.numbers(&[model.invites.only_people.into(), model.invites.days]);
    digest.each(&model.kinds, Digest::kind);
    digest.each(&model.roles, Digest::role);
    digest.each(&model.commands, Digest::guarded);
    digest.each(&model.questions, Digest::guarded);
    digest.numbers(&[bit(model.further)]);
    digest.0
}

/// A number that may be absent, as one number.
fn maybe(number: Option<u64>) -> u64 {
    number.map_or(0, |number| number.saturating_add(1))
}

fn bit(bit: Option<usize>) -> u64 {
    maybe(bit.and_then(|bit| u64::try_from(bit).ok()))
}

fn role(id: Option<RoleId>) -> u64 {
    maybe(id.map(|id| id.0.into()))
}

impl Digest {
    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 = bytes.iter().fold(self.0, step);
    }

    #[inline(never)]
    fn numbers(&mut self, numbers: &[u64]) {
        numbers.iter().for_each(|number| self.bytes(&number.to_le_bytes()));
    }

    fn count(&mut self, count: usize) {
        self.numbers(&[u64::try_from(count).unwrap_or(u64::MAX)]);
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    fn each<T>(&mut self, items: &[T], one: impl Fn(&mut Digest, &T)) {
        self.count(items.len());
        items.iter().for_each(|item| one(self, item));
    }

    fn roles(&mut self, roles: &[RoleId]) {
        self.each(roles, |digest, id| digest.numbers(&[id.0.into()]));
    }

    fn roles_by_kind(&mut self, lists: &RolesByKind) {
        self.each(lists, |digest, (kind, roles)| {
            digest.numbers(&[kind.0.into()]);
            digest.roles(roles);
        });
    }

    fn edition(&mut self, edition: &Edition) {
        self.text(&edition.name);
        self.numbers(&[edition.features]);
        self.each(&edition.limits, |digest, most| digest.numbers(&[maybe(*most)]));
    }

    fn holder(&mut self, rules: &HolderRules) {
        self.numbers(&[maybe(rules.feature.map(|feature| feature.0.into()))]);
        self.roles(&rules.roles);
        self.roles_by_kind(&rules.baseline);
        self.roles(&rules.default);
    }

    fn kind(&mut self, kind: &Kind) {
        self.text(&kind.name);
        self.numbers(&[
            maybe(kind.parent.map(|parent| parent.0.into())),
            kind.private.into(),
            kind.available.into(),
            maybe(kind.feature.map(|feature| feature.0.into())),
            role(kind.top),
            role(kind.creator),
            role(kind.default),
            bit(kind.create),
            bit(kind.use_bit),
            bit(kind.run_bit),
        ]);
        self.roles(&kind.sharing);
        self.each(&kind.actions, |digest, action| {
            digest.text(&action.name);
            digest.numbers(&[
                maybe(action.feature.map(|feature| feature.0.into())),
                maybe(action.limit.map(u64::from)),
                action.available.into(),
                action.requestable.into(),
            ]);
        });
    }

    fn role(&mut self, role: &Role) {
        self.text(&role.name);
        self.numbers(&[role.kind.0.into(), maybe(role.feature.map(|feature| feature.0.into()))]);
        self.roles_by_kind(&role.defaults);
        self.each(&role.closure, |digest, (kind, mask)| {
            digest.numbers(&[kind.0.into()]);
            digest.numbers(&mask.words());
        });
    }

    fn guarded(&mut self, guarded: &Guarded) {
        self.text(guarded.name);
        self.each(&guarded.actions, |digest, (kind, bit)| {
            digest.numbers(&[kind.0.into()]);
            digest.count(*bit);
        });
    }
}
