//! The directory document as it is written: names not yet looked up, text borrowed from the JSON.

use super::change::{SuspendedBy, suspended_by};
use super::command::{self, Assertions, ProjectRoles};
use crate::error::{Code, Error, Result};
use crate::json::{self, Fields, Lists, Node};
use std::borrow::Cow;

/// The document format that this version reads.
const FORMAT: u64 = 1;

type Text<'a> = Cow<'a, str>;

#[derive(Default)]
pub(super) struct Document<'a> {
    pub(super) format: Option<u64>,
    pub(super) policy: Option<Text<'a>>,
    pub(super) revision: u64,
    pub(super) people: Vec<PersonDocument<'a>>,
    pub(super) organizations: Vec<OrganizationDocument<'a>>,
    pub(super) groups: Vec<GroupDocument<'a>>,
    pub(super) accounts: Vec<AccountDocument<'a>>,
    pub(super) projects: Vec<ProjectDocument<'a>>,
    pub(super) keys: Vec<KeyDocument<'a>>,
    pub(super) resources: Vec<ResourceDocument<'a>>,
    pub(super) invites: Vec<InviteDocument<'a>>,
    pub(super) changed: u64,
    pub(super) applied: Vec<AppliedDocument>,
    pub(super) retired: Vec<String>,
}

/// A command that was applied.
pub(super) struct AppliedDocument {
    pub(super) id: String,
    pub(super) digest: u64,
}

/// What single sign-on does in an organization.
#[derive(Default)]
pub(super) struct SsoDocument {
    pub(super) domains: Vec<String>,
    pub(super) default: Vec<String>,
    pub(super) map: Assertions,
}

pub(super) struct PersonDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) email: Option<Text<'a>>,
    pub(super) name: Option<Text<'a>>,
}

pub(super) struct OrganizationDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) edition: Text<'a>,
    pub(super) creator: Option<Text<'a>>,
    pub(super) members: Vec<MemberDocument<'a>>,
    pub(super) sso: Option<SsoDocument>,
}

/// A member of an organization or of a project.
pub(super) struct MemberDocument<'a> {
    pub(super) member: Text<'a>,
    pub(super) roles: Option<Vec<Text<'a>>>,
    pub(super) suspended: Option<SuspendedBy>,
    pub(super) until: Option<u64>,
}

pub(super) struct GroupDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) members: Vec<Text<'a>>,
}

pub(super) struct AccountDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) roles: Vec<Text<'a>>,
    pub(super) suspended: bool,
}

pub(super) struct ProjectDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) creator: Option<Text<'a>>,
    pub(super) members: Option<Vec<MemberDocument<'a>>>,
}

pub(super) struct KeyDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) project: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) creator: Option<Text<'a>>,
    pub(super) rotations: u64,
    pub(super) roles: Option<Vec<Text<'a>>>,
}

pub(super) struct ResourceDocument<'a> {
    pub(super) kind: Text<'a>,
    pub(super) id: Text<'a>,
    pub(super) parent: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) creator: Option<Text<'a>>,
    pub(super) uses: Vec<String>,
    pub(super) shares: Option<Vec<ShareDocument<'a>>>,
}

pub(super) struct ShareDocument<'a> {
    pub(super) with: Text<'a>,
    pub(super) role: Text<'a>,
    pub(super) until: Option<u64>,
}

pub(super) struct InviteDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) address: Text<'a>,
    pub(super) roles: Vec<String>,
    pub(super) projects: Vec<ProjectRoles>,
    pub(super) sender: Text<'a>,
    pub(super) expires: u64,
}

/// Reads the document; only its form is checked.
pub(super) fn read(input: &str) -> Result<Document<'_>> {
    let mut document = Document::default();
    json::read_lists(input, &mut document)?;
    match document.format {
        Some(_) => Ok(document),
        None => Err(Error::of(Code::MissingField, "format", &["this field is missing, add `\"format\": 1`"])),
    }
}

impl<'a> Lists<'a> for Document<'a> {
    fn element(&mut self, key: &str, _: usize, node: Node<'a>) -> Result<()> {
        match key {
            "people" => self.people.push(person(node)?),
            "organizations" => self.organizations.push(organization(node)?),
            "groups" => self.groups.push(group(node)?),
            "serviceAccounts" => self.accounts.push(account(node)?),
            "projects" => self.projects.push(project(node)?),
            "apiKeys" => self.keys.push(key_of(node)?),
            "resources" => self.resources.push(resource(node)?),
            "invites" => self.invites.push(invite(node)?),
            "applied" => self.applied.push(applied(node)?),
            "retired" => self.retired.push(command::text(node)?),
            _ => {} // `field` refuses it
        }
        Ok(())
    }

    fn field(&mut self, key: &str, node: Node<'a>) -> Result<()> {
        match key {
            "$schema" => json::text(node).map(drop),
            "format" => {
                self.format = Some(format(node)?);
                Ok(())
            }
            "policy" => {
                self.policy = Some(json::text(node)?);
                Ok(())
            }
            "revision" => {
                self.revision = json::number(node)?;
                Ok(())
            }
            "changed" => {
                self.changed = json::number(node)?;
                Ok(())
            }
            "people" | "organizations" | "groups" | "serviceAccounts" | "projects" | "apiKeys"
            | "resources" | "invites" | "applied" | "retired" => json::list(node, Ok).map(drop),
            _ => Err(Error::of(
                Code::UnknownField,
                "",
                &["no such field here, see the schema for those that are"],
            )),
        }
    }
}

fn format(node: Node<'_>) -> Result<u64> {
    match json::number(node)? {
        FORMAT => Ok(FORMAT),
        _ => Err(Error::of(Code::FormatVersion, "", &["this version reads format 1"])),
    }
}

/// An id: 1 to 1,024 bytes.
pub(super) fn id(node: Node<'_>) -> Result<Text<'_>> {
    let text = json::text(node)?;
    if text.is_empty() || text.len() > 1024 {
        return Err(Error::of(Code::Name, "", &["an id has 1 to 1,024 bytes"]));
    }
    Ok(text)
}

fn texts(node: Node<'_>) -> Result<Vec<Text<'_>>> {
    json::list(node, json::text)
}

fn person(node: Node<'_>) -> Result<PersonDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let person = PersonDocument {
        id: fields.need("id", id)?,
        email: fields.maybe("email", json::text)?,
        name: fields.maybe("name", json::text)?,
    };
    fields.finish().map(|()| person)
}

fn organization(node: Node<'_>) -> Result<OrganizationDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let organization = OrganizationDocument {
        id: fields.need("id", id)?,
        name: fields.maybe("name", json::text)?,
        edition: fields.need("edition", json::text)?,
        creator: fields.maybe("creator", json::text)?,
        members: fields.need("members", |node| json::list(node, organization_member))?,
        sso: fields.maybe("sso", sso)?,
    };
    fields.finish().map(|()| organization)
}

fn organization_member(node: Node<'_>) -> Result<MemberDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let member = MemberDocument {
        member: fields.need("member", json::text)?,
        roles: fields.maybe("roles", texts)?,
        suspended: suspension(&mut fields)?,
        until: None,
    };
    fields.finish().map(|()| member)
}

fn project_member(node: Node<'_>) -> Result<MemberDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let member = MemberDocument {
        member: fields.need("member", json::text)?,
        roles: fields.maybe("roles", texts)?,
        suspended: None,
        until: fields.maybe("until", json::number)?,
    };
    fields.finish().map(|()| member)
}

fn group(node: Node<'_>) -> Result<GroupDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let group = GroupDocument {
        id: fields.need("id", id)?,
        organization: fields.need("organization", json::text)?,
        name: fields.maybe("name", json::text)?,
        members: fields.maybe("members", texts)?.unwrap_or_default(),
    };
    fields.finish().map(|()| group)
}

fn account(node: Node<'_>) -> Result<AccountDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let account = AccountDocument {
        id: fields.need("id", id)?,
        organization: fields.need("organization", json::text)?,
        name: fields.maybe("name", json::text)?,
        roles: fields.maybe("roles", texts)?.unwrap_or_default(),
        suspended: fields.maybe("suspended", json::boolean)?.unwrap_or(false),
    };
    fields.finish().map(|()| account)
}

fn project(node: Node<'_>) -> Result<ProjectDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let project = ProjectDocument {
        id: fields.need("id", id)?,
        organization: fields.need("organization", json::text)?,
        name: fields.maybe("name", json::text)?,
        creator: fields.maybe("creator", json::text)?,
        members: fields.maybe("members", |node| json::list(node, project_member))?,
    };
    fields.finish().map(|()| project)
}

fn key_of(node: Node<'_>) -> Result<KeyDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let key = KeyDocument {
        id: fields.need("id", id)?,
        project: fields.need("project", json::text)?,
        name: fields.maybe("name", json::text)?,
        creator: fields.maybe("creator", json::text)?,
        rotations: fields.maybe("rotations", json::number)?.unwrap_or(0),
        roles: fields.maybe("roles", texts)?,
    };
    fields.finish().map(|()| key)
}

fn resource(node: Node<'_>) -> Result<ResourceDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let resource = ResourceDocument {
        kind: fields.need("kind", json::text)?,
        id: fields.need("id", id)?,
        parent: fields.need("parent", json::text)?,
        name: fields.maybe("name", json::text)?,
        creator: fields.maybe("creator", json::text)?,
        uses: fields.maybe("uses", command::texts)?.unwrap_or_default(),
        shares: fields.maybe("shares", |node| json::list(node, share))?,
    };
    fields.finish().map(|()| resource)
}

fn share(node: Node<'_>) -> Result<ShareDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let share = ShareDocument {
        with: fields.need("with", json::text)?,
        role: fields.need("role", json::text)?,
        until: fields.maybe("until", json::number)?,
    };
    fields.finish().map(|()| share)
}

fn invite(node: Node<'_>) -> Result<InviteDocument<'_>> {
    let mut fields = Fields::of(node)?;
    let invite = InviteDocument {
        id: fields.need("id", id)?,
        organization: fields.need("organization", json::text)?,
        address: fields.need("address", json::text)?,
        roles: fields.need("roles", command::texts)?,
        projects: fields.maybe("projects", command::projects)?.unwrap_or_default(),
        sender: fields.need("sender", json::text)?,
        expires: fields.need("expires", json::number)?,
    };
    fields.finish().map(|()| invite)
}

/// `suspended`, and by whom if not by a member.
fn suspension(fields: &mut Fields<'_>) -> Result<Option<SuspendedBy>> {
    let suspended = fields.maybe("suspended", json::boolean)?.unwrap_or(false);
    let by = fields.maybe("suspendedBy", suspended_by)?;
    match by {
        Some(_) if !suspended => {
            let text = "only who is suspended was suspended by someone, remove it";
            Err(Error::of(Code::Value, "suspendedBy", &[text]))
        }
        _ => Ok(suspended.then(|| by.unwrap_or(SuspendedBy::Member))),
    }
}

fn sso(node: Node<'_>) -> Result<SsoDocument> {
    let mut fields = Fields::of(node)?;
    let sso = SsoDocument {
        domains: fields.maybe("domains", command::texts)?.unwrap_or_default(),
        default: fields.maybe("default", command::texts)?.unwrap_or_default(),
        map: fields.maybe("map", command::assertions)?.unwrap_or_default(),
    };
    fields.finish().map(|()| sso)
}

fn applied(node: Node<'_>) -> Result<AppliedDocument> {
    let mut fields = Fields::of(node)?;
    let applied = AppliedDocument {
        id: fields.need("id", command::text)?,
        digest: fields.need("digest", |node| {
            let text = json::text(node)?;
            let digits = text.len() == 16
                && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
            let digest = digits.then(|| u64::from_str_radix(&text, 16).ok()).flatten();
            digest.ok_or_else(|| Error::of(Code::Value, "", &["a digest has 16 digits, 0 to 9 and a to f"]))
        })?,
    };
    fields.finish().map(|()| applied)
}
