//! Random numbers from a seed: the same seed gives the same worlds and the same commands on every machine.

/// SplitMix64: one number after the other.
#[derive(Clone)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// The dice of one world of a run.
    pub(crate) fn new(seed: u64, world: u64) -> Self {
        let mut dice = Dice { state: seed ^ world.wrapping_mul(0xd6e8_feb8_6659_fd93) };
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 where that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.roll() >> 11) as usize % bound.max(1)
    }

    /// True in about `percent` of the throws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items, if there is any.
    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        items.get(self.below(items.len())).cloned()
    }

    /// Each item with the given chance, in their order.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], percent: usize) -> Vec<T> {
        items.iter().filter(|_| self.chance(percent)).cloned().collect()
    }

    /// As [`Dice::some`], and at least one where there is any.
    pub(crate) fn some_at_least_one<T: Clone>(&mut self, items: &[T], percent: usize) -> Vec<T> {
        let chosen = self.some(items, percent);
        if chosen.is_empty() { self.pick(items).into_iter().collect() } else { chosen }
    }
}
