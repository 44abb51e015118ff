//! Facts to the canonical document: fields in the order of the schema, lists sorted by id, every default written
//! out, never a place. Two directories are equal if and only if their documents are.

use super::Directory;
use super::change::{Fact, SuspendedBy};
use super::command::{Assertions, ProjectRoles};
use super::facts::{Facts, NEVER, OrganizationId, ResourceId, Subject};
use super::names::role_names;
use crate::order::{arranged, sorted};
use crate::policy::{KindId, Model, RoleId};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Out<'a> {
    pub(super) format: u64,
    pub(super) policy: &'a str,
    pub(super) revision: u64,
    pub(super) changed: u64,
    pub(super) people: Vec<PersonOut<'a>>,
    pub(super) organizations: Vec<OrganizationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<GroupOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) service_accounts: Vec<AccountOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) projects: Vec<ProjectOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) api_keys: Vec<KeyOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) resources: Vec<ResourceOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) invites: Vec<InviteOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) applied: Vec<AppliedOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) retired: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct PersonOut<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct OrganizationOut<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    pub(super) edition: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<&'a str>,
    pub(super) members: Vec<MemberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sso: Option<SsoOut<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MemberOut {
    pub(super) member: String,
    pub(super) roles: Vec<String>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub(super) suspended: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suspended_by: Option<SuspendedBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct SsoOut<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) domains: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) default: Vec<String>,
    #[serde(skip_serializing_if = "Assertions::is_empty")]
    pub(super) map: Assertions,
}

#[derive(Serialize)]
pub(super) struct GroupOut<'a> {
    pub(super) id: &'a str,
    pub(super) organization: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) members: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct AccountOut<'a> {
    pub(super) id: &'a str,
    pub(super) organization: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<String>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub(super) suspended: bool,
}

#[derive(Serialize)]
pub(super) struct ProjectOut<'a> {
    pub(super) id: &'a str,
    pub(super) organization: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<&'a str>,
    pub(super) members: Vec<MemberOut>,
}

#[derive(Serialize)]
pub(super) struct KeyOut<'a> {
    pub(super) id: &'a str,
    pub(super) project: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rotations: Option<u64>,
    pub(super) roles: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ResourceOut<'a> {
    pub(super) kind: &'a str,
    pub(super) id: &'a str,
    pub(super) parent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creator: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) uses: &'a [String],
    pub(super) shares: Vec<ShareOut>,
}

#[derive(Serialize)]
pub(super) struct ShareOut {
    pub(super) with: String,
    pub(super) role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct InviteOut {
    pub(super) id: String,
    pub(super) organization: String,
    pub(super) address: String,
    pub(super) roles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) projects: Vec<ProjectRoles>,
    pub(super) sender: String,
    pub(super) expires: u64,
}

#[derive(Serialize)]
pub(super) struct AppliedOut<'a> {
    pub(super) id: &'a str,
    pub(super) digest: String,
}

impl ShareOut {
    /// The same share with another role.
    pub(super) fn with_role(&self, role: String) -> Self {
        Self { with: self.with.clone(), role, until: self.until }
    }
}

impl Directory {
    /// The directory as a document (JSON): loading it gives this directory again. It is canonical, so that two
    /// directories are equal if and only if their documents are, byte for byte.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json"))?;
    /// let text = directory.document();
    /// assert_eq!(Directory::load(&policy, &text)?.document(), text);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn document(&self) -> String {
        // Writing plain data to memory cannot fail.
        serde_json::to_string(&self.out()).unwrap_or_default()
    }

    pub(super) fn out(&self) -> Out<'_> {
        let (model, facts) = (self.policy.model(), &self.facts);
        let writer = Writer { model, facts };
        Out {
            format: 1,
            policy: &model.name,
            revision: facts.revision,
            changed: facts.changed,
            people: writer.people(),
            organizations: writer.organizations(),
            groups: writer.groups(),
            service_accounts: writer.accounts(),
            projects: writer.projects(),
            api_keys: writer.keys(),
            resources: writer.resources(),
            invites: facts
                .invites
                .by_id()
                .filter_map(|(_, row)| invite(facts.invite_fact(model, row)))
                .collect(),
            applied: facts
                .applied
                .iter()
                .map(|(id, digest)| AppliedOut { id, digest: hex(*digest) })
                .collect(),
            retired: facts.retired.iter().map(AsRef::as_ref).collect(),
        }
    }
}

struct Writer<'a> {
    model: &'a Model,
    facts: &'a Facts,
}

impl<'a> Writer<'a> {
    fn people(&self) -> Vec<PersonOut<'a>> {
        let people = self.facts.people.by_id().map(|(_, row)| row);
        people
            .map(|row| PersonOut { id: &row.id, email: row.email.as_deref(), name: row.name.as_deref() })
            .collect()
    }

    fn organizations(&self) -> Vec<OrganizationOut<'a>> {
        let owned: Vec<(OrganizationId, &'a str)> =
            self.facts.domains.iter().map(|(domain, home)| (*home, domain.as_ref())).collect();
        let owned = sorted(&owned, Ord::cmp);
        let rows = self.facts.organizations.by_id();
        let rows = rows.map(|(place, row)| {
            let start = owned.partition_point(|(home, _)| home.0 < place);
            let domains = owned.iter().skip(start).take_while(|(home, _)| home.0 == place);
            let domains: Vec<&'a str> = domains.map(|(_, domain)| *domain).collect();
            let sso = row.sso.as_deref().cloned().unwrap_or_default();
            let says = !domains.is_empty() || row.sso.is_some();
            let member = |(person, by): (&u32, &Option<SuspendedBy>)| MemberOut {
                member: self.facts.subject_name(Subject::User(*person)),
                roles: self.roles(Subject::User(*person), row.resource),
                suspended: by.is_some(),
                suspended_by: by.filter(|by| *by == SuspendedBy::Sso),
                until: None,
            };
            let members: Vec<MemberOut> = row.members.iter().map(member).collect();
            OrganizationOut {
                id: &row.id,
                name: row.name.as_deref(),
                edition: self.model.editions.get(row.edition).map_or("", |edition| &edition.name),
                creator: row.creator.as_deref(),
                members: by_name(members, |member| &member.member),
                sso: says.then_some(SsoOut { domains, default: sso.default, map: sso.map }),
            }
        });
        rows.collect()
    }

    fn groups(&self) -> Vec<GroupOut<'a>> {
        let rows = self.facts.groups.by_id().map(|(_, row)| {
            let members: Vec<String> =
                row.members.iter().map(|person| self.facts.subject_name(Subject::User(*person))).collect();
            let organization = self.facts.organization_id(row.organization);
            GroupOut {
                id: &row.id,
                organization,
                name: row.name.as_deref(),
                members: by_name(members, |name| name),
            }
        });
        rows.collect()
    }

    fn accounts(&self) -> Vec<AccountOut<'a>> {
        let rows = self.facts.accounts.by_id().map(|(place, row)| {
            let home = self.facts.organization(row.organization).map(|home| home.resource);
            AccountOut {
                id: &row.id,
                organization: self.facts.organization_id(row.organization),
                name: row.name.as_deref(),
                roles: home.map(|home| self.roles(Subject::ServiceAccount(place), home)).unwrap_or_default(),
                suspended: row.suspended,
            }
        });
        rows.collect()
    }

    fn projects(&self) -> Vec<ProjectOut<'a>> {
        let Some(kind) = self.model.project else { return Vec::new() };
        let rows = self.of_kind(kind).filter_map(|(place, row)| {
            Some(ProjectOut {
                id: &row.id,
                organization: self.facts.organization_id(row.organization?),
                name: row.about.as_deref().and_then(|about| about.name.as_deref()),
                creator: row.about.as_deref().and_then(|about| about.creator.as_deref()),
                members: self.project_members(place),
            })
        });
        rows.collect()
    }

    /// One entry for each (member, end), as both can differ.
    fn project_members(&self, project: ResourceId) -> Vec<MemberOut> {
        let held = self.facts.held(project).iter().filter(|held| !matches!(held.subject, Subject::ApiKey(_)));
        let held: Vec<(String, u64, RoleId)> =
            held.map(|held| (self.facts.subject_name(held.subject), held.until, held.role)).collect();
        let held = sorted(&held, Ord::cmp);
        let entries = held.chunk_by(|a, b| (&a.0, a.1) == (&b.0, b.1)).filter_map(|entry| {
            let (member, until, _) = entry.first()?;
            let roles: Vec<RoleId> = entry.iter().map(|(_, _, role)| *role).collect();
            Some(MemberOut {
                member: member.clone(),
                roles: role_names(self.model, &roles),
                suspended: false,
                suspended_by: None,
                until: Some(*until).filter(|until| *until != NEVER),
            })
        });
        entries.collect()
    }

    fn keys(&self) -> Vec<KeyOut<'a>> {
        let rows = self.facts.keys.by_id().map(|(place, row)| KeyOut {
            id: &row.id,
            project: self.facts.resource(row.project).map(|project| project.id.as_ref()).unwrap_or_default(),
            name: row.name.as_deref(),
            creator: row.creator.as_deref(),
            rotations: Some(row.rotations).filter(|rotations| *rotations != 0),
            roles: self.roles(Subject::ApiKey(place), row.project),
        });
        rows.collect()
    }

    fn resources(&self) -> Vec<ResourceOut<'a>> {
        let special = [Some(self.model.platform), Some(self.model.organization), self.model.project];
        let kinds: Vec<KindId> = (0..).map(KindId).take(self.model.kinds.len()).collect();
        let kinds = sorted(&kinds, |a, b| self.model.kind(*a).name.cmp(&self.model.kind(*b).name));
        let kinds = kinds.into_iter().filter(|kind| !special.contains(&Some(*kind)));
        let rows = kinds.flat_map(|kind| self.of_kind(kind)).map(|(place, row)| ResourceOut {
            kind: &self.model.kind(row.kind).name,
            id: &row.id,
            parent: row.parent.map(|parent| self.facts.resource_name(self.model, parent)).unwrap_or_default(),
            name: row.about.as_deref().and_then(|about| about.name.as_deref()),
            creator: row.about.as_deref().and_then(|about| about.creator.as_deref()),
            uses: row.about.as_deref().map(|about| about.uses.as_slice()).unwrap_or_default(),
            shares: self.shares(place),
        });
        rows.collect()
    }

    fn shares(&self, resource: ResourceId) -> Vec<ShareOut> {
        let shares: Vec<ShareOut> = self.facts.held(resource).iter().map(|held| self.share(held)).collect();
        arranged(shares, |a, b| (&a.with, &a.role).cmp(&(&b.with, &b.role)))
    }

    fn share(&self, held: &super::facts::Held) -> ShareOut {
        ShareOut {
            with: self.facts.subject_name(held.subject),
            role: self.model.role(held.role).name.clone(),
            until: Some(held.until).filter(|until| *until != NEVER),
        }
    }

    /// The resources of one kind in the order of their ids.
    fn of_kind(&self, kind: KindId) -> impl Iterator<Item = (ResourceId, &'a super::facts::Resource)> {
        let facts = self.facts;
        let places = facts.ids.get(usize::from(kind.0)).into_iter().flat_map(|index| index.values());
        places.filter_map(move |place| Some((ResourceId(*place), facts.resource(ResourceId(*place))?)))
    }

    /// The roles that a subject holds right on a resource.
    fn roles(&self, subject: Subject, resource: ResourceId) -> Vec<String> {
        let bound = self.facts.bound(subject).iter().filter(|binding| binding.resource == resource);
        role_names(self.model, &bound.map(|binding| binding.role).collect::<Vec<_>>())
    }
}

fn by_name<T>(items: Vec<T>, name: impl Fn(&T) -> &String) -> Vec<T> {
    arranged(items, |a, b| name(a).cmp(name(b)))
}

fn invite(fact: Fact) -> Option<InviteOut> {
    match fact {
        Fact::Invite { id, organization, address, roles, projects, sender, expires } => {
            Some(InviteOut { id, organization, address, roles, projects, sender, expires })
        }
        _ => None,
    }
}

/// A digest as it is written: 16 digits.
fn hex(digest: u64) -> String {
    let digit = |place: u32| char::from_digit((digest >> (place << 2) & 15) as u32, 16).unwrap_or('0');
    (0..16).rev().map(digit).collect()
}
