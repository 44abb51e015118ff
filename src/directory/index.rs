//! Places by name, in byte order: the one index of the crate, so that it is compiled once. Short runs of entries lie
//! one after the other; a name is looked for among their firsts, then in its run.

use crate::order::arranged;
use crate::text::is;
use core::cmp::Ordering;
use std::sync::Arc;

/// The most entries of a run: moving so many up costs less than one look.
const RUN: usize = 128;

/// A name with its place. Its first bytes stand beside it, for most names differ there.
#[derive(Clone, Debug)]
struct Entry {
    start: u64,
    name: Arc<str>,
    place: u32,
}

/// Places by name, in byte order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// No run is empty.
    runs: Vec<Vec<Entry>>,
}

impl Index {
    /// The place of a name.
    pub(crate) fn get(&self, name: &str) -> Option<u32> {
        let (run, place) = self.seek(name);
        self.runs.get(run)?.get(place.ok()?).map(|entry| entry.place)
    }

    pub(crate) fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.runs.iter().fold(0, |sum, run| sum.saturating_add(run.len()))
    }

    /// Gives a name its place; false if it is taken.
    pub(crate) fn claim(&mut self, name: &Arc<str>, place: u32) -> bool {
        let (run, Err(free)) = self.seek(name) else { return false };
        let entry = Entry { start: start(name), name: Arc::clone(name), place };
        let last = run.saturating_add(1) >= self.runs.len();
        let Some(entries) = self.runs.get_mut(run) else {
            self.runs.push(vec![entry]);
            return true;
        };
        if entries.len() < RUN {
            entries.insert(free, entry);
            return true;
        }
        // Names that come in order fill their runs.
        let cut = if last && free == RUN { RUN } else { RUN >> 1 };
        let mut more = entries.split_off(cut);
        match free.checked_sub(cut) {
            Some(free) => more.insert(free, entry),
            None => entries.insert(free, entry),
        }
        self.runs.insert(run.saturating_add(1), more);
        true
    }

    /// Gives rows their names all at once, instead of what was there: by the starts of the names, and by place. The least
    /// place of a name that an earlier row has, too: such an index is of no use.
    pub(crate) fn fill<'n>(
        &mut self,
        rows: Vec<(u64, u32)>,
        name: &dyn Fn(u32) -> Option<&'n Arc<str>>,
    ) -> Option<u32> {
        let mut rows = by_start(rows);
        for alike in rows.chunk_by_mut(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
            let in_order = arranged(alike.to_vec(), |one, other| name(one.1).cmp(&name(other.1)));
            alike.copy_from_slice(&in_order);
        }
        let mut twice = None;
        self.runs.clear();
        for rows in rows.chunks(RUN) {
            let mut run = Vec::with_capacity(rows.len());
            for (start, place) in rows {
                let Some(name) = name(*place) else { continue };
                let before: Option<&Entry> = run.last().or_else(|| self.runs.last()?.last());
                if before.is_some_and(|before| before.order(*start, name).is_eq()) {
                    twice = Some(twice.map_or(*place, |least: u32| least.min(*place)));
                }
                run.push(Entry { start: *start, name: Arc::clone(name), place: *place });
            }
            self.runs.push(run);
        }
        twice
    }

    /// Takes a name out; its place.
    pub(crate) fn remove(&mut self, name: &str) -> Option<u32> {
        let (run, place) = self.seek(name);
        let entries = self.runs.get_mut(run)?;
        let gone = entries.remove(place.ok()?);
        if entries.is_empty() {
            self.runs.remove(run);
        }
        Some(gone.place)
    }

    /// The names with their places, in order.
    #[inline(never)]
    pub(crate) fn names(&self) -> Vec<(&str, u32)> {
        let mut names = Vec::with_capacity(self.len());
        self.runs.iter().flatten().for_each(|entry| names.push((entry.name.as_ref(), entry.place)));
        names
    }

    /// The places in the order of their names.
    #[inline(never)]
    pub(crate) fn places(&self) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.len());
        self.runs.iter().flatten().for_each(|entry| places.push(entry.place));
        places
    }

    /// The run and the place in it where a name is, or would be put. Two loops as they are: through closures each step
    /// would be a call.
    #[inline(never)]
    fn seek(&self, name: &str) -> (usize, Result<usize, usize>) {
        let start = start(name);
        let (mut low, mut high) = (0, self.runs.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.runs.get(middle).and_then(|run| run.first()) {
                Some(first) if first.order(start, name).is_le() => low = middle.saturating_add(1),
                _ => high = middle,
            }
        }
        let run = low.saturating_sub(1);
        let entries = self.runs.get(run).map(Vec::as_slice).unwrap_or_default();
        (low, high) = (0, entries.len());
        while low < high {
            let middle = low.midpoint(high);
            match entries.get(middle).map(|entry| entry.order(start, name)) {
                Some(Ordering::Equal) => return (run, Ok(middle)),
                Some(Ordering::Less) => low = middle.saturating_add(1),
                _ => high = middle,
            }
        }
        (run, Err(low))
    }
}

/// In the order of the starts, and what is equal in its own: a byte a step, the last one first.
fn by_start(mut rows: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    let mut other = rows.clone();
    for byte in 0..8 {
        let digit = |start: u64| usize::from(start.to_le_bytes().get(byte).copied().unwrap_or_default());
        let mut ends = [0_usize; 256];
        for (start, _) in &rows {
            ends.get_mut(digit(*start)).into_iter().for_each(|end| *end = end.wrapping_add(1));
        }
        let mut sum = 0_usize;
        for end in &mut ends {
            sum = sum.wrapping_add(*end);
            *end = sum;
        }
        for row in rows.iter().rev() {
            let Some(end) = ends.get_mut(digit(row.0)) else { continue };
            *end = end.wrapping_sub(1);
            other.get_mut(*end).into_iter().for_each(|free| *free = *row);
        }
        core::mem::swap(&mut rows, &mut other);
    }
    rows
}

impl Entry {
    /// How it lies to a name with that start.
    #[inline(always)]
    fn order(&self, start: u64, name: &str) -> Ordering {
        match self.start == start {
            false => self.start.cmp(&start),
            true if is(&self.name, name) => Ordering::Equal,
            true => self.name.as_ref().cmp(name),
        }
    }
}

/// A name that rows and indexes share.
#[inline(never)]
pub(crate) fn shared(name: &str) -> Arc<str> {
    name.into()
}

/// The first eight bytes as a number; what is shorter is filled with zeros, so that numbers never contradict the order.
pub(crate) fn start(name: &str) -> u64 {
    if let Some(bytes) = name.as_bytes().first_chunk() {
        return u64::from_be_bytes(*bytes);
    }
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(name.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Names that share beginnings, are beginnings of one another, or hold a zero byte.
    fn name(number: u64) -> Arc<str> {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44;
        match number % 4 {
            0 => format!("same beginning {mixed}").into(),
            1 => format!("{mixed}").into(),
            2 => format!("{}\0", mixed % 1000).into(),
            _ => format!("{}", mixed % 1000).into(),
        }
    }

    fn same(index: &Index, map: &BTreeMap<Arc<str>, u32>) {
        let wanted: Vec<(&str, u32)> = map.iter().map(|(name, place)| (name.as_ref(), *place)).collect();
        assert_eq!(index.names(), wanted);
        assert_eq!(index.places(), map.values().copied().collect::<Vec<_>>());
        assert_eq!((index.len(), index.is_empty()), (map.len(), map.is_empty()));
    }

    #[test]
    fn says_what_a_map_says() {
        let (mut index, mut map) = (Index::default(), BTreeMap::new());
        same(&index, &map);
        for number in 0..20_000 {
            let name = name(number);
            let free = !map.contains_key(&name);
            assert_eq!(index.claim(&name, number as u32), free);
            map.entry(name).or_insert(number as u32);
        }
        same(&index, &map);
        for number in (0..30_000).rev().filter(|number| number % 3 != 0) {
            let name = name(number);
            assert_eq!(index.get(&name), map.get(&name).copied());
            assert_eq!(index.remove(&name), map.remove(&name));
            assert!(!index.contains_key(&name));
        }
        same(&index, &map);
    }

    #[test]
    fn filled_at_once_it_says_the_same() {
        for count in [0, 1, 2, 127, 128, 129, 5000] {
            let (mut index, mut map, mut twice) = (Index::default(), BTreeMap::new(), None);
            let names: Vec<Arc<str>> = (0..count).map(|number| name(number * 3)).collect();
            let rows = |end: u32| (0..end).map(|place| (start(&names[place as usize]), place)).collect();
            for (name, place) in names.iter().zip(0..) {
                if map.insert(name.clone(), place).is_some() {
                    twice = twice.or(Some(place));
                }
            }
            let called = |place: u32| names.get(place as usize);
            assert_eq!(index.fill(rows(count as u32), &called), twice);
            let whole = twice.unwrap_or(count as u32);
            assert_eq!(index.fill(rows(whole), &called), None);
            same(&index, &names.iter().cloned().zip(0..whole).collect());
            for (name, place) in names.iter().zip(0..whole) {
                assert_eq!(index.get(name), Some(place));
            }
        }
    }

    #[test]
    fn names_in_order_fill_their_runs() {
        let mut index = Index::default();
        for number in 0..1024_u32 {
            assert!(index.claim(&format!("{number:04}").into(), number));
        }
        assert_eq!(index.runs.len(), 1024 / RUN);
        for number in 0..1024_u32 {
            assert_eq!(index.remove(&format!("{number:04}")), Some(number));
        }
        assert!(index.is_empty());
    }
}
