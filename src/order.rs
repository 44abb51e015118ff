//! Sorting, once: everything that is put in order is put in order through a list of places, so that the one sort
//! of the standard library is compiled for one type.

use core::cmp::Ordering;

/// The places `0..count` in the order that `compare` gives; what is equal keeps its order.
pub(crate) fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// The items in the order that `compare` gives.
pub(crate) fn sorted<T: Clone>(items: &[T], compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    arranged(items.to_vec(), compare)
}

/// The items themselves in the order that `compare` gives: nothing is copied.
pub(crate) fn arranged<T>(mut items: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let swaps = swaps(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for (place, with) in (0..).zip(swaps) {
        items.swap(place, with);
    }
    items
}

/// With what each place is exchanged, one after the other, until all are in order.
#[inline(never)]
fn swaps(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut swaps = order(count, compare);
    // Which item lies at a place now, and at which place an item.
    let mut items: Vec<usize> = (0..count).collect();
    let mut places = items.clone();
    for (place, wanted) in swaps.iter_mut().enumerate() {
        let (from, here) = (at(&places, *wanted), at(&items, place));
        items.swap(place, from);
        places.swap(*wanted, here);
        *wanted = from;
    }
    swaps
}

fn at(list: &[usize], place: usize) -> usize {
    list.get(place).copied().unwrap_or_default()
}

/// The first place of an item that equals an earlier one.
pub(crate) fn twin<T>(items: &[T], mut compare: impl FnMut(&T, &T) -> Ordering) -> Option<usize> {
    first_twin(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    })
}

/// Up to here comparing each with each is cheaper than sorting.
const FEW: usize = 8;

#[inline(never)]
fn first_twin(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Option<usize> {
    if count <= FEW {
        let mut first = |one: usize| (0..one).any(|other| compare(other, one) == Ordering::Equal);
        return (1..count).find(|one| first(*one));
    }
    let places = order(count, compare);
    let mut first = None;
    for (a, b) in places.iter().zip(places.iter().skip(1)) {
        if compare(*a, *b) == Ordering::Equal && first.is_none_or(|first| *b < first) {
            first = Some(*b);
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::{arranged, sorted, twin};

    #[test]
    fn puts_in_order_and_finds_the_first_twin() {
        assert_eq!(sorted(&[3, 1, 2, 1], |a, b| a.cmp(b)), [1, 1, 2, 3]);
        assert_eq!(arranged(vec!["c", "a", "b"], |a, b| a.cmp(b)), ["a", "b", "c"]);
        assert_eq!(twin(&[3, 1, 2, 1, 3], |a, b| a.cmp(b)), Some(3));
        assert_eq!(twin(&[3, 1, 2], |a, b| a.cmp(b)), None);
    }

    #[test]
    fn what_is_equal_keeps_its_order() {
        for count in 0..40_u64 {
            let mixed = |place: u64| (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60, place);
            let items: Vec<(u64, u64)> = (0..count).map(mixed).collect();
            let mut wanted = items.clone();
            wanted.sort();
            assert_eq!(arranged(items, |a, b| a.0.cmp(&b.0)), wanted);
        }
    }
}
