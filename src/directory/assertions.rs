//! What asserted values stand for.

use crate::order::arranged;
use serde::{Serialize, Serializer};

/// A role that an asserted value stands for (rule 14).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssertedRole {
    /// The role's name.
    pub role: String,
    /// `project/<id>`; none for the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// What each asserted value stands for, in the order of the values (rule 14).
///
/// ```
/// use bailiwick::{AssertedRole, Assertions};
/// let owner = AssertedRole { role: "organization_owner".into(), on: None };
/// let map: Assertions = [("admins".to_owned(), vec![owner])].into_iter().collect();
/// assert_eq!(map.get("admins").map(|roles| roles.len()), Some(1));
/// assert_eq!(map.get("others"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assertions(Vec<(String, Vec<AssertedRole>)>);

impl Assertions {
    /// The roles that a value stands for; none where it is not named.
    pub fn get(&self, value: &str) -> Option<&[AssertedRole]> {
        let place = self.0.binary_search_by(|(known, _)| known.as_str().cmp(value)).ok()?;
        self.0.get(place).map(|(_, roles)| roles.as_slice())
    }

    /// Whether no value is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values with what they stand for, in order.
    pub fn as_slice(&self) -> &[(String, Vec<AssertedRole>)] {
        &self.0
    }

    /// Those of a list in which no value stands twice.
    pub(super) fn of(list: Vec<(String, Vec<AssertedRole>)>) -> Self {
        Self(arranged(list, |a, b| a.0.cmp(&b.0)))
    }

    /// Does something to the roles of every value.
    pub(crate) fn each(&mut self, change: &mut dyn FnMut(&mut Vec<AssertedRole>)) {
        self.0.iter_mut().for_each(|(_, roles)| change(roles));
    }
}

/// Of two entries for one value the later counts.
impl FromIterator<(String, Vec<AssertedRole>)> for Assertions {
    fn from_iter<I: IntoIterator<Item = (String, Vec<AssertedRole>)>>(entries: I) -> Self {
        let mut map = Self::of(entries.into_iter().collect());
        map.0.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                core::mem::swap(later, earlier);
            }
            same
        });
        map
    }
}

impl Serialize for Assertions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(value, roles)| (value, roles)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_entries_for_one_value_the_later_counts() {
        let role = |name: &str| vec![AssertedRole { role: name.to_owned(), on: None }];
        let entries = [("b", "1"), ("a", "2"), ("b", "3"), ("b", "4")];
        let map: Assertions =
            entries.map(|(value, name)| (value.to_owned(), role(name))).into_iter().collect();
        assert_eq!(map.as_slice(), [("a".to_owned(), role("2")), ("b".to_owned(), role("4"))]);
        assert_eq!(map.get("b"), Some(role("4").as_slice()));
    }
}
