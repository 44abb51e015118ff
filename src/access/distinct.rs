//! Lists of bindings, each kept once: most rows of a principal have one of a few.

use super::reach::{Bound, How};

/// Lists with what they lie under, in the order of first use, found by a hash.
#[derive(Default)]
pub(super) struct Distinct {
    pub(super) lists: Vec<(Vec<Bound>, usize)>,
    /// Places of lists, counted from one; 0 is free. A power of two, and more than half are free.
    slots: Vec<usize>,
}

impl Distinct {
    /// The place of a list; of a new one it is the next.
    pub(super) fn place(&mut self, list: &[Bound], under: usize) -> usize {
        if self.slots.len() <= self.lists.len().saturating_mul(2) {
            self.grow();
        }
        let slot = self.slot(list, under);
        let known = self.slots.get(slot).and_then(|place| place.checked_sub(1));
        known.unwrap_or_else(|| {
            let place = self.lists.len();
            self.lists.push((list.to_vec(), under));
            self.take(slot, place);
            place
        })
    }

    fn grow(&mut self) {
        let size = self.slots.len().saturating_mul(2).max(16);
        self.slots = vec![0; size];
        for place in 0..self.lists.len() {
            let slot = self.lists.get(place).map(|(list, under)| self.slot(list, *under));
            slot.into_iter().for_each(|slot| self.take(slot, place));
        }
    }

    fn take(&mut self, slot: usize, place: usize) {
        self.slots.get_mut(slot).into_iter().for_each(|slot| *slot = place.saturating_add(1));
    }

    /// The slot where a list is, or would be put.
    fn slot(&self, list: &[Bound], under: usize) -> usize {
        let last = self.slots.len().saturating_sub(1);
        let mut slot = hash(list, under) & last;
        // Ends: some slot is free.
        while let Some(place) = self.slots.get(slot).and_then(|place| place.checked_sub(1)) {
            if self.lists.get(place).is_some_and(|(known, over)| *over == under && known == list) {
                break;
            }
            slot = slot.wrapping_add(1) & last;
        }
        slot
    }
}

fn hash(list: &[Bound], under: usize) -> usize {
    let mut state = under as u64;
    for bound in list {
        let how = match bound.how {
            How::Direct => 0,
            How::Members => 1,
            How::Platform => 2,
            How::Group(place) => u64::from(place).wrapping_add(3),
        };
        let above = bound.above.map_or(0, |id| u64::from(id.0).wrapping_add(1));
        for number in &[how, u64::from(bound.role.0), above, bound.until] {
            state = (state ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            state ^= state >> 29;
        }
    }
    state as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ResourceId;
    use crate::policy::RoleId;
    use std::collections::BTreeMap;

    #[test]
    fn says_what_a_map_says() {
        let bound = |number: u64| Bound {
            how: if number.is_multiple_of(3) { How::Direct } else { How::Group((number % 3) as u32) },
            role: RoleId((number % 5) as u16),
            above: (number % 7 > 3).then_some(ResourceId((number % 7) as u32)),
            until: number % 1000,
        };
        let (mut distinct, mut map) = (Distinct::default(), BTreeMap::new());
        for number in 0..20_000_u64 {
            let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44;
            let list: Vec<Bound> = (0..mixed % 3).map(|step| bound(mixed / 3 + step)).collect();
            let (under, next) = ((mixed % 2) as usize, map.len());
            let place = *map.entry((list.clone(), under)).or_insert(next);
            assert_eq!(distinct.place(&list, under), place);
            assert_eq!(distinct.lists[place], (list, under));
        }
        assert!(map.len() > 1000 && distinct.lists.len() == map.len());
    }
}
