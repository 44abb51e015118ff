//! Single sign-on (rule 14): domains, what a first sign-in gives, and what a provider asserts.

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{
    Assertions, Binding, Fact, NEVER, Note, OrganizationId, ResourceId, Subject, SuspendedBy, asserted,
    check_domain, check_sso, in_order, role_named,
};
use crate::order::sorted;
use crate::policy::{Counts, Holder, RoleId};
use crate::text::parted;

impl Plan<'_> {
    pub(super) fn configure_sso(&mut self, default: &[String], map: &Assertions) -> Step<()> {
        let home = self.guard_home("configure_sso")?;
        check_sso(self.model, self.facts, home, default, map)?;
        for (resource, role) in self.named(home, default, map) {
            self.actor.must_grant(resource, role, NEVER)?;
        }
        let new = Fact::Sso {
            organization: self.command.organization.clone(),
            default: sorted(default, String::cmp),
            map: in_order(map),
        };
        self.rewrite_sso(self.facts.sso_fact(home), new);
        Ok(())
    }

    /// Every role that a configuration names, with its place.
    fn named(&self, home: OrganizationId, default: &[String], map: &Assertions) -> Vec<(ResourceId, RoleId)> {
        let resource = self.home_resource(home);
        let mut named = Vec::new();
        for name in default {
            if let Ok(role) = role_named(self.model, self.model.organization, name) {
                named.push((resource, role));
            }
        }
        for (_, roles) in map.as_slice() {
            for role in roles {
                named.extend(asserted(self.model, self.facts, home, role));
            }
        }
        named
    }

    pub(super) fn domain_fact(&self, domain: &str) -> Fact {
        Fact::Domain { organization: self.command.organization.clone(), domain: domain.to_owned() }
    }

    pub(super) fn verify_domain(&mut self, domain: &str) -> Step<()> {
        check_domain(domain).map_err(|error| error.within("domain"))?;
        self.home()?;
        if self.facts.domains.contains_key(domain) {
            return Err(Stop::denied(Reason::Conflict, text::DOMAIN));
        }
        self.comes(self.domain_fact(domain));
        Ok(())
    }

    pub(super) fn release_domain(&mut self, domain: &str) -> Step<()> {
        let home = self.home()?;
        if self.facts.domains.get(domain) != Some(home.0) {
            return Err(Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING));
        }
        self.goes(self.domain_fact(domain));
        Ok(())
    }

    pub(super) fn sign_in(
        &mut self,
        person: &str,
        email: Option<&str>,
        name: Option<&str>,
        values: Option<&[String]>,
    ) -> Step<()> {
        let home = self.home()?;
        self.must_have_sso(home)?;
        let known = self.facts.people.find(person);
        let address = match known.and_then(|place| self.facts.people.get(place)) {
            Some(row) => row.address().to_owned(),
            None => {
                self.must_be_new(person, email)?;
                email.unwrap_or(person).to_owned()
            }
        };
        let domain = parted(&address, b'@').map(|(_, domain)| domain).unwrap_or_default();
        if self.facts.domains.get(domain) != Some(home.0) {
            return Err(Stop::denied(Reason::NotAMember, text::OTHER_DOMAIN));
        }
        let member = known
            .filter(|place| self.facts.organization(home).is_some_and(|row| row.members.contains_key(place)));
        match member {
            Some(person) => values.map_or(Ok(()), |values| self.assert(home, person, values)),
            None => {
                if known.is_none() && self.facts.addresses.contains_key(address.as_str()) {
                    return Err(Stop::denied(Reason::Conflict, text::KNOWN_ALREADY));
                }
                if known.is_none() {
                    self.add_person(person, email, name);
                }
                self.enter(home, person, &address, values)
            }
        }
    }

    /// The feature of the action that configures it is needed to use it, too (rule 8).
    fn must_have_sso(&self, home: OrganizationId) -> Step<()> {
        let guarded = self.model.commands.iter().find(|known| known.name == "configure_sso");
        let bit =
            guarded.and_then(|known| known.actions.iter().find(|(on, _)| *on == self.model.organization));
        let action = bit.and_then(|(kind, bit)| self.model.kind(*kind).actions.get(*bit));
        match action {
            None => Err(Stop::denied(Reason::NoRole, text::NOT_MAPPED)),
            Some(action)
                if action.feature.is_some_and(|feature| !self.directory.has_feature(home, feature)) =>
            {
                Err(Stop::denied(Reason::FeatureUnavailable, text::FEATURE))
            }
            Some(_) => Ok(()),
        }
    }

    /// A first sign-in: the asserted roles, or the default ones.
    fn enter(
        &mut self,
        home: OrganizationId,
        person: &str,
        address: &str,
        values: Option<&[String]>,
    ) -> Step<()> {
        let who = ["user/", person].concat();
        let pending = self.facts.organization(home).and_then(|row| row.invites.get(address));
        let pending = pending.and_then(|place| self.facts.invites.get(place));
        if pending.is_none() && !self.has_room_for_users(home) {
            return Err(Stop::denied(Reason::LimitReached, text::LIMIT));
        }
        if let Some(invite) = pending {
            self.close(invite); // who signs in is a member, and members are not invited
        }
        let resource = self.home_resource(home);
        let default =
            self.facts.organization(home).and_then(|row| row.sso.as_deref()).map(|sso| sso.default.clone());
        let asserted = values.map(|values| self.asserted_roles(home, values));
        let mut roles = asserted.unwrap_or_default();
        let known = roles.iter().any(|(place, _)| *place == resource);
        if !known {
            let default = self.named(home, &default.unwrap_or_default(), &Assertions::default());
            if default.is_empty() {
                return Err(Stop::denied(Reason::NotGrantable, text::NO_DEFAULT));
            }
            roles.extend(default);
        }
        let suspended_by = (values.is_some() && !known).then_some(SuspendedBy::Sso);
        self.note_suspension(&who, suspended_by);
        self.comes(Fact::Member {
            organization: self.command.organization.clone(),
            member: who.clone(),
            suspended_by,
        });
        for (place, role) in roles {
            let on = self.facts.resource_name(self.model, place);
            self.comes(Fact::binding(&who, &self.model.role(role).name, &on, None));
        }
        Ok(())
    }

    fn note_suspension(&mut self, member: &str, by: Option<SuspendedBy>) {
        if by.is_some() {
            self.note(Note::Suspended { member: member.to_owned() });
        }
    }

    /// Whether one more user fits into every limit that counts users.
    fn has_room_for_users(&self, home: OrganizationId) -> bool {
        let Some(row) = self.facts.organization(home) else { return false };
        let Some(edition) = self.model.editions.get(row.edition) else { return false };
        let counted = self.model.limits.iter().zip(&edition.limits).zip(&row.used);
        let users = |counts: Counts| matches!(counts, Counts::Holder(Holder::User | Holder::Members));
        counted
            .filter(|((limit, _), _)| users(limit.counts))
            .all(|((_, most), used)| most.is_none_or(|most| *used < most))
    }

    /// What values stand for, each role once; unknown values are reported.
    fn asserted_roles(&mut self, home: OrganizationId, values: &[String]) -> Vec<(ResourceId, RoleId)> {
        let sso = self.facts.organization(home).and_then(|row| row.sso.as_deref());
        let mut roles: Vec<(ResourceId, RoleId)> = Vec::new();
        for value in values {
            let Some(named) = sso.and_then(|sso| sso.map.get(value)) else {
                self.note(Note::UnknownValue { value: value.clone() });
                continue;
            };
            let found = named.iter().filter_map(|role| asserted(self.model, self.facts, home, role).ok());
            for role in found {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    /// An assertion about a member replaces organization and project roles; shares and groups stay.
    fn assert(&mut self, home: OrganizationId, person: u32, values: &[String]) -> Step<()> {
        let subject = Subject::User(person);
        let resource = self.home_resource(home);
        let mut roles = self.asserted_roles(home, values);
        let known = roles.iter().any(|(place, _)| *place == resource);
        let mut old = self.bound_in(subject, home);
        old.retain(|held| self.is_asserted(*held));
        self.keep_last(person, &old, &mut roles);
        let owner = roles.iter().any(|(place, _)| *place == resource);
        if !owner {
            // Nothing is known of them here: their organization roles stay, they are suspended.
            for held in old.iter().filter(|held| held.resource == resource) {
                roles.push((resource, held.role));
            }
        }
        let mut stays = Vec::new();
        for held in old {
            let role = (held.resource, held.role);
            if held.until == NEVER && roles.contains(&role) {
                stays.push(role);
            } else {
                self.take(subject, held);
            }
        }
        for (place, role) in roles.iter().filter(|role| !stays.contains(role)) {
            self.give(subject, *place, *role, NEVER);
        }
        self.resuspend(home, person, known || owner)
    }

    /// An organization or a project role: what an assertion speaks of.
    fn is_asserted(&self, held: Binding) -> bool {
        let kind = self.facts.resource(held.resource).map(|row| row.kind);
        kind == Some(self.model.organization) || kind.is_some() && kind == self.model.project
    }

    /// The last owner keeps the top role, and the change says so.
    fn keep_last(&mut self, person: u32, old: &[Binding], roles: &mut Vec<(ResourceId, RoleId)>) {
        for held in old {
            let Some(kind) = self.facts.resource(held.resource).map(|row| row.kind) else { continue };
            let top = self.model.keeps_owner(kind) && self.model.kind(kind).top == Some(held.role);
            let goes = !roles.contains(&(held.resource, held.role));
            if top && goes && self.is_last_owner(person, held.resource) {
                roles.push((held.resource, held.role));
                let on = self.facts.resource_name(self.model, held.resource);
                self.note(Note::Kept { role: self.model.role(held.role).name.clone(), on });
            }
        }
    }

    /// Without a known organization role one is suspended; with one, only what an assertion did is lifted.
    fn resuspend(&mut self, home: OrganizationId, person: u32, known: bool) -> Step<()> {
        let wanted = match self.suspended_by(home, person) {
            Some(SuspendedBy::Member) => return Ok(()),
            before if known && before.is_none() => return Ok(()),
            Some(SuspendedBy::Sso) if !known => return Ok(()),
            _ => (!known).then_some(SuspendedBy::Sso),
        };
        if wanted.is_some() {
            self.must_not_be_last(person, home)?;
        }
        self.note_suspension(&self.facts.subject_name(Subject::User(person)), wanted);
        self.suspend(home, person, wanted);
        Ok(())
    }
}
