//! Groups: who is added gets all that the group holds (rule 11).

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Binding, Fact, OrganizationId, Subject};
use crate::error::{Code, Error};
use crate::order::twin;

impl Plan<'_> {
    pub(super) fn create_group(&mut self, group: &str, name: Option<&str>, members: &[String]) -> Step<()> {
        let home = self.guard_home("create_group")?;
        self.unused("group", group, self.facts.groups.find(group).is_some())?;
        let (id, organization) = (group.to_owned(), self.command.organization.clone());
        self.comes(Fact::Group { id, organization, name: name.map(str::to_owned) });
        if let Some(index) = twin(members, String::cmp) {
            let error = Error::of(Code::Duplicate, "", &["somebody stands here twice, name each once"]);
            return Err(error.at("members", index).into());
        }
        for member in members {
            self.member(member, home)?;
            self.comes(Fact::Grouped { group: group.to_owned(), member: member.clone() });
        }
        Ok(())
    }

    /// A group of this organization.
    fn group(&self, group: &str, home: OrganizationId) -> Step<Subject> {
        self.target(&["group/", group].concat(), home)
    }

    fn is_in(&self, group: Subject, person: u32) -> bool {
        let Subject::Group(place) = group else { return false };
        self.facts.people.get(person).is_some_and(|row| row.groups.contains(&place))
    }

    pub(super) fn add_to_group(&mut self, group: &str, member: &str) -> Step<()> {
        let home = self.guard_home("add_to_group")?;
        let subject = self.group(group, home)?;
        let person = self.member(member, home)?;
        if self.is_in(subject, person) {
            return Err(Stop::denied(Reason::Conflict, text::ALREADY_SO));
        }
        for binding in self.live(self.facts.bound(subject)) {
            self.actor.must_grant(binding.resource, binding.role, binding.until)?;
        }
        self.comes(Fact::Grouped { group: group.to_owned(), member: member.to_owned() });
        Ok(())
    }

    pub(super) fn remove_from_group(&mut self, group: &str, member: &str) -> Step<()> {
        let home = self.home()?;
        let own = self.facts.principal(member).filter(|subject| self.is_self(*subject));
        if own.is_none() {
            self.guard_home("remove_from_group")?;
        }
        let subject = self.group(group, home)?;
        let person = self.member(member, home)?;
        if !self.is_in(subject, person) {
            return Err(Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE));
        }
        self.goes(Fact::Grouped { group: group.to_owned(), member: member.to_owned() });
        Ok(())
    }

    pub(super) fn delete_group(&mut self, group: &str) -> Step<()> {
        let home = self.guard_home("delete_group")?;
        let subject = self.group(group, home)?;
        let bound: Vec<Binding> = self.bound_in(subject, home);
        bound.into_iter().for_each(|binding| self.take(subject, binding));
        self.drop_group(subject);
        Ok(())
    }

    /// A group goes with its memberships; what it holds was taken before.
    pub(super) fn drop_group(&mut self, subject: Subject) {
        let Subject::Group(place) = subject else { return };
        let Some(row) = self.facts.groups.get(place) else { return };
        for person in &row.members {
            let member = self.facts.subject_name(Subject::User(*person));
            self.goes(Fact::Grouped { group: str::to_owned(&row.id), member });
        }
        self.drop_holder("group", subject);
    }
}
