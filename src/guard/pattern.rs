//! Patterns of paths: literal segments, `{name}` for one segment, `{name*}` for all that is left.

use super::path::{STRICT, canonical};
use crate::error::{Code, Error, Result};

/// One segment of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Literal(&'a str),
    /// One segment, whatever it is.
    One(&'a str),
    /// One segment or more, up to the end.
    Rest(&'a str),
}

impl<'a> Part<'a> {
    fn of(segment: &'a str) -> Self {
        let inside = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(name) = inside else { return Part::Literal(segment) };
        name.strip_suffix('*').map_or(Part::One(name), Part::Rest)
    }

    /// The name of a parameter.
    pub(super) fn name(self) -> Option<&'a str> {
        match self {
            Part::Literal(_) => None,
            Part::One(name) | Part::Rest(name) => Some(name),
        }
    }

    pub(super) fn is_rest(self) -> bool {
        matches!(self, Part::Rest(_))
    }
}

/// The segments of a pattern; the root has none.
pub(super) fn parts(pattern: &str) -> impl Iterator<Item = Part<'_>> {
    let inside = pattern.strip_prefix('/').unwrap_or_default();
    inside.split('/').filter(|_| !inside.is_empty()).map(Part::of)
}

/// Refuses a pattern that no path in its one form could match as it stands.
pub(super) fn check(pattern: &str) -> Result<()> {
    let mut example = String::new();
    let mut rest = false;
    for segment in pattern.split('/').skip(1) {
        if rest {
            return Err(wrong(&["a wildcard stands at the end alone, put `", segment, "` before it"]));
        }
        let part = Part::of(segment);
        rest = part.is_rest();
        example.push('/');
        example.push_str(match part {
            Part::Literal(text) => text,
            Part::One(name) | Part::Rest(name) if is_name(name) => name,
            Part::One(_) | Part::Rest(_) => {
                return Err(wrong(&["a parameter is `{name}`, letters, digits and `_` after a letter"]));
            }
        });
    }
    if !pattern.starts_with('/') || canonical(example.as_bytes(), STRICT).is_err() {
        return Err(wrong(&["no path is written like `", pattern, "`, write it in the one form of paths"]));
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cold]
fn wrong(sentence: &[&str]) -> Error {
    Error::of(Code::Pattern, "path", sentence)
}

/// How the paths of one pattern lie to those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlap {
    /// No path matches both.
    Apart,
    Same,
    /// All paths of the first match the second too.
    Inside,
    /// All paths of the second match the first too.
    Around,
    /// Some paths match both, and each has some of its own.
    Across,
}

/// Compares two patterns segment by segment.
pub(super) fn overlap(a: &str, b: &str) -> Overlap {
    let (mut a, mut b) = (parts(a), parts(b));
    let (mut narrower, mut wider) = (false, false);
    loop {
        match (a.next(), b.next()) {
            (None, None) => break,
            (None, _) | (_, None) => return Overlap::Apart,
            (Some(Part::Rest(_)), Some(Part::Rest(_))) => break,
            (Some(Part::Rest(_)), Some(_)) => {
                wider = true;
                break;
            }
            (Some(_), Some(Part::Rest(_))) => {
                narrower = true;
                break;
            }
            (Some(Part::Literal(one)), Some(Part::Literal(other))) => {
                if one != other {
                    return Overlap::Apart;
                }
            }
            (Some(Part::Literal(_)), Some(Part::One(_))) => narrower = true,
            (Some(Part::One(_)), Some(Part::Literal(_))) => wider = true,
            (Some(Part::One(_)), Some(Part::One(_))) => {}
        }
    }
    match (narrower, wider) {
        (false, false) => Overlap::Same,
        (true, false) => Overlap::Inside,
        (false, true) => Overlap::Around,
        (true, true) => Overlap::Across,
    }
}
