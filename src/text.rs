//! Bytes looked at eight a step. Where the crate is compiled to be small, what the standard library does takes one at a time.

/// What stands before and behind the first of an ASCII letter.
#[inline(never)]
pub(crate) fn parted(text: &str, letter: u8) -> Option<(&str, &str)> {
    let mut at = 0_usize;
    while *text.as_bytes().get(at)? != letter {
        at = at.wrapping_add(1);
    }
    Some((text.get(..at)?, text.get(at.wrapping_add(1)..)?))
}

/// Whether two texts are the same.
#[inline(always)]
pub(crate) fn is(one: &str, other: &str) -> bool {
    one.len() == other.len() && same(one.as_bytes(), other.as_bytes())
}

/// Whether two byte strings are the same, eight bytes a step: where these are compiled to be small, `==` takes one.
#[inline(never)]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0_usize;
    while let (Some(left), Some(right)) = (eight(one, at), eight(other, at)) {
        if left != right {
            return false;
        }
        at = at.wrapping_add(8);
    }
    while let (Some(left), Some(right)) = (one.get(at), other.get(at)) {
        if left != right {
            return false;
        }
        at = at.wrapping_add(1);
    }
    true
}

/// The eight bytes from a place on.
#[inline(always)]
pub(crate) fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..).and_then(<[u8]>::first_chunk)?;
    Some(u64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::{parted, same};

    #[test]
    fn parts_at_the_first_letter() {
        for text in ["", "/", "a/b/c", "é/ü", "é", "//", "ab/"] {
            assert_eq!(parted(text, b'/'), text.split_once('/'), "{text:?}");
        }
    }

    #[test]
    fn bytes_are_the_same_or_differ_in_one_place() {
        let text: Vec<u8> = (0..40).collect();
        for (from, length) in (0..8).flat_map(|from| (0..30).map(move |length| (from, length))) {
            let one = &text[from..from + length];
            assert!(same(one, one));
            assert!(!same(one, &text[from..from + length + 1]));
            for place in 0..length {
                let mut other = one.to_vec();
                other[place] ^= 1;
                assert!(!same(one, &other));
            }
        }
    }
}
