//! What an accepted command came to: facts removed and added. A change is a document itself: laid over the
//! directory that it was made for, it gives the next one, byte for byte.

use super::assertions::Assertions;
use super::command::{self, Command, ProjectRoles};
use super::form::{ANY, Form};
use crate::error::{Code, Error, Result};
use crate::json::{self, Node};
use serde::Serialize;

/// Who did what when, and which facts it removed and added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Who asked, `user/<id>`, or `host`.
    pub actor: String,
    /// When (milliseconds since 1970).
    pub at: u64,
    /// The directory's revision before.
    pub before: u64,
    /// The revision after: one more, or the same for a command that was applied already.
    pub after: u64,
    /// What was asked for.
    pub command: Command,
    /// Whether the command was applied before; then nothing is removed or added.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub repeated: bool,
    /// What is no longer so. A row that stands in both lists was changed.
    pub removed: Vec<Fact>,
    /// What is so from now on.
    pub added: Vec<Fact>,
    /// What came out otherwise than was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What came out otherwise than was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "note", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// A role of an invite that its sender could not give at acceptance (rule 13).
    Dropped {
        /// The role.
        role: String,
        /// Where, as `kind/id`.
        on: String,
    },
    /// An asserted value that the configuration does not name (rule 14).
    UnknownValue {
        /// The value.
        value: String,
    },
    /// A role that was to go and stays, as it is the last owner's (rule 14).
    Kept {
        /// The role.
        role: String,
        /// Where, as `kind/id`.
        on: String,
    },
    /// The assertion named no organization role, so the person is suspended (rule 14).
    Suspended {
        /// The person, `user/<id>`.
        member: String,
    },
    /// What a removed person held in full went to their successor (rule 7).
    Succeeded {
        /// The role.
        role: String,
        /// Where, as `kind/id`.
        on: String,
        /// The successor.
        who: String,
    },
}

/// Who suspended a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspendedBy {
    /// A member; only a member lifts it.
    Member,
    /// An assertion without a known role; an assertion or a member lifts it.
    Sso,
}

/// One fact of a directory. The fields are those of the directory document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of the directory document, described in its schema")]
#[non_exhaustive]
pub enum Fact {
    /// A person is known.
    Person {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// There is an organization.
    Organization {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        edition: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        creator: Option<String>,
    },
    /// A domain belongs to an organization.
    Domain { organization: String, domain: String },
    /// What single sign-on gives in an organization.
    Sso {
        organization: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        default: Vec<String>,
        #[serde(skip_serializing_if = "Assertions::is_empty")]
        map: Assertions,
    },
    /// A person belongs to an organization.
    Member {
        organization: String,
        member: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        suspended_by: Option<SuspendedBy>,
    },
    /// There is a service account.
    ServiceAccount {
        id: String,
        organization: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "core::ops::Not::not")]
        suspended: bool,
    },
    /// There is a group.
    Group {
        id: String,
        organization: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// A person is in a group.
    Grouped { group: String, member: String },
    /// There is a project or another resource, `kind/id`.
    Resource {
        id: String,
        parent: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        creator: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        uses: Vec<String>,
    },
    /// There is an API key.
    ApiKey {
        id: String,
        project: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        creator: Option<String>,
        #[serde(skip_serializing_if = "is_default")]
        rotations: u64,
    },
    /// An invite is pending.
    Invite {
        id: String,
        organization: String,
        address: String,
        roles: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        projects: Vec<ProjectRoles>,
        sender: String,
        expires: u64,
    },
    /// Somebody holds a role somewhere. Of a person, a service account, a key, a group, or `members` of the
    /// organization of `on`.
    Binding {
        who: String,
        role: String,
        on: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<u64>,
    },
    /// An id was used and never comes back, `kind/id`.
    Retired { id: String },
}

/// What need not be written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Change {
    /// Reads a change document (JSON text), for [`Directory::commit`](crate::Directory::commit).
    ///
    /// # Errors
    /// What any document can have wrong, with a code and the place.
    ///
    /// ```
    /// let error = bailiwick::Change::read(r#"{ "actor": "host", "at": "now" }"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("ERR_TYPE", "at"));
    /// ```
    pub fn read(text: &str) -> Result<Self> {
        let change = Form::read(json::read(text)?.root(), change)?;
        // None only where something was wrong, and that was told above.
        change.ok_or_else(|| no_such("command", ""))
    }

    /// [`read`](Self::read) from bytes, which must be UTF-8 (`ERR_ILL_FORMED`).
    pub fn read_bytes(bytes: &[u8]) -> Result<Self> {
        Self::read(json::utf8(bytes)?)
    }
}

fn change(form: &mut Form<'_, '_>) -> Option<Change> {
    let change = Change {
        actor: form.string("actor", &ANY),
        at: form.number("at"),
        before: form.number("before"),
        after: form.number("after"),
        command: form.inner("command", command::command)?,
        repeated: form.flag("repeated"),
        removed: form.list("removed", fact),
        added: form.list("added", fact),
        notes: form.list_of("notes", note).unwrap_or_default(),
    };
    Some(change)
}

fn note(form: &mut Form<'_, '_>) -> Note {
    let name = form.text("note", &ANY);
    match name.as_ref() {
        "dropped" => Note::Dropped { role: form.string("role", &ANY), on: form.string("on", &ANY) },
        "unknown_value" => Note::UnknownValue { value: form.string("value", &ANY) },
        "kept" => Note::Kept { role: form.string("role", &ANY), on: form.string("on", &ANY) },
        "suspended" => Note::Suspended { member: form.string("member", &ANY) },
        "succeeded" => Note::Succeeded {
            role: form.string("role", &ANY),
            on: form.string("on", &ANY),
            who: form.string("who", &ANY),
        },
        _ => {
            form.refuse(no_such("note", &name));
            Note::UnknownValue { value: String::new() }
        }
    }
}

fn fact(form: &mut Form<'_, '_>) -> Fact {
    let name = form.text("fact", &ANY);
    match name.as_ref() {
        "person" => Fact::Person {
            id: form.string("id", &ANY),
            email: form.string_of("email", &ANY),
            name: form.string_of("name", &ANY),
        },
        "organization" => Fact::Organization {
            id: form.string("id", &ANY),
            name: form.string_of("name", &ANY),
            edition: form.string("edition", &ANY),
            creator: form.string_of("creator", &ANY),
        },
        "domain" => Fact::Domain {
            organization: form.string("organization", &ANY),
            domain: form.string("domain", &ANY),
        },
        "sso" => Fact::Sso {
            organization: form.string("organization", &ANY),
            default: form.texts_of("default", &ANY).unwrap_or_default(),
            map: form.with("map", command::assertions).unwrap_or_default(),
        },
        "member" => Fact::Member {
            organization: form.string("organization", &ANY),
            member: form.string("member", &ANY),
            suspended_by: form.with("suspendedBy", suspended_by),
        },
        "retired" => Fact::Retired { id: form.string("id", &ANY) },
        _ => thing(&name, form),
    }
}

/// The facts about what lies in an organization.
fn thing(name: &str, form: &mut Form<'_, '_>) -> Fact {
    match name {
        "service_account" => Fact::ServiceAccount {
            id: form.string("id", &ANY),
            organization: form.string("organization", &ANY),
            name: form.string_of("name", &ANY),
            suspended: form.flag("suspended"),
        },
        "group" => Fact::Group {
            id: form.string("id", &ANY),
            organization: form.string("organization", &ANY),
            name: form.string_of("name", &ANY),
        },
        "grouped" => Fact::Grouped { group: form.string("group", &ANY), member: form.string("member", &ANY) },
        "resource" => Fact::Resource {
            id: form.string("id", &ANY),
            parent: form.string("parent", &ANY),
            name: form.string_of("name", &ANY),
            creator: form.string_of("creator", &ANY),
            uses: form.texts_of("uses", &ANY).unwrap_or_default(),
        },
        "api_key" => Fact::ApiKey {
            id: form.string("id", &ANY),
            project: form.string("project", &ANY),
            name: form.string_of("name", &ANY),
            creator: form.string_of("creator", &ANY),
            rotations: form.number_of("rotations").unwrap_or(0),
        },
        "invite" => Fact::Invite {
            id: form.string("id", &ANY),
            organization: form.string("organization", &ANY),
            address: form.string("address", &ANY),
            roles: form.texts("roles", &ANY),
            projects: form.list_of("projects", command::project).unwrap_or_default(),
            sender: form.string("sender", &ANY),
            expires: form.number("expires"),
        },
        "binding" => Fact::Binding {
            who: form.string("who", &ANY),
            role: form.string("role", &ANY),
            on: form.string("on", &ANY),
            until: form.number_of("until"),
        },
        _ => {
            form.refuse(no_such("fact", name));
            Fact::Retired { id: String::new() }
        }
    }
}

/// Who suspended a member, as it is written.
pub(super) fn suspended_by(node: Node<'_, '_>) -> Result<SuspendedBy> {
    match json::text(node)?.as_ref() {
        "member" => Ok(SuspendedBy::Member),
        "sso" => Ok(SuspendedBy::Sso),
        other => Err(no_such("", other)),
    }
}

#[cold]
fn no_such(place: &str, name: &str) -> Error {
    Error::of(Code::Value, place, &["`", name, "` is not one of those allowed, see the schema"])
}

impl Fact {
    /// A binding as it is written.
    pub(crate) fn binding(who: &str, role: &str, on: &str, until: Option<u64>) -> Self {
        Fact::Binding { who: who.to_owned(), role: role.to_owned(), on: on.to_owned(), until }
    }

    /// What tells a row apart from others; none for facts that come and go as a whole.
    pub(super) fn row_key(&self) -> Option<RowKey<'_>> {
        match self {
            Fact::Organization { id, .. } => Some((0, id, "")),
            Fact::Sso { organization, .. } => Some((1, organization, "")),
            Fact::Member { organization, member, .. } => Some((2, organization, member)),
            Fact::ServiceAccount { id, .. } => Some((3, id, "")),
            Fact::Resource { id, .. } => Some((4, id, "")),
            Fact::ApiKey { id, .. } => Some((5, id, "")),
            Fact::Invite { id, .. } => Some((6, id, "")),
            _ => None,
        }
    }
}

/// See [`Fact::row_key`].
pub(super) type RowKey<'f> = (u8, &'f str, &'f str);
