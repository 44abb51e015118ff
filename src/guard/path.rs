//! The one form of a path. What is not in it is refused, never brought into it: whatever stands behind the guard may
//! read a repaired path otherwise.

use super::Refused;

/// The longest path, in bytes.
pub const MAX_PATH: usize = 2048;
/// The most segments of a path and of a pattern.
pub const MAX_SEGMENTS: usize = 64;

/// What may differ between tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// One `/` after the last segment is overlooked.
    pub(super) ignore_slash: bool,
    /// `%25` may stand in a segment.
    pub(super) percent: bool,
    /// It is a pattern, in which parameters stand in braces.
    pub(super) braces: bool,
}

/// The bytes that stand for themselves: the unreserved ones of RFC 3986, `-._~` among them, and what it lets a segment have
/// beside them, ``!$&'()*+,:=@``, but for `;`, at which some servers end the segment.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!' | b'$' | b'&'..=b'.' | b'0'..=b':' | b'=' | b'@'..=b'Z' | b'_' | b'a'..=b'z' | b'~')
}

/// The path after its first `/`, without the slash that is overlooked; else the first flaw from the left.
pub(super) fn canonical(path: &[u8], form: Form) -> Result<&[u8], Refused> {
    if path.len() > MAX_PATH {
        return Err(Refused::TooLong);
    }
    let Some((b'/', inside)) = path.split_first() else { return Err(Refused::NoPath) };
    let (mut bytes, mut last, mut segments) = (inside.iter(), b'/', 0_usize);
    while let Some(byte) = bytes.next() {
        if *byte == b'/' {
            whole(last)?;
        } else if last == b'/' {
            segments = segments.wrapping_add(1);
        }
        if segments > MAX_SEGMENTS {
            return Err(Refused::TooLong);
        }
        if *byte == b'%' {
            // An encoded percent sign alone: every other byte that a segment may have needs no encoding.
            if !(form.percent && bytes.next() == Some(&b'2') && bytes.next() == Some(&b'5')) {
                return Err(Refused::Encoded);
            }
        } else if !(*byte == b'/' || is_plain(*byte) || form.braces && matches!(byte, b'{' | b'}')) {
            return Err(Refused::Byte);
        }
        last = *byte;
    }
    if last != b'/' {
        return whole(last).map(|()| inside);
    }
    match inside.split_last() {
        None => Ok(inside), // the root
        Some((_, shorter)) if form.ignore_slash => Ok(shorter),
        Some(_) => Err(Refused::TrailingSlash),
    }
}

/// Whether a segment that ends in this byte may end there. One that ends in a dot is `.`, `..`, or a name that some
/// servers read without its dot.
fn whole(last: u8) -> Result<(), Refused> {
    match last {
        b'/' => Err(Refused::EmptySegment),
        b'.' => Err(Refused::DotSegment),
        _ => Ok(()),
    }
}

/// All from the segment at a place on.
pub(super) fn from(path: &[u8], index: usize) -> &[u8] {
    let mut left = Some(path);
    for _ in 0..index {
        left = left.and_then(|left| first(left).1);
    }
    left.unwrap_or_default()
}

/// The first segment and what follows it.
pub(super) fn first(path: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = path.iter().position(|byte| *byte == b'/');
    let split = end.and_then(|end| path.split_at_checked(end));
    split.map_or((path, None), |(segment, rest)| (segment, rest.split_first().map(|(_, rest)| rest)))
}
