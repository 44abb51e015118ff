//! The names against which a table is checked.

use crate::access::{Access, KindView};
use crate::policy::Policy;

/// What a table is checked against when it is built: a [`Policy`], or an [`Access`] with its names: its
/// [`vocabulary`](Policy::vocabulary), or that of somebody who is active.
pub trait Vocabulary {
    /// Whether there is such a kind.
    fn has_kind(&self, kind: &str) -> bool;
    /// Whether that kind has such an action.
    fn has_action(&self, kind: &str, action: &str) -> bool;
    /// Whether resources of `kind` lie in resources of `above`, right below or further down.
    fn is_above(&self, above: &str, kind: &str) -> bool;
}

impl Vocabulary for Policy {
    fn has_kind(&self, kind: &str) -> bool {
        self.model().kind_named(kind).is_some()
    }

    fn has_action(&self, kind: &str, action: &str) -> bool {
        let model = self.model();
        model.kind_named(kind).is_some_and(|kind| model.kind(kind).bit(action).is_some())
    }

    fn is_above(&self, above: &str, kind: &str) -> bool {
        let model = self.model();
        let (above, kind) = (model.kind_named(above), model.kind_named(kind));
        above.zip(kind).is_some_and(|(above, kind)| above != kind && model.is_at_or_above(above, kind))
    }
}

impl Vocabulary for Access {
    fn has_kind(&self, kind: &str) -> bool {
        self.kind(kind).is_some()
    }

    fn has_action(&self, kind: &str, action: &str) -> bool {
        self.kind(kind).is_some_and(|kind| kind.action(action).is_some())
    }

    fn is_above(&self, above: &str, kind: &str) -> bool {
        let mut at = self.kind(kind).and_then(KindView::parent);
        while let Some(parent) = at {
            if parent.is_named(above.as_bytes()) {
                return true;
            }
            at = parent.parent();
        }
        false
    }
}
