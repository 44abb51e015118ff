//! The canonical document as plain lists of strings. Reading refuses a field that is not named here.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) format: u64,
    pub(crate) policy: String,
    pub(crate) revision: u64,
    pub(crate) changed: u64,
    pub(crate) people: Vec<Person>,
    pub(crate) organizations: Vec<Organization>,
    #[serde(default)]
    pub(crate) groups: Vec<Group>,
    #[serde(default)]
    pub(crate) service_accounts: Vec<Account>,
    #[serde(default)]
    pub(crate) projects: Vec<Project>,
    #[serde(default)]
    pub(crate) api_keys: Vec<Key>,
    #[serde(default)]
    pub(crate) resources: Vec<Resource>,
    #[serde(default)]
    pub(crate) invites: Vec<Invite>,
    #[serde(default)]
    pub(crate) applied: Vec<Applied>,
    #[serde(default)]
    pub(crate) retired: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
}

impl Person {
    pub(crate) fn address(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.id)
    }

    pub(crate) fn principal(&self) -> String {
        format!("user/{}", self.id)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) edition: String,
    pub(crate) creator: Option<String>,
    pub(crate) members: Vec<Member>,
    pub(crate) sso: Option<Sso>,
}

impl Organization {
    pub(crate) fn member(&self, who: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.member == who)
    }

    pub(crate) fn is_active(&self, who: &str) -> bool {
        self.member(who).is_some_and(|member| !member.suspended)
    }
}

/// A member of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Member {
    pub(crate) member: String,
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) suspended: bool,
    pub(crate) suspended_by: Option<String>,
}

/// A role that an asserted value stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asserted {
    pub(crate) role: String,
    pub(crate) on: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sso {
    #[serde(default)]
    pub(crate) domains: Vec<String>,
    #[serde(default)]
    pub(crate) default: Vec<String>,
    #[serde(default)]
    pub(crate) map: BTreeMap<String, Vec<Asserted>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) organization: String,
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) members: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) organization: String,
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) suspended: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) organization: String,
    pub(crate) name: Option<String>,
    pub(crate) creator: Option<String>,
    pub(crate) members: Vec<ProjectMember>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectMember {
    pub(crate) member: String,
    pub(crate) roles: Vec<String>,
    pub(crate) until: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) project: String,
    pub(crate) name: Option<String>,
    pub(crate) creator: Option<String>,
    #[serde(default)]
    pub(crate) rotations: u64,
    pub(crate) roles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resource {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) parent: String,
    pub(crate) name: Option<String>,
    pub(crate) creator: Option<String>,
    #[serde(default)]
    pub(crate) uses: Vec<String>,
    pub(crate) shares: Vec<Share>,
}

impl Resource {
    /// `kind/id`.
    pub(crate) fn reference(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Share {
    pub(crate) with: String,
    pub(crate) role: String,
    pub(crate) until: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invite {
    pub(crate) id: String,
    pub(crate) organization: String,
    pub(crate) address: String,
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) projects: Vec<Invited>,
    pub(crate) sender: String,
    pub(crate) expires: u64,
}

/// A project that an invite names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invited {
    pub(crate) project: String,
    pub(crate) roles: Option<Vec<String>>,
}

/// A command that is known; its digest is the engine's own affair.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Applied {
    pub(crate) id: String,
    pub(crate) digest: IgnoredAny,
}

/// One binding: who, which role, until when.
pub(crate) type Bound<'d> = (Cow<'d, str>, &'d str, Option<u64>);

impl Document {
    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in the document {text}"))
    }

    pub(crate) fn person(&self, principal: &str) -> Option<&Person> {
        let id = principal.strip_prefix("user/")?;
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn person_at(&self, address: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.address() == address)
    }

    pub(crate) fn organization(&self, id: &str) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.id == id)
    }

    pub(crate) fn project(&self, id: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    pub(crate) fn account(&self, principal: &str) -> Option<&Account> {
        let id = principal.strip_prefix("service_account/")?;
        self.service_accounts.iter().find(|account| account.id == id)
    }

    pub(crate) fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    pub(crate) fn key(&self, id: &str) -> Option<&Key> {
        self.api_keys.iter().find(|key| key.id == id)
    }

    pub(crate) fn invite(&self, id: &str) -> Option<&Invite> {
        self.invites.iter().find(|invite| invite.id == id)
    }

    pub(crate) fn resource(&self, reference: &str) -> Option<&Resource> {
        let (kind, id) = reference.split_once('/')?;
        self.resources.iter().find(|resource| resource.kind == kind && resource.id == id)
    }

    /// The organization in which a thing named `kind/id` lies.
    pub(crate) fn home_of(&self, reference: &str) -> Option<&str> {
        let mut at = reference;
        loop {
            let (kind, id) = at.split_once('/')?;
            match kind {
                "organization" => return self.organization(id).map(|found| found.id.as_str()),
                "project" => return self.project(id).map(|found| found.organization.as_str()),
                _ => at = &self.resource(at)?.parent,
            }
        }
    }

    /// What is bound right on a thing named `kind/id`.
    pub(crate) fn bound_on(&self, reference: &str) -> Vec<Bound<'_>> {
        let (kind, id) = reference.split_once('/').unwrap_or((reference, ""));
        let mut found = Vec::new();
        match kind {
            "organization" => {
                for member in self.organization(id).iter().flat_map(|found| &found.members) {
                    found.extend(
                        member.roles.iter().map(|role| (member.member.as_str().into(), role.as_str(), None)),
                    );
                }
                for account in self.service_accounts.iter().filter(|one| one.organization == id) {
                    let who = format!("service_account/{}", account.id);
                    found.extend(account.roles.iter().map(|role| (who.clone().into(), role.as_str(), None)));
                }
            }
            "project" => {
                for member in self.project(id).iter().flat_map(|found| &found.members) {
                    let who = member.member.as_str();
                    found.extend(member.roles.iter().map(|role| (who.into(), role.as_str(), member.until)));
                }
                for key in self.api_keys.iter().filter(|key| key.project == id) {
                    let who = format!("api_key/{}", key.id);
                    found.extend(key.roles.iter().map(|role| (who.clone().into(), role.as_str(), None)));
                }
            }
            _ => {
                let shares = self.resource(reference).into_iter().flat_map(|found| &found.shares);
                found.extend(
                    shares.map(|share| (share.with.as_str().into(), share.role.as_str(), share.until)),
                );
            }
        }
        found
    }

    /// All things of an organization, `kind/id`, itself first.
    pub(crate) fn things(&self, organization: &str) -> Vec<String> {
        let mut all = vec![format!("organization/{organization}")];
        let projects = self.projects.iter().filter(|project| project.organization == organization);
        all.extend(projects.map(|project| format!("project/{}", project.id)));
        let resources = self.resources.iter().map(Resource::reference);
        all.extend(resources.filter(|one| self.home_of(one) == Some(organization)));
        all
    }
}
