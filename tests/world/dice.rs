//! A row of numbers that decides everything in a random world: shorter rows and smaller numbers make
//! smaller worlds, so what fails shrinks.

/// Reads one number after the other; a row that has run out gives zeros.
pub(crate) struct Dice<'a> {
    row: &'a [u16],
}

impl<'a> Dice<'a> {
    pub(crate) fn new(row: &'a [u16]) -> Self {
        Dice { row }
    }

    fn roll(&mut self) -> usize {
        let Some((first, rest)) = self.row.split_first() else { return 0 };
        self.row = rest;
        usize::from(*first)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.roll() % bound.max(1)
    }

    /// True in about `percent` of the throws; zero is false.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of the items.
    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Some of the items, each with the given chance, in their order.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], percent: usize) -> Vec<T> {
        items.iter().filter(|_| self.chance(percent)).cloned().collect()
    }

    /// As [`Dice::some`], and at least one.
    pub(crate) fn some_at_least_one<T: Clone>(&mut self, items: &[T], percent: usize) -> Vec<T> {
        let chosen = self.some(items, percent);
        if chosen.is_empty() { vec![self.pick(items)] } else { chosen }
    }
}
