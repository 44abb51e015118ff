//! A command as it travels: one change that somebody asks for. Reading it checks its form; whether it may happen is
//! decided by the plan (ARCHITECTURE.md section 11).

use super::assertions::{AssertedRole, Assertions};
use super::form::{ANY, Form, LABEL, OWN, WORD};
use super::tell::Told;
use crate::error::{Code, Error, Result};
use crate::json::{self, Node, Writer};
use serde::Serialize;

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

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal { $($(#[$about:meta])* $field:ident: $type:ty = $how:ident $($rule:ident)?,)* },)*) => {
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

            /// Writes the fields.
            pub(super) fn tell(&self, out: &mut Writer) {
                match self { $(Operation::$name { $($field,)* } => { $(Told::tell($field, stringify!($field), out);)* })* }
            }

            /// One of each, with all or with none of what may be left out.
            #[cfg(test)]
            pub(super) fn samples(full: bool) -> Vec<Self> {
                vec![$(Operation::$name { $($field: super::tell::tests::Sample::sample(full),)* },)*]
            }

            /// Reads the fields; what is no command has none.
            fn read(name: &str, form: &mut Form<'_, '_>) -> Self {
                match name {
                    $($text => Operation::$name { $($field: operations!(@$how form, stringify!($field) $(, &$rule)?),)* },)*
                    _ => {
                        form.refuse(unknown(name));
                        Operation::DeleteOrganization {}
                    }
                }
            }
        }
    };
    (@string $form:ident, $key:expr, $rule:expr) => { $form.string($key, $rule) };
    (@string_of $form:ident, $key:expr, $rule:expr) => { $form.string_of($key, $rule) };
    (@texts $form:ident, $key:expr, $rule:expr) => { $form.texts($key, $rule) };
    (@texts_of $form:ident, $key:expr, $rule:expr) => { $form.texts_of($key, $rule) };
    (@texts_or_none $form:ident, $key:expr, $rule:expr) => { $form.texts_of($key, $rule).unwrap_or_default() };
    (@number $form:ident, $key:expr) => { $form.number_of($key) };
    (@projects $form:ident, $key:expr) => { $form.list_of($key, project).unwrap_or_default() };
    (@assertions $form:ident, $key:expr) => { $form.with($key, assertions).unwrap_or_default() };
}

operations! {
    /// A person becomes known; the host only.
    SignUp = "sign_up" {
        /// Their id: their address, or an opaque one.
        person: String = string OWN,
        /// Their address, where the id is none.
        email: Option<String> = string_of WORD,
        /// Their name.
        name: Option<String> = string_of LABEL,
    },
    /// Makes an organization; the actor gets its top role (rule 12).
    CreateOrganization = "create_organization" {
        /// Its name.
        name: Option<String> = string_of LABEL,
        /// The organization from which a further one is created.
        from: Option<String> = string_of WORD,
    },
    /// Gives an organization another name.
    RenameOrganization = "rename_organization" {
        /// The new name.
        name: String = string LABEL,
    },
    /// Deletes an organization with all that is in it.
    DeleteOrganization = "delete_organization" {},
    /// Invites an address (rule 13).
    InviteMember = "invite_member" {
        /// The new invite's id.
        invite: String = string OWN,
        /// Who is invited, in normal form.
        address: String = string WORD,
        /// Their organization roles.
        roles: Vec<String> = texts WORD,
        /// Their projects with the roles there.
        projects: Vec<ProjectRoles> = projects,
    },
    /// Renews an invite; who does becomes its sender.
    ResendInvite = "resend_invite" {
        /// The invite's id.
        invite: String = string WORD,
    },
    /// Takes an invite back.
    DeleteInvite = "delete_invite" {
        /// The invite's id.
        invite: String = string WORD,
    },
    /// Becomes a member: by the invited address, in time.
    AcceptInvite = "accept_invite" {
        /// The invite's id.
        invite: String = string WORD,
    },
    /// Gives a member these organization roles in place of theirs.
    ChangeMemberRoles = "change_member_roles" {
        /// The member.
        member: String = string WORD,
        /// All that they hold afterwards.
        roles: Vec<String> = texts WORD,
    },
    /// Suspends a member or a service account.
    SuspendMember = "suspend_member" {
        /// The member.
        member: String = string WORD,
    },
    /// Restores a suspended member or service account.
    RestoreMember = "restore_member" {
        /// The member.
        member: String = string WORD,
    },
    /// Removes a member with all that they hold here.
    RemoveMember = "remove_member" {
        /// The member.
        member: String = string WORD,
        /// Who takes over what only they hold in full.
        successor: Option<String> = string_of WORD,
    },
    /// Leaves; the actor gives up all that they hold here.
    LeaveOrganization = "leave_organization" {
        /// Who takes over what only they hold in full.
        successor: Option<String> = string_of WORD,
    },
    /// Makes a project; the actor gets the role that the policy names as `creator`.
    CreateProject = "create_project" {
        /// The new project's id.
        project: String = string OWN,
        /// Its name.
        name: Option<String> = string_of LABEL,
    },
    /// Gives a project another name.
    RenameProject = "rename_project" {
        /// The project's id.
        project: String = string WORD,
        /// The new name.
        name: String = string LABEL,
    },
    /// Deletes a project with all that is in it.
    DeleteProject = "delete_project" {
        /// The project's id.
        project: String = string WORD,
    },
    /// Is always refused: a project never moves (rule 1).
    MoveProject = "move_project" {
        /// The project's id.
        project: String = string WORD,
        /// The organization that it should belong to.
        to: String = string WORD,
    },
    /// Puts someone into a project.
    AddProjectMember = "add_project_member" {
        /// The project's id.
        project: String = string WORD,
        /// A member, service account, group of the organization, or `members`.
        member: String = string WORD,
        /// The roles; none for those that the organization roles give by default.
        roles: Option<Vec<String>> = texts_of WORD,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = number,
    },
    /// Gives a project member these roles in place of theirs.
    ChangeProjectMember = "change_project_member" {
        /// The project's id.
        project: String = string WORD,
        /// The member.
        member: String = string WORD,
        /// All that they hold on the project afterwards.
        roles: Vec<String> = texts WORD,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = number,
    },
    /// Takes someone out of a project.
    RemoveProjectMember = "remove_project_member" {
        /// The project's id.
        project: String = string WORD,
        /// The member.
        member: String = string WORD,
        /// Who becomes owner, where the last one goes.
        successor: Option<String> = string_of WORD,
    },
    /// Makes a service account.
    CreateServiceAccount = "create_service_account" {
        /// The new account's id.
        account: String = string OWN,
        /// Its name.
        name: Option<String> = string_of LABEL,
        /// Its organization roles.
        roles: Vec<String> = texts_or_none WORD,
    },
    /// Gives a service account these organization roles in place of its own.
    ChangeServiceAccount = "change_service_account" {
        /// The account's id.
        account: String = string WORD,
        /// All that it holds on the organization afterwards.
        roles: Vec<String> = texts WORD,
    },
    /// Deletes a service account.
    DeleteServiceAccount = "delete_service_account" {
        /// The account's id.
        account: String = string WORD,
    },
    /// Makes an API key of a project; its secret is the host's.
    CreateApiKey = "create_api_key" {
        /// The project's id.
        project: String = string WORD,
        /// The new key's id.
        key: String = string OWN,
        /// Its name.
        name: Option<String> = string_of LABEL,
        /// Its roles; none for the policy's default.
        roles: Option<Vec<String>> = texts_of WORD,
    },
    /// Gives a key these roles in place of its own.
    ChangeApiKey = "change_api_key" {
        /// The key's id.
        key: String = string WORD,
        /// All that it holds afterwards.
        roles: Vec<String> = texts WORD,
    },
    /// Counts a rotation: the host then makes a new secret.
    RotateApiKey = "rotate_api_key" {
        /// The key's id.
        key: String = string WORD,
    },
    /// Deletes a key.
    DeleteApiKey = "delete_api_key" {
        /// The key's id.
        key: String = string WORD,
    },
    /// Makes a resource; the actor holds it in full.
    CreateResource = "create_resource" {
        /// The new resource, `kind/id`.
        resource: String = string WORD,
        /// What it lies in, `kind/id`; none for the organization.
        parent: Option<String> = string_of WORD,
        /// Its name.
        name: Option<String> = string_of LABEL,
        /// The resources that it uses, `kind/id`.
        uses: Vec<String> = texts_or_none WORD,
    },
    /// Gives a resource another name, or lets it use others.
    ChangeResource = "change_resource" {
        /// The resource, `kind/id`.
        resource: String = string WORD,
        /// The new name; none leaves it.
        name: Option<String> = string_of LABEL,
        /// All that it uses afterwards; none leaves it.
        uses: Option<Vec<String>> = texts_of WORD,
    },
    /// Deletes a resource with all that is in it.
    DeleteResource = "delete_resource" {
        /// The resource, `kind/id`.
        resource: String = string WORD,
    },
    /// Shares a resource (rule 7).
    Share = "share" {
        /// The resource, `kind/id`.
        resource: String = string WORD,
        /// A user, service account, group, or `members`.
        with: String = string WORD,
        /// The sharing role.
        role: String = string WORD,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = number,
    },
    /// Changes what a share gives, or when it ends.
    ChangeShare = "change_share" {
        /// The resource, `kind/id`.
        resource: String = string WORD,
        /// With whom it is shared.
        with: String = string WORD,
        /// The sharing role from now on.
        role: String = string WORD,
        /// When it ends (milliseconds since 1970).
        until: Option<u64> = number,
    },
    /// Takes a share back.
    Unshare = "unshare" {
        /// The resource, `kind/id`.
        resource: String = string WORD,
        /// With whom it is shared.
        with: String = string WORD,
        /// Who holds it in full from now on, where the last one goes.
        successor: Option<String> = string_of WORD,
    },
    /// Makes a group of users.
    CreateGroup = "create_group" {
        /// The new group's id.
        group: String = string OWN,
        /// Its name.
        name: Option<String> = string_of LABEL,
        /// Who is in it.
        members: Vec<String> = texts_or_none WORD,
    },
    /// Puts a member into a group.
    AddToGroup = "add_to_group" {
        /// The group's id.
        group: String = string WORD,
        /// The member.
        member: String = string WORD,
    },
    /// Takes a member out of a group.
    RemoveFromGroup = "remove_from_group" {
        /// The group's id.
        group: String = string WORD,
        /// The member.
        member: String = string WORD,
    },
    /// Deletes a group with what it holds.
    DeleteGroup = "delete_group" {
        /// The group's id.
        group: String = string WORD,
    },
    /// Says what a first sign-in gives and what asserted values stand for (rule 14).
    ConfigureSso = "configure_sso" {
        /// The organization roles of a first sign-in.
        default: Vec<String> = texts_or_none WORD,
        /// What each asserted value stands for.
        map: Assertions = assertions,
    },
    /// A domain becomes the organization's; the host only.
    VerifyDomain = "verify_domain" {
        /// What follows the `@`, in normal form.
        domain: String = string WORD,
    },
    /// A domain is the organization's no longer; the host only.
    ReleaseDomain = "release_domain" {
        /// What follows the `@`.
        domain: String = string WORD,
    },
    /// Somebody signed in by the organization's identity provider; the host only (rule 14).
    SignIn = "sign_in" {
        /// Their id.
        person: String = string OWN,
        /// Their address, where the id is none and they are not known yet.
        email: Option<String> = string_of WORD,
        /// Their name, where they are not known yet.
        name: Option<String> = string_of LABEL,
        /// What the provider asserts; none where it asserts nothing.
        asserted: Option<Vec<String>> = texts_of WORD,
    },
    /// Moves the organization to another edition; the host only.
    ChangeEdition = "change_edition" {
        /// The edition's name.
        edition: String = string WORD,
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
        command(json::read(text)?.root())
    }

    /// [`read`](Self::read) from bytes, which must be UTF-8 (`ERR_ILL_FORMED`).
    pub fn read_bytes(bytes: &[u8]) -> Result<Self> {
        Self::read(json::utf8(bytes)?)
    }

    /// Tells commands with the same id apart: by their content and who asked.
    pub(crate) fn digest(&self, actor: &str) -> u64 {
        let mut out = Writer::default();
        self.tell(&mut out);
        let mut text = out.into_text();
        text.push_str(actor);
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
    }
}

/// Reads a command that stands in another document.
pub(super) fn command(node: Node<'_, '_>) -> Result<Command> {
    Form::read(node, |form| {
        let id = form.string("id", &OWN);
        let name = form.text("command", &ANY);
        let operation = Operation::read(&name, form);
        let organization = match operation {
            Operation::SignUp { .. } => String::new(),
            Operation::CreateOrganization { .. } => form.string("organization", &OWN),
            _ => form.string("organization", &WORD),
        };
        Command { id, organization, operation }
    })
}

#[cold]
fn unknown(name: &str) -> Error {
    Error::of(
        Code::UnknownCommand,
        "command",
        &["`", name, "` is no command, see the schema for those that are"],
    )
}

/// Reads a project that an invite names.
pub(super) fn project(form: &mut Form<'_, '_>) -> ProjectRoles {
    ProjectRoles { project: form.string("project", &ANY), roles: form.texts_of("roles", &ANY) }
}

/// Reads what each asserted value stands for.
pub(super) fn assertions(node: Node<'_, '_>) -> Result<Assertions> {
    let mut map = Vec::new();
    json::entries(node, |value, node| {
        if value.len() > 1024 {
            return Err(Error::of(Code::Name, "", &["an asserted value has at most 1,024 bytes"]));
        }
        let roles = json::list(node, |node| Form::read(node, asserted))?;
        map.push((value.to_owned(), roles));
        Ok(())
    })?;
    Ok(Assertions::of(map))
}

fn asserted(form: &mut Form<'_, '_>) -> AssertedRole {
    AssertedRole { role: form.string("role", &ANY), on: form.string_of("on", &ANY) }
}
