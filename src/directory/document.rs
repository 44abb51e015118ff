//! The directory document as it is written: names not yet looked up, text borrowed from the JSON.

use super::assertions::Assertions;
use super::change::{SuspendedBy, suspended_by};
use super::command::{self, ProjectRoles};
use super::form::{ANY, Form, OWN};
use crate::error::{Code, Error, Result};
use crate::json::{self, Lists, Node};
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
    pub(super) roles: Option<Vec<String>>,
    pub(super) suspended: Option<SuspendedBy>,
    pub(super) until: Option<u64>,
}

pub(super) struct GroupDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) members: Vec<String>,
}

pub(super) struct AccountDocument<'a> {
    pub(super) id: Text<'a>,
    pub(super) organization: Text<'a>,
    pub(super) name: Option<Text<'a>>,
    pub(super) roles: Vec<String>,
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
    pub(super) roles: Option<Vec<String>>,
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
    fn element(&mut self, key: &str, node: Node<'_, 'a>) -> Result<()> {
        match key {
            "people" => self.people.push(Form::read(node, person)?),
            "organizations" => self.organizations.push(Form::read(node, organization)?),
            "groups" => self.groups.push(Form::read(node, group)?),
            "serviceAccounts" => self.accounts.push(Form::read(node, account)?),
            "projects" => self.projects.push(Form::read(node, project)?),
            "apiKeys" => self.keys.push(Form::read(node, key_of)?),
            "resources" => self.resources.push(Form::read(node, resource)?),
            "invites" => self.invites.push(Form::read(node, invite)?),
            "applied" => self.applied.push(Form::read(node, applied)?),
            "retired" => self.retired.push(json::text(node)?.into_owned()),
            _ => {} // `field` refuses it
        }
        Ok(())
    }

    fn field(&mut self, key: &str, node: Node<'_, 'a>) -> Result<()> {
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

fn format(node: Node<'_, '_>) -> Result<u64> {
    match json::number(node)? {
        FORMAT => Ok(FORMAT),
        _ => Err(Error::of(Code::FormatVersion, "", &["this version reads format 1"])),
    }
}

fn person<'a>(form: &mut Form<'_, 'a>) -> PersonDocument<'a> {
    PersonDocument {
        id: form.text("id", &OWN),
        email: form.text_of("email", &ANY),
        name: form.text_of("name", &ANY),
    }
}

fn organization<'a>(form: &mut Form<'_, 'a>) -> OrganizationDocument<'a> {
    OrganizationDocument {
        id: form.text("id", &OWN),
        name: form.text_of("name", &ANY),
        edition: form.text("edition", &ANY),
        creator: form.text_of("creator", &ANY),
        members: form.list("members", organization_member),
        sso: form.with("sso", |node| Form::read(node, sso)),
    }
}

fn organization_member<'a>(form: &mut Form<'_, 'a>) -> MemberDocument<'a> {
    MemberDocument {
        member: form.text("member", &ANY),
        roles: form.texts_of("roles", &ANY),
        suspended: suspension(form),
        until: None,
    }
}

fn project_member<'a>(form: &mut Form<'_, 'a>) -> MemberDocument<'a> {
    MemberDocument {
        member: form.text("member", &ANY),
        roles: form.texts_of("roles", &ANY),
        suspended: None,
        until: form.number_of("until"),
    }
}

fn group<'a>(form: &mut Form<'_, 'a>) -> GroupDocument<'a> {
    GroupDocument {
        id: form.text("id", &OWN),
        organization: form.text("organization", &ANY),
        name: form.text_of("name", &ANY),
        members: form.texts_of("members", &ANY).unwrap_or_default(),
    }
}

fn account<'a>(form: &mut Form<'_, 'a>) -> AccountDocument<'a> {
    AccountDocument {
        id: form.text("id", &OWN),
        organization: form.text("organization", &ANY),
        name: form.text_of("name", &ANY),
        roles: form.texts_of("roles", &ANY).unwrap_or_default(),
        suspended: form.flag("suspended"),
    }
}

fn project<'a>(form: &mut Form<'_, 'a>) -> ProjectDocument<'a> {
    ProjectDocument {
        id: form.text("id", &OWN),
        organization: form.text("organization", &ANY),
        name: form.text_of("name", &ANY),
        creator: form.text_of("creator", &ANY),
        members: form.list_of("members", project_member),
    }
}

fn key_of<'a>(form: &mut Form<'_, 'a>) -> KeyDocument<'a> {
    KeyDocument {
        id: form.text("id", &OWN),
        project: form.text("project", &ANY),
        name: form.text_of("name", &ANY),
        creator: form.text_of("creator", &ANY),
        rotations: form.number_of("rotations").unwrap_or(0),
        roles: form.texts_of("roles", &ANY),
    }
}

fn resource<'a>(form: &mut Form<'_, 'a>) -> ResourceDocument<'a> {
    ResourceDocument {
        kind: form.text("kind", &ANY),
        id: form.text("id", &OWN),
        parent: form.text("parent", &ANY),
        name: form.text_of("name", &ANY),
        creator: form.text_of("creator", &ANY),
        uses: form.texts_of("uses", &ANY).unwrap_or_default(),
        shares: form.list_of("shares", share),
    }
}

fn share<'a>(form: &mut Form<'_, 'a>) -> ShareDocument<'a> {
    ShareDocument {
        with: form.text("with", &ANY),
        role: form.text("role", &ANY),
        until: form.number_of("until"),
    }
}

fn invite<'a>(form: &mut Form<'_, 'a>) -> InviteDocument<'a> {
    InviteDocument {
        id: form.text("id", &OWN),
        organization: form.text("organization", &ANY),
        address: form.text("address", &ANY),
        roles: form.texts("roles", &ANY),
        projects: form.list_of("projects", command::project).unwrap_or_default(),
        sender: form.text("sender", &ANY),
        expires: form.number("expires"),
    }
}

/// `suspended`, and by whom if not by a member.
fn suspension(form: &mut Form<'_, '_>) -> Option<SuspendedBy> {
    let suspended = form.flag("suspended");
    let by = form.with("suspendedBy", suspended_by);
    if by.is_some() && !suspended {
        let text = "only who is suspended was suspended by someone, remove it";
        form.refuse(Error::of(Code::Value, "suspendedBy", &[text]));
    }
    suspended.then(|| by.unwrap_or(SuspendedBy::Member))
}

fn sso(form: &mut Form<'_, '_>) -> SsoDocument {
    SsoDocument {
        domains: form.texts_of("domains", &ANY).unwrap_or_default(),
        default: form.texts_of("default", &ANY).unwrap_or_default(),
        map: form.with("map", command::assertions).unwrap_or_default(),
    }
}

fn applied(form: &mut Form<'_, '_>) -> AppliedDocument {
    AppliedDocument { id: form.string("id", &ANY), digest: form.inner("digest", digest).unwrap_or_default() }
}

fn digest(node: Node<'_, '_>) -> Result<u64> {
    let text = json::text(node)?;
    let digits =
        text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
    let digest = digits.then(|| u64::from_str_radix(&text, 16).ok()).flatten();
    digest.ok_or_else(|| Error::of(Code::Value, "", &["a digest has 16 digits, 0 to 9 and a to f"]))
}
