//! The parts of a decision as the bytes of an access hold them: nothing is copied until somebody keeps it.

use super::{Ask, Remedy, Via};
use crate::access::{BindingView, How, KindView, RowView};

/// A resource, written `kind/id`; where only the kind is known, there is no id.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) kind: &'a str,
    pub(super) id: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(super) fn of(kind: KindView<'a>, id: &'a str) -> Self {
        Self { kind: kind.name(), id: Some(id) }
    }

    fn written(self) -> String {
        self.id.map_or_else(|| self.kind.to_owned(), |id| [self.kind, "/", id].concat())
    }
}

/// A binding that carries a grant: [`Via`].
#[derive(Clone, Copy)]
pub(super) struct Carrier<'a> {
    pub(super) role: &'a str,
    pub(super) on: Place<'a>,
    pub(super) how: &'static str,
    pub(super) group: Option<&'a str>,
    pub(super) implied: bool,
    pub(super) until: Option<u64>,
}

impl<'a> Carrier<'a> {
    pub(super) fn of(kind: KindView<'a>, row: RowView<'a>, binding: BindingView<'a>) -> Self {
        let (how, group) = match binding.how() {
            How::Direct => ("direct", None),
            How::Group(id) => ("group", Some(id)),
            How::Members => ("members", None),
            How::Platform => ("platform", None),
        };
        let above = binding.above();
        let (kind, id) = above.unwrap_or((kind, row.id()));
        Self {
            role: binding.role().name(),
            on: Place::of(kind, id),
            how,
            group,
            implied: above.is_some(),
            until: Some(binding.until()).filter(|until| *until != u64::MAX),
        }
    }
}

/// A change that would turn a denial: [`Remedy`]. A role or a share has a place, an edition what is lacking.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    /// `role`, `share` or `edition`.
    pub(super) change: &'static str,
    /// The role or the edition.
    pub(super) name: &'a str,
    pub(super) on: Option<Place<'a>>,
    pub(super) feature: Option<&'a str>,
    pub(super) limit: Option<&'a str>,
}

/// Who may make a remedy: [`Ask`], without people.
#[derive(Clone, Copy)]
pub(super) struct Helper<'a> {
    pub(super) remedy: usize,
    pub(super) role: &'a str,
    pub(super) on: Place<'a>,
}

impl From<Carrier<'_>> for Via {
    fn from(part: Carrier<'_>) -> Self {
        Self {
            role: part.role.to_owned(),
            on: part.on.written(),
            how: part.how,
            group: part.group.map(str::to_owned),
            implied: part.implied,
            until: part.until,
        }
    }
}

impl From<Means<'_>> for Remedy {
    fn from(part: Means<'_>) -> Self {
        let (name, on) = (part.name.to_owned(), part.on.map(Place::written).unwrap_or_default());
        match part.change {
            "role" => Self::Role { role: name, on },
            "share" => Self::Share { role: name, on },
            _ => Self::Edition {
                edition: name,
                feature: part.feature.map(str::to_owned),
                limit: part.limit.map(str::to_owned),
            },
        }
    }
}

impl From<Helper<'_>> for Ask {
    fn from(part: Helper<'_>) -> Self {
        Self { remedy: part.remedy, role: part.role.to_owned(), on: part.on.written(), people: Vec::new() }
    }
}

#[cfg(any(feature = "js", test))]
mod owned {
    use super::{Carrier, Helper, Means, Place};
    use crate::decision::{Ask, Remedy, Via};

    /// A place that is written already.
    fn place(on: &str) -> Place<'_> {
        Place { kind: on, id: None }
    }

    impl<'a> From<&'a Via> for Carrier<'a> {
        fn from(via: &'a Via) -> Self {
            let Via { role, on, how, group, implied, until } = via;
            Self { role, on: place(on), how, group: group.as_deref(), implied: *implied, until: *until }
        }
    }

    impl<'a> From<&'a Remedy> for Means<'a> {
        fn from(remedy: &'a Remedy) -> Self {
            let bare = |change, name, on| Self { change, name, on, feature: None, limit: None };
            match remedy {
                Remedy::Role { role, on } => bare("role", role, Some(place(on))),
                Remedy::Share { role, on } => bare("share", role, Some(place(on))),
                Remedy::Edition { edition, feature, limit } => Self {
                    feature: feature.as_deref(),
                    limit: limit.as_deref(),
                    ..bare("edition", edition, None)
                },
            }
        }
    }

    impl<'a> From<&'a Ask> for Helper<'a> {
        fn from(ask: &'a Ask) -> Self {
            Self { remedy: ask.remedy, role: &ask.role, on: place(&ask.on) }
        }
    }
}
