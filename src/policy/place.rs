//! Where in a policy document something is wrong.

use crate::error::{Code, Error};

/// A place: one step, and the place above it. Made on the way down, written out only for an error.
pub(super) struct Place<'p> {
    above: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Field(&'p str),
    Element(usize),
}

impl<'p> Place<'p> {
    /// The whole document.
    pub(super) const WHOLE: Place<'static> = Place { above: None, step: Step::Field("") };
    /// All kinds, the place above most others.
    pub(super) const KINDS: Place<'static> = Place { above: None, step: Step::Field("kinds") };

    /// The place one step further in.
    #[inline(never)]
    pub(super) fn at(&'p self, step: &'p str) -> Place<'p> {
        Place { above: Some(self), step: Step::Field(step) }
    }

    /// The place of one element of the list at this place.
    pub(super) fn element(&'p self, index: usize) -> Place<'p> {
        Place { above: Some(self), step: Step::Element(index) }
    }

    /// The error for this place; `sentence` is put together from its parts.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self, code: Code, sentence: &[&str]) -> Error {
        let mut error = self.step.before(Error::of(code, "", sentence));
        let mut above = self.above;
        while let Some(place) = above.filter(|place| !matches!(place.step, Step::Field(""))) {
            error = place.step.before(error);
            above = place.above;
        }
        error
    }

    /// The error for a field that must be there.
    #[cold]
    #[inline(never)]
    pub(super) fn missing(&self) -> Error {
        self.error(Code::MissingField, &["this field is missing, add it"])
    }
}

impl Step<'_> {
    fn before(self, error: Error) -> Error {
        match self {
            Step::Field(name) => error.within(name),
            Step::Element(index) => error.at("", index),
        }
    }
}
