//! Projects and who is in them.

use super::stop::{Step, Stop};
use super::{Plan, end, text};
use crate::decision::Reason;
use crate::directory::{
    Binding, Fact, OrganizationId, ResourceId, Subject, role_required, roles_for, top_ends,
};
use crate::policy::{KindId, RoleId};

impl Plan<'_> {
    /// The kind `project`; a policy without one has no such commands.
    fn project_kind(&self) -> Step<KindId> {
        self.model.project.ok_or_else(|| Stop::denied(Reason::UnknownKind, text::NO_KIND))
    }

    /// A project of this organization, on which the command's action is allowed.
    pub(super) fn guard_project(&self, command: &str, project: &str) -> Step<(OrganizationId, ResourceId)> {
        let kind = self.project_kind()?;
        let home = self.home()?;
        Ok((home, self.guard_named(command, kind, project)?))
    }

    pub(super) fn create_project(&mut self, project: &str, name: Option<&str>) -> Step<()> {
        let kind = self.project_kind()?;
        let home = self.home()?;
        let parent = self.home_resource(home);
        self.guard_create(kind, parent)?;
        self.unused(
            &self.model.kind(kind).name,
            project,
            self.facts.resource_named(kind, project).is_some(),
        )?;
        self.create_below(kind, project, parent, name, &[])
    }

    /// The action that creates things of a kind, on what they lie in.
    pub(super) fn guard_create(&self, kind: KindId, parent: ResourceId) -> Step<()> {
        let known = self.model.kind(kind);
        let above = self.facts.resource(parent).filter(|row| known.parent == Some(row.kind));
        let (Some(above), Some(bit)) = (above, known.create) else {
            return Err(Stop::denied(Reason::NoRole, text::NOT_MAPPED));
        };
        self.actor.must(above.kind, bit, &above.id)?;
        if known.available {
            return Ok(());
        }
        Err(Stop::denied(Reason::NotAvailableYet, text::NOT_AVAILABLE_YET))
    }

    /// A new thing; who creates it holds the role that its kind names as `creator` (rules 4 and 6).
    pub(super) fn create_below(
        &mut self,
        kind: KindId,
        id: &str,
        parent: ResourceId,
        name: Option<&str>,
        uses: &[String],
    ) -> Step<()> {
        let known = self.model.kind(kind);
        let subject = self.facts.principal(self.actor.name());
        let needed = self.model.keeps_owner(kind) || !known.sharing.is_empty();
        let role =
            known.creator.filter(|role| subject.is_some_and(|who| self.model.may_hold(who.holder(), *role)));
        let person = matches!(subject, Some(Subject::User(_)));
        if needed && (role.is_none() || !person) {
            return Err(Stop::denied(Reason::NotGrantable, text::NOT_FOR_SELF));
        }
        let on = [&known.name, "/", id].concat();
        self.comes(Fact::Resource {
            id: on.clone(),
            parent: self.facts.resource_name(self.model, parent),
            name: name.map(str::to_owned),
            creator: Some(self.actor.name().to_owned()),
            uses: uses.to_vec(),
        });
        if let Some(role) = role {
            self.comes(Fact::binding(self.actor.name(), &self.model.role(role).name, &on, None));
        }
        Ok(())
    }

    pub(super) fn rename_project(&mut self, project: &str, name: &str) -> Step<()> {
        let (_, resource) = self.guard_project("rename_project", project)?;
        self.rename(resource, name);
        Ok(())
    }

    pub(super) fn delete_project(&mut self, project: &str) -> Step<()> {
        let (home, resource) = self.guard_project("delete_project", project)?;
        self.forget_project(home, resource);
        self.demolish(resource);
        Ok(())
    }

    /// A project belongs to one organization for good (rule 1).
    pub(super) fn move_project(&self, project: &str) -> Step<()> {
        let kind = self.project_kind()?;
        let home = self.home()?;
        let found = self.facts.resource_named(kind, project).and_then(|id| self.facts.resource(id));
        match found.filter(|row| row.organization == Some(home)) {
            Some(_) => Err(Stop::denied(Reason::ContactSupport, text::MOVE)),
            None => Err(Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING)),
        }
    }

    pub(super) fn add_project_member(
        &mut self,
        project: &str,
        member: &str,
        names: Option<&[String]>,
        until: Option<u64>,
    ) -> Step<()> {
        let (home, resource) = self.guard_project("add_project_member", project)?;
        let subject = self.newcomer(member, home)?;
        let roles = self.chosen(subject, home, resource, names, until)?;
        let old = self.bound_here(subject, resource);
        if !self.live(&old).is_empty() {
            return Err(Stop::denied(Reason::Conflict, text::ALREADY_IN));
        }
        self.must_grant_all(resource, &roles, end(until))?;
        self.replace(subject, resource, &old, &roles, end(until));
        Ok(())
    }

    /// Somebody who is given something: belongs here and is not suspended.
    pub(super) fn newcomer(&self, name: &str, home: OrganizationId) -> Step<Subject> {
        let subject = self.target(name, home)?;
        let principal = matches!(subject, Subject::User(_) | Subject::ServiceAccount(_));
        if principal && !self.is_active(subject, home) {
            return Err(Stop::denied(Reason::Suspended, text::TARGET_SUSPENDED));
        }
        Ok(subject)
    }

    /// The roles chosen, or those by default (rule 4).
    fn chosen(
        &self,
        subject: Subject,
        home: OrganizationId,
        resource: ResourceId,
        names: Option<&[String]>,
        until: Option<u64>,
    ) -> Step<Vec<RoleId>> {
        let Some(names) = names else {
            let bound = self.bound_here(subject, self.home_resource(home));
            let mut held = Vec::with_capacity(bound.len());
            bound.iter().for_each(|binding| held.push(binding.role));
            let defaults = self.defaults(resource, &held);
            return if defaults.is_empty() {
                Err(role_required().into())
            } else {
                self.lasting(&defaults, until)
            };
        };
        let kind = self.project_kind()?;
        self.lasting(&roles_for(self.model, kind, subject.holder(), names)?, until)
    }

    /// A top role is never bound with an end (rule 10).
    fn lasting(&self, roles: &[RoleId], until: Option<u64>) -> Step<Vec<RoleId>> {
        let top = |role: &RoleId| self.model.kind(self.model.role(*role).kind).top == Some(*role);
        match roles.iter().position(top).filter(|_| until.is_some()) {
            Some(index) => {
                let role = roles.get(index).map(|role| self.model.role(*role).name.as_str());
                Err(top_ends(role.unwrap_or_default()).at("roles", index).into())
            }
            None => Ok(roles.to_vec()),
        }
    }

    pub(super) fn change_project_member(
        &mut self,
        project: &str,
        member: &str,
        names: &[String],
        until: Option<u64>,
    ) -> Step<()> {
        let (home, resource) = self.guard_project("change_project_member", project)?;
        let subject = self.target(member, home)?;
        let old = self.held_here(subject, resource)?;
        let roles = self.chosen(subject, home, resource, Some(names), until)?;
        self.must_grant_held(subject, resource)?;
        self.must_grant_all(resource, &roles, end(until))?;
        self.must_keep_owner(subject, resource, &roles)?;
        self.replace(subject, resource, &old, &roles, end(until));
        Ok(())
    }

    /// What a target holds right there; who holds nothing is unknown there.
    pub(super) fn held_here(&self, subject: Subject, resource: ResourceId) -> Step<Vec<Binding>> {
        let old = self.bound_here(subject, resource);
        if old.is_empty() { Err(Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE)) } else { Ok(old) }
    }

    /// Rule 10, where projects keep owners of their own.
    fn must_keep_owner(&self, subject: Subject, resource: ResourceId, roles: &[RoleId]) -> Step<()> {
        let Subject::User(person) = subject else { return Ok(()) };
        let Some(kind) = self.facts.resource(resource).map(|row| row.kind) else { return Ok(()) };
        let stays = self.model.kind(kind).top.is_none_or(|top| roles.contains(&top));
        if !stays && self.model.keeps_owner(kind) && self.is_last_owner(person, resource) {
            return Err(Stop::denied(Reason::LastOwner, text::LAST_PROJECT_OWNER));
        }
        Ok(())
    }

    pub(super) fn remove_project_member(
        &mut self,
        project: &str,
        member: &str,
        successor: Option<&str>,
    ) -> Step<()> {
        let kind = self.project_kind()?;
        let own = self.facts.principal(member).filter(|subject| self.is_self(*subject));
        let home = self.home()?;
        let (home, resource) = match self.own_place(own, kind, project, home) {
            Some(resource) => (home, resource),
            None => self.guard_project("remove_project_member", project)?,
        };
        let subject = self.target(member, home)?;
        let old = self.held_here(subject, resource)?;
        if own.is_none() {
            self.must_grant_held(subject, resource)?;
        }
        self.give_up(subject, home, &old, successor)
    }

    /// A thing of this organization on which the actor themselves is bound: giving that up needs nothing (rule 11).
    pub(super) fn own_place(
        &self,
        own: Option<Subject>,
        kind: KindId,
        id: &str,
        home: OrganizationId,
    ) -> Option<ResourceId> {
        let resource = self.facts.resource_named(kind, id)?;
        let here = self.facts.resource(resource)?.organization == Some(home);
        let bound = own.is_some_and(|own| !self.bound_here(own, resource).is_empty());
        (here && bound).then_some(resource)
    }

    /// Takes bindings away; what would lose its last owner or holder goes to the successor.
    pub(super) fn give_up(
        &mut self,
        subject: Subject,
        home: OrganizationId,
        old: &[Binding],
        successor: Option<&str>,
    ) -> Step<()> {
        let person = match subject {
            Subject::User(person) => Some(person),
            _ => None,
        };
        let heir = match (person, successor) {
            (Some(person), Some(name)) => Some(self.successor(name, person, home)?),
            _ => None,
        };
        for binding in old {
            if let Some(person) = person {
                self.hand_over(person, *binding, heir)?;
            }
            self.take(subject, *binding);
        }
        Ok(())
    }
}
