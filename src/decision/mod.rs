//! The answer to one question, and why.

mod backed;
mod button;
mod check;
mod list;
mod parts;
mod reason;
mod remedy;
#[cfg(any(feature = "js-access", test))]
mod tell;
mod text;

pub use button::{Button, State};
pub use list::Page;
#[cfg(any(feature = "js", test))]
pub(crate) use tell::tell_via;

use serde::Serialize;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why a decision is what it is. The first that applies, in this order, is given.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// The reason as it is written in JSON and JavaScript.
            ///
            /// ```
            /// assert_eq!(bailiwick::Reason::NoRole.as_str(), "no_role");
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $text,)* }
            }
        }
    };
}

reasons! {
    /// What travelled has come to its own end: a new one is needed.
    Stale = "stale",
    /// Nobody of that name is known.
    UnknownPrincipal = "unknown_principal",
    /// The principal does not belong to the organization, or there is no such organization.
    NotAMember = "not_a_member",
    /// The principal is suspended there.
    Suspended = "suspended",
    /// No such kind.
    UnknownKind = "unknown_kind",
    /// No such action on that kind.
    UnknownAction = "unknown_action",
    /// The kind or the action is announced, not there yet.
    NotAvailableYet = "not_available_yet",
    /// No such resource, or one of a private kind on which the principal holds nothing: the same answer.
    UnknownResource = "unknown_resource",
    /// A binding that would have granted it has ended.
    Expired = "expired",
    /// No binding gives it.
    NoRole = "no_role",
    /// The edition lacks a feature that the action, the kind, the role or the principal's kind needs.
    FeatureUnavailable = "feature_unavailable",
    /// The edition allows no more.
    LimitReached = "limit_reached",
    /// The actor may not give or take that role there, or not for so long (commands only).
    NotGrantable = "not_grantable",
    /// Nobody would be left to govern it, or to hold it in full (commands only).
    LastOwner = "last_owner",
    /// It is so already, or the id is taken (commands only).
    Conflict = "conflict",
    /// The invite has expired (commands only).
    InviteExpired = "invite_expired",
    /// Only the product's support can do this (commands only).
    ContactSupport = "contact_support",
    /// Allowed.
    Granted = "granted",
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Whether it is allowed; the same as `reason == Granted`.
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
    /// For a grant, the bindings that carry it, nearest first.
    pub via: Vec<Via>,
    /// For a denial, the changes that would turn it, smallest first: any one of the roles and shares, and the
    /// edition too where one is named. At most 16 roles, the smallest.
    pub remedy: Vec<Remedy>,
    /// Who may make each of the remedies: at most 16 roles each, the smallest.
    pub ask: Vec<Ask>,
    /// For a grant, when it ends at the latest (milliseconds since 1970); none if it does not end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<u64>,
}

impl Decision {
    /// A denial that says nothing more (rule 2).
    pub(crate) fn bare(reason: Reason) -> Self {
        Self {
            allowed: false,
            reason,
            via: Vec::new(),
            remedy: Vec::new(),
            ask: Vec::new(),
            valid_until: None,
        }
    }
}

/// A binding that carries a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Via {
    /// The role that is bound.
    pub role: String,
    /// Where, as `kind/id`.
    pub on: String,
    /// `direct`, `group`, `members` or `platform`.
    pub how: &'static str,
    /// The group's id, where it is by a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether the role lies on a kind above and gives the action by what it implies.
    pub implied: bool,
    /// When the binding ends (milliseconds since 1970).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

/// A change that would turn a denial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "camelCase")]
pub enum Remedy {
    /// Give the principal a role.
    Role {
        /// The role.
        role: String,
        /// Where, as `kind/id`; only the kind where the id is not known to the access.
        on: String,
    },
    /// Share the resource.
    Share {
        /// The sharing role.
        role: String,
        /// The resource, as `kind/id`.
        on: String,
    },
    /// Move the organization to an edition.
    Edition {
        /// The first edition that has what is missing.
        edition: String,
        /// The feature that is missing.
        #[serde(skip_serializing_if = "Option::is_none")]
        feature: Option<String>,
        /// The limit that is used up.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<String>,
    },
}

/// Who may make a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// The place in `remedy`.
    pub remedy: usize,
    /// Whoever holds this role …
    pub role: String,
    /// … there, as `kind/id` or only the kind.
    pub on: String,
    /// The people who hold it, only from a directory and only for who may view the members there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}
