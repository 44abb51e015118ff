//! Some of an organization act, and nobody else: none of them ever holds what the audit calls out of their reach.

use super::document::Document;
use super::rules::Rules;
use super::walk::Walk;
use super::wish::Wish;
use std::collections::BTreeSet;

/// Who acts, and what they can come to hold on what was there before.
pub(crate) struct Coalition {
    pub(crate) home: String,
    /// People first; then the accounts and keys that they made or changed.
    pub(crate) members: Vec<String>,
    /// By kind.
    reach: Vec<(String, BTreeSet<String>)>,
    existed: BTreeSet<String>,
    /// Whether what single sign-on says is their own word.
    configured: bool,
}

impl Coalition {
    /// One to three active people of one organization.
    pub(crate) fn random(walk: &mut Walk<'static>) -> Option<Self> {
        let mut homes = walk.document.organizations.clone();
        homes.retain(|home| home.members.iter().filter(|member| !member.suspended).count() > 1);
        let home = walk.dice.pick(&homes)?;
        let mut people: Vec<String> = home
            .members
            .iter()
            .filter(|member| !member.suspended)
            .map(|member| member.member.clone())
            .collect();
        while people.len() > 1 + walk.dice.below(3) {
            people.remove(walk.dice.below(people.len()));
        }
        let roles: Vec<Vec<(String, String)>> =
            people.iter().map(|who| held(walk.rules, &walk.document, &home.id, who, walk.now)).collect();
        let roles: Vec<Vec<(&str, &str)>> = roles
            .iter()
            .map(|roles| roles.iter().map(|(kind, role)| (kind.as_str(), role.as_str())).collect())
            .collect();
        let roles: Vec<&[(&str, &str)]> = roles.iter().map(Vec::as_slice).collect();
        let reach = walk.rules.policy.reach(&roles).unwrap();
        let reach = reach.into_iter().map(|one| (one.kind, one.actions.into_iter().collect())).collect();
        let existed = walk.document.things(&home.id).into_iter().collect();
        Some(Coalition { home: home.id, members: people, reach, existed, configured: false })
    }

    /// Whether a wish is one of those that the bound speaks of: nothing that others have offered, by an invite or by
    /// what single sign-on gives.
    pub(crate) fn counts(&self, document: &Document, wish: &Wish) -> bool {
        let invite = wish.command["invite"].as_str().and_then(|id| document.invite(id));
        match wish.command["command"].as_str() {
            Some("accept_invite") => invite.is_none_or(|invite| self.members.contains(&invite.sender)),
            Some("sign_in") => self.configured || wish.actor.is_some(),
            _ => true,
        }
    }

    /// Whose credentials they touch acts for them from now on.
    pub(crate) fn touched(&mut self, wish: &Wish) {
        let name = wish.command["command"].as_str().unwrap_or("");
        self.configured |= name == "configure_sso" && wish.actor.is_some();
        let makes = ["create", "change", "rotate"].iter().any(|start| name.starts_with(start));
        let who = match (wish.command["account"].as_str(), wish.command["key"].as_str()) {
            (Some(account), _) => format!("service_account/{account}"),
            (_, Some(key)) => format!("api_key/{key}"),
            _ => return,
        };
        if makes && !self.members.contains(&who) {
            self.members.push(who);
        }
    }

    /// Everything that they hold on what was there before is within the bound.
    pub(crate) fn must_be_within_reach(&self, walk: &Walk<'static>) -> usize {
        let mut asked = 0;
        for who in &self.members {
            let access = walk.directory.access(who, &self.home);
            for thing in &self.existed {
                let (kind, id) = thing.split_once('/').unwrap();
                let none = BTreeSet::new();
                let reach =
                    self.reach.iter().find(|(one, _)| one == kind).map_or(&none, |(_, actions)| actions);
                for action in walk.rules.actions(kind) {
                    asked += 1;
                    let within = reach.contains(&action) || !access.can(&action, kind, id, walk.now);
                    assert!(
                        within,
                        "{}: {who} comes to {action} {thing}, out of reach of {:?}: {}",
                        walk.label(),
                        self.members,
                        walk.shown()
                    );
                }
            }
        }
        asked
    }
}

/// The live roles that somebody has bound in an organization, by themselves, by groups and by `members`.
fn held(rules: &Rules, document: &Document, home: &str, who: &str, now: u64) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for thing in document.things(home) {
        let kind = thing.split('/').next().unwrap();
        for (holder, role, until) in document.bound_on(&thing) {
            let group = holder.strip_prefix("group/").and_then(|id| document.group(id));
            let by_group = group.is_some_and(|group| group.members.iter().any(|one| one == who));
            let live = until.is_none_or(|until| now < until);
            if live && (holder == who || holder == "members" || by_group) && rules.has_role(kind, role) {
                found.push((kind.to_owned(), role.to_owned()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
