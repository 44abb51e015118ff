//! Decides what a command comes to: the facts that it removes and adds, or why it is refused. Nothing is touched
//! here; an accepted change is laid over the directory by `directory/commit.rs` (ARCHITECTURE.md section 11).

mod accounts;
mod actor;
mod demolish;
mod depart;
mod groups;
mod invites;
mod members;
mod organizations;
mod projects;
mod resources;
mod shares;
mod sso;
mod stop;
mod text;

pub(crate) use actor::Actor;
pub use stop::Denied;
pub(crate) use stop::{Step, Stop};

use crate::decision::Reason;
use crate::directory::{
    Binding, Change, Command, Directory, Fact, Facts, NEVER, Note, Operation, OrganizationId, PLATFORM,
    ResourceId, Standing, Subject, clock,
};
use crate::error::{Code, Error, Result};
use crate::json::MAX_NUMBER;
use crate::policy::{Model, RoleId};

/// What a command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was accepted: what it removed and added.
    Changed(Box<Change>),
    /// It was refused, and nothing was changed.
    Denied(Box<Denied>),
}

/// The actor of changes that the host makes.
const HOST: &str = "host";

impl Directory {
    /// Carries a command out for a principal at a moment (milliseconds since 1970), if the policy lets them: the
    /// same rules that answer `can`. A refusal says why and leaves everything as it was; a command that was applied
    /// already changes nothing.
    ///
    /// # Errors
    /// `ERR_CLOCK` for a moment before the last change; for a command that names what the policy does not have, the
    /// code and the place in the command (`roles[0]`). Nothing is changed then.
    ///
    /// ```
    /// # use bailiwick::{Command, Directory, Outcome, Policy, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let mut directory = Directory::load(&policy, r#"{ "format": 1, "people": [{ "id": "ana@acme.com" }],
    /// #   "organizations": [{ "id": "acme", "edition": "starter", "members": [
    /// #     { "member": "user/ana@acme.com", "roles": ["organization_owner"] }] }] }"#)?;
    /// let leave = Command::read(r#"{ "id": "1", "command": "leave_organization", "organization": "acme" }"#)?;
    /// let Outcome::Denied(denied) = directory.apply(&leave, "user/ana@acme.com", 1_800_000_000_000)? else { panic!() };
    /// assert_eq!(denied.decision.reason, Reason::LastOwner);
    /// assert_eq!(denied.text, "An organization keeps an owner: make another one first.");
    ///
    /// let create = r#"{ "id": "2", "command": "create_project", "organization": "acme", "project": "search" }"#;
    /// let outcome = directory.apply(&Command::read(create)?, "user/ana@acme.com", 1_800_000_000_000)?;
    /// assert!(matches!(outcome, Outcome::Changed(change) if change.after == 1));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn apply(&mut self, command: &Command, actor: &str, now: u64) -> Result<Outcome> {
        self.carry_out(command.clone(), Some(actor), now)
    }

    /// [`apply`](Self::apply) for what only the host may do: people sign up and sign in, domains are verified,
    /// editions change. It is an entry point of its own, so that no document and no request can claim it.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    ///
    /// ```
    /// # use bailiwick::{Command, Directory, Outcome, Policy, Reason};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let mut directory = Directory::load(&policy, r#"{ "format": 1, "people": [], "organizations": [] }"#)?;
    /// let sign_up = Command::read(r#"{ "id": "1", "command": "sign_up", "person": "ana@acme.com" }"#)?;
    /// let Outcome::Denied(denied) = directory.apply(&sign_up, "user/ana@acme.com", 0)? else { panic!() };
    /// assert_eq!(denied.decision.reason, Reason::NoRole);
    /// assert!(matches!(directory.apply_as_host(&sign_up, 0)?, Outcome::Changed(_)));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn apply_as_host(&mut self, command: &Command, now: u64) -> Result<Outcome> {
        self.carry_out(command.clone(), None, now)
    }

    /// What [`apply`](Self::apply) would come to, without doing it.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn plan(&self, command: &Command, actor: &str, now: u64) -> Result<Outcome> {
        self.planned(command.clone(), Some(actor), now)
    }

    /// What [`apply_as_host`](Self::apply_as_host) would come to, without doing it.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn plan_as_host(&self, command: &Command, now: u64) -> Result<Outcome> {
        self.planned(command.clone(), None, now)
    }

    /// What a command comes to for an actor, or for the host, is laid over.
    pub(crate) fn carry_out(&mut self, command: Command, actor: Option<&str>, now: u64) -> Result<Outcome> {
        let outcome = self.planned(command, actor, now)?;
        if let Outcome::Changed(change) = &outcome {
            self.commit(change)?;
        }
        Ok(outcome)
    }

    /// Decides on a command of an actor, or of the host.
    pub(crate) fn planned(&self, command: Command, actor: Option<&str>, now: u64) -> Result<Outcome> {
        let facts = self.facts();
        if now < facts.changed {
            return Err(clock());
        }
        if now > MAX_NUMBER || facts.revision >= MAX_NUMBER {
            let text = "the moment and the revision are at most 2^53 - 1";
            return Err(Error::of(Code::Number, "", &[text]));
        }
        let name = actor.unwrap_or(HOST);
        let known = facts.applied.iter().find(|(id, _)| **id == *command.id);
        if known.is_some_and(|(_, digest)| *digest != command.digest(name)) {
            return Ok(Outcome::Denied(Denied::bare(Reason::Conflict, text::COMMAND_ID)));
        }
        let mut plan = Plan::new(self, &command, actor, now);
        let step = if known.is_some() { Ok(()) } else { plan.run(&command.operation) };
        let Plan { removed, added, notes, .. } = plan;
        match step {
            Ok(()) => Ok(Outcome::Changed(Box::new(Change {
                actor: name.to_owned(),
                at: now,
                before: facts.revision,
                after: facts.revision.saturating_add(u64::from(known.is_none())),
                command,
                repeated: known.is_some(),
                removed,
                added,
                notes,
            }))),
            Err(Stop::Denied(denied)) => Ok(Outcome::Denied(denied)),
            Err(Stop::Wrong(error)) => Err(error),
        }
    }
}

/// One command as it is decided: who asks, when, and the facts collected so far.
struct Plan<'d> {
    directory: &'d Directory,
    model: &'d Model,
    facts: &'d Facts,
    command: &'d Command,
    actor: Actor<'d>,
    /// The moment of the command.
    at: u64,
    /// The latest moment that anything was asked about.
    now: u64,
    removed: Vec<Fact>,
    added: Vec<Fact>,
    notes: Vec<Note>,
}

impl<'d> Plan<'d> {
    fn new(directory: &'d Directory, command: &'d Command, actor: Option<&'d str>, at: u64) -> Self {
        let now = directory.seen(at);
        let actor = Actor::new(directory, actor, &command.organization, now);
        let (model, facts) = (directory.policy().model(), directory.facts());
        let (removed, added, notes) = (Vec::new(), Vec::new(), Vec::new());
        Self { directory, model, facts, command, actor, at, now, removed, added, notes }
    }

    fn run(&mut self, operation: &'d Operation) -> Step<()> {
        self.in_organization(operation)
            .or_else(|| self.in_project(operation))
            .or_else(|| self.with_content(operation))
            .unwrap_or_else(|| self.by_host(operation))
    }

    /// Organizations, their members and invites, groups.
    fn in_organization(&mut self, operation: &'d Operation) -> Option<Step<()>> {
        Some(match operation {
            Operation::CreateOrganization { name, from } => {
                self.create_organization(name.as_deref(), from.as_deref())
            }
            Operation::RenameOrganization { name } => self.rename_organization(name),
            Operation::DeleteOrganization {} => self.delete_organization(),
            Operation::InviteMember { invite, address, roles, projects } => {
                self.invite_member(invite, address, roles, projects)
            }
            Operation::ResendInvite { invite } => self.resend_invite(invite),
            Operation::DeleteInvite { invite } => self.delete_invite(invite),
            Operation::AcceptInvite { invite } => self.accept_invite(invite),
            Operation::ChangeMemberRoles { member, roles } => self.change_member_roles(member, roles),
            Operation::SuspendMember { member } => self.suspend_member(member),
            Operation::RestoreMember { member } => self.restore_member(member),
            Operation::RemoveMember { member, successor } => self.remove_member(member, successor.as_deref()),
            Operation::LeaveOrganization { successor } => self.leave(successor.as_deref()),
            Operation::CreateGroup { group, name, members } => {
                self.create_group(group, name.as_deref(), members)
            }
            Operation::AddToGroup { group, member } => self.add_to_group(group, member),
            Operation::RemoveFromGroup { group, member } => self.remove_from_group(group, member),
            Operation::DeleteGroup { group } => self.delete_group(group),
            Operation::ConfigureSso { default, map } => self.configure_sso(default, map),
            _ => return None,
        })
    }

    /// Projects, service accounts and keys.
    fn in_project(&mut self, operation: &'d Operation) -> Option<Step<()>> {
        Some(match operation {
            Operation::CreateProject { project, name } => self.create_project(project, name.as_deref()),
            Operation::RenameProject { project, name } => self.rename_project(project, name),
            Operation::DeleteProject { project } => self.delete_project(project),
            Operation::MoveProject { project, .. } => self.move_project(project),
            Operation::AddProjectMember { project, member, roles, until } => {
                self.add_project_member(project, member, roles.as_deref(), *until)
            }
            Operation::ChangeProjectMember { project, member, roles, until } => {
                self.change_project_member(project, member, roles, *until)
            }
            Operation::RemoveProjectMember { project, member, successor } => {
                self.remove_project_member(project, member, successor.as_deref())
            }
            Operation::CreateServiceAccount { account, name, roles } => {
                self.create_service_account(account, name.as_deref(), roles)
            }
            Operation::ChangeServiceAccount { account, roles } => self.change_service_account(account, roles),
            Operation::DeleteServiceAccount { account } => self.delete_service_account(account),
            Operation::CreateApiKey { project, key, name, roles } => {
                self.create_api_key(project, key, name.as_deref(), roles.as_deref())
            }
            Operation::ChangeApiKey { key, roles } => self.change_api_key(key, roles),
            Operation::RotateApiKey { key } => self.rotate_api_key(key),
            Operation::DeleteApiKey { key } => self.delete_api_key(key),
            _ => return None,
        })
    }

    /// Resources and shares.
    fn with_content(&mut self, operation: &'d Operation) -> Option<Step<()>> {
        Some(match operation {
            Operation::CreateResource { resource, parent, name, uses } => {
                self.create_resource(resource, parent.as_deref(), name.as_deref(), uses)
            }
            Operation::ChangeResource { resource, name, uses } => {
                self.change_resource(resource, name.as_deref(), uses.as_deref())
            }
            Operation::DeleteResource { resource } => self.delete_resource(resource),
            Operation::Share { resource, with, role, until } => self.share(resource, with, role, *until),
            Operation::ChangeShare { resource, with, role, until } => {
                self.change_share(resource, with, role, *until)
            }
            Operation::Unshare { resource, with, successor } => {
                self.unshare(resource, with, successor.as_deref())
            }
            _ => return None,
        })
    }

    /// What only the host may do.
    fn by_host(&mut self, operation: &'d Operation) -> Step<()> {
        if !self.actor.is_host() {
            return Err(Stop::denied(Reason::NoRole, text::HOST));
        }
        match operation {
            Operation::SignUp { person, email, name } => {
                self.sign_up(person, email.as_deref(), name.as_deref())
            }
            Operation::VerifyDomain { domain } => self.verify_domain(domain),
            Operation::ReleaseDomain { domain } => self.release_domain(domain),
            Operation::SignIn { person, email, name, asserted } => {
                self.sign_in(person, email.as_deref(), name.as_deref(), asserted.as_deref())
            }
            Operation::ChangeEdition { edition } => self.change_edition(edition),
            _ => Err(Stop::denied(Reason::UnknownAction, "")),
        }
    }

    /// The organization of the command; who is not active there is told so.
    fn home(&self) -> Step<OrganizationId> {
        let home = self.facts.organization_named(&self.command.organization);
        match home {
            Some(home) if self.actor.is_host() => Ok(home),
            None if self.actor.is_host() => Err(Stop::denied(Reason::NotAMember, text::NO_ORGANIZATION)),
            _ => {
                let subject = self.facts.principal(self.actor.name());
                let Some(subject) = subject else {
                    return Err(Stop::denied(Reason::UnknownPrincipal, text::NOBODY));
                };
                let standing = home.map_or(Standing::Outside, |home| self.facts.standing(subject, home));
                match (home, standing) {
                    (Some(home), Standing::Active) => Ok(home),
                    (_, Standing::Suspended) => Err(Stop::denied(Reason::Suspended, text::SUSPENDED)),
                    _ => Err(Stop::denied(Reason::NotAMember, text::NOT_A_MEMBER)),
                }
            }
        }
    }

    /// The organization's own resource.
    fn home_resource(&self, home: OrganizationId) -> ResourceId {
        self.facts.organization(home).map_or(PLATFORM, |row| row.resource)
    }

    /// Whoever asks acts on themselves.
    fn is_self(&self, subject: Subject) -> bool {
        self.facts.principal(self.actor.name()) == Some(subject)
    }

    /// A user, service account, group or `members` of this organization; anything else is unknown here, wherever it
    /// may be (rule 1).
    fn target(&self, name: &str, home: OrganizationId) -> Step<Subject> {
        let subject = self.facts.subject_named(name, home);
        let inside = subject.filter(|subject| match subject {
            Subject::Members(_) => true,
            Subject::Group(place) => {
                self.facts.groups.get(*place).is_some_and(|row| row.organization == home)
            }
            Subject::ApiKey(_) => false,
            _ => self.facts.standing(*subject, home) != Standing::Outside,
        });
        inside.ok_or_else(|| Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE))
    }

    /// A member of this organization.
    fn member(&self, name: &str, home: OrganizationId) -> Step<u32> {
        match self.target(name, home)? {
            Subject::User(person) => Ok(person),
            _ => Err(Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE)),
        }
    }

    /// A new id that nothing has or ever had.
    fn unused(&self, kind: &str, id: &str, taken: bool) -> Step<()> {
        if taken || self.facts.was_retired(kind, id) {
            return Err(Stop::denied(Reason::Conflict, text::TAKEN));
        }
        Ok(())
    }

    /// The bindings of a subject right on a resource.
    fn bound_here(&self, subject: Subject, resource: ResourceId) -> Vec<Binding> {
        let mut bound = self.facts.bound_on(subject, &[resource]);
        bound.retain(|known| known.resource == resource);
        bound
    }

    /// A fact comes.
    #[inline(never)]
    fn comes(&mut self, fact: Fact) {
        self.added.push(fact);
    }

    /// A fact goes.
    #[inline(never)]
    fn goes(&mut self, fact: Fact) {
        self.removed.push(fact);
    }

    fn take(&mut self, subject: Subject, binding: Binding) {
        let fact = self.facts.binding_fact(self.model, subject, binding);
        self.goes(fact);
    }

    fn give(&mut self, subject: Subject, resource: ResourceId, role: RoleId, until: u64) {
        let fact = self.facts.binding_fact(self.model, subject, Binding { resource, role, until });
        self.comes(fact);
    }

    /// A subject holds exactly these on a resource from now on; what stays as it is stays untouched.
    fn replace(
        &mut self,
        subject: Subject,
        resource: ResourceId,
        old: &[Binding],
        roles: &[RoleId],
        until: u64,
    ) {
        let mut kept: Vec<RoleId> = Vec::new();
        for binding in old {
            if binding.until == until && roles.contains(&binding.role) {
                kept.push(binding.role);
            } else {
                self.take(subject, *binding);
            }
        }
        for role in roles {
            if !kept.contains(role) {
                self.give(subject, resource, *role, until);
            }
        }
    }

    fn retire(&mut self, kind: &str, id: &str) {
        self.comes(Fact::Retired { id: [kind, "/", id].concat() });
    }

    fn note(&mut self, note: Note) {
        self.notes.push(note);
    }
}

/// The end of a binding as facts have it.
fn end(until: Option<u64>) -> u64 {
    until.unwrap_or(NEVER)
}
