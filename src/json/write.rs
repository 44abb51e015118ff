//! JSON text, written piece by piece: no formatting machinery, so that it weighs nothing where every byte counts.

use crate::error::push_number;

/// A JSON text that grows. What opens is closed by who opened it; commas come by themselves.
#[derive(Default)]
pub(crate) struct Writer {
    out: Vec<u8>,
    /// Whether something stands before the next item.
    comma: bool,
}

impl Writer {
    /// Writes an object; `fields` writes what is in it.
    pub(crate) fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        self.start("{");
        fields(self);
        self.end("}");
    }

    /// Writes a list; `items` writes what is in it.
    pub(crate) fn listed(&mut self, items: impl FnOnce(&mut Self)) {
        self.start("[");
        items(self);
        self.end("]");
    }

    /// Writes the name of a field, which must need no escape.
    pub(crate) fn key(&mut self, name: &str) -> &mut Self {
        self.start("\"");
        self.plain(name);
        self.plain("\":");
        self
    }

    /// Writes the name of a field that may be any text.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.out.push(b':');
        self.comma = false;
        self
    }

    /// Writes a string.
    pub(crate) fn text(&mut self, text: &str) {
        self.spelled(|out| out.piece(text));
    }

    /// Writes a string; `pieces` writes what is in it.
    pub(crate) fn spelled(&mut self, pieces: impl FnOnce(&mut Self)) {
        self.start("\"");
        pieces(self);
        self.end("\"");
    }

    /// Writes a piece of a string.
    pub(crate) fn piece(&mut self, piece: &str) {
        for byte in piece.bytes() {
            self.escaped(byte);
        }
    }

    /// Writes a byte of a string. Those of a letter beyond ASCII need no escape.
    fn escaped(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\x08' => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            b'\x0c' => b'f',
            b'\r' => b'r',
            b' '.. => return self.out.push(byte),
            _ => 0,
        };
        self.out.push(b'\\');
        if short != 0 {
            return self.out.push(short);
        }
        self.plain(if byte < 16 { "u000" } else { "u001" });
        let digit = byte & 15;
        self.out.push(digit.wrapping_add(if digit < 10 { b'0' } else { b'a' - 10 }));
    }

    /// Writes a field, if there is one.
    pub(crate) fn text_of(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.key(key).text(text);
        }
    }

    /// Writes a field, if there is one.
    pub(crate) fn number_of(&mut self, key: &str, number: Option<u64>) {
        if let Some(number) = number {
            self.key(key).number(number);
        }
    }

    pub(crate) fn number(&mut self, number: u64) {
        let mut digits = String::new();
        push_number(&mut digits, number);
        self.start(&digits);
        self.comma = true;
    }

    pub(crate) fn boolean(&mut self, value: bool) {
        self.start(if value { "true" } else { "false" });
        self.comma = true;
    }

    /// The text, in UTF-8.
    #[cfg(any(feature = "js-access", test))]
    pub(crate) fn done(self) -> Vec<u8> {
        self.out
    }

    /// The same as text.
    pub(crate) fn into_text(self) -> String {
        String::from_utf8(self.out).unwrap_or_default()
    }

    fn start(&mut self, bracket: &str) {
        if self.comma {
            self.plain(",");
        }
        self.plain(bracket);
        self.comma = false;
    }

    fn end(&mut self, bracket: &str) {
        self.plain(bracket);
        self.comma = true;
    }

    fn plain(&mut self, text: &str) {
        for byte in text.bytes() {
            self.out.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn letters_are_written_as_serde_json_writes_them() {
        let text: String = ('\0'..'\u{100}').chain("\u{2028}é😀".chars()).collect();
        let mut writer = Writer::default();
        writer.text(&text);
        assert_eq!(writer.into_text(), serde_json::to_string(&text).unwrap());
    }

    #[test]
    fn writes_what_a_reader_reads() {
        let mut writer = Writer::default();
        writer.object(|object| {
            object.key("text").spelled(|text| {
                ["a \"b\" ", "\\ \u{1} \u{1f}", " é 😀"].iter().for_each(|piece| text.piece(piece));
            });
            object
                .key("list")
                .listed(|list| [0, 9, 10, u64::MAX].iter().for_each(|number| list.number(*number)));
            object.key("empty").listed(|_| {});
            object.key("inside").object(|inside| inside.key("yes").boolean(true));
            object.key("no").boolean(false);
        });
        let value: serde_json::Value = serde_json::from_slice(&writer.done()).unwrap();
        let same = serde_json::json!({ "text": "a \"b\" \\ \u{1} \u{1f} é 😀", "list": [0, 9, 10, u64::MAX], "empty": [],
            "inside": { "yes": true }, "no": false });
        assert_eq!(value, same);
    }
}
