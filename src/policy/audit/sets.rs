//! One set of actions for each kind.

use crate::policy::{KindId, Mask};

/// By kind.
#[derive(Clone)]
pub(super) struct Sets(Vec<Mask>);

impl Sets {
    pub(super) fn none(kinds: usize) -> Self {
        Self(vec![Mask::EMPTY; kinds])
    }

    pub(super) fn on(&self, kind: KindId) -> Mask {
        self.0.get(usize::from(kind.0)).copied().unwrap_or_default()
    }

    /// Whether there is this action of that kind.
    pub(super) fn has(&self, (kind, bit): (KindId, usize)) -> bool {
        self.on(kind).has(bit)
    }

    pub(super) fn add(&mut self, kind: KindId, mask: Mask) {
        if let Some(known) = self.0.get_mut(usize::from(kind.0)) {
            *known = known.or(mask);
        }
    }

    /// Adds all of another one.
    #[inline(never)]
    pub(super) fn join(&mut self, other: &Sets) {
        for (known, mask) in self.0.iter_mut().zip(&other.0) {
            *known = known.or(*mask);
        }
    }

    /// What is here and not there.
    #[inline(never)]
    pub(super) fn without(&self, other: &Sets) -> Self {
        let mut rest = self.clone();
        for (known, mask) in rest.0.iter_mut().zip(&other.0) {
            *known = known.without(*mask);
        }
        rest
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Sets) -> Self {
        self.without(&self.without(other))
    }

    #[inline(never)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|mask| mask.is_empty())
    }

    #[inline(never)]
    pub(super) fn contains(&self, other: &Sets) -> bool {
        self.0.iter().zip(&other.0).all(|(known, mask)| known.contains(*mask))
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (KindId, Mask)> {
        (0..).map(KindId).zip(self.0.iter().copied())
    }
}
