//! What a role picker offers, against the model: exactly the roles of which a command that gives them is accepted.

use super::ask::knows;
use super::model::Model;
use super::oracle::Question;
use super::rules::holder_of;
use super::walk::Walk;
use bailiwick::{Answer, Query};
use serde_json::{Value, json};

/// Somebody who would give something to somebody on some thing.
struct Gift {
    actor: String,
    target: String,
    organization: String,
    kind: String,
    id: String,
    now: u64,
}

pub(crate) fn roles_on_offer(walk: &mut Walk<'static>, now: u64) {
    let Some(gift) = Gift::random(walk, now) else { return };
    let query = Query::new(&gift.organization, now).asked_by(&gift.actor);
    let told = walk.directory.grantable(query, &gift.target, &gift.kind, &gift.id);
    let label = format!(
        "{}: what {} can give {} on {}/{}",
        walk.label(),
        gift.actor,
        gift.target,
        gift.kind,
        gift.id
    );
    let told = told.unwrap_or_else(|error| panic!("{label}: {error}"));
    match told {
        Answer::Denied(denied) => {
            let reason = denied.decision.reason.as_str();
            assert!(!gift.may_ask(walk), "{label}: refused with {reason}: {}", walk.shown());
        }
        Answer::Told(roles) => {
            assert!(gift.may_ask(walk), "{label}: told to who may not ask: {}", walk.shown());
            let found: Vec<(String, Option<u64>)> =
                roles.into_iter().map(|one| (one.role, one.until)).collect();
            walk.tally.checked("roles offered by pickers", found.len());
            let mut expected = gift.accepted(walk);
            let mut sorted = found.clone();
            expected.sort();
            sorted.sort();
            assert_eq!(sorted, expected, "{label}: {}", walk.shown());
        }
    }
    walk.tally.checked("role pickers", 1);
}

impl Gift {
    fn random(walk: &mut Walk<'static>, now: u64) -> Option<Self> {
        let document = walk.document.clone();
        let organizations: Vec<String> = document.organizations.iter().map(|one| one.id.clone()).collect();
        let organization = walk.dice.pick(&organizations)?;
        let things = document.things(&organization);
        let thing = walk.dice.pick(&things)?;
        let (kind, id) = thing.split_once('/')?;
        let members: Vec<String> =
            document.organization(&organization)?.members.iter().map(|one| one.member.clone()).collect();
        let bound = document.bound_on(&thing);
        let bound: Vec<String> = bound.into_iter().map(|(who, _, _)| who.into_owned()).collect();
        let users: Vec<String> = bound.iter().filter(|who| who.starts_with("user/")).cloned().collect();
        let people: Vec<String> = document.people.iter().map(|person| person.principal()).collect();
        let mut targets = [members.clone(), bound, people].concat();
        targets.extend(document.service_accounts.iter().map(|one| format!("service_account/{}", one.id)));
        targets.extend(document.groups.iter().map(|one| format!("group/{}", one.id)));
        targets.extend(document.api_keys.iter().map(|one| format!("api_key/{}", one.id)));
        let fresh = ["members", "new@a.com", "user/nobody", "service_account/new", "api_key/new"];
        targets.extend(fresh.map(str::to_owned));
        // An address may hold a slash, but who is written as a principal is none.
        targets.extend(["user/new@a.com", "group/new@a.com", "api_key/new@a.com"].map(str::to_owned));
        let actors = if users.is_empty() || walk.dice.chance(30) { members } else { users };
        let (actor, target) = (walk.dice.pick(&actors)?, walk.dice.pick(&targets)?);
        Some(Gift { actor, target, organization, kind: kind.to_owned(), id: id.to_owned(), now })
    }

    /// Whoever is active there and knows of the thing.
    fn may_ask(&self, walk: &Walk<'static>) -> bool {
        let home = walk.document.organization(&self.organization);
        let active = home.is_some_and(|home| home.is_active(&self.actor));
        let (actor, organization) = (self.actor.as_str(), self.organization.as_str());
        active && knows(&walk.oracle, walk.rules, actor, organization, &self.kind, &self.id, self.now)
    }

    /// Each role with its end, where the model accepts the command that gives it for so long.
    fn accepted(&self, walk: &Walk<'static>) -> Vec<(String, Option<u64>)> {
        let mut found = Vec::new();
        for role in walk.rules.roles(&self.kind) {
            let action = format!("grant {role}");
            let (principal, organization) = (self.actor.as_str(), self.organization.as_str());
            let (kind, id, now) = (self.kind.as_str(), self.id.as_str(), self.now);
            let ask = Question { principal, organization, action: &action, kind, id, now };
            let answer = walk.oracle.check_in_directory(ask);
            let Some(mut command) = self.command(walk, &role, answer.valid_until).filter(|_| answer.allowed)
            else {
                continue;
            };
            command["organization"] = json!(self.organization);
            if self.model(walk, &command).forecast().is_empty() {
                found.push((role, answer.valid_until));
            }
        }
        found
    }

    fn model<'a>(&'a self, walk: &'a Walk<'static>, command: &'a Value) -> Model<'a> {
        Model {
            rules: walk.rules,
            oracle: &walk.oracle,
            document: &walk.document,
            actor: Some(&self.actor),
            command,
            now: self.now,
            stops: Vec::new(),
        }
    }

    /// The command that gives a role alone, in place of what the target holds there.
    fn command(&self, walk: &Walk<'static>, role: &str, until: Option<u64>) -> Option<Value> {
        let (target, document) = (self.target.as_str(), &walk.document);
        let place = format!("{}/{}", self.kind, self.id);
        let held = document
            .bound_on(&place)
            .iter()
            .any(|(who, _, end)| who == target && end.is_none_or(|end| self.now < end));
        let mut command = match self.kind.as_str() {
            "organization" if until.is_some() => return None,
            "organization" => self.joining(walk, role)?,
            _ if holder_of(target) == "api_key" && (self.kind != "project" || until.is_some()) => {
                return None;
            }
            _ if holder_of(target) == "api_key" => {
                let (known, key) = (document.key(&target[8..]).is_some(), &target[8..]);
                return Some(if known {
                    json!({ "command": "change_api_key", "key": key, "roles": [role] })
                } else {
                    json!({ "command": "create_api_key", "project": self.id, "key": key, "roles": [role] })
                });
            }
            "project" if target.contains('@') && !target.contains('/') => {
                let projects = json!([{ "project": self.id, "roles": [role] }]);
                let first = walk.rules.kind("organization")["default"].clone();
                let invite = json!({ "command": "invite_member", "invite": "new", "address": target, "roles": [first], "projects": projects });
                return until.is_none().then_some(invite);
            }
            "project" if target.contains('@') && !target.contains('/') => {
                let projects = json!([{ "project": self.id, "roles": [role] }]);
                let first = walk.rules.kind("organization")["default"].clone();
                let invite = json!({ "command": "invite_member", "invite": "new", "address": target, "roles": [first], "projects": projects });
                return until.is_none().then_some(invite);
            }
            "project" => {
                let name = if held { "change_project_member" } else { "add_project_member" };
                json!({ "command": name, "project": self.id, "member": target, "roles": [role] })
            }
            _ => {
                let name = if held { "change_share" } else { "share" };
                json!({ "command": name, "resource": place, "with": target, "role": role })
            }
        };
        if let Some(until) = until {
            command["until"] = json!(until);
        }
        Some(command)
    }

    fn joining(&self, walk: &Walk<'static>, role: &str) -> Option<Value> {
        let target = self.target.as_str();
        let home = walk.document.organization(&self.organization)?;
        Some(match holder_of(target) {
            "user" if home.member(target).is_some() => {
                json!({ "command": "change_member_roles", "member": target, "roles": [role] })
            }
            "user" => {
                let person = walk.document.person(target)?;
                json!({ "command": "invite_member", "invite": "new", "address": person.address(), "roles": [role] })
            }
            "service_account" if walk.document.account(target).is_none() => {
                json!({ "command": "create_service_account", "account": &target[16..], "roles": [role] })
            }
            "service_account" => {
                json!({ "command": "change_service_account", "account": &target[16..], "roles": [role] })
            }
            "group" | "api_key" | "members" => return None,
            _ => json!({ "command": "invite_member", "invite": "new", "address": target, "roles": [role] }),
        })
    }
}
