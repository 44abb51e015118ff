//! A table row by row, and what can be wrong between rows.

use super::path::Form;
use super::pattern::{Overlap, overlap};
use super::row::{Route, Row};
use super::tree::Tree;
use super::vocabulary::Vocabulary;
use super::{MAX_ROUTES, Routes};
use crate::error::{Code, Error, Result};
use crate::json::push_number;

/// What holds for all rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoutesOptions {
    /// Whether one `/` after the last segment is overlooked. Else such a path is refused.
    pub ignore_trailing_slash: bool,
    /// Whether `HEAD` is decided by the row for `GET`. Else it needs a row of its own.
    pub head_as_get: bool,
}

/// A table that is being built: [`Routes::builder`].
pub struct RoutesBuilder<'v> {
    vocabulary: &'v dyn Vocabulary,
    routes: Routes,
    /// The first that was wrong; later rows are not looked at.
    fault: Option<Error>,
}

impl<'v> RoutesBuilder<'v> {
    pub(super) fn new(vocabulary: &'v dyn Vocabulary, options: RoutesOptions) -> Self {
        let form = Form { ignore_slash: options.ignore_trailing_slash, percent: false };
        let routes = Routes { rows: Vec::new(), tree: Tree::new(), form, head_as_get: options.head_as_get };
        Self { vocabulary, routes, fault: None }
    }

    /// Adds a row. What is wrong with it is told by [`finish`](RoutesBuilder::finish).
    #[must_use]
    pub fn row(mut self, route: &Route<'_>) -> Self {
        if self.fault.is_none()
            && let Err(error) = self.add(route)
        {
            self.fault = Some(error.within(&place(self.routes.rows.len())));
        }
        self
    }

    fn add(&mut self, route: &Route<'_>) -> Result<()> {
        let row = Row::of(route, self.vocabulary)?;
        let place = u16::try_from(self.routes.rows.len()).ok().filter(|place| *place < MAX_ROUTES);
        let Some(place) = place else {
            return Err(Error::of(Code::TooMany, "", &["a table has at most 4,096 rows, split it"]));
        };
        if self.routes.head_as_get && row.method == super::method::Method::HEAD {
            let sentence = "`headAsGet` has decided HEAD already, take one of the two away";
            return Err(Error::of(Code::Ambiguous, "method", &[sentence]));
        }
        self.routes.form.percent |= row.parameters.iter().any(|parameter| parameter.encoded);
        self.routes.tree.add(&row.pattern, row.method, place);
        self.routes.rows.push(row);
        Ok(())
    }

    /// The table, if nothing is wrong with it.
    ///
    /// # Errors
    ///
    /// For the first row that is wrong, with its place: `ERR_VALUE` for a method that is none; `ERR_PATTERN` for a path
    /// that is not in its one form; `ERR_DUPLICATE` for a parameter that is bound twice, and a row that is there already;
    /// `ERR_PARAMETER` for one that is not bound, or used by nothing; `ERR_UNKNOWN_KIND`, `ERR_UNKNOWN_ACTION`;
    /// `ERR_MISSING_FIELD` for no id, and an empty table; `ERR_PARENT` for a kind that is not above;
    /// `ERR_AMBIGUOUS` for two rows that match one path where neither says that it goes first; `ERR_TOO_MANY`.
    ///
    /// ```
    /// # use bailiwick::{Policy, guard::{Route, Routes, RoutesOptions}};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// let two = Routes::builder(&policy, RoutesOptions::default())
    ///     .row(&Route::public("GET", "/docs/{page}"))
    ///     .row(&Route::public("GET", "/docs/index"));
    /// let refused = two.finish().unwrap_err();
    /// assert_eq!((refused.code(), refused.path()), ("ERR_AMBIGUOUS", "routes[1].path"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn finish(self) -> Result<Routes> {
        if let Some(error) = self.fault {
            return Err(error);
        }
        if self.routes.rows.is_empty() {
            return Err(Error::of(
                Code::MissingField,
                "routes",
                &["a table without rows refuses all, add one"],
            ));
        }
        each_path_has_one_row(&self.routes.rows)?;
        Ok(self.routes)
    }
}

/// `routes[3]`.
fn place(index: usize) -> String {
    let mut place = String::from("routes[");
    push_number(&mut place, index as u64);
    place.push(']');
    place
}

/// Two rows of one method match one path only where the one lies inside the other and says so.
fn each_path_has_one_row(rows: &[Row]) -> Result<()> {
    let mut stated = vec![false; rows.len()];
    for (index, row) in rows.iter().enumerate() {
        for (before, other) in rows.iter().take(index).enumerate().filter(|(_, other)| row.may_meet(other)) {
            let narrower = match overlap(&row.pattern, &other.pattern) {
                Overlap::Apart => continue,
                Overlap::Same => return Err(meeting(Code::Duplicate, index, "path", "equals", other)),
                Overlap::Inside => index,
                Overlap::Around => before,
                Overlap::Across => {
                    return Err(meeting(Code::Ambiguous, index, "path", "has paths in common with", other));
                }
            };
            if !rows.get(narrower).is_some_and(|row| row.overrides) {
                let sentence = "says no order (`overrides` on the narrower one) beside";
                return Err(meeting(Code::Ambiguous, index, "path", sentence, other));
            }
            if let Some(stated) = stated.get_mut(narrower) {
                *stated = true;
            }
        }
    }
    let idle = rows.iter().zip(stated).position(|(row, stated)| row.overrides && !stated);
    idle.map_or(Ok(()), |index| {
        let sentence = "no row is wider than this one, take `overrides` away";
        Err(Error::of(Code::Value, "overrides", &[sentence]).within(&place(index)))
    })
}

#[cold]
fn meeting(code: Code, index: usize, field: &str, how: &str, other: &Row) -> Error {
    Error::of(code, field, &["this row ", how, " `", &other.pattern, "`"]).within(&place(index))
}
