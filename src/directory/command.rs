//! A command as it travels: one change that somebody asks for. Reading it checks its form; whether it may happen is
//! decided by the plan (ARCHITECTURE.md section 11).

use super::document::id;
use crate::error::{Code, Error, Result};
use crate::json::{self, Fields, Node};
use serde::Serialize;
use std::collections::BTreeMap;

/// A change that somebody asks for. Its id comes from the caller: the same id twice changes once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Command {
    /// 1 to 1,024 bytes, chosen by the caller, never used for another command.
    pub id: String,
    /// The organization in which it happens; empty for `sign_up`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organization: String,
    /// What is to happen.
    #[serde(flatten)]
    pub operation: Operation,
}

/// A project that an invite names, with the roles there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRoles {
    /// The project's id.
    pub project: String,
    /// The roles on it; none for those that the organization roles give by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
}

/// A role that an asserted value stands for (rule 14).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssertedRole {
    /// The role's name.
    pub role: String,
    /// `project/<id>`; none for the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// What each asserted value stands for.
pub(crate) type Assertions = BTreeMap<String, Vec<AssertedRole>>;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal { $($(#[$about:meta])* $field:ident: $type:ty = $how:ident $read:expr,)* },)*) => {
        /// What a command does, with what it needs. Principals are `user/<id>`, `service_account/<id>`; whom a thing is
        /// shared with may also be `group/<id>` or `members`. Resources are `kind/id`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "command", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Operation { $($(#[$doc])* $name { $($(#[$about])* #[serde(skip_serializing_if = "Absent::is_absent")] $field: $type,)* },)* }

        impl Operation {
            /// The command's name, as policies map it.
            ///
            /// ```
            /// let command = bailiwick::Command::read(r#"{ "id": "1", "organization": "acme", "command": "leave_organization" }"#)?;
            /// assert_eq!(command.operation.name(), "leave_organization");
            /// # Ok::<(), bailiwick::Error>(())
            /// ```
            pub const fn name(&self) -> &'static str {
                match self { $(Operation::$name { .. } => $text,)* }
            }

            fn read(name: &str, fields: &mut Fields<'_>) -> Result<Self> {
                Ok(match name {
                    $($text => Operation::$name { $($field: operations!(@$how fields, stringify!($field), $read),)* },)*
                    _ => return Err(unknown(name)),
                })
            }
        }
    };
    (@need $fields:ident, $key:expr, $read:expr) => { $fields.need($key, $read)? };
    (@maybe $fields:ident, $key:expr, $read:expr) => { $fields.maybe($key, $read)? };
    (@list $fields:ident, $key:expr, $read:expr) => { $fields.maybe($key, $read)?.unwrap_or_default() };
}

operations! {
    /// A person becomes known; the host only.
    SignUp = "sign_up" {
        /// Their id: their address, or an opaque one.
        person: String = need own,
        /// Their address, where the id is none.
        email: Option<String> = maybe word,
        /// Their name.
        name: Option<String> = maybe label,
    },
    /// Makes an organization; the actor gets its top role (rule 12).
    CreateOrganization = "create_organization" {
        /// Its name.
        name: Option<String> = maybe label,
        /// The organization from which a further one is created.
        from: Option<String> = maybe word,
    },
    /// Gives an organization another name.
    RenameOrganization = "rename_organization" {
        /// The new name.
        name: String = need label,
    },
    /// Deletes an organization with all that is in it.
    DeleteOrganization = "delete_organization" {},
    /// Invites an address (rule 13).
    InviteMember = "invite_member" {
        /// The new invite's id.
        invite: String = need own,
        /// Who is invited, in normal form.
        address: String = need word,
        /// Their organization roles.
        roles: Vec<String> = need words,
        /// Their projects with the roles there.
        projects: Vec<ProjectRoles> = list projects,
    },
    /// Renews an invite; who does becomes its sender.
    ResendInvite = "resend_invite" {
        /// The invite's id.
        invite: String = need word,
    },
    /// Takes an invite back.
    DeleteInvite = "delete_invite" {
        /// The invite's id.
        invite: String = need word,
    },
    /// Becomes a member: by the invited address, in time.
    AcceptInvite = "accept_invite" {
        /// The invite's id.
        invite: String = need word,
    },
    /// Gives a member these organization roles in place of theirs.
    ChangeMemberRoles = "change_member_roles" {
        /// The member.
        member: String = need word,
        /// All that they hold afterwards.
        roles: Vec<String> = need words,
    },
    /// Suspends a member or a service account.
    SuspendMember = "suspend_member" {
        /// The member.
        member: String = need word,
    },
    /// Restores a suspended member or service account.
    RestoreMember = "restore_member" {
        /// The member.
        member: String = need word,
    },
    /// Removes a member with all that they hold here.
    RemoveMember = "remove_member" {
        /// The member.
        member: String = need word,
        /// Who takes over what only they hold in full.
        successor: Option<String> = maybe word,
    },
    /// Leaves; the actor gives up all that they hold here.
    LeaveOrganization = "leave_organization" {
        /// Who takes over what only they hold in full.
        successor: Option<String> = maybe word,
    },
    /// Makes a project; the actor gets the role that the policy names as `creator`.
    CreateProject = "create_project" {
        /// The new project's id.
        project: String = need own,
        /// Its name.
        name: Option<String> = maybe label,
    },
    /// Gives a project another name.
    RenameProject = "rename_project" {
        /// The project's id.
        project: String = need word,
        /// The new name.
        name: String = need label,
    },
    /// Deletes a project with all that is in it.
    DeleteProject = "delete_project" {
        /// The project's id.
        project: String = need word,
    },
    /// Is always refused: a project never moves (rule 1).
    MoveProject = "move_project" {
        /// The project's id.
        project: String = need word,
        /// The organization that it should belong to.
        to: String = need word,
    },
    /// Puts someone into a project.
    AddProjectMember = "add_project_member" {
        /// The project's id.
        project: String = need word,
        /// A member, service account, group of the organization, or `members`.
        member: String = need word,
        /// The roles; none for those that the organization roles give by default.
        roles: Option<Vec<String>> = maybe words,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = maybe json::number,
    },
    /// Gives a project member these roles in place of theirs.
    ChangeProjectMember = "change_project_member" {
        /// The project's id.
        project: String = need word,
        /// The member.
        member: String = need word,
        /// All that they hold on the project afterwards.
        roles: Vec<String> = need words,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = maybe json::number,
    },
    /// Takes someone out of a project.
    RemoveProjectMember = "remove_project_member" {
        /// The project's id.
        project: String = need word,
        /// The member.
        member: String = need word,
        /// Who becomes owner, where the last one goes.
        successor: Option<String> = maybe word,
    },
    /// Makes a service account.
    CreateServiceAccount = "create_service_account" {
        /// The new account's id.
        account: String = need own,
        /// Its name.
        name: Option<String> = maybe label,
        /// Its organization roles.
        roles: Vec<String> = list words,
    },
    /// Gives a service account these organization roles in place of its own.
    ChangeServiceAccount = "change_service_account" {
        /// The account's id.
        account: String = need word,
        /// All that it holds on the organization afterwards.
        roles: Vec<String> = need words,
    },
    /// Deletes a service account.
    DeleteServiceAccount = "delete_service_account" {
        /// The account's id.
        account: String = need word,
    },
    /// Makes an API key of a project; its secret is the host's.
    CreateApiKey = "create_api_key" {
        /// The project's id.
        project: String = need word,
        /// The new key's id.
        key: String = need own,
        /// Its name.
        name: Option<String> = maybe label,
        /// Its roles; none for the policy's default.
        roles: Option<Vec<String>> = maybe words,
    },
    /// Gives a key these roles in place of its own.
    ChangeApiKey = "change_api_key" {
        /// The key's id.
        key: String = need word,
        /// All that it holds afterwards.
        roles: Vec<String> = need words,
    },
    /// Counts a rotation: the host then makes a new secret.
    RotateApiKey = "rotate_api_key" {
        /// The key's id.
        key: String = need word,
    },
    /// Deletes a key.
    DeleteApiKey = "delete_api_key" {
        /// The key's id.
        key: String = need word,
    },
    /// Makes a resource; the actor holds it in full.
    CreateResource = "create_resource" {
        /// The new resource, `kind/id`.
        resource: String = need word,
        /// What it lies in, `kind/id`; none for the organization.
        parent: Option<String> = maybe word,
        /// Its name.
        name: Option<String> = maybe label,
        /// The resources that it uses, `kind/id`.
        uses: Vec<String> = list words,
    },
    /// Gives a resource another name, or lets it use others.
    ChangeResource = "change_resource" {
        /// The resource, `kind/id`.
        resource: String = need word,
        /// The new name; none leaves it.
        name: Option<String> = maybe label,
        /// All that it uses afterwards; none leaves it.
        uses: Option<Vec<String>> = maybe words,
    },
    /// Deletes a resource with all that is in it.
    DeleteResource = "delete_resource" {
        /// The resource, `kind/id`.
        resource: String = need word,
    },
    /// Shares a resource (rule 7).
    Share = "share" {
        /// The resource, `kind/id`.
        resource: String = need word,
        /// A user, service account, group, or `members`.
        with: String = need word,
        /// The sharing role.
        role: String = need word,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = maybe json::number,
    },
    /// Changes what a share gives, or when it ends.
    ChangeShare = "change_share" {
        /// The resource, `kind/id`.
        resource: String = need word,
        /// With whom it is shared.
        with: String = need word,
        /// The sharing role from now on.
        role: String = need word,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = maybe json::number,
    },
    /// Takes a share back.
    Unshare = "unshare" {
        /// The resource, `kind/id`.
        resource: String = need word,
        /// With whom it is shared.
        with: String = need word,
        /// Who holds it in full from now on, where the last one goes.
        successor: Option<String> = maybe word,
    },
    /// Makes a group of users.
    CreateGroup = "create_group" {
        /// The new group's id.
        group: String = need own,
        /// Its name.
        name: Option<String> = maybe label,
        /// Who is in it.
        members: Vec<String> = list words,
    },
    /// Puts a member into a group.
    AddToGroup = "add_to_group" {
        /// The group's id.
        group: String = need word,
        /// The member.
        member: String = need word,
    },
    /// Takes a member out of a group.
    RemoveFromGroup = "remove_from_group" {
        /// The group's id.
        group: String = need word,
        /// The member.
        member: String = need word,
    },
    /// Deletes a group with what it holds.
    DeleteGroup = "delete_group" {
        /// The group's id.
        group: String = need word,
    },
    /// Says what a first sign-in gives and what asserted values stand for (rule 14).
    ConfigureSso = "configure_sso" {
        /// The organization roles of a first sign-in.
        default: Vec<String> = list words,
        /// What each asserted value stands for.
        map: Assertions = list assertions,
    },
    /// A domain becomes the organization's; the host only.
    VerifyDomain = "verify_domain" {
        /// What follows the `@`, in normal form.
        domain: String = need word,
    },
    /// A domain is the organization's no longer; the host only.
    ReleaseDomain = "release_domain" {
        /// What follows the `@`.
        domain: String = need word,
    },
    /// Somebody signed in by the organization's identity provider; the host only (rule 14).
    SignIn = "sign_in" {
        /// Their id.
        person: String = need own,
        /// Their address, where the id is none and they are not known yet.
        email: Option<String> = maybe word,
        /// Their name, where they are not known yet.
        name: Option<String> = maybe label,
        /// What the provider asserts; none where it asserts nothing.
        asserted: Option<Vec<String>> = maybe words,
    },
    /// Moves the organization to another edition; the host only.
    ChangeEdition = "change_edition" {
        /// The edition's name.
        edition: String = need word,
    },
}

/// What is left out where it was left out.
trait Absent {
    fn is_absent(&self) -> bool;
}

impl Absent for String {
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for Assertions {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Command {
    /// Reads a command document (JSON text); its form is `policies/command.schema.json`.
    ///
    /// # Errors
    /// A code and the place: `ERR_UNKNOWN_COMMAND`, `ERR_MISSING_FIELD`, `ERR_UNKNOWN_FIELD`, `ERR_TYPE`, `ERR_NAME`
    /// for an id that is empty or longer than 1,024 bytes, and what any document can have wrong.
    ///
    /// ```
    /// use bailiwick::Command;
    /// let text = r#"{ "id": "1", "command": "rename_project", "organization": "acme", "project": "search" }"#;
    /// let error = Command::read(text).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("ERR_MISSING_FIELD", "name"));
    /// ```
    pub fn read(text: &str) -> Result<Self> {
        command(json::read(text)?)
    }

    /// [`read`](Self::read) from bytes, which must be UTF-8 (`ERR_ILL_FORMED`).
    pub fn read_bytes(bytes: &[u8]) -> Result<Self> {
        Self::read(json::utf8(bytes)?)
    }

    /// Tells commands with the same id apart: by their content and who asked.
    pub(crate) fn digest(&self, actor: &str) -> u64 {
        // Writing to memory cannot fail; an empty text would make the command unlike any other.
        let mut text = serde_json::to_string(self).unwrap_or_default();
        text.push_str(actor);
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
    }
}

/// Reads a command that stands in another document.
pub(super) fn command(node: Node<'_>) -> Result<Command> {
    let mut fields = Fields::of(node)?;
    let id = fields.need("id", own)?;
    let name = fields.need("command", json::text)?;
    let operation = Operation::read(&name, &mut fields)?;
    let organization = match operation {
        Operation::SignUp { .. } => String::new(),
        Operation::CreateOrganization { .. } => fields.need("organization", own)?,
        _ => fields.need("organization", word)?,
    };
    fields.finish().map(|()| Command { id, organization, operation })
}

#[cold]
fn unknown(name: &str) -> Error {
    Error::of(
        Code::UnknownCommand,
        "command",
        &["`", name, "` is no command, see the schema for those that are"],
    )
}

/// The id of something new.
fn own(node: Node<'_>) -> Result<String> {
    id(node).map(String::from)
}

/// A name for people: 1 to 1,024 bytes.
fn label(node: Node<'_>) -> Result<String> {
    bounded(node, 1, 1024, "a name has 1 to 1,024 bytes")
}

/// What names something: no name of a principal or a resource is longer.
fn word(node: Node<'_>) -> Result<String> {
    bounded(node, 0, 2048, "nothing has a name of more than 2,048 bytes")
}

fn words(node: Node<'_>) -> Result<Vec<String>> {
    json::list(node, word)
}

fn bounded(node: Node<'_>, least: usize, most: usize, sentence: &str) -> Result<String> {
    let text = json::text(node)?;
    if text.len() < least || text.len() > most {
        return Err(Error::of(Code::Name, "", &[sentence]));
    }
    Ok(text.into())
}

pub(super) fn text(node: Node<'_>) -> Result<String> {
    json::text(node).map(String::from)
}

pub(super) fn texts(node: Node<'_>) -> Result<Vec<String>> {
    json::list(node, text)
}

pub(super) fn projects(node: Node<'_>) -> Result<Vec<ProjectRoles>> {
    json::list(node, |node| {
        let mut fields = Fields::of(node)?;
        let project =
            ProjectRoles { project: fields.need("project", text)?, roles: fields.maybe("roles", texts)? };
        fields.finish().map(|()| project)
    })
}

pub(super) fn assertions(node: Node<'_>) -> Result<Assertions> {
    let mut map = Assertions::new();
    json::entries(node, |value, node| {
        if value.len() > 1024 {
            return Err(Error::of(Code::Name, "", &["an asserted value has at most 1,024 bytes"]));
        }
        let roles = json::list(node, |node| {
            let mut fields = Fields::of(node)?;
            let role = AssertedRole { role: fields.need("role", text)?, on: fields.maybe("on", text)? };
            fields.finish().map(|()| role)
        })?;
        map.insert(value.to_owned(), roles);
        Ok(())
    })?;
    Ok(map)
}
