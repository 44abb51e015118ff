//! Service accounts and API keys (rule 9): who touches their credentials holds all that they hold.

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Fact, NEVER, OrganizationId, ResourceId, Subject, role_required, roles_for};
use crate::policy::{Holder, RoleId};

/// Stands for an account or key that is not there yet: what it would hold depends on its kind alone.
const NEW_ACCOUNT: Subject = Subject::ServiceAccount(u32::MAX);
const NEW_KEY: Subject = Subject::ApiKey(u32::MAX);

impl Plan<'_> {
    pub(super) fn create_service_account(
        &mut self,
        account: &str,
        name: Option<&str>,
        names: &[String],
    ) -> Step<()> {
        let roles = self.account_roles(names)?;
        let home = self.guard_home("create_service_account")?;
        self.must_pay(home, Holder::ServiceAccount)?;
        self.unused("service_account", account, self.facts.accounts.find(account).is_some())?;
        let resource = self.home_resource(home);
        self.must_hand(resource, &roles, NEW_ACCOUNT)?;
        self.comes(Fact::ServiceAccount {
            id: account.to_owned(),
            organization: self.command.organization.clone(),
            name: name.map(str::to_owned),
            suspended: false,
        });
        self.give_new(&["service_account/", account].concat(), resource, &roles);
        Ok(())
    }

    /// A service account may hold nothing on the organization itself.
    fn account_roles(&self, names: &[String]) -> Step<Vec<RoleId>> {
        match names {
            [] => Ok(Vec::new()),
            names => Ok(roles_for(self.model, self.model.organization, Holder::ServiceAccount, names)?),
        }
    }

    /// The bindings of something that is not there yet.
    fn give_new(&mut self, who: &str, resource: ResourceId, roles: &[RoleId]) {
        let on = self.facts.resource_name(self.model, resource);
        for role in roles {
            self.comes(Fact::binding(who, &self.model.role(*role).name, &on, None));
        }
    }

    /// The actor may give each role, and holds all that it gives this kind of holder.
    fn must_hand(&self, resource: ResourceId, roles: &[RoleId], of: Subject) -> Step<()> {
        self.must_grant_all(resource, roles, NEVER)?;
        roles.iter().try_for_each(|role| self.actor.must_cover(resource, *role, of, NEVER))
    }

    /// The actor holds all that a principal holds already, for as long.
    fn must_cover_held(&self, subject: Subject) -> Step<()> {
        let bound = self.facts.bound(subject).iter().filter(|known| self.now < known.until);
        for binding in bound {
            self.actor.must_cover(binding.resource, binding.role, subject, binding.until)?;
        }
        Ok(())
    }

    /// Rule 8: the holder's kind may need a feature.
    fn must_pay(&self, home: OrganizationId, holder: Holder) -> Step<()> {
        let feature = self.model.holder(holder).and_then(|rules| rules.feature);
        if feature.is_none_or(|feature| self.directory.has_feature(home, feature)) {
            return Ok(());
        }
        Err(Stop::denied(Reason::FeatureUnavailable, text::FEATURE))
    }

    fn account(&self, account: &str, home: OrganizationId) -> Step<Subject> {
        let name = ["service_account/", account].concat();
        self.target(&name, home)
    }

    pub(super) fn change_service_account(&mut self, account: &str, names: &[String]) -> Step<()> {
        let roles = self.account_roles(names)?;
        let home = self.guard_home("change_service_account")?;
        let subject = self.account(account, home)?;
        self.must_pay(home, Holder::ServiceAccount)?;
        self.reissue(subject, self.home_resource(home), &roles)
    }

    /// An account or a key holds other roles: who does that gives and takes them, and holds all that it held and will.
    fn reissue(&mut self, subject: Subject, resource: ResourceId, roles: &[RoleId]) -> Step<()> {
        self.must_grant_held(subject, resource)?;
        self.must_cover_held(subject)?;
        self.must_hand(resource, roles, subject)?;
        let old = self.bound_here(subject, resource);
        self.replace(subject, resource, &old, roles, NEVER);
        Ok(())
    }

    pub(super) fn delete_service_account(&mut self, account: &str) -> Step<()> {
        let home = self.guard_home("delete_service_account")?;
        let subject = self.account(account, home)?;
        self.must_grant_held(subject, self.home_resource(home))?;
        self.drop_account(subject, home);
        Ok(())
    }

    /// A service account goes with all that it holds and the invites that it sent.
    pub(super) fn drop_account(&mut self, subject: Subject, home: OrganizationId) {
        for binding in self.bound_in(subject, home) {
            self.take(subject, binding);
        }
        self.withdraw_invites(&self.facts.subject_name(subject), home);
        self.drop_holder("service_account", subject);
    }

    pub(super) fn create_api_key(
        &mut self,
        project: &str,
        key: &str,
        name: Option<&str>,
        names: Option<&[String]>,
    ) -> Step<()> {
        let (home, resource) = self.guard_project("create_api_key", project)?;
        let roles = self.key_roles(resource, names)?;
        self.must_pay(home, Holder::ApiKey)?;
        self.unused("api_key", key, self.facts.keys.find(key).is_some())?;
        self.must_hand(resource, &roles, NEW_KEY)?;
        self.comes(Fact::ApiKey {
            id: key.to_owned(),
            project: project.to_owned(),
            name: name.map(str::to_owned),
            creator: Some(self.actor.name().to_owned()),
            rotations: 0,
        });
        self.give_new(&["api_key/", key].concat(), resource, &roles);
        Ok(())
    }

    /// The roles chosen for a key, or those that the policy gives one that has chosen none.
    fn key_roles(&self, resource: ResourceId, names: Option<&[String]>) -> Step<Vec<RoleId>> {
        let Some(names) = names else {
            let default =
                self.model.holder(Holder::ApiKey).map(|rules| rules.default.clone()).unwrap_or_default();
            return if default.is_empty() { Err(role_required().into()) } else { Ok(default) };
        };
        let kind = self.facts.resource(resource).map_or(self.model.platform, |row| row.kind);
        Ok(roles_for(self.model, kind, Holder::ApiKey, names)?)
    }

    /// A key of this organization and its project, on which the command's action is allowed.
    fn guard_key(&self, command: &str, key: &str) -> Step<(Subject, ResourceId, OrganizationId)> {
        let home = self.home()?;
        let place = self.facts.keys.find(key);
        let row = place.and_then(|place| self.facts.keys.get(place)).filter(|row| row.organization == home);
        let (Some(place), Some(row)) = (place, row) else {
            return Err(Stop::denied(Reason::UnknownPrincipal, text::UNKNOWN_HERE));
        };
        self.guard(command, row.project)?;
        Ok((Subject::ApiKey(place), row.project, home))
    }

    pub(super) fn change_api_key(&mut self, key: &str, names: &[String]) -> Step<()> {
        let (subject, resource, home) = self.guard_key("change_api_key", key)?;
        let roles = self.key_roles(resource, Some(names))?;
        self.must_pay(home, Holder::ApiKey)?;
        self.reissue(subject, resource, &roles)
    }

    pub(super) fn rotate_api_key(&mut self, key: &str) -> Step<()> {
        let (subject, _, _) = self.guard_key("rotate_api_key", key)?;
        self.must_cover_held(subject)?;
        let row = || self.facts.holder_fact(subject);
        let (Some(old), Some(mut new)) = (row(), row()) else { return Ok(()) };
        if let Fact::ApiKey { rotations, .. } = &mut new {
            *rotations = rotations.saturating_add(1);
        }
        self.rewrite(old, new);
        Ok(())
    }

    pub(super) fn delete_api_key(&mut self, key: &str) -> Step<()> {
        let (subject, resource, home) = self.guard_key("delete_api_key", key)?;
        self.must_grant_held(subject, resource)?;
        for binding in self.bound_in(subject, home) {
            self.take(subject, binding);
        }
        self.drop_holder("api_key", subject);
        Ok(())
    }
}
