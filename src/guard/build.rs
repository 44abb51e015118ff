//! A table row by row, and what can be wrong between rows.

use super::method::Method;
use super::path::Form;
use super::pattern::{Overlap, overlap};
use super::row::{Route, Row};
use super::tree::Tree;
use super::vocabulary::Vocabulary;
use super::{MAX_ROUTES, Routes};
use crate::error::push_number;
use crate::error::{Code, Error, Result};

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
        let form = Form { ignore_slash: options.ignore_trailing_slash, percent: false, braces: false };
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
        let mut row = Row::of(route, self.vocabulary)?;
        let routes = &mut self.routes;
        let place = u16::try_from(routes.rows.len()).ok().filter(|place| *place < MAX_ROUTES);
        let Some(place) = place else {
            return Err(Error::of(Code::TooMany, "", &["a table has at most 4,096 rows, split it"]));
        };
        if routes.head_as_get && row.method == Method::HEAD {
            return Err(Error::of(
                Code::Ambiguous,
                "method",
                &["`headAsGet` decides on HEAD, take one away"],
            ));
        }
        for other in &mut routes.rows {
            each_path_has_one_row(&mut row, other)?;
        }
        routes.form.percent |= row.encoded != 0;
        routes.tree.add(&row.pattern, row.method, place);
        routes.rows.push(row);
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
        match self.routes.rows.iter().position(|row| row.overrides && !row.is_narrower) {
            None => Ok(self.routes),
            Some(idle) => {
                let sentence = "no row is wider than this one, take `overrides` away";
                Err(Error::of(Code::Value, "overrides", &[sentence]).within(&place(idle)))
            }
        }
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
fn each_path_has_one_row(row: &mut Row, other: &mut Row) -> Result<()> {
    if !row.may_meet(other) {
        return Ok(());
    }
    let narrower = match overlap(&row.pattern, &other.pattern) {
        Overlap::Apart => return Ok(()),
        Overlap::Same => return Err(meeting(Code::Duplicate, "equals", other)),
        Overlap::Across => return Err(meeting(Code::Ambiguous, "has paths in common with", other)),
        Overlap::Inside => &mut *row,
        Overlap::Around => &mut *other,
    };
    narrower.is_narrower = true;
    if narrower.overrides {
        return Ok(());
    }
    Err(meeting(Code::Ambiguous, "says no order (`overrides` on the narrower one) beside", other))
}

#[cold]
fn meeting(code: Code, how: &str, other: &Row) -> Error {
    Error::of(code, "path", &["this row ", how, " `", &other.pattern, "`"])
}
