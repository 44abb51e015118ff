//! One hash for indexes and for the checksum. Every step is a bijection of the state, so no single changed word
//! goes unseen; it is not a signature.

/// The hash of a byte string, eight bytes a step.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut state = (bytes.len() as u64) ^ 0x243f_6a88_85a3_08d3;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = mix(state ^ u64::from_le_bytes(*chunk));
    }
    let mut last = [0_u8; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    mix(state ^ u64::from_le_bytes(last))
}

fn mix(state: u64) -> u64 {
    let state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^ (state >> 29)
}

/// The first slot of a hash in an index of `size` slots (a power of two), and the tag kept in the slot.
pub(crate) fn slot(hash: u64, size: usize) -> (usize, u32) {
    let first = (hash as usize) & size.wrapping_sub(1);
    (first, (hash >> 56) as u32)
}
