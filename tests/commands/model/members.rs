//! Organizations, members, groups.

use super::{Model, Tier};

impl Model<'_> {
    pub(super) fn about_members(&mut self, name: &str) {
        match name {
            "create_organization" => self.create_organization(),
            "rename_organization" | "delete_organization" => self.guard_home(),
            "change_member_roles" => self.change_member_roles(),
            "suspend_member" | "restore_member" => self.suspend_or_restore(name == "suspend_member"),
            "remove_member" => self.remove_member(),
            "leave_organization" => self.leave(),
            "create_group" => self.create_group(),
            "add_to_group" => self.add_to_group(),
            "remove_from_group" => self.remove_from_group(),
            "delete_group" => {
                self.guard_home();
                self.group();
            }
            "configure_sso" => self.configure_sso(),
            other => panic!("the model does not know `{other}`"),
        }
    }

    /// Rule 12: a person creates one; a further one where the policy says so, from one where they may.
    fn create_organization(&mut self) {
        let name = self.name();
        if self.document.person(name).is_none() {
            let known = self.document.account(name).is_some()
                || name.strip_prefix("api_key/").is_some_and(|id| self.document.key(id).is_some());
            self.refuse(Tier::Guard, if known { "no_role" } else { "unknown_principal" });
            return;
        }
        let first = !self.document.organizations.iter().any(|one| one.creator.as_deref() == Some(name));
        let further = self.rules.document["organizations"]["further"].as_str();
        match (further, self.maybe("from")) {
            _ if first => {}
            (Some(action), Some(from)) => {
                let (principal, organization, now) = (name, from, self.now);
                let question = crate::oracle::Question {
                    principal,
                    organization,
                    action,
                    kind: "organization",
                    id: from,
                    now,
                };
                let reason = self.oracle.check_in_directory(question).reason;
                if reason != "granted" {
                    self.refuse(Tier::Guard, reason);
                }
            }
            _ => self.refuse(Tier::Rule, "conflict"),
        }
        self.must_be_new("organization", self.home());
    }

    /// Rule 11: giving up one's own needs nothing; all else `grant` of all old and all new.
    fn change_member_roles(&mut self) {
        let member = self.text("member");
        let roles = self.roles("user", "organization", &self.command["roles"]);
        let place = self.home_place();
        let held: Vec<String> = self.live_on(member, &place).into_iter().map(|(role, _)| role).collect();
        let less = roles.as_ref().is_some_and(|roles| roles.iter().all(|role| held.contains(role)));
        if self.actor == Some(member) && less && self.belongs(member) {
            self.standing();
            self.member(member);
        } else {
            self.guard_home();
            if !self.member(member) {
                return;
            }
            self.must_grant_held(member, &place);
            self.must_grant_all(&place, roles.as_deref().unwrap_or_default(), None);
        }
        let stays = roles.is_none_or(|roles| roles.iter().any(|role| role == self.rules.top("organization")));
        if !stays && self.is_last_owner(member, &place) {
            self.refuse(Tier::Rule, "last_owner");
        }
    }

    fn suspend_or_restore(&mut self, suspend: bool) {
        self.guard_home();
        let member = self.text("member");
        let home = self.document.organization(self.home());
        let user = home.and_then(|home| home.member(member));
        let account = self.document.account(member).filter(|account| account.organization == self.home());
        let (by_member, suspended) = match (user, account) {
            (Some(user), _) => (user.suspended && user.suspended_by.is_none(), user.suspended),
            (None, Some(account)) => (account.suspended, account.suspended),
            (None, None) => return self.refuse(Tier::Unknown, "unknown_principal"),
        };
        self.must_grant_held(member, &self.home_place());
        if (suspend && by_member) || (!suspend && !suspended) {
            self.refuse(Tier::Rule, "conflict");
        }
        if suspend {
            self.must_not_be_last(member);
        }
    }

    /// Rule 10: whoever is suspended owns nothing any more.
    pub(super) fn must_not_be_last(&mut self, member: &str) {
        let mut places = vec![self.home_place()];
        if self.rules.projects_keep_owners() {
            let here = self.document.projects.iter().filter(|project| project.organization == self.home());
            places.extend(here.map(|project| format!("project/{}", project.id)));
        }
        if places.iter().any(|place| self.is_last_owner(member, place)) {
            self.refuse(Tier::Rule, "last_owner");
        }
    }

    fn remove_member(&mut self) {
        self.guard_home();
        let member = self.text("member");
        if self.member(member) {
            self.must_grant_held(member, &self.home_place());
            self.must_leave_well(member, None);
        }
    }

    fn leave(&mut self) {
        let name = self.name();
        if self.standing() && self.member(name) {
            self.must_leave_well(name, None);
        }
    }

    /// What would lose its last owner or holder when somebody goes from a place, or from everywhere here, needs a
    /// successor; the organization itself finds none (rules 7 and 10).
    pub(super) fn must_leave_well(&mut self, member: &str, only: Option<&str>) {
        let successor = self.maybe("successor");
        if let Some(successor) = successor {
            if !successor.starts_with("user/") || !self.belongs(successor) {
                return self.refuse(Tier::Rule, "unknown_principal");
            }
            if successor == member || !self.is_active(successor) {
                self.refuse(Tier::Rule, "not_grantable");
                return;
            }
        }
        let places = self.document.things(self.home());
        for place in places.into_iter().filter(|place| only.is_none_or(|only| only == place)) {
            let kind = place.split('/').next().unwrap_or("").to_owned();
            let keeps = kind == "organization" || (kind == "project" && self.rules.projects_keep_owners());
            let owned = keeps && self.is_last_owner(member, &place);
            let held = self.is_last_holder(member, &place);
            if !owned && !held {
                continue;
            }
            match successor {
                Some(successor) if kind != "organization" => {
                    let highest = self.rules.highest(&kind);
                    let role = if held { highest } else { self.rules.top(&kind).to_owned() };
                    if self.actor == Some(successor) {
                        self.must_grant(&place, &role, None); // nobody makes themselves one who could not give it
                    }
                }
                _ => self.refuse(Tier::Rule, "last_owner"),
            }
        }
    }

    fn create_group(&mut self) {
        self.guard_home();
        self.must_be_new("group", self.text("group"));
        let members = crate::rules::texts(&self.command["members"]);
        for (place, member) in members.iter().enumerate() {
            if members[..place].contains(member) {
                self.wrong("ERR_DUPLICATE");
            }
            self.member(member);
        }
    }

    fn group(&mut self) -> bool {
        self.target(&format!("group/{}", self.text("group")))
    }

    fn is_grouped(&self, member: &str) -> bool {
        let group = self.document.group(self.text("group"));
        group.is_some_and(|group| group.members.iter().any(|one| one == member))
    }

    /// Rule 11: whoever is added gets all that the group holds.
    fn add_to_group(&mut self) {
        self.guard_home();
        let (found, member) = (self.group(), self.text("member"));
        if !self.member(member) || !found {
            return;
        }
        if self.is_grouped(member) {
            self.refuse(Tier::Rule, "conflict");
        }
        let group = format!("group/{}", self.text("group"));
        for place in self.document.things(self.home()) {
            for (role, until) in self.live_on(&group, &place) {
                self.must_grant(&place, &role, until);
            }
        }
    }

    fn remove_from_group(&mut self) {
        let member = self.text("member");
        if self.actor == Some(member) {
            self.standing();
        } else {
            self.guard_home();
        }
        let found = self.group();
        if self.member(member) && found && !self.is_grouped(member) {
            self.refuse(Tier::Unknown, "unknown_principal");
        }
    }
}
