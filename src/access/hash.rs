//! One hash for indexes and for the checksum. It finds damage, it is not a signature.

/// The hash of a byte string, eight bytes a step; the last step may overlap the one before.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut state = (bytes.len() as u64) ^ 0x243f_6a88_85a3_08d3;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = mix(state ^ u64::from_le_bytes(*chunk));
    }
    if rest.is_empty() { state } else { mix(state ^ tail(bytes)) }
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

/// The first slot of a hash in an index of `size` slots (a power of two), and the tag kept in the slot.
pub(crate) fn slot(hash: u64, size: usize) -> (usize, u32) {
    let first = (hash as usize) & size.wrapping_sub(1);
    (first, (hash >> 56) as u32)
}
