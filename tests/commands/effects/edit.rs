//! Plain edits of a document: bindings come and go, lists stay in order.

use crate::document::{Document, ProjectMember, Share};
use std::collections::BTreeMap;

impl Document {
    /// Somebody holds a role right on a thing named `kind/id`.
    pub(super) fn bind(&mut self, place: &str, who: &str, role: &str, until: Option<u64>) {
        let (kind, id) = place.split_once('/').unwrap();
        match kind {
            "organization" => {
                let roles = self.roles_on_organization(id, who);
                roles.push(role.to_owned());
                roles.sort();
            }
            "project" if who.starts_with("api_key/") => {
                let key = self.api_keys.iter_mut().find(|key| who == format!("api_key/{}", key.id)).unwrap();
                key.roles.push(role.to_owned());
                key.roles.sort();
            }
            "project" => {
                let one = ProjectMember { member: who.to_owned(), roles: vec![role.to_owned()], until };
                self.projects.iter_mut().find(|project| project.id == id).unwrap().members.push(one);
                self.tidy_project(id);
            }
            _ => {
                let (with, role) = (who.to_owned(), role.to_owned());
                let found = self.resources.iter_mut().find(|one| one.kind == kind && one.id == id).unwrap();
                found.shares.push(Share { with, role, until });
                found.shares.sort_by(|a, b| (&a.with, &a.role).cmp(&(&b.with, &b.role)));
            }
        }
    }

    fn roles_on_organization(&mut self, id: &str, who: &str) -> &mut Vec<String> {
        if let Some(account) = who.strip_prefix("service_account/") {
            let found = self.service_accounts.iter_mut().find(|one| one.id == account);
            return &mut found.unwrap().roles;
        }
        let home = self.organizations.iter_mut().find(|one| one.id == id).unwrap();
        &mut home.members.iter_mut().find(|one| one.member == who).unwrap().roles
    }

    /// One entry for each member and end, in order; an end comes before none.
    fn tidy_project(&mut self, id: &str) {
        let project = self.projects.iter_mut().find(|project| project.id == id).unwrap();
        let mut entries: BTreeMap<(String, u64), Vec<String>> = BTreeMap::new();
        for member in &project.members {
            let key = (member.member.clone(), member.until.unwrap_or(u64::MAX));
            entries.entry(key).or_default().extend(member.roles.iter().cloned());
        }
        let entry = |((member, until), mut roles): ((String, u64), Vec<String>)| {
            roles.sort();
            ProjectMember { member, roles, until: Some(until).filter(|until| *until != u64::MAX) }
        };
        project.members = entries.into_iter().map(entry).collect();
    }

    /// Takes away the roles of somebody right on a thing, of which `goes` says so.
    pub(super) fn unbind(&mut self, place: &str, who: &str, goes: impl Fn(&str, Option<u64>) -> bool) {
        let (kind, id) = place.split_once('/').unwrap();
        match kind {
            "organization" => self.roles_on_organization(id, who).retain(|role| !goes(role, None)),
            "project" if who.starts_with("api_key/") => {
                let key = self.api_keys.iter_mut().find(|key| who == format!("api_key/{}", key.id)).unwrap();
                key.roles.retain(|role| !goes(role, None));
            }
            "project" => {
                let project = self.projects.iter_mut().find(|project| project.id == id).unwrap();
                for member in project.members.iter_mut().filter(|member| member.member == who) {
                    let until = member.until;
                    member.roles.retain(|role| !goes(role, until));
                }
                project.members.retain(|member| !member.roles.is_empty());
            }
            _ => {
                let found = self.resources.iter_mut().find(|one| one.kind == kind && one.id == id).unwrap();
                found.shares.retain(|share| share.with != who || !goes(&share.role, share.until));
            }
        }
    }

    /// Somebody holds exactly these right on a thing from now on.
    pub(super) fn rebind(&mut self, place: &str, who: &str, roles: &[String], until: Option<u64>) {
        self.unbind(place, who, |_, _| true);
        roles.iter().for_each(|role| self.bind(place, who, role, until));
    }

    /// Ids that never come back, in order.
    pub(super) fn retire(&mut self, ids: impl IntoIterator<Item = String>) {
        self.retired.extend(ids);
        self.retired.sort();
    }

    /// Everything that somebody holds on projects and resources of an organization.
    pub(super) fn strip(&mut self, home: &str, who: &str) {
        for place in self.things(home).iter().filter(|place| !place.starts_with("organization/")) {
            self.unbind(place, who, |_, _| true);
        }
    }

    /// The invites that somebody sent in an organization are withdrawn.
    pub(super) fn withdraw(&mut self, home: &str, sender: &str) {
        let theirs = |organization: &str, by: &str| organization == home && by == sender;
        let gone: Vec<String> = self
            .invites
            .iter()
            .filter(|one| theirs(&one.organization, &one.sender))
            .map(|one| format!("invite/{}", one.id))
            .collect();
        self.invites.retain(|one| !theirs(&one.organization, &one.sender));
        self.retire(gone);
    }

    /// A thing goes with all that lies in it and its keys.
    pub(super) fn demolish(&mut self, place: &str) {
        let home = self.home_of(place).unwrap_or_default().to_owned();
        let below: Vec<String> =
            self.things(&home).into_iter().filter(|one| self.lies_in(one, place)).collect();
        for thing in &below {
            let (kind, id) = thing.split_once('/').unwrap();
            match kind {
                "organization" => self.organizations.retain(|one| one.id != id),
                "project" => {
                    let keys = self.api_keys.iter().filter(|key| key.project == id);
                    let keys: Vec<String> = keys.map(|key| format!("api_key/{}", key.id)).collect();
                    self.api_keys.retain(|key| key.project != id);
                    self.projects.retain(|one| one.id != id);
                    self.retire(keys);
                }
                _ => self.resources.retain(|one| one.kind != kind || one.id != id),
            }
        }
        self.retire(below);
    }

    fn lies_in(&self, thing: &str, place: &str) -> bool {
        let mut at = thing.to_owned();
        loop {
            if at == place {
                return true;
            }
            let (kind, id) = at.split_once('/').unwrap();
            at = match kind {
                "organization" => return false,
                "project" => match self.project(id) {
                    Some(project) => format!("organization/{}", project.organization),
                    None => return false,
                },
                _ => match self.resource(&at) {
                    Some(resource) => resource.parent.clone(),
                    None => return false,
                },
            };
        }
    }
}
