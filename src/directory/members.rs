//! Who belongs to an organization, by place.

use super::change::SuspendedBy;
use crate::order::sorted;

/// Users with an organization role, and who suspended them; in the order of their places.
#[derive(Debug, Default)]
pub(crate) struct Members(Vec<(u32, Option<SuspendedBy>)>);

impl Members {
    /// Those of a list in which nobody stands twice.
    pub(crate) fn of(list: &[(u32, Option<SuspendedBy>)]) -> Self {
        Self(sorted(list, |a, b| a.0.cmp(&b.0)))
    }

    /// Who suspended a member, if anybody; none for who is no member.
    pub(crate) fn get(&self, person: &u32) -> Option<&Option<SuspendedBy>> {
        self.0.get(self.seek(*person).ok()?).map(|(_, by)| by)
    }

    pub(crate) fn contains_key(&self, person: &u32) -> bool {
        self.seek(*person).is_ok()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member, or says otherwise who suspended them.
    pub(crate) fn insert(&mut self, person: u32, by: Option<SuspendedBy>) {
        match self.seek(person) {
            Ok(place) => self.0.get_mut(place).into_iter().for_each(|(_, known)| *known = by),
            Err(place) => self.0.insert(place, (person, by)),
        }
    }

    /// Takes a member out; none for who is no member.
    pub(crate) fn remove(&mut self, person: u32) -> Option<()> {
        let place = self.seek(person).ok()?;
        self.0.remove(place);
        Some(())
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &u32> {
        self.0.iter().map(|(person, _)| person)
    }

    pub(crate) fn as_slice(&self) -> &[(u32, Option<SuspendedBy>)] {
        &self.0
    }

    #[inline(never)]
    fn seek(&self, person: u32) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(&person))
    }
}
