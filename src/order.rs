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
pub(crate) fn sorted<T: Clone>(items: &[T], mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut by_place = |a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    let places = order(items.len(), &mut by_place);
    places.into_iter().filter_map(|place| items.get(place).cloned()).collect()
}

/// The items themselves in the order that `compare` gives: nothing is copied.
pub(crate) fn arranged<T>(items: Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let places = order(slots.len(), &mut |a, b| match (slots.get(a), slots.get(b)) {
        (Some(Some(a)), Some(Some(b))) => compare(a, b),
        _ => Ordering::Equal,
    });
    places.into_iter().filter_map(|place| slots.get_mut(place)?.take()).collect()
}

/// The first place of an item that equals an earlier one.
pub(crate) fn twin<T>(items: &[T], mut compare: impl FnMut(&T, &T) -> Ordering) -> Option<usize> {
    let mut by_place = |a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    let places = order(items.len(), &mut by_place);
    let pairs = places.iter().zip(places.iter().skip(1));
    pairs.filter(|(a, b)| by_place(**a, **b) == Ordering::Equal).map(|(_, later)| *later).min()
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
}
