//! The reason alone, for who needs no more.

use super::Reason;
use crate::access::Access;

impl Access {
    /// The reason that [`check`](Access::check) gives.
    pub(crate) fn reason_of(&self, action: &str, kind: &str, id: &str, now: u64) -> Reason {
        self.judge(action, kind, id, self.moment(now)).reason
    }

    /// For a grant its end, if it has one; for a denial the reason: of an action, a kind and an id.
    #[cfg(feature = "js-guard")]
    pub(crate) fn grant(&self, [action, kind, id]: [&str; 3], now: u64) -> Result<Option<u64>, Reason> {
        let now = self.moment(now);
        match self.judge(action, kind, id, now) {
            granted if granted.reason == Reason::Granted => Ok(granted.carried(now, &mut |_| ())),
            denied => Err(denied.reason),
        }
    }
}
