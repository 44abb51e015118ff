//! What is wrong with a document: a stable code, the place, a sentence.

use core::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The stable codes of every error. A code never changes its meaning; new ones may come.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// The code as it is written in JavaScript, in tests and in logs.
            ///
            /// ```
            /// assert_eq!(bailiwick::Code::UnknownRole.as_str(), "ERR_UNKNOWN_ROLE");
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON, or stops in the middle.
    Json = "ERR_JSON",
    /// More than 64 MiB.
    TooLarge = "ERR_TOO_LARGE",
    /// Values nested deeper than 32.
    Depth = "ERR_DEPTH",
    /// One object names a key twice.
    DuplicateKey = "ERR_DUPLICATE_KEY",
    /// A number that is not an integer from 0 to 2^53 - 1.
    Number = "ERR_NUMBER",
    /// Bytes that are not UTF-8, or half of a surrogate pair.
    IllFormed = "ERR_ILL_FORMED",
    /// A `format` that this version does not read.
    FormatVersion = "ERR_FORMAT_VERSION",
    /// Another JSON type was expected.
    Type = "ERR_TYPE",
    /// A field that no document of this kind has.
    UnknownField = "ERR_UNKNOWN_FIELD",
    /// A field that must be there is not.
    MissingField = "ERR_MISSING_FIELD",
    /// A string outside the list of those allowed.
    Value = "ERR_VALUE",
    /// A name or id that breaks the rules for names and ids.
    Name = "ERR_NAME",
    /// No such kind in the policy.
    UnknownKind = "ERR_UNKNOWN_KIND",
    /// No such action on that kind.
    UnknownAction = "ERR_UNKNOWN_ACTION",
    /// No such role on that kind.
    UnknownRole = "ERR_UNKNOWN_ROLE",
    /// No such feature in the policy.
    UnknownFeature = "ERR_UNKNOWN_FEATURE",
    /// No such limit in the policy.
    UnknownLimit = "ERR_UNKNOWN_LIMIT",
    /// No such edition in the policy.
    UnknownEdition = "ERR_UNKNOWN_EDITION",
    /// No such kind of holder.
    UnknownHolder = "ERR_UNKNOWN_HOLDER",
    /// No such command or question.
    UnknownCommand = "ERR_UNKNOWN_COMMAND",
    /// The same thing is named twice.
    Duplicate = "ERR_DUPLICATE",
    /// Kinds or implied roles run in a circle.
    Cycle = "ERR_CYCLE",
    /// A role is implied on a kind that is neither its own nor below.
    UnrelatedKind = "ERR_UNRELATED_KIND",
    /// More than the published maximum.
    TooMany = "ERR_TOO_MANY",
    /// The kinds are not one tree from `platform` over `organization`.
    KindTree = "ERR_KIND_TREE",
    /// Sharing roles that do not contain one another, or do not grant what they must.
    SharingChain = "ERR_SHARING_CHAIN",
    /// A command or question has no action and is not under `nobody`.
    Unmapped = "ERR_UNMAPPED",
    /// The top role, its kind or what governs needs a feature.
    GoverningFeature = "ERR_GOVERNING_FEATURE",
    /// A role that this kind of holder may not have.
    HolderRole = "ERR_HOLDER_ROLE",
    /// An assertion of the policy does not hold.
    Assertion = "ERR_ASSERTION",
    /// The document was made for another policy.
    PolicyMismatch = "ERR_POLICY_MISMATCH",
    /// An e-mail address that is not in normal form.
    Address = "ERR_ADDRESS",
    /// No such person in the document.
    UnknownPerson = "ERR_UNKNOWN_PERSON",
    /// No such principal or group in the document.
    UnknownPrincipal = "ERR_UNKNOWN_PRINCIPAL",
    /// No such organization in the document.
    UnknownOrganization = "ERR_UNKNOWN_ORGANIZATION",
    /// No such resource in the document.
    UnknownResource = "ERR_UNKNOWN_RESOURCE",
    /// A binding that would cross from one organization into another.
    OtherOrganization = "ERR_OTHER_ORGANIZATION",
    /// Someone is named who is no member of the organization.
    NotAMember = "ERR_NOT_A_MEMBER",
    /// No role was chosen and none is held by default.
    RoleRequired = "ERR_ROLE_REQUIRED",
    /// A top role bound with an end.
    TopRoleEnds = "ERR_TOP_ROLE_ENDS",
    /// An organization or project without an owner.
    NoOwner = "ERR_NO_OWNER",
    /// A shared resource that no user holds in full.
    NoHolder = "ERR_NO_HOLDER",
    /// A parent of the wrong kind.
    Parent = "ERR_PARENT",
    /// A second pending invite for one address in one organization.
    Conflict = "ERR_CONFLICT",
    /// A cursor of another list or of another revision.
    Cursor = "ERR_CURSOR",
    /// A change of another revision.
    Revision = "ERR_REVISION",
    /// A change that does not fit the directory.
    Change = "ERR_CHANGE",
    /// A moment before the directory's last change.
    Clock = "ERR_CLOCK",
    /// Bytes that are not a whole access.
    Access = "ERR_ACCESS",
    /// Bytes that are not a whole capsule.
    Capsule = "ERR_CAPSULE",
    /// Bytes that do not turn this capsule into another.
    Delta = "ERR_DELTA",
    /// A capsule that would end before it begins.
    Lifetime = "ERR_LIFETIME",
    /// A pattern of a route that is not in the one form of paths.
    Pattern = "ERR_PATTERN",
    /// A parameter of a route that its path does not bind, or that nothing uses.
    Parameter = "ERR_PARAMETER",
    /// Two routes for one path, and neither says that it goes first.
    Ambiguous = "ERR_AMBIGUOUS",
}

/// What was wrong and where: [`code`](Error::code), [`path`](Error::path) and a sentence.
///
/// ```
/// let error = bailiwick::Policy::compile(r#"{ "format": 1, "name": "p", "kind": {} }"#).unwrap_err();
/// assert_eq!((error.code(), error.path()), ("ERR_UNKNOWN_FIELD", "kind"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Fault>);

/// Behind one pointer, so that a result costs no more than what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    code: Code,
    path: String,
    message: String,
}

/// Appends a number in decimal digits: no formatting machinery comes with it.
pub(crate) fn push_number(out: &mut String, number: u64) {
    let mut power = 1_u64;
    while number.checked_div(power).is_some_and(|rest| rest > 9) {
        power = power.wrapping_mul(10);
    }
    while let Some(rest) = number.checked_div(power) {
        out.push(char::from(b'0' | (rest.wrapping_rem(10) as u8)));
        power = power.wrapping_div(10);
    }
}

/// A number in decimal digits, for a sentence.
#[inline(never)]
pub(crate) fn decimal(number: u64) -> String {
    let mut digits = String::new();
    push_number(&mut digits, number);
    digits
}

/// What fallible functions of this crate return.
pub type Result<T> = core::result::Result<T, Error>;

impl Error {
    /// An error with its place and a sentence in one or several parts.
    #[cold]
    #[inline(never)]
    pub(crate) fn of(code: Code, path: &str, message: &[&str]) -> Self {
        Self(Box::new(Fault { code, path: path.to_owned(), message: message.concat() }))
    }

    /// Puts an outer step before the path: `roles` before `owner.allow[3]`.
    #[cold]
    #[inline(never)]
    pub(crate) fn within(mut self, step: &str) -> Self {
        let path = &self.0.path;
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        self.0.path = [step, dot, path].concat();
        self
    }

    /// Puts the place of a list's element before the path.
    #[cold]
    #[inline(never)]
    pub(crate) fn at(self, list: &str, index: usize) -> Self {
        self.within(&[list, "[", &decimal(index as u64), "]"].concat())
    }

    /// The place and the sentence.
    pub(crate) fn text(&self) -> String {
        let colon = if self.0.path.is_empty() { "" } else { ": " };
        [&self.0.path, colon, &self.0.message].concat()
    }

    /// The stable code, for example `ERR_UNKNOWN_ROLE`.
    pub fn code(&self) -> &'static str {
        self.0.code.as_str()
    }

    /// The same, to be compared: no name comes with it.
    #[cfg(feature = "js-guard")]
    pub(crate) fn kind(&self) -> Code {
        self.0.code
    }

    /// The place in the document, for example `kinds.project.roles.owner.allow[3]`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The sentence: what is wrong and what to do.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 1, 9, 10, 99, 100, 1_000_000_007, u64::MAX - 1, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
