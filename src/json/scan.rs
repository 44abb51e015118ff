//! The letters of a JSON text: white space, words, numbers and strings. What is wrong is said in the words of
//! serde_json, with the line and the column that it gives, so that sentences read the same in every tool.

use super::MAX_NUMBER;
use super::tree::{Item, Tree};
use crate::error::{Code, Error, Result, decimal};

/// A text, and how far it is read.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// Digits read so far, as `significand * 10^exponent`.
#[derive(Default)]
struct Decimal {
    significand: u64,
    exponent: i32,
    /// Whether there were more digits than fit: those further on count as noughts.
    full: bool,
}

/// The end of the text in the middle of a value.
pub(super) const NO_VALUE: &str = "EOF while parsing a value";
const NO_STRING: &str = "EOF while parsing a string";
const NO_NUMBER: &str = "invalid number";
/// The first six bits of the second half of a surrogate pair.
const LOW: u32 = 0xdc00 >> 10;
const HALF: &str = "lone leading surrogate in hex escape";

impl<'a> Scan<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let next = self.peek()?;
        self.skip();
        Some(next)
    }

    /// Goes over one letter.
    pub(super) fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The first letter that is no white space; it is not gone over.
    #[inline(never)]
    pub(super) fn ahead(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.skip();
        }
        self.peek()
    }

    /// The same where there seldom is white space.
    #[inline(always)]
    pub(super) fn near(&mut self) -> Option<u8> {
        self.peek().filter(|letter| *letter > b' ').or_else(|| self.ahead())
    }

    /// The error at the letter that was gone over last.
    #[cold]
    #[inline(never)]
    fn error(&self, code: Code, what: &str) -> Error {
        let before = self.text.as_bytes().get(..self.at).unwrap_or(self.text.as_bytes());
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        let [line, column] = [lines.saturating_add(1), column].map(|number| decimal(number as u64));
        let sentence = ["the document is not JSON: ", what, " at line ", &line, " column ", &column];
        Error::of(code, "", &sentence)
    }

    /// The error at the letter ahead.
    #[cold]
    pub(super) fn error_ahead(&mut self, what: &str) -> Error {
        self.skip();
        self.error(Code::Json, what)
    }

    /// One of the three words of JSON.
    pub(super) fn word(&mut self, word: &str) -> Result<()> {
        for expected in word.bytes() {
            match self.next() {
                Some(next) if next == expected => {}
                Some(_) => return Err(self.error(Code::Json, "expected ident")),
                None => return Err(self.error(Code::Json, NO_VALUE)),
            }
        }
        Ok(())
    }

    /// A number; none for what is no integer from 0 to 2^53 - 1.
    pub(super) fn number(&mut self) -> Result<Option<u64>> {
        let mut number = Decimal::default();
        let negative = self.peek() == Some(b'-');
        if negative {
            self.skip();
        }
        match self.peek() {
            Some(b'0') => {
                self.skip();
                if self.digit().is_some() {
                    return Err(self.error(Code::Json, NO_NUMBER));
                }
            }
            Some(b'1'..=b'9') => self.digits(&mut number, 0),
            Some(_) => return Err(self.error_ahead(NO_NUMBER)),
            None => return Err(self.error(Code::Json, NO_VALUE)),
        }
        let whole = self.at;
        if self.peek() == Some(b'.') {
            self.skip();
            let point = self.at;
            self.digits(&mut number, -1);
            if self.at == point {
                let what = if self.peek().is_some() { NO_NUMBER } else { NO_VALUE };
                return Err(self.error_ahead(what));
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.exponent(&mut number)?;
        }
        if number.is_infinite() {
            return Err(self.error(Code::Number, "number out of range"));
        }
        let integer = self.at == whole && !number.full && !negative;
        Ok(Some(number.significand).filter(|value| integer && *value <= MAX_NUMBER))
    }

    fn digit(&mut self) -> Option<u8> {
        let digit = self.peek().filter(u8::is_ascii_digit)?;
        self.skip();
        Some(digit & 15)
    }

    /// Digits before the point (`step` is 0) or after it (-1).
    fn digits(&mut self, number: &mut Decimal, step: i32) {
        while let Some(digit) = self.digit() {
            let longer = number.significand.checked_mul(10).and_then(|tens| tens.checked_add(digit.into()));
            let step = match longer.filter(|_| !number.full) {
                Some(longer) => {
                    number.significand = longer;
                    step
                }
                None => {
                    number.full = true;
                    step.saturating_add(1)
                }
            };
            number.exponent = number.exponent.saturating_add(step);
        }
    }

    fn exponent(&mut self, number: &mut Decimal) -> Result<()> {
        self.skip();
        let sign = self.peek().filter(|sign| matches!(sign, b'+' | b'-'));
        if sign.is_some() {
            self.skip();
        }
        let raises = sign != Some(b'-');
        let mut exponent = 0_i32;
        let start = self.at;
        while let Some(digit) = self.digit() {
            exponent = exponent.saturating_mul(10).saturating_add(digit.into());
            if exponent == i32::MAX && raises && number.significand > 0 {
                break;
            }
        }
        if self.at == start {
            return Err(match self.next() {
                Some(_) => self.error(Code::Json, NO_NUMBER),
                None => self.error(Code::Json, NO_VALUE),
            });
        }
        let exponent = if raises { exponent } else { exponent.saturating_neg() };
        number.exponent = number.exponent.saturating_add(exponent);
        Ok(())
    }

    /// Adds a string to a tree, after its opening quote; borrowed where it has no escapes.
    pub(super) fn string(&mut self, tree: &mut Tree<'a>) -> Result<()> {
        let end = plain(self.text.as_bytes(), self.at);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            let text = self.text.get(self.at..end).unwrap_or_default();
            self.at = end.saturating_add(1);
            tree.add(Item::Text(text));
            return Ok(());
        }
        tree.add(Item::Spelled(tree.spelled.len()));
        self.spelled().map(|text| tree.spelled.push(text))
    }

    /// The same of one with escapes.
    #[cold]
    #[inline(never)]
    fn spelled(&mut self) -> Result<String> {
        let mut whole = String::new();
        loop {
            let end = plain(self.text.as_bytes(), self.at);
            let piece = self.text.get(self.at..end).unwrap_or_default();
            self.at = end;
            match self.next() {
                Some(b'"') => {
                    whole.push_str(piece);
                    return Ok(whole);
                }
                Some(b'\\') => {
                    whole.push_str(piece);
                    whole.push(self.escape()?);
                }
                Some(_) => {
                    let what = "control character (\\u0000-\\u001F) found while parsing a string";
                    return Err(self.error(Code::Json, what));
                }
                None => return Err(self.error(Code::Json, NO_STRING)),
            }
        }
    }

    /// What an escape stands for, after its backslash.
    fn escape(&mut self) -> Result<char> {
        Ok(match self.next() {
            Some(letter @ (b'"' | b'\\' | b'/')) => letter.into(),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(_) => return Err(self.error(Code::Json, "invalid escape")),
            None => return Err(self.error(Code::Json, NO_STRING)),
        })
    }

    /// A letter by its number, or by two halves of a surrogate pair.
    fn unicode(&mut self) -> Result<char> {
        let high = self.hex()?;
        if let Some(letter) = char::from_u32(high) {
            return Ok(letter);
        }
        if high >> 10 == LOW {
            return Err(self.error(Code::IllFormed, HALF));
        }
        for expected in *b"\\u" {
            match self.next() {
                Some(next) if next == expected => {}
                Some(_) => return Err(self.error(Code::IllFormed, "unexpected end of hex escape")),
                None => return Err(self.error(Code::Json, NO_STRING)),
            }
        }
        let low = self.hex()?;
        let pair = 0x1_0000_u32.saturating_add((high & 0x3ff) << 10 | low & 0x3ff);
        let pair = Some(pair).filter(|_| low >> 10 == LOW);
        pair.and_then(char::from_u32).ok_or_else(|| self.error(Code::IllFormed, HALF))
    }

    fn hex(&mut self) -> Result<u32> {
        let mut value = 0;
        let end = self.at.saturating_add(4);
        let Some(digits) = self.text.as_bytes().get(self.at..end) else {
            self.at = self.text.len();
            return Err(self.error(Code::Json, NO_STRING));
        };
        self.at = end;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16);
            value = value << 4 | digit.ok_or_else(|| self.error(Code::Json, "invalid escape"))?;
        }
        Ok(value)
    }
}

/// The first place from `at` on of a quote, a backslash or a control character; eight bytes a step while there are so many.
fn plain(bytes: &[u8], at: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    const SLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    let mut at = at;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ QUOTES;
        let slash = word ^ SLASHES;
        // The lowest set bit is that of the first byte below 32, or of the first that became 0.
        let low = word.wrapping_sub(ONES << 5) & !word;
        let found = low | quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash;
        let found = found & ONES << 7;
        if found != 0 {
            return at.wrapping_add((found.trailing_zeros() >> 3) as usize);
        }
        at = at.wrapping_add(8);
    }
    while let Some(byte) = bytes.get(at)
        && !matches!(byte, b'"' | b'\\' | 0..=0x1f)
    {
        at = at.wrapping_add(1);
    }
    at
}

impl Decimal {
    /// Whether it is beyond what a float holds, to a few parts in 10^14: what reads it refuses it either way.
    fn is_infinite(&self) -> bool {
        let more = 0..self.exponent.min(400);
        more.fold(self.significand as f64, |value, _| value * 10.0).is_infinite()
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{Node, read};
    use serde_json::Value;

    /// Pieces of texts, whole and broken.
    const PIECES: [&str; 44] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\":",
        "\"b\"",
        "\"",
        "\\",
        "\\u0041",
        "\\ud83d",
        "\\ude00",
        "\\u12",
        "\\n",
        "\\x",
        " ",
        "\n",
        "\u{1}",
        "é",
        "0",
        "1",
        "-",
        ".5",
        ".",
        "e",
        "E+2",
        "e-5",
        "e308",
        "e309",
        "0e9999999999",
        "e-9999999999",
        "e9999999999",
        "17976931348623158",
        "9007199254740991",
        "9007199254740992",
        "18446744073709551615",
        "184467440737095516150",
        "null",
        "true",
        "fals",
        "x",
        "\r\n",
        "[1,{\"k\":\"v\"},",
    ];

    fn is_same(node: Node<'_, '_>, value: &Value) -> bool {
        match value {
            Value::Null => node.type_name() == "null",
            Value::Bool(value) => node.boolean() == Some(*value),
            Value::Number(value) => node.number().is_some() && node.number() == value.as_u64(),
            Value::String(value) => {
                let borrowed = node.document_text();
                node.text() == Some(value) && borrowed.as_deref() == Some(value)
            }
            Value::Array(values) => node.items().is_some_and(|items| {
                items.len() == values.len() && items.zip(values).all(|(node, value)| is_same(node, value))
            }),
            Value::Object(values) => node.entries().is_some_and(|entries| {
                let mut fields = entries.map(|(key, node)| Some((node, values.get(key)?)));
                entries.len() == values.len()
                    && fields.all(|field| field.is_some_and(|(node, value)| is_same(node, value)))
            }),
        }
    }

    #[test]
    fn every_text_of_three_pieces_is_read_and_refused_as_serde_json_does() {
        for before in ["", "[\"é\\ud83d\\ude00\",\n", "{\"k\": "] {
            for (one, two, three) in PIECES
                .iter()
                .flat_map(|one| PIECES.iter().map(move |two| (one, two)))
                .flat_map(|(one, two)| PIECES.iter().map(move |three| (one, two, three)))
            {
                let text = [before, one, two, three].concat();
                match (read(&text), serde_json::from_str::<Value>(&text)) {
                    (Ok(tree), Ok(value)) => assert!(is_same(tree.root(), &value), "{text:?}"),
                    (Ok(_), Err(error)) => panic!("{text:?} is read, and not {error}"),
                    // What is JSON and no document: other numbers, keys that stand twice.
                    (Err(error), _) if !error.message().starts_with("the document is not JSON: ") => {}
                    (Err(error), value) => {
                        let message = value.map_err(|error| error.to_string());
                        let message =
                            message.map_err(|message| ["the document is not JSON: ", &message].concat());
                        assert_eq!(Err(error.message().to_owned()), message.map(|_| ()), "{text:?}");
                    }
                }
            }
        }
    }
}
