//! What is asked of an access from outside by places instead of names.

use super::Access;
#[cfg(feature = "js-access")]
use crate::json::Writer;

impl Access {
    /// 32 actions of what is granted on a resource at `now`; none where nothing is held, or where the principal has no
    /// standing.
    pub(crate) fn mask(&self, kind: usize, id: &[u8], word: usize, now: u64) -> u32 {
        let now = self.moment(now);
        let kind = self.known_kind(kind).filter(|_| self.speaks(now));
        let row = kind.and_then(|kind| kind.row_of(id).filter(|_| word < kind.width()));
        row.map_or(0, |row| row.word(word, now))
    }

    /// Whose it is, where, and of what: as JSON.
    #[cfg(feature = "js-access")]
    pub(crate) fn about(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.object(|out| {
            out.text_of("principal", Some(self.principal()));
            out.text_of("organization", Some(self.organization()));
            out.key("revision").number(self.revision());
            if let Some(end) = self.not_after() {
                out.key("issuedAt").number(self.issued_at());
                out.key("notAfter").number(end);
            }
        });
        out.done()
    }
}
