//! Patterns of paths: literal segments, `{name}` for one segment, `{name*}` for all that is left.

use super::path::{Form, canonical, first};
use crate::error::{Code, Error, Result};

/// One segment of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Literal(&'a [u8]),
    /// One segment, whatever it is.
    One(&'a [u8]),
    /// One segment or more, up to the end.
    Rest(&'a [u8]),
}

impl<'a> Part<'a> {
    fn of(segment: &'a [u8]) -> Self {
        match segment {
            [b'{', name @ .., b'*', b'}'] => Part::Rest(name),
            [b'{', name @ .., b'}'] => Part::One(name),
            literal => Part::Literal(literal),
        }
    }

    /// The name of a parameter.
    pub(super) fn name(self) -> Option<&'a [u8]> {
        match self {
            Part::Literal(_) => None,
            Part::One(name) | Part::Rest(name) => Some(name),
        }
    }
}

/// The segments of a pattern.
pub(super) struct Parts<'a>(Option<&'a [u8]>);

/// The segments of a pattern; the root has none.
pub(super) fn parts(pattern: &str) -> Parts<'_> {
    Parts(pattern.as_bytes().get(1..).filter(|inside| !inside.is_empty()))
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let (segment, after) = first(self.0?);
        self.0 = after;
        Some(Part::of(segment))
    }
}

/// Refuses a pattern that no path in its one form could match as it stands.
pub(super) fn check(pattern: &str) -> Result<()> {
    let form = Form { ignore_slash: false, percent: false, braces: true };
    let mut is_good = canonical(pattern.as_bytes(), form).is_ok();
    let mut ended = false;
    for part in parts(pattern) {
        is_good &= !ended;
        is_good &= match part {
            Part::Literal(text) => !text.iter().any(|byte| b"{}".contains(byte)),
            Part::One(name) => is_name(name),
            Part::Rest(name) => {
                ended = true;
                is_name(name)
            }
        };
    }
    if is_good {
        return Ok(());
    }
    let sentence =
        ["no path is written like `", pattern, "`: `/segment/{name}/{rest*}`, in the one form of paths"];
    Err(Error::of(Code::Pattern, "path", &sentence))
}

/// A letter, then letters, digits and `_`.
fn is_name(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
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

/// Whether literals stand where two patterns first differ. That is most pairs of a table, and it is cheap to see.
pub(super) fn part_early(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(one, other)| one == other).count();
    let before = a.get(..same).unwrap_or_default();
    let segment = before.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash.saturating_add(1));
    a != b && a.get(segment) != Some(&b'{') && b.get(segment) != Some(&b'{')
}

/// Compares two patterns segment by segment.
pub(super) fn overlap(a: &str, b: &str) -> Overlap {
    let (mut a, mut b) = (parts(a), parts(b));
    let (mut narrower, mut wider) = (false, false);
    loop {
        match (a.next(), b.next()) {
            (None, None) | (Some(Part::Rest(_)), Some(Part::Rest(_))) => break,
            (None, _) | (_, None) => return Overlap::Apart,
            (Some(Part::Rest(_)), _) => {
                wider = true;
                break;
            }
            (_, Some(Part::Rest(_))) => {
                narrower = true;
                break;
            }
            (Some(Part::Literal(one)), Some(Part::Literal(other))) if one != other => return Overlap::Apart,
            (Some(Part::Literal(_)), Some(Part::One(_))) => narrower = true,
            (Some(Part::One(_)), Some(Part::Literal(_))) => wider = true,
            _ => {}
        }
    }
    match (narrower, wider) {
        (false, false) => Overlap::Same,
        (true, false) => Overlap::Inside,
        (false, true) => Overlap::Around,
        (true, true) => Overlap::Across,
    }
}
