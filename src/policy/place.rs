//! Where in a policy document something is wrong.

use crate::error::{Code, Error};

/// A place: one step, and the place above it. Made on the way down, written out only for an error.
pub(super) struct Place<'p> {
    above: Option<&'p Place<'p>>,
    step: &'p str,
}

impl<'p> Place<'p> {
    /// The whole document.
    pub(super) const WHOLE: Place<'static> = Place { above: None, step: "" };
    /// All kinds, the place above most others.
    pub(super) const KINDS: Place<'static> = Place { above: None, step: "kinds" };

    /// The place one step further in.
    pub(super) fn at(&'p self, step: &'p str) -> Place<'p> {
        Place { above: Some(self), step }
    }

    /// The error for this place; `sentence` is put together from its parts.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self, code: Code, sentence: &[&str]) -> Error {
        let mut error = Error::of(code, self.step, sentence);
        let mut above = self.above;
        while let Some(place) = above.filter(|place| !place.step.is_empty()) {
            error = error.within(place.step);
            above = place.above;
        }
        error
    }

    /// The error for one element of the list at this place.
    #[cold]
    #[inline(never)]
    pub(super) fn error_in(&self, index: usize, code: Code, sentence: &[&str]) -> Error {
        self.at(&["[", &index.to_string(), "]"].concat()).error(code, sentence)
    }

    /// The error for a field that must be there.
    #[cold]
    pub(super) fn missing(&self) -> Error {
        self.error(Code::MissingField, &["this field is missing, add it"])
    }
}
