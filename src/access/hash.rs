//! One hash for indexes and for the checksum. It finds damage, it is not a signature.

/// The hash of a byte string, eight bytes a step; the last step may overlap the one before. What is long goes through
/// four states side by side, none of which waits for another.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let start = (bytes.len() as u64) ^ 0x243f_6a88_85a3_08d3;
    let (blocks, rest) = bytes.as_chunks::<32>();
    let state = if blocks.is_empty() { start } else { abreast(start, blocks) };
    let (chunks, rest) = rest.as_chunks::<8>();
    let state = chunks.iter().fold(state, step);
    if rest.is_empty() { state } else { mix(state ^ tail(bytes)) }
}

/// Four states, each over every fourth chunk, and then over one another.
fn abreast(start: u64, blocks: &[[u8; 32]]) -> u64 {
    let mut states = [start; 4];
    for block in blocks {
        let (chunks, _) = block.as_chunks::<8>();
        states.iter_mut().zip(chunks).for_each(|(state, chunk)| *state = step(*state, chunk));
    }
    states.into_iter().fold(start, |all, state| mix(all ^ state))
}

#[inline]
fn step(state: u64, chunk: &[u8; 8]) -> u64 {
    mix(state ^ u64::from_le_bytes(*chunk))
}

/// The last bytes, up to eight, as one number.
fn tail(bytes: &[u8]) -> u64 {
    if let Some(last) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[inline]
fn mix(state: u64) -> u64 {
    let state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^ (state >> 29)
}

/// Whether two byte strings are the same, eight bytes a step: where these are compiled to be small, `==` takes one.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let [left, right] = [one, other].map(|bytes| bytes.as_chunks::<8>().0);
    one.len() == other.len()
        && left.iter().zip(right).all(|(left, right)| left == right)
        && tail(one) == tail(other)
}

/// The first slot of a hash in an index of `size` slots (a power of two), and the tag kept in the slot.
pub(crate) fn slot(hash: u64, size: usize) -> (usize, u32) {
    let first = (hash as usize) & size.wrapping_sub(1);
    (first, (hash >> 56) as u32)
}
