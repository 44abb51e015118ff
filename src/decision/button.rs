//! What a console needs to know for one button.

use super::Reason;
use super::check::Verdict;
use crate::access::Access;
use serde::Serialize;

/// Whether a button can be pressed, is shown but cannot be pressed, or is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Shown and can be pressed.
    Enabled,
    /// Shown with the reason why it cannot be pressed.
    Disabled,
    /// Not shown.
    Hidden,
}

/// A button's state with the reason and a sentence to show beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Enabled, disabled or hidden.
    pub state: State,
    /// The reason of the decision behind it.
    pub reason: Reason,
    /// One English sentence from the policy's labels.
    pub text: String,
}

impl Access {
    /// A [`check`](Access::check) as a console shows it. What needs a role is hidden, or disabled where the policy
    /// marks the action as requestable; what waits for an edition or for the product is disabled.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy, State};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let nobody = directory.access("user/eve@example.com", "acme");
    /// let button = nobody.button("delete", "organization", "acme", 1_800_000_000_000);
    /// assert_eq!(button.state, State::Hidden);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn button(&self, action: &str, kind: &str, id: &str, now: u64) -> Button {
        let now = self.moment(now);
        let verdict = self.judge(action, kind, id, now);
        let mut text = String::new();
        self.sentence(&verdict, now, &mut |piece| text.push_str(piece));
        Button { state: verdict.state(), reason: verdict.reason, text }
    }
}

impl Verdict<'_> {
    /// How a console shows it.
    pub(super) fn state(&self) -> State {
        let requestable = self.asked.is_some_and(|(kind, bit)| kind.action_is_requestable(bit));
        match self.reason {
            Reason::Granted => State::Enabled,
            Reason::FeatureUnavailable | Reason::LimitReached | Reason::NotAvailableYet => State::Disabled,
            Reason::NoRole | Reason::Expired if requestable => State::Disabled,
            _ => State::Hidden,
        }
    }
}
