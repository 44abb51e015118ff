//! Organizations come, are renamed, go, and move between editions (rules 8 and 12).

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Fact, OrganizationId, Subject, is_address, not_an_address};
use crate::error::{Code, Error};

impl Plan<'_> {
    pub(super) fn create_organization(&mut self, name: Option<&str>, from: Option<&str>) -> Step<()> {
        let Some(subject) = self.facts.principal(self.actor.name()) else {
            return Err(Stop::denied(Reason::UnknownPrincipal, text::NOBODY));
        };
        self.must_be_allowed(subject)?;
        let id = self.command.organization.as_str();
        self.must_be_first(from)?;
        let kind = self.model.kind(self.model.organization);
        self.unused(&kind.name, id, self.facts.organization_named(id).is_some())?;
        let edition = self.model.editions.first().map(|edition| edition.name.clone()).unwrap_or_default();
        let creator = self.actor.name().to_owned();
        let top = kind.top.map(|top| self.model.role(top).name.as_str()).unwrap_or_default();
        self.comes(Fact::Organization {
            id: id.to_owned(),
            name: name.map(str::to_owned),
            edition,
            creator: Some(creator.clone()),
        });
        let binding = Fact::binding(&creator, top, &[&kind.name, "/", id].concat(), None);
        self.comes(Fact::Member { organization: id.to_owned(), member: creator, suspended_by: None });
        self.comes(binding);
        Ok(())
    }

    /// Everybody known holds `person` on the platform; whether that creates organizations is the policy's word.
    fn must_be_allowed(&self, subject: Subject) -> Step<()> {
        let kind = self.model.kind(self.model.organization);
        let platform = self.model.kind(self.model.platform);
        let action = kind.create.and_then(|bit| Some((bit, platform.actions.get(bit)?)));
        let held = matches!(subject, Subject::User(_)).then(|| self.model.role(self.model.person));
        match (action, held) {
            (Some((_, action)), _) if !action.available => {
                Err(Stop::denied(Reason::NotAvailableYet, text::NOT_AVAILABLE_YET))
            }
            (Some((bit, _)), Some(person)) if person.on(self.model.platform).has(bit) => Ok(()),
            _ => Err(Stop::denied(Reason::NoRole, text::NOT_MAPPED)),
        }
    }

    /// One address creates one organization; a further one comes from one whose policy and edition allow it.
    fn must_be_first(&self, from: Option<&str>) -> Step<()> {
        let creator = Some(self.actor.name());
        if !self.facts.organizations.iter().any(|(_, row)| row.creator.as_deref() == creator) {
            return Ok(());
        }
        match (self.model.further, from) {
            (None, _) => Err(Stop::denied(Reason::Conflict, text::ONE_ORGANIZATION)),
            (Some(_), None) => Err(Stop::denied(Reason::Conflict, text::FURTHER)),
            (Some(bit), Some(from)) => {
                let actor = super::Actor::new(self.directory, Some(self.actor.name()), from, self.now);
                actor.must(self.model.organization, bit, from).map(drop)
            }
        }
    }

    pub(super) fn rename_organization(&mut self, label: &str) -> Step<()> {
        let home = self.guard_home("rename_organization")?;
        self.rewrite_organization(home, |name, _| *name = Some(label.to_owned()));
        Ok(())
    }

    /// The organization's row with another name or edition.
    fn rewrite_organization(
        &mut self,
        home: OrganizationId,
        change: impl FnOnce(&mut Option<String>, &mut String),
    ) {
        let row = || self.facts.organization_fact(self.model, home);
        let (Some(old), Some(mut new)) = (row(), row()) else { return };
        if let Fact::Organization { name, edition, .. } = &mut new {
            change(name, edition);
        }
        self.rewrite(old, new);
    }

    pub(super) fn delete_organization(&mut self) -> Step<()> {
        let home = self.guard_home("delete_organization")?;
        let Some(row) = self.facts.organization(home) else { return Ok(()) };
        // What names others goes before what it names, so that taking it back finds everything.
        for place in row.invites.places() {
            self.facts.invites.get(place).into_iter().for_each(|invite| self.close(invite));
        }
        self.facts.sso_fact(home).into_iter().for_each(|fact| self.goes(fact));
        self.demolish(row.resource);
        let groups = self.facts.groups.iter().filter(|(_, row)| row.organization == home);
        groups.map(|(place, _)| Subject::Group(place)).for_each(|group| self.drop_group(group));
        let accounts = self.facts.accounts.iter().filter(|(_, row)| row.organization == home);
        accounts
            .map(|(place, _)| Subject::ServiceAccount(place))
            .for_each(|account| self.drop_holder("service_account", account));
        for (person, by) in row.members.as_slice() {
            self.goes(self.facts.member_fact(home, *person, *by));
        }
        for (domain, _) in self.facts.domains.names().iter().filter(|(_, known)| *known == home.0) {
            self.goes(self.domain_fact(domain));
        }
        self.facts.organization_fact(self.model, home).into_iter().for_each(|fact| self.goes(fact));
        self.retire(&self.model.kind(self.model.organization).name, &self.command.organization);
        Ok(())
    }

    /// Never deletes anything: what lacks its feature stops being granted, a limit stops what adds (rule 8).
    pub(super) fn change_edition(&mut self, wanted: &str) -> Step<()> {
        if !self.model.editions.iter().any(|known| known.name == wanted) {
            let text = ["`", wanted, "` is not an edition of the policy"];
            return Err(Error::of(Code::UnknownEdition, "edition", &text).into());
        }
        self.must_operate("change_edition")?;
        let home = self.home()?;
        self.rewrite_organization(home, |_, edition| wanted.clone_into(edition));
        Ok(())
    }

    /// The host holds the platform's role `operator`, and nobody else does.
    fn must_operate(&self, command: &str) -> Step<()> {
        let guarded = self.model.commands.iter().find(|known| known.name == command);
        let bit = guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == self.model.platform));
        let operator =
            self.model.role_named(self.model.platform, "operator").map(|role| self.model.role(role));
        match (operator, bit) {
            (Some(operator), Some((_, bit))) if operator.on(self.model.platform).has(*bit) => Ok(()),
            _ => Err(Stop::denied(Reason::NoRole, text::NOT_MAPPED)),
        }
    }

    pub(super) fn sign_up(&mut self, person: &str, email: Option<&str>, name: Option<&str>) -> Step<()> {
        self.must_be_new(person, email)?;
        let known = self.facts.people.find(person).is_some();
        let taken = known || self.facts.addresses.contains_key(email.unwrap_or(person));
        if taken {
            return Err(Stop::denied(Reason::Conflict, text::KNOWN_ALREADY));
        }
        self.add_person(person, email, name);
        Ok(())
    }

    pub(super) fn add_person(&mut self, person: &str, email: Option<&str>, name: Option<&str>) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        self.comes(Fact::Person { id: person.to_owned(), email: owned(email), name: owned(name) });
    }

    /// Everybody has one address in normal form, their id or beside it.
    pub(super) fn must_be_new(&self, person: &str, email: Option<&str>) -> Step<()> {
        let (place, address) = email.map_or(("person", person), |email| ("email", email));
        if !is_address(address) {
            return Err(not_an_address(place).into());
        }
        if email.is_some() && is_address(person) {
            let text = "an id that is an address is the person's own, leave `email` out or use another id";
            return Err(Error::of(Code::Address, "person", &[text]).into());
        }
        Ok(())
    }
}
