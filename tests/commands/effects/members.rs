//! Organizations, invites, members, groups.

use super::{DAY, Effects};
use crate::document::{Group, Invite, Invited, Member, Organization};
use crate::rules::texts;

impl Effects<'_> {
    pub(super) fn about_members(&mut self, name: &str) {
        match name {
            "create_organization" => self.create_organization(),
            "rename_organization" => self.home_mut().name = Some(self.text("name").to_owned()),
            "delete_organization" => self.delete_organization(),
            "invite_member" => self.invite(),
            "resend_invite" => {
                let (id, sender, expires) = (self.text("invite"), self.actor(), self.expiry());
                let invite = self.after.invites.iter_mut().find(|one| one.id == id).unwrap();
                (invite.sender, invite.expires) = (sender, expires);
            }
            "delete_invite" => self.close(self.text("invite")),
            "accept_invite" => self.accept(),
            "change_member_roles" => {
                self.after.rebind(&self.home_place(), self.text("member"), &self.sorted("roles"), None);
            }
            "suspend_member" | "restore_member" => self.suspend(name == "suspend_member"),
            "remove_member" => self.depart(self.text("member")),
            "leave_organization" => self.depart(&self.actor()),
            _ => self.about_groups(name),
        }
    }

    fn create_organization(&mut self) {
        let rules = self.model.rules;
        let member = Member {
            member: self.actor(),
            roles: vec![rules.top("organization").to_owned()],
            suspended: false,
            suspended_by: None,
        };
        self.after.organizations.push(Organization {
            id: self.home().to_owned(),
            name: self.maybe("name"),
            edition: rules.editions[0].to_owned(),
            creator: Some(self.actor()),
            members: vec![member],
            sso: None,
        });
        self.after.organizations.sort_by(|a, b| a.id.cmp(&b.id));
    }

    fn delete_organization(&mut self) {
        let home = self.home();
        self.after.demolish(&self.home_place());
        let mut gone = Vec::new();
        gone.extend(
            self.after
                .groups
                .iter()
                .filter(|one| one.organization == home)
                .map(|one| format!("group/{}", one.id)),
        );
        let accounts = self.after.service_accounts.iter().filter(|one| one.organization == home);
        gone.extend(accounts.map(|one| format!("service_account/{}", one.id)));
        let invites = self.after.invites.iter().filter(|one| one.organization == home);
        gone.extend(invites.map(|one| format!("invite/{}", one.id)));
        self.after.groups.retain(|one| one.organization != home);
        self.after.service_accounts.retain(|one| one.organization != home);
        self.after.invites.retain(|one| one.organization != home);
        self.after.retire(gone);
    }

    fn expiry(&self) -> u64 {
        self.at + self.model.rules.document["invites"]["days"].as_u64().unwrap() * DAY
    }

    fn invite(&mut self) {
        let mut projects: Vec<Invited> = Vec::new();
        for one in self.field("projects").as_array().into_iter().flatten() {
            let mut roles = texts(&one["roles"]);
            roles.sort();
            let project = one["project"].as_str().unwrap().to_owned();
            projects.push(Invited { project, roles: one["roles"].is_array().then_some(roles) });
        }
        projects.sort_by(|a, b| a.project.cmp(&b.project));
        self.after.invites.push(Invite {
            id: self.text("invite").to_owned(),
            organization: self.home().to_owned(),
            address: self.text("address").to_owned(),
            roles: self.sorted("roles"),
            projects,
            sender: self.actor(),
            expires: self.expiry(),
        });
        self.after.invites.sort_by(|a, b| a.id.cmp(&b.id));
    }

    pub(super) fn close(&mut self, id: &str) {
        self.after.invites.retain(|one| one.id != id);
        self.after.retire([format!("invite/{id}")]);
    }

    pub(super) fn join(&mut self, who: &str, suspended_by: Option<&str>) {
        let member = Member {
            member: who.to_owned(),
            roles: Vec::new(),
            suspended: suspended_by.is_some(),
            suspended_by: suspended_by.map(str::to_owned),
        };
        let home = self.home_mut();
        home.members.push(member);
        home.members.sort_by(|a, b| a.member.cmp(&b.member));
    }

    fn accept(&mut self) {
        let (who, invite) = (self.actor(), self.model.document.invite(self.text("invite")).unwrap());
        let (_, given, _) = self.model.received(invite);
        self.close(&invite.id);
        self.join(&who, None);
        for (place, role) in given {
            self.after.bind(&place, &who, &role, None);
        }
    }

    fn suspend(&mut self, suspended: bool) {
        let who = self.text("member");
        if let Some(id) = who.strip_prefix("service_account/") {
            let account = self.after.service_accounts.iter_mut().find(|one| one.id == id).unwrap();
            account.suspended = suspended;
            return;
        }
        let member = self.home_mut().members.iter_mut().find(|one| one.member == who).unwrap();
        (member.suspended, member.suspended_by) = (suspended, None);
    }

    fn depart(&mut self, who: &str) {
        let home = self.home();
        for place in self.model.document.things(home) {
            self.succeed(who, &place);
        }
        self.after.strip(home, who);
        self.home_mut().members.retain(|one| one.member != who);
        for group in self.after.groups.iter_mut().filter(|one| one.organization == home) {
            group.members.retain(|member| member != who);
        }
        self.after.withdraw(home, who);
    }

    /// Who is named as successor takes over what only the one who goes held in full.
    pub(super) fn succeed(&mut self, who: &str, place: &str) {
        let (rules, kind) = (self.model.rules, place.split('/').next().unwrap());
        let Some(successor) = self.maybe("successor") else { return };
        let role = if self.model.is_last_holder(who, place) {
            rules.highest(kind)
        } else if kind == "project" && rules.projects_keep_owners() && self.model.is_last_owner(who, place) {
            rules.top(kind).to_owned()
        } else {
            return;
        };
        self.after.unbind(place, &successor, |held, _| held == role);
        self.after.bind(place, &successor, &role, None);
    }

    fn about_groups(&mut self, name: &str) {
        let (id, member) = (self.text("group"), self.text("member").to_owned());
        match name {
            "create_group" => {
                self.after.groups.push(Group {
                    id: id.to_owned(),
                    organization: self.home().to_owned(),
                    name: self.maybe("name"),
                    members: self.sorted("members"),
                });
                self.after.groups.sort_by(|a, b| a.id.cmp(&b.id));
            }
            "delete_group" => {
                let who = format!("group/{id}");
                self.after.strip(self.home(), &who);
                self.after.groups.retain(|group| group.id != id);
                self.after.retire([who]);
            }
            _ => {
                let group = self.after.groups.iter_mut().find(|group| group.id == id).unwrap();
                if name == "add_to_group" {
                    group.members.push(member);
                    group.members.sort();
                } else {
                    group.members.retain(|one| *one != member);
                }
            }
        }
    }
}
