//! Who can hold a role: the three kinds of principal, a group, and the built-in group of all members.

use crate::text::is;

/// A kind of holder, as policies name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    User,
    ServiceAccount,
    ApiKey,
    Group,
    Members,
}

impl Holder {
    /// How many kinds of holder there are.
    pub(crate) const COUNT: usize = 5;

    /// All of them with the names they have in documents.
    pub(crate) const ALL: [(Holder, &'static str); Holder::COUNT] = [
        (Holder::User, "user"),
        (Holder::ServiceAccount, "service_account"),
        (Holder::ApiKey, "api_key"),
        (Holder::Group, "group"),
        (Holder::Members, "members"),
    ];

    /// The holder of that name.
    pub(crate) fn named(name: &str) -> Option<Holder> {
        Holder::ALL.iter().find(|(_, known)| is(known, name)).map(|(holder, _)| *holder)
    }
}
