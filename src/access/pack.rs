//! Packing for the way: numbers of one to five bytes, rows as columns, text in six bits a character.

use super::layout::{MOST, holding, row};

/// The characters of six bits, in the order of their codes; any other is the code after the last and eight bits.
const ALPHABET: &[u8; 63] = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
/// The code before a whole byte.
const ESCAPE: u32 = 63;

/// Changes the rows of each kind, with the one that closes them, where they lie: in the principal's words, which stand
/// behind so many others; none if any lies elsewhere. No more rows than words in all: bytes that lie do not cost more than
/// those that do not.
pub(super) fn each_row_table(
    words: &mut [u32],
    before: usize,
    [holdings, count]: [usize; 2],
    change: fn(&mut [u32]),
) -> Option<()> {
    let mut left = words.len();
    for index in 0..count.min(MOST) {
        let holding = holdings.checked_sub(before)?.checked_add(index.wrapping_mul(holding::SIZE))?;
        let at = |place: usize| words.get(holding.wrapping_add(place)).map(|word| *word as usize);
        let (first, rows) = (at(holding::ROWS)?, at(holding::ROWS.wrapping_add(1))?);
        if rows > 0 {
            let length = rows.checked_add(1)?.checked_mul(row::SIZE)?;
            left = left.checked_sub(length)?;
            let first = first.checked_sub(before)?;
            change(words.get_mut(first..first.checked_add(length)?)?);
        }
    }
    Some(())
}

/// Makes columns of rows: where the first id starts and by how much each id is longer than the one before, then the
/// sets. Most of the first column is nothing.
pub(super) fn fold_rows(rows: &mut [u32]) {
    let (pairs, _) = rows.as_chunks::<{ row::SIZE }>();
    let (mut start, mut length) = (0, 0);
    let mut columns = Vec::with_capacity(rows.len());
    for [id, _] in pairs {
        let longer = id.wrapping_sub(start).wrapping_sub(length);
        (start, length) = (*id, length.wrapping_add(longer));
        columns.push(longer);
    }
    columns.extend(pairs.iter().map(|[_, set]| *set));
    rows.copy_from_slice(&columns);
}

/// Makes rows of columns.
pub(super) fn unfold_rows(rows: &mut [u32]) {
    let columns = rows.to_vec();
    let (longer, sets) = columns.split_at(columns.len() >> 1);
    let (mut start, mut length) = (0_u32, 0_u32);
    let mut at = 0;
    for [id, set] in rows.as_chunks_mut::<{ row::SIZE }>().0 {
        let [next, its] = [longer, sets].map(|column| column.get(at).copied().unwrap_or_default());
        length = length.wrapping_add(next);
        start = start.wrapping_add(length);
        (*id, *set) = (start, its);
        at = at.wrapping_add(1);
    }
}

/// Writes a number, seven bits a byte.
pub(super) fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Writes words after their count.
pub(super) fn pack(bytes: &mut Vec<u8>, words: &[u32]) {
    number(bytes, super::write::word(words.len()));
    let mut zeros = 0_u32;
    for word in words {
        if *word == 0 {
            zeros = zeros.saturating_add(1);
            if zeros <= 2 {
                number(bytes, 1);
            }
            continue;
        }
        if zeros >= 2 {
            number(bytes, zeros.saturating_sub(2));
        }
        zeros = 0;
        number(bytes, word.wrapping_add(1));
    }
    if zeros >= 2 {
        number(bytes, zeros.saturating_sub(2));
    }
}

/// Reads a number and leaves what follows it.
pub(super) fn numeral(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u64;
    for place in 0..5_u32 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << place.wrapping_mul(7);
        if *byte < 0x80 {
            return u32::try_from(number).ok();
        }
    }
    None
}

/// Reads words, to the last byte and at most so many.
pub(super) fn unpack(bytes: &mut &[u8], most: usize, words: &mut Vec<u32>) -> Option<()> {
    let count = numeral(bytes)? as usize;
    if count > most {
        return None;
    }
    let end = words.len().checked_add(count)?;
    let mut before = 1;
    while words.len() < end {
        let word = numeral(bytes)?.wrapping_sub(1);
        words.push(word);
        if word == 0 && before == 0 {
            let more = words.len().checked_add(numeral(bytes)? as usize).filter(|more| *more <= end)?;
            words.resize(more, 0);
            before = 1;
        } else {
            before = word;
        }
    }
    bytes.is_empty().then_some(())
}

/// Writes text after its length, in six bits a character where that is shorter.
pub(super) fn pack_text(bytes: &mut Vec<u8>, text: &[u8]) {
    let small = six_bits(text);
    let small = if small.len() < text.len() { small.as_slice() } else { &[] };
    number(bytes, super::write::word(text.len()));
    number(bytes, super::write::word(small.len()));
    bytes.extend_from_slice(if small.is_empty() { text } else { small });
}

/// Reads text and leaves what follows it.
pub(super) fn unpack_text(bytes: &mut &[u8]) -> Option<Vec<u8>> {
    let (length, small) = (numeral(bytes)? as usize, numeral(bytes)? as usize);
    let (text, rest) = bytes.split_at_checked(if small == 0 { length } else { small })?;
    *bytes = rest;
    if small == 0 { Some(text.to_vec()) } else { from_six_bits(text, length) }
}

fn six_bits(text: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    for byte in text {
        match ALPHABET.iter().position(|known| known == byte) {
            Some(code) => bits.put(code as u32, 6),
            None => bits.put(ESCAPE << 8 | u32::from(*byte), 14),
        }
    }
    bits.put(0, 7);
    bits.bytes
}

/// Exactly so many characters.
fn from_six_bits(small: &[u8], length: usize) -> Option<Vec<u8>> {
    // Not one character has fewer than six bits.
    if length > small.len().saturating_mul(2) {
        return None;
    }
    let (mut bits, mut left) = (Bits::default(), small.iter());
    let mut text = Vec::with_capacity(length);
    while text.len() < length {
        let code = bits.take(&mut left, 6)?;
        let byte = match ALPHABET.get(code as usize) {
            Some(byte) => *byte,
            None => bits.take(&mut left, 8)? as u8,
        };
        text.push(byte);
    }
    Some(text)
}

/// Bits on their way into bytes or out of them, the high ones first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    /// Adds bits, at most 14; what does not fill a byte waits.
    fn put(&mut self, bits: u32, count: u32) {
        self.held = self.held << count | bits;
        self.count = self.count.saturating_add(count);
        while self.count >= 8 {
            self.count = self.count.saturating_sub(8);
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// Takes bits, at most eight.
    fn take(&mut self, from: &mut core::slice::Iter<'_, u8>, count: u32) -> Option<u32> {
        if self.count < count {
            self.held = self.held << 8 | u32::from(*from.next()?);
            self.count = self.count.saturating_add(8);
        }
        self.count = self.count.saturating_sub(count);
        Some(self.held >> self.count & !(u32::MAX << count))
    }
}
