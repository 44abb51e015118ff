//! Resources besides projects: they come, change and go.

use super::stop::{Step, Stop};
use super::{Plan, text};
use crate::decision::Reason;
use crate::directory::{Fact, OrganizationId, ResourceId, check_used, unknown_kind};
use crate::error::{Code, Error};
use crate::policy::KindId;
use crate::text::parted;

impl Plan<'_> {
    /// The kind and the id of `kind/id`; organizations and projects have commands of their own.
    fn parts<'n>(&self, name: &'n str) -> Step<(KindId, &'n str)> {
        let (kind, id) = parted(name, b'/').unwrap_or((name, ""));
        let known = self.model.kind_named(kind).ok_or_else(|| unknown_kind("resource", kind))?;
        let special = [Some(self.model.platform), Some(self.model.organization), self.model.project];
        if special.contains(&Some(known)) {
            let text = ["things of kind `", kind, "` have commands of their own"];
            return Err(Error::of(Code::Value, "resource", &text).into());
        }
        if id.is_empty() || id.len() > 1024 {
            return Err(Error::of(Code::Name, "resource", &["an id has 1 to 1,024 bytes"]).into());
        }
        Ok((known, id))
    }

    pub(super) fn create_resource(
        &mut self,
        resource: &str,
        parent: Option<&str>,
        name: Option<&str>,
        uses: &[String],
    ) -> Step<()> {
        let (kind, id) = self.parts(resource)?;
        check_used(self.model, kind, uses)?;
        let home = self.home()?;
        let parent = match parent {
            None => self.home_resource(home),
            Some(parent) => self.thing(parent, home)?,
        };
        self.guard_create(kind, parent)?;
        self.must_see_all(home, uses)?;
        self.unused(&self.model.kind(kind).name, id, self.facts.resource_named(kind, id).is_some())?;
        self.create_below(kind, id, parent, name, uses)
    }

    /// A resource of this organization; one elsewhere does not exist (rule 1).
    pub(super) fn thing(&self, name: &str, home: OrganizationId) -> Step<ResourceId> {
        let found = self.facts.resource_at(self.model, name);
        let inside =
            |id: &ResourceId| self.facts.resource(*id).is_some_and(|row| row.organization == Some(home));
        found.filter(inside).ok_or_else(|| Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING))
    }

    /// Nobody names what they cannot see.
    fn must_see_all(&self, home: OrganizationId, uses: &[String]) -> Step<()> {
        for name in uses {
            let resource = self.thing(name, home)?;
            if !self.actor.may_see(resource) {
                return Err(Stop::denied(Reason::UnknownResource, text::UNKNOWN_THING));
            }
        }
        Ok(())
    }

    /// A resource of this organization, on which the command's action is allowed.
    pub(super) fn guard_resource(&self, command: &str, resource: &str) -> Step<(OrganizationId, ResourceId)> {
        let (kind, id) = self.parts(resource)?;
        let home = self.home()?;
        Ok((home, self.guard_named(command, kind, id)?))
    }

    pub(super) fn change_resource(
        &mut self,
        resource: &str,
        label: Option<&str>,
        used: Option<&[String]>,
    ) -> Step<()> {
        let (kind, _) = self.parts(resource)?;
        check_used(self.model, kind, used.unwrap_or_default())?;
        let (home, place) = self.guard_resource("change_resource", resource)?;
        let row = || self.facts.resource_fact(self.model, place);
        let (Some(old), Some(mut new)) = (row(), row()) else { return Ok(()) };
        if let Fact::Resource { name, uses, .. } = &mut new {
            let mut fresh = used.unwrap_or_default().to_vec();
            fresh.retain(|name| !uses.contains(name));
            self.must_see_all(home, &fresh)?;
            *name = label.map(str::to_owned).or_else(|| name.take());
            *uses = used.map_or_else(|| core::mem::take(uses), <[String]>::to_vec);
        }
        self.rewrite(old, new);
        Ok(())
    }

    pub(super) fn delete_resource(&mut self, resource: &str) -> Step<()> {
        let (_, place) = self.guard_resource("delete_resource", resource)?;
        self.demolish(place);
        Ok(())
    }
}
