//! A set of actions of one kind: 256 bits, one for each declared action and each `grant`.

/// The bits of one kind's actions, in the order of [`super::Kind::actions`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mask([u64; 4]);

impl Mask {
    /// No action.
    pub(crate) const EMPTY: Mask = Mask([0; 4]);

    /// The same set with `bit`; a bit beyond 255 changes nothing.
    pub(crate) fn with(mut self, bit: usize) -> Mask {
        if let Some(word) = self.0.get_mut(bit >> 6) {
            *word |= 1_u64 << (bit & 63);
        }
        self
    }

    /// Whether `bit` is in the set.
    pub(crate) fn has(self, bit: usize) -> bool {
        self.0.get(bit >> 6).is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }

    /// All that is in either.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn or(self, other: Mask) -> Mask {
        self.merge(other, |a, b| a | b)
    }

    /// All that is in both.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn and(self, other: Mask) -> Mask {
        self.merge(other, |a, b| a & b)
    }

    /// All that is in this set and not in the other.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn without(self, other: Mask) -> Mask {
        self.merge(other, |a, b| a & !b)
    }

    /// Whether every action of `other` is in this set.
    pub(crate) fn contains(self, other: Mask) -> bool {
        self.or(other) == self
    }

    /// Whether there is no action in it.
    pub(crate) fn is_empty(self) -> bool {
        self == Mask::EMPTY
    }

    /// How many actions.
    pub(crate) fn count(self) -> u32 {
        self.0.iter().fold(0, |sum, word| sum.saturating_add(word.count_ones()))
    }

    /// The words, lowest bits first.
    pub(crate) fn words(self) -> [u64; 4] {
        self.0
    }

    fn merge(self, other: Mask, op: impl Fn(u64, u64) -> u64) -> Mask {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Mask([op(a, e), op(b, f), op(c, g), op(d, h)])
    }
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn holds_each_of_its_256_bits_apart() {
        for bit in 0..256 {
            let mask = Mask::EMPTY.with(bit);
            assert_eq!(mask.count(), 1);
            assert!((0..300).all(|other| mask.has(other) == (other == bit)));
        }
        assert!(Mask::EMPTY.with(256).is_empty());
    }
}
