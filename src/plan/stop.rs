//! Why a plan goes no further: it is refused, or the command itself is wrong.

use crate::decision::{Decision, Reason};
use crate::error::Error;
use serde::Serialize;

/// A refused command: the decision, and one English sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Denied {
    /// Why, what would turn it and whom to ask.
    pub decision: Decision,
    /// The sentence to show.
    pub text: String,
}

impl Denied {
    pub(crate) fn bare(reason: Reason, text: &str) -> Box<Self> {
        Box::new(Self { decision: Decision::bare(reason), text: text.to_owned() })
    }
}

/// The two ways to stop.
pub(crate) enum Stop {
    Denied(Box<Denied>),
    Wrong(Error),
}

impl Stop {
    #[cold]
    #[inline(never)]
    pub(crate) fn denied(reason: Reason, text: &str) -> Self {
        Stop::Denied(Denied::bare(reason, text))
    }

    /// The place of what is wrong, one step further out.
    pub(crate) fn within(self, step: &str) -> Self {
        match self {
            Stop::Wrong(error) => Stop::Wrong(error.within(step)),
            denied => denied,
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Wrong(error)
    }
}

/// A step of a plan.
pub(crate) type Step<T> = Result<T, Stop>;
