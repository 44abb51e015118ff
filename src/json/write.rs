//! JSON text, written piece by piece: no formatting machinery, so that it weighs nothing where every byte counts.

use super::push_number;

/// A JSON text that grows. What opens is closed by who opened it; commas come by themselves.
#[derive(Default)]
pub(crate) struct Writer {
    out: String,
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
        self.out.push_str(name);
        self.out.push_str("\":");
        self
    }

    /// Writes a string, which is in pieces.
    pub(crate) fn text(&mut self, pieces: &[&str]) {
        self.start("\"");
        for letter in pieces.iter().flat_map(|piece| piece.chars()) {
            self.letter(letter);
        }
        self.end("\"");
    }

    fn letter(&mut self, letter: char) {
        if matches!(letter, '"' | '\\') {
            self.out.push('\\');
        }
        if letter >= ' ' {
            return self.out.push(letter);
        }
        self.out.push_str(if letter < '\x10' { "\\u000" } else { "\\u001" });
        self.out.extend(char::from_digit(letter as u32 & 15, 16));
    }

    /// Writes a field, if there is one.
    pub(crate) fn text_of(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.key(key).text(&[text]);
        }
    }

    /// Writes a field, if there is one.
    pub(crate) fn number_of(&mut self, key: &str, number: Option<u64>) {
        if let Some(number) = number {
            self.key(key).number(number);
        }
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.start("");
        push_number(&mut self.out, number);
        self.comma = true;
    }

    pub(crate) fn boolean(&mut self, value: bool) {
        self.start(if value { "true" } else { "false" });
        self.comma = true;
    }

    /// The text.
    pub(crate) fn done(self) -> String {
        self.out
    }

    fn start(&mut self, bracket: &str) {
        if self.comma {
            self.out.push(',');
        }
        self.out.push_str(bracket);
        self.comma = false;
    }

    fn end(&mut self, bracket: &str) {
        self.out.push_str(bracket);
        self.comma = true;
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn writes_what_a_reader_reads() {
        let mut writer = Writer::default();
        writer.object(|object| {
            object.key("text").text(&["a \"b\" ", "\\ \u{1} \u{1f}", " é 😀"]);
            object
                .key("list")
                .listed(|list| [0, 9, 10, u64::MAX].iter().for_each(|number| list.number(*number)));
            object.key("empty").listed(|_| {});
            object.key("inside").object(|inside| inside.key("yes").boolean(true));
            object.key("no").boolean(false);
        });
        let value: serde_json::Value = serde_json::from_str(&writer.done()).unwrap();
        let same = serde_json::json!({ "text": "a \"b\" \\ \u{1} \u{1f} é 😀", "list": [0, 9, 10, u64::MAX], "empty": [],
            "inside": { "yes": true }, "no": false });
        assert_eq!(value, same);
    }
}
