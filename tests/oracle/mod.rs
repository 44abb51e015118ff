//! The oracle: sections 3 and 4 of ARCHITECTURE.md written out with strings and loops over the documents.
//! It has no index and no cleverness; it reads only valid documents, and nothing of `src/`.
#![allow(dead_code, reason = "each test file asks it a part of its questions")]

mod facts;
mod roles;

pub(crate) use facts::Fact;
use facts::Facts;
use roles::{Role, Roles};
use serde_json::Value;
use std::rc::Rc;

/// Who is asked: an access knows only what its principal holds, a directory knows every resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Asked {
    Access,
    Directory,
}

/// One binding that carries a grant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Via {
    pub(crate) role: String,
    pub(crate) on: String,
    pub(crate) how: &'static str,
    pub(crate) group: Option<String>,
    /// Whether the role lies on a resource above and gives the action by what it implies.
    pub(crate) implied: bool,
    pub(crate) until: Option<u64>,
}

/// The answer to one question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) allowed: bool,
    pub(crate) reason: &'static str,
    pub(crate) via: Vec<Via>,
    pub(crate) valid_until: Option<u64>,
}

impl Answer {
    fn denied(reason: &'static str) -> Self {
        Answer { allowed: false, reason, via: Vec::new(), valid_until: None }
    }
}

/// One question, asked of one principal in one organization at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) principal: &'a str,
    pub(crate) organization: &'a str,
    pub(crate) action: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) id: &'a str,
    pub(crate) now: u64,
}

/// The documents, and the facts read out of them.
pub(crate) struct Oracle<'a> {
    policy: &'a Value,
    roles: Rc<Roles<'a>>,
    facts: Facts,
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(policy: &'a Value, directory: &Value) -> Self {
        Oracle { policy, roles: Rc::new(Roles::new(policy)), facts: Facts::read(policy, directory) }
    }

    /// The same policy, over another directory.
    pub(crate) fn over(&self, directory: &Value) -> Self {
        let (policy, roles) = (self.policy, Rc::clone(&self.roles));
        Oracle { policy, roles, facts: Facts::read(policy, directory) }
    }

    /// What an access answers.
    pub(crate) fn check(&self, question: Question<'_>) -> Answer {
        self.answer(question, Asked::Access)
    }

    /// What a directory-backed check answers.
    pub(crate) fn check_in_directory(&self, question: Question<'_>) -> Answer {
        self.answer(question, Asked::Directory)
    }

    fn answer(&self, question: Question<'_>, asked: Asked) -> Answer {
        let refusal = self
            .principal_refused(question)
            .or_else(|| self.name_refused(question))
            .or_else(|| self.resource_refused(question, asked));
        if let Some(reason) = refusal {
            return Answer::denied(reason);
        }
        let carrying = self.carrying(question);
        let live: Vec<&Fact> = carrying.iter().copied().filter(|fact| fact.is_live(question.now)).collect();
        if live.is_empty() {
            return Answer::denied(if carrying.is_empty() { "no_role" } else { "expired" });
        }
        let paid: Vec<&Fact> = live.into_iter().filter(|fact| self.role_is_paid(fact, question)).collect();
        if paid.is_empty() || !self.action_is_paid(question) {
            return Answer::denied("feature_unavailable");
        }
        if self.limit_is_used_up(question) {
            return Answer::denied("limit_reached");
        }
        self.granted(question, &paid)
    }

    /// Section 4, the reasons about who asks, in their order.
    fn principal_refused(&self, question: Question<'_>) -> Option<&'static str> {
        if !self.facts.is_known(question.principal) {
            return Some("unknown_principal");
        }
        match self.facts.membership(question.principal, question.organization) {
            None => Some("not_a_member"),
            Some(membership) if membership.suspended => Some("suspended"),
            Some(_) if !self.holder_is_paid(question) => Some("feature_unavailable"),
            Some(_) => None,
        }
    }

    /// Section 4, the reasons about the names of kind and action, and about what is not there yet.
    fn name_refused(&self, question: Question<'_>) -> Option<&'static str> {
        let Some(kind) = self.kind(question.kind) else { return Some("unknown_kind") };
        if !self.roles.has_action(question.kind, question.action) {
            return Some("unknown_action");
        }
        let action = &kind["actions"][question.action];
        let is_open = kind["available"] != false && action["available"] != false;
        if is_open { None } else { Some("not_available_yet") }
    }

    /// Rule 2 for private kinds; rule 1 for what a directory knows not to be in this organization.
    fn resource_refused(&self, question: Question<'_>, asked: Asked) -> Option<&'static str> {
        let is_private = self.kind(question.kind).is_some_and(|kind| kind["private"] == true);
        let is_hidden = match (is_private, asked) {
            (true, _) => !self.has_standing(question),
            (false, Asked::Directory) => !self.facts.is_in(question.kind, question.id, question.organization),
            (false, Asked::Access) => false,
        };
        if is_hidden { Some("unknown_resource") } else { None }
    }

    /// A live binding, here or above, whose role gives any action of this kind.
    pub(crate) fn has_standing(&self, question: Question<'_>) -> bool {
        self.reaching(question)
            .iter()
            .filter(|fact| fact.is_live(question.now))
            .any(|fact| Roles::given(fact).any(|role| self.roles.gives_any(&role, question.kind)))
    }

    /// The bindings (s, r, y, u) with the principal in s and y the resource or above it.
    fn reaching(&self, question: Question<'_>) -> Vec<&Fact> {
        if !self.facts.is_in(question.kind, question.id, question.organization) {
            return Vec::new();
        }
        let chain = self.facts.chain(question.kind, question.id);
        self.facts
            .bindings()
            .iter()
            .filter(|fact| chain.iter().any(|(kind, id)| *kind == fact.kind && *id == fact.id))
            .filter(|fact| self.facts.is_one_of(question.principal, question.organization, &fact.who))
            .collect()
    }

    /// Those of them whose role gives the action on this kind.
    fn carrying(&self, question: Question<'_>) -> Vec<&Fact> {
        let mut facts = self.reaching(question);
        facts.retain(|fact| Roles::given(fact).any(|role| self.gives(&role, question)));
        facts
    }

    fn gives(&self, role: &Role, question: Question<'_>) -> bool {
        self.roles.gives(role, question.kind, question.action)
    }

    fn granted(&self, question: Question<'_>, carriers: &[&Fact]) -> Answer {
        let chain = self.facts.chain(question.kind, question.id);
        let distance = |via: &Via| chain.iter().position(|(kind, id)| via.on == format!("{kind}/{id}"));
        let mut via: Vec<Via> = carriers.iter().map(|fact| self.via(question, fact)).collect();
        via.sort_by_key(|one| (distance(one), one.clone()));
        Answer { allowed: true, reason: "granted", valid_until: latest_end(carriers), via }
    }

    fn via(&self, question: Question<'_>, fact: &Fact) -> Via {
        let group = fact.who.strip_prefix("group/").map(str::to_owned);
        let how = match fact.who.as_str() {
            _ if fact.kind == "platform" => "platform",
            "members" => "members",
            _ if group.is_some() => "group",
            _ => "direct",
        };
        Via {
            role: fact.role.clone(),
            on: format!("{}/{}", fact.kind, fact.id),
            how,
            group,
            implied: fact.kind != question.kind,
            until: fact.until,
        }
    }

    /// Rule 8: the principal's own kind may need a feature.
    fn holder_is_paid(&self, question: Question<'_>) -> bool {
        let (holder, _) = split(question.principal);
        self.has_feature(question.organization, &self.policy["holders"][holder]["feature"])
    }

    /// Rule 8: the role that is bound may need a feature; without it the binding grants nothing, not even what comes
    /// along with it.
    fn role_is_paid(&self, fact: &Fact, question: Question<'_>) -> bool {
        let body = &self.policy["kinds"][&fact.kind]["roles"][&fact.role];
        self.has_feature(question.organization, &body["feature"])
    }

    /// Rule 8: the kind and the action may need a feature.
    fn action_is_paid(&self, question: Question<'_>) -> bool {
        let kind = &self.policy["kinds"][question.kind];
        self.has_feature(question.organization, &kind["feature"])
            && self.has_feature(question.organization, &kind["actions"][question.action]["feature"])
    }

    fn has_feature(&self, organization: &str, feature: &Value) -> bool {
        feature.is_null() || entries(&self.edition(organization)["features"]).contains(feature)
    }

    /// Rule 8: a limit guards an action that adds, when as many exist as the edition allows.
    fn limit_is_used_up(&self, question: Question<'_>) -> bool {
        let action = &self.policy["kinds"][question.kind]["actions"][question.action];
        let Some(limit) = action["limit"].as_str() else { return false };
        let Some(allowed) = self.edition(question.organization)["limits"][limit].as_u64() else {
            return false;
        };
        let counted = text(&self.policy["limits"][limit]["counts"]);
        self.facts.count(counted, question.organization) >= allowed
    }

    fn edition(&self, organization: &str) -> &Value {
        let found = self.facts.edition(organization);
        found.map_or(&Value::Null, |edition| &self.policy["editions"][edition])
    }

    fn kind(&self, name: &str) -> Option<&Value> {
        self.policy["kinds"].get(name)
    }

    /// The ids, in order of their bytes, on which `check` grants.
    pub(crate) fn list(&self, question: Question<'_>) -> Vec<String> {
        let mut ids = self.facts.ids(question.kind);
        ids.retain(|id| self.check(Question { id, ..question }).allowed);
        ids.sort();
        ids
    }

    /// Rule 12: the organizations in which the principal is active, in order of their ids.
    pub(crate) fn organizations(&self, principal: &str) -> Vec<String> {
        let mut ids = self.facts.ids("organization");
        ids.retain(|id| self.facts.membership(principal, id).is_some_and(|found| !found.suspended));
        ids.sort();
        ids
    }

    /// What a console shows for the answer of `check`.
    pub(crate) fn button_state(&self, question: Question<'_>) -> &'static str {
        let action = &self.policy["kinds"][question.kind]["actions"][question.action];
        match self.check(question).reason {
            "granted" => "enabled",
            "feature_unavailable" | "limit_reached" | "not_available_yet" => "disabled",
            "no_role" | "expired" if action["requestable"] == true => "disabled",
            _ => "hidden",
        }
    }
}

/// `validUntil`: the latest end, absent if one of them has none.
fn latest_end(facts: &[&Fact]) -> Option<u64> {
    let ends: Option<Vec<u64>> = facts.iter().map(|fact| fact.until).collect();
    ends.and_then(|ends| ends.into_iter().max())
}

/// The entries of a list that may be absent.
fn entries(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn texts(value: &Value) -> Vec<String> {
    entries(value).iter().map(|one| text(one).to_owned()).collect()
}

/// `kind/id`, split at the first slash.
fn split(reference: &str) -> (&str, &str) {
    reference.split_once('/').unwrap_or((reference, ""))
}
