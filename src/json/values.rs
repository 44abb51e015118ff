//! Fields as documents and answers write them, each kind once.

use super::Writer;

impl Writer {
    /// Writes a field.
    pub(crate) fn text_at(&mut self, key: &str, text: &str) {
        self.key(key).text(text);
    }

    /// Writes a field.
    pub(crate) fn number_at(&mut self, key: &str, number: u64) {
        self.key(key).number(number);
    }

    /// Writes a field that is true; what is not stays out.
    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.key(key).boolean(true);
        }
    }

    /// Writes a field with a list of strings.
    #[inline(never)]
    pub(crate) fn texts(&mut self, key: &str, texts: &[String]) {
        self.key(key).listed(|out| texts.iter().for_each(|text| out.text(text)));
    }

    /// Writes a field with a list of strings, if there are any.
    pub(crate) fn texts_of(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.texts(key, texts);
        }
    }
}
