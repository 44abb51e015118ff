//! The reason alone, for who needs no more.

use super::Reason;
use crate::access::Access;

impl Access {
    /// The reason that [`check`](Access::check) gives.
    pub(crate) fn reason_of(&self, action: &str, kind: &str, id: &str, now: u64) -> Reason {
        self.judge(action, kind, id, self.moment(now)).reason
    }
}
