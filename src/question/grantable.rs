//! What a role picker offers: the roles of which a command is accepted, asked of the plan itself.

use super::answers::{Answer, Grantable};
use super::{Asking, Query, settle};
use crate::directory::{Command, Directory, NEVER, Operation, ProjectRoles, ResourceId, Standing, Subject};
use crate::error::Result;
use crate::plan::{Outcome, Step};
use crate::policy::{Holder, KindId, RoleId};
use crate::text::parted;

impl Directory {
    /// The roles that the asker may give to a target on a resource, each until when at the latest: exactly those of
    /// which a command that gives it (alone, in place of what the target holds there) is accepted. The target is
    /// `user/<id>`, `service_account/<id>`, `api_key/<id>` (there, or new), `group/<id>`, `members`, or an address that
    /// would be invited. An empty list is an answer: nothing can be given.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    ///
    /// ```
    /// # use bailiwick::{Answer, Directory, Policy, Query};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }, { "id": "bo@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }, { "member": "user/bo@acme.com" }] }] }"#)?;
    /// let query = Query::new("acme", 1_800_000_000_000);
    /// let Answer::Told(roles) = directory.grantable(query.asked_by("user/ana@acme.com"), "user/bo@acme.com", "organization", "acme")? else { panic!() };
    /// assert_eq!(roles.len(), 3);
    /// // Bo may give nothing, not even to himself.
    /// let Answer::Told(roles) = directory.grantable(query.asked_by("user/bo@acme.com"), "user/ana@acme.com", "organization", "acme")? else { panic!() };
    /// assert!(roles.is_empty());
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn grantable(
        &self,
        query: Query<'_>,
        target: &str,
        kind: &str,
        id: &str,
    ) -> Result<Answer<Vec<Grantable>>> {
        settle(self.told_grantable(query, target, kind, id))
    }

    fn told_grantable(&self, query: Query<'_>, target: &str, kind: &str, id: &str) -> Step<Vec<Grantable>> {
        let asking = Asking::new(self, query)?;
        let on = asking.kind(kind)?;
        let place = asking.place(on, id)?;
        let model = self.policy().model();
        let invited = self.facts().subject_named(target, asking.home);
        let named = parted(target, b'/').and_then(|(holder, _)| Holder::named(holder));
        let holder = invited.map(Subject::holder).or(named).unwrap_or(Holder::User);
        let mut found = Vec::new();
        for role in model.kind(on).roles.iter().filter(|role| model.may_hold(holder, **role)) {
            if let Some(until) = asking.accepted(target, invited, on, place, *role)? {
                let known = model.role(*role);
                let until = Some(until).filter(|until| *until != NEVER);
                found.push(Grantable { role: known.name.clone(), label: known.label.clone(), until });
            }
        }
        Ok(found)
    }
}

impl Asking<'_> {
    /// Until when at the latest a role can be given; none if no command that gives it is accepted.
    fn accepted(
        &self,
        target: &str,
        subject: Option<Subject>,
        kind: KindId,
        place: ResourceId,
        role: RoleId,
    ) -> Result<Option<u64>> {
        let Ok(end) = self.actor.grant_end(place, role) else { return Ok(None) };
        let until = Some(end).filter(|end| *end != NEVER);
        let name = self.directory.policy().model().role(role).name.clone();
        let Some(operation) = self.giving(target, subject, kind, place, name, until) else { return Ok(None) };
        // No command has an empty id, so this one was never applied.
        let organization = self.query.organization.to_owned();
        let command = Command { id: String::new(), organization, operation };
        match self.directory.planned(command, Some(self.actor.name()), self.query.now) {
            Ok(Outcome::Changed(_)) => Ok(Some(end)),
            Ok(Outcome::Denied(_)) => Ok(None),
            Err(error) if error.code() == "ERR_CLOCK" => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// The command that gives a role to a target, in place of what it holds there.
    fn giving(
        &self,
        target: &str,
        subject: Option<Subject>,
        kind: KindId,
        place: ResourceId,
        role: String,
        until: Option<u64>,
    ) -> Option<Operation> {
        let (facts, model) = (self.directory.facts(), self.directory.policy().model());
        let id = str::to_owned(&facts.resource(place)?.id);
        let resource = facts.resource_name(model, place);
        let target = target.to_owned();
        let held = subject.is_some_and(|subject| self.holds(subject, place));
        if kind == model.organization {
            return self.joining(target, subject, role).filter(|_| until.is_none());
        }
        if let Some(Subject::ApiKey(key)) = subject {
            let key = str::to_owned(&facts.keys.get(key)?.id);
            return Some(Operation::ChangeApiKey { key, roles: vec![role] }).filter(|_| until.is_none());
        }
        if Some(kind) == model.project && subject.is_none() {
            return self.entering(id, target, role).filter(|_| until.is_none());
        }
        if Some(kind) == model.project {
            let (project, member) = (id, target);
            return Some(if held {
                Operation::ChangeProjectMember { project, member, roles: vec![role], until }
            } else {
                Operation::AddProjectMember { project, member, roles: Some(vec![role]), until }
            });
        }
        Some(if held {
            Operation::ChangeShare { resource, with: target, role, until }
        } else {
            Operation::Share { resource, with: target, role, until }
        })
    }

    /// The command that gives a role on the organization: to a member, an account, or an address.
    fn joining(&self, target: String, subject: Option<Subject>, role: String) -> Option<Operation> {
        let facts = self.directory.facts();
        let roles = vec![role];
        match subject {
            Some(Subject::User(person))
                if facts.standing(Subject::User(person), self.home) == Standing::Outside =>
            {
                let address = facts.people.get(person)?.address().to_owned();
                Some(Operation::InviteMember { invite: String::new(), address, roles, projects: Vec::new() })
            }
            Some(Subject::User(_)) => Some(Operation::ChangeMemberRoles { member: target, roles }),
            Some(Subject::ServiceAccount(place)) => {
                let account = str::to_owned(&facts.accounts.get(place)?.id);
                Some(Operation::ChangeServiceAccount { account, roles })
            }
            Some(_) => None,
            None if target.starts_with("service_account/") => {
                Some(Operation::CreateServiceAccount { account: String::new(), name: None, roles })
            }
            None if names_principal(&target) => None,
            None => {
                let (invite, projects) = (String::new(), Vec::new());
                Some(Operation::InviteMember { invite, address: target, roles, projects })
            }
        }
    }

    /// The command that gives a role on a project to who is not here yet: a new key, or an address that is invited.
    fn entering(&self, project: String, target: String, role: String) -> Option<Operation> {
        let roles = Some(vec![role]);
        if target.starts_with("api_key/") {
            return Some(Operation::CreateApiKey { project, key: String::new(), name: None, roles });
        }
        if names_principal(&target) {
            return None;
        }
        let model = self.directory.policy().model();
        let first = model.kind(model.organization).default?;
        Some(Operation::InviteMember {
            invite: String::new(),
            address: target,
            roles: vec![model.role(first).name.clone()],
            projects: vec![ProjectRoles { project, roles }],
        })
    }

    fn holds(&self, subject: Subject, place: ResourceId) -> bool {
        let held = self.directory.facts().held(place).iter();
        held.filter(|held| held.subject == subject).any(|held| self.now < held.until)
    }
}

/// Whether a target is written as a principal or a group: an address may hold a slash, too.
fn names_principal(target: &str) -> bool {
    target.split_once('/').is_some_and(|(kind, _)| Holder::named(kind).is_some())
}
