//! Rows that come and go: a row keeps its place while it is there, and a place that became free is used again.

use super::index::Index;
use std::sync::Arc;

/// Rows by place.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    rows: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slots<T> {
    /// Where the next row will be put; none where there are more than can be numbered.
    pub(crate) fn next(&self) -> Option<u32> {
        self.free
            .last()
            .copied()
            .or_else(|| u32::try_from(self.rows.len()).ok().filter(|place| *place != u32::MAX))
    }

    /// Makes room for so many rows.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.rows.reserve(more);
    }

    /// Puts a row at [`next`](Self::next).
    pub(crate) fn add(&mut self, row: T) {
        let free = self.free.pop();
        match free.and_then(|place| self.rows.get_mut(place as usize)) {
            Some(slot) => *slot = Some(row),
            None => self.rows.push(Some(row)),
        }
    }

    /// Takes a row out.
    pub(crate) fn take(&mut self, place: u32) -> Option<T> {
        let row = self.rows.get_mut(place as usize)?.take()?;
        self.free.push(place);
        Some(row)
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn get(&self, place: u32) -> Option<&T> {
        self.rows.get(place as usize)?.as_ref()
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn get_mut(&mut self, place: u32) -> Option<&mut T> {
        self.rows.get_mut(place as usize)?.as_mut()
    }

    /// The rows with their places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0_u32..).zip(&self.rows).filter_map(|(place, row)| Some((place, row.as_ref()?)))
    }

    /// One more than the highest place.
    pub(crate) fn end(&self) -> usize {
        self.rows.len()
    }
}

/// Rows with ids, found by id.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: Slots<T>,
    ids: Index,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Slots::default(), ids: Index::default() }
    }
}

impl<T> Table<T> {
    /// Adds a row; none if the id is taken.
    pub(crate) fn add(&mut self, id: &Arc<str>, row: T) -> Option<u32> {
        let place = self.rows.next()?;
        self.ids.claim(id, place).then(|| self.rows.add(row)).map(|()| place)
    }

    /// Takes a row out.
    pub(crate) fn take(&mut self, id: &str) -> Option<T> {
        let place = self.ids.remove(id)?;
        self.rows.take(place)
    }

    /// Where the next row will be put.
    pub(crate) fn next(&self) -> Option<u32> {
        self.rows.next()
    }

    /// Does something to every row.
    pub(crate) fn each(&mut self, change: &mut dyn FnMut(&mut T)) {
        self.rows.rows.iter_mut().flatten().for_each(change);
    }

    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id)
    }

    pub(crate) fn get(&self, place: u32) -> Option<&T> {
        self.rows.get(place)
    }

    pub(crate) fn get_mut(&mut self, place: u32) -> Option<&mut T> {
        self.rows.get_mut(place)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.rows.iter()
    }

    /// The places in the order of the ids.
    pub(crate) fn by_id(&self) -> Vec<u32> {
        self.ids.places()
    }
}
