//! What holds after every command, read off the document alone (section 3 of the design).

use crate::document::Document;
use crate::rules::{Rules, holder_of};
use serde_json::Value;
use std::collections::BTreeSet;

/// What is broken, one sentence each.
pub(crate) struct Broken<'a> {
    rules: &'a Rules,
    document: &'a Document,
    found: Vec<String>,
}

/// Everything that is wrong with a document by itself.
pub(crate) fn broken(rules: &Rules, document: &Document) -> Vec<String> {
    let mut broken = Broken { rules, document, found: Vec::new() };
    broken.owners();
    broken.holders();
    broken.inside();
    broken.roles();
    broken.invites();
    broken.retired();
    broken.found
}

impl Broken<'_> {
    fn check(&mut self, holds: bool, sentence: impl FnOnce() -> String) {
        if !holds {
            self.found.push(sentence());
        }
    }

    /// Rule 10.
    fn owners(&mut self) {
        let top = self.rules.top("organization");
        for home in &self.document.organizations {
            let owned =
                home.members.iter().any(|one| !one.suspended && one.roles.iter().any(|role| role == top));
            self.check(owned, || format!("rule 10: organization `{}` has no owner", home.id));
        }
        if !self.rules.has_projects() || !self.rules.projects_keep_owners() {
            return;
        }
        let top = self.rules.top("project");
        for project in &self.document.projects {
            let Some(home) = self.document.organization(&project.organization) else { continue };
            let owned = project.members.iter().any(|one| {
                home.is_active(&one.member) && one.until.is_none() && one.roles.iter().any(|role| role == top)
            });
            self.check(owned, || format!("rule 10: project `{}` has no owner", project.id));
        }
    }

    /// Rule 7.
    fn holders(&mut self) {
        for resource in &self.document.resources {
            let highest = self.rules.highest(&resource.kind);
            let held = resource.shares.iter().any(|share| {
                share.with.starts_with("user/") && share.until.is_none() && share.role == highest
            });
            let fine = held || highest.is_empty();
            self.check(fine, || format!("rule 7: nobody holds `{}` in full", resource.reference()));
        }
    }

    /// Rule 1: nobody is bound outside their organization.
    fn inside(&mut self) {
        let document = self.document;
        for project in &document.projects {
            let fine = project.members.iter().all(|one| self.is_of(&project.organization, &one.member));
            self.check(fine, || format!("rule 1: a stranger is in project `{}`", project.id));
        }
        for resource in &document.resources {
            let home = document.home_of(&resource.parent).unwrap_or("");
            let fine = resource.shares.iter().all(|share| self.is_of(home, &share.with));
            self.check(fine, || format!("rule 1: a stranger holds `{}`", resource.reference()));
            let here =
                |used: &String| document.home_of(used) == Some(home) || document.retired.contains(used);
            let fine = !home.is_empty() && resource.uses.iter().all(here);
            self.check(fine, || format!("rule 1: `{}` lies or uses outside", resource.reference()));
        }
        for home in &document.organizations {
            let names = home.sso.iter().flat_map(|sso| sso.map.values()).flatten();
            for on in names.filter_map(|role| role.on.as_deref()) {
                let fine = document.home_of(on) == Some(&home.id);
                self.check(fine, || format!("rule 1: the sign-in of `{}` names `{on}`", home.id));
            }
        }
        for group in &document.groups {
            let home = document.organization(&group.organization);
            let fine = group.members.iter().all(|who| home.is_some_and(|home| home.member(who).is_some()));
            self.check(fine, || format!("rule 1: group `{}` holds strangers", group.id));
        }
        let orphan = document.api_keys.iter().find(|key| document.project(&key.project).is_none());
        self.check(orphan.is_none(), || "rule 9: a key has no project".to_owned());
    }

    fn is_of(&self, home: &str, who: &str) -> bool {
        let document = self.document;
        let (holder, id) = who.split_once('/').unwrap_or((who, ""));
        match holder {
            "members" => true,
            "user" => document.organization(home).is_some_and(|one| one.member(who).is_some()),
            "group" => document.group(id).is_some_and(|group| group.organization == home),
            "service_account" => document.account(who).is_some_and(|one| one.organization == home),
            _ => {
                let key = document.key(id);
                key.is_some_and(|key| document.home_of(&format!("project/{}", key.project)) == Some(home))
            }
        }
    }

    /// Rules 9, 10 and 11: every holder has only what its kind may hold, and a top role never ends.
    fn roles(&mut self) {
        let document = self.document;
        for home in &document.organizations {
            for member in &home.members {
                self.check(!member.roles.is_empty(), || {
                    format!("`{}` has no role in `{}`", member.member, home.id)
                });
                self.may_hold("organization", &member.member, &member.roles);
            }
        }
        for account in &document.service_accounts {
            self.may_hold("organization", "service_account/", &account.roles);
        }
        let top = self.rules.top("project").to_owned();
        for project in &document.projects {
            for member in &project.members {
                self.may_hold("project", &member.member, &member.roles);
                let ends = member.until.is_some() && member.roles.contains(&top);
                self.check(!ends, || format!("rule 10: the top role of `{}` ends", member.member));
            }
        }
        for key in &document.api_keys {
            self.check(!key.roles.is_empty(), || "rule 9: a key holds nothing".to_owned());
            self.may_hold("project", "api_key/", &key.roles);
        }
        for resource in &document.resources {
            for share in &resource.shares {
                self.may_hold(&resource.kind, &share.with, std::slice::from_ref(&share.role));
            }
        }
    }

    fn may_hold(&mut self, kind: &str, who: &str, roles: &[String]) {
        for (place, role) in roles.iter().enumerate() {
            let fine = self.rules.may_hold(holder_of(who), kind, role) && !roles[..place].contains(role);
            self.check(fine, || format!("rule 9: `{who}` may not hold `{role}` on a {kind}, or not twice"));
        }
    }

    /// Rule 13: nobody is member and invited, no address is invited twice; whoever sent it belongs there.
    fn invites(&mut self) {
        let mut seen = BTreeSet::new();
        for invite in &self.document.invites {
            let (home, id) = (&invite.organization, &invite.id);
            let person = self.document.person_at(&invite.address).map(|person| person.principal());
            let member = person.is_some_and(|who| self.is_of(home, &who));
            self.check(!member, || format!("rule 13: a member of `{home}` is invited by `{id}`"));
            let new = seen.insert((home.clone(), invite.address.clone()));
            self.check(new, || format!("rule 13: `{}` is invited to `{home}` twice", invite.address));
            let sent = self.is_of(home, &invite.sender);
            self.check(sent, || format!("rule 13: who sent `{id}` is not of `{home}`"));
            let roles = invite.roles.iter().all(|role| self.rules.may_hold("user", "organization", role));
            self.check(roles && !invite.roles.is_empty(), || format!("invite `{id}` names wrong roles"));
            for project in &invite.projects {
                let place = format!("project/{}", project.project);
                let fine = self.document.home_of(&place) == Some(home);
                self.check(fine, || format!("rule 1: invite `{id}` names `{place}`"));
            }
        }
    }

    /// What was deleted is not there.
    fn retired(&mut self) {
        let there: BTreeSet<String> = ids(self.document).into_iter().collect();
        let back = self.document.retired.iter().find(|id| there.contains(*id));
        self.check(back.is_none(), || format!("a retired id came back: {back:?}"));
    }
}

/// Every id that can be retired, `kind/id`.
pub(crate) fn ids(document: &Document) -> Vec<String> {
    let mut all: Vec<String> =
        document.organizations.iter().map(|one| format!("organization/{}", one.id)).collect();
    all.extend(document.groups.iter().map(|one| format!("group/{}", one.id)));
    all.extend(document.service_accounts.iter().map(|one| format!("service_account/{}", one.id)));
    all.extend(document.projects.iter().map(|one| format!("project/{}", one.id)));
    all.extend(document.api_keys.iter().map(|one| format!("api_key/{}", one.id)));
    all.extend(document.resources.iter().map(|one| one.reference()));
    all.extend(document.invites.iter().map(|one| format!("invite/{}", one.id)));
    all
}

/// Everything that is wrong with one step from a document to the next, by a command in one organization.
pub(crate) fn broken_step(
    rules: &Rules,
    before: &Document,
    after: &Document,
    command: &Value,
) -> Vec<String> {
    let mut broken = Broken { rules, document: after, found: Vec::new() };
    broken.moved_on(before, command);
    broken.stayed_inside(before, command["organization"].as_str().unwrap_or(""));
    broken.limits(before);
    broken.found
}

impl Broken<'_> {
    /// One revision more, the command known, and nothing gone without being retired.
    fn moved_on(&mut self, before: &Document, command: &Value) {
        let after = self.document;
        self.check(after.revision == before.revision + 1, || "the revision does not grow by one".to_owned());
        self.check(after.changed >= before.changed, || "the last change moved back".to_owned());
        let last = after.applied.last().map(|applied| applied.id.as_str());
        self.check(last == command["id"].as_str(), || "the command is not known as the last".to_owned());
        self.check(after.applied.len() <= 1024, || "too many commands are kept".to_owned());
        let there: BTreeSet<String> = ids(after).into_iter().collect();
        let retired: BTreeSet<&String> = after.retired.iter().collect();
        let lost = ids(before).into_iter().find(|id| !there.contains(id) && !retired.contains(id));
        self.check(lost.is_none(), || format!("gone and not retired: {lost:?}"));
        let back = before.retired.iter().find(|id| !retired.contains(id));
        self.check(back.is_none(), || format!("retired no longer: {back:?}"));
        let forgotten = before.people.iter().find(|person| !after.people.contains(person));
        self.check(forgotten.is_none(), || format!("a person changed or went: {forgotten:?}"));
    }

    /// Rule 1: a command in one organization leaves every other as it was.
    fn stayed_inside(&mut self, before: &Document, home: &str) {
        let after = self.document;
        let key = |document: &Document, project: &str| {
            document.project(project).is_some_and(|project| project.organization == home)
        };
        let fine = same(&before.organizations, &after.organizations, |_, one| one.id == home, before, after)
            && same(&before.groups, &after.groups, |_, one| one.organization == home, before, after)
            && same(
                &before.service_accounts,
                &after.service_accounts,
                |_, one| one.organization == home,
                before,
                after,
            )
            && same(&before.projects, &after.projects, |_, one| one.organization == home, before, after)
            && same(&before.api_keys, &after.api_keys, |all, one| key(all, &one.project), before, after)
            && same(&before.invites, &after.invites, |_, one| one.organization == home, before, after)
            && same(
                &before.resources,
                &after.resources,
                |all, one| all.home_of(&one.parent) == Some(home),
                before,
                after,
            );
        self.check(fine, || format!("rule 1: a command in `{home}` reached further"));
    }

    /// Rule 8: nothing that adds goes beyond a limit.
    fn limits(&mut self, before: &Document) {
        let rules = self.rules;
        for (name, limit) in rules.document["limits"].as_object().into_iter().flatten() {
            let counted = limit["counts"].as_str().unwrap_or("");
            for home in &self.document.organizations {
                let most = rules.document["editions"][&home.edition]["limits"][name].as_u64();
                let Some(most) = most else { continue };
                let (was, is) = (count(before, counted, &home.id), count(self.document, counted, &home.id));
                let fine = is <= was || is as u64 <= most;
                self.check(fine, || format!("rule 8: `{}` has {is} of at most {most} {name}", home.id));
            }
        }
    }
}

/// Whether two lists are the same apart from what lies in one organization.
fn same<T: PartialEq>(
    before: &[T],
    after: &[T],
    inside: impl Fn(&Document, &T) -> bool,
    was: &Document,
    is: &Document,
) -> bool {
    let before = before.iter().filter(|one| !inside(was, one));
    let after = after.iter().filter(|one| !inside(is, one));
    before.eq(after)
}

/// How many a limit counts in one organization; pending invites count as users.
fn count(document: &Document, counted: &str, home: &str) -> usize {
    let here = |project: &str| document.home_of(&format!("project/{project}")) == Some(home);
    match counted {
        "user" => {
            let invites = document.invites.iter().filter(|one| one.organization == home).count();
            document.organization(home).map_or(0, |one| one.members.len()) + invites
        }
        "service_account" => document.service_accounts.iter().filter(|one| one.organization == home).count(),
        "api_key" => document.api_keys.iter().filter(|key| here(&key.project)).count(),
        "group" => document.groups.iter().filter(|one| one.organization == home).count(),
        "project" => document.projects.iter().filter(|one| one.organization == home).count(),
        kind => {
            let of_kind = document.resources.iter().filter(|one| one.kind == kind);
            of_kind.filter(|one| document.home_of(&one.parent) == Some(home)).count()
        }
    }
}
