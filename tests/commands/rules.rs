//! A policy as its document says it: names and lists, looked up where they are needed.

use crate::common::preset_text;
use bailiwick::Policy;
use serde_json::Value;

/// The policies of the random runs, with their editions from the smallest to the largest.
pub(crate) const POLICIES: [(&str, &[&str]); 5] = [
    ("pinecone", &["starter", "standard", "enterprise"]),
    ("pinecone-literal", &["starter", "standard", "enterprise"]),
    ("pinecone-2026", &["starter", "standard", "enterprise"]),
    ("pinkfish", &["free", "team", "enterprise"]),
    ("guild", &["hut", "hall", "town"]),
];

pub(crate) struct Rules {
    pub(crate) name: &'static str,
    pub(crate) editions: &'static [&'static str],
    pub(crate) document: Value,
    pub(crate) policy: Policy,
    /// The actions of each kind, in the order of the policy.
    actions: Vec<(String, Vec<String>)>,
    keeps: bool,
}

/// The strings of a list that may be absent.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The names of an object's fields.
fn names(value: &Value) -> Vec<String> {
    value.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// `user` of `user/ana@acme.com`; `members` of itself.
pub(crate) fn holder_of(who: &str) -> &str {
    who.split_once('/').map_or(who, |(holder, _)| holder)
}

impl Rules {
    pub(crate) fn new(place: usize) -> Self {
        let (name, editions) = POLICIES[place];
        let text = preset_text(name).unwrap_or(include_str!("../vectors/policies/guild.json"));
        let policy = Policy::compile(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let actions = policy.kinds().map(|info| {
            let mut all = info.actions;
            all.extend(info.roles.iter().map(|role| format!("grant {role}")));
            (info.kind, all)
        });
        let actions = actions.collect();
        let document = serde_json::from_str(text).unwrap();
        let mut rules = Rules { name, editions, document, policy, actions, keeps: false };
        rules.keeps = rules.keeps_project_owners();
        rules
    }

    pub(crate) fn kind(&self, kind: &str) -> &Value {
        &self.document["kinds"][kind]
    }

    pub(crate) fn kinds(&self) -> Vec<String> {
        names(&self.document["kinds"])
    }

    pub(crate) fn has_projects(&self) -> bool {
        self.kind("project").is_object()
    }

    /// The kinds below the organization that are no projects.
    pub(crate) fn content_kinds(&self) -> Vec<String> {
        let mut kinds = self.kinds();
        kinds.retain(|kind| !["platform", "organization", "project"].contains(&kind.as_str()));
        kinds
    }

    pub(crate) fn roles(&self, kind: &str) -> Vec<String> {
        names(&self.kind(kind)["roles"])
    }

    pub(crate) fn has_role(&self, kind: &str, role: &str) -> bool {
        self.kind(kind)["roles"].get(role).is_some()
    }

    /// The roles that this kind of holder may have on things of a kind.
    pub(crate) fn holdable(&self, holder: &str, kind: &str) -> Vec<String> {
        texts(&self.document["holders"][holder]["roles"][kind])
    }

    pub(crate) fn may_hold(&self, holder: &str, kind: &str, role: &str) -> bool {
        self.holdable(holder, kind).iter().any(|one| one == role)
    }

    pub(crate) fn top(&self, kind: &str) -> &str {
        self.kind(kind)["top"].as_str().unwrap_or("")
    }

    pub(crate) fn sharing(&self, kind: &str) -> Vec<String> {
        texts(&self.kind(kind)["sharing"])
    }

    /// The highest sharing role of a kind; empty where nothing of it is shared.
    pub(crate) fn highest(&self, kind: &str) -> String {
        self.sharing(kind).into_iter().next().unwrap_or_default()
    }

    pub(crate) fn command(&self, command: &str, kind: &str) -> Option<&str> {
        self.document["commands"][command][kind].as_str()
    }

    /// What roles on the organization give by default on a project.
    pub(crate) fn defaults(&self, roles: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for role in roles {
            for given in texts(&self.kind("organization")["roles"][role]["default"]["project"]) {
                if !found.contains(&given) {
                    found.push(given);
                }
            }
        }
        found
    }

    /// Rule 10: whether projects keep owners of their own, as no organization role gives all that theirs gives.
    pub(crate) fn projects_keep_owners(&self) -> bool {
        self.keeps
    }

    fn keeps_project_owners(&self) -> bool {
        let top = self.top("project");
        let all = self.given("project", top, "project");
        let covers = |role: &String| {
            let given = self.given("organization", role, "project");
            all.iter().all(|action| given.contains(action))
        };
        !top.is_empty() && !self.roles("organization").iter().any(covers)
    }

    /// What a role gives on a kind, itself or by what it implies; `grant q` among it.
    pub(crate) fn given(&self, on: &str, role: &str, kind: &str) -> Vec<String> {
        let mut brought = vec![(on.to_owned(), role.to_owned())];
        let mut next = 0;
        let mut found = Vec::new();
        while let Some((at, name)) = brought.get(next).cloned() {
            next += 1;
            let body = &self.kind(&at)["roles"][&name];
            if at == kind {
                found.extend(texts(&body["allow"]));
                found.extend(texts(&body["grant"]).iter().map(|role| format!("grant {role}")));
            }
            for below in names(&body["implies"]) {
                for one in texts(&body["implies"][&below]) {
                    if !brought.contains(&(below.clone(), one.clone())) {
                        brought.push((below.clone(), one));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// What a binding gives a holder on a kind: its role, and what comes along with any binding there.
    pub(crate) fn held(&self, holder: &str, on: &str, role: &str, kind: &str) -> Vec<String> {
        let mut found = self.given(on, role, kind);
        for along in texts(&self.document["holders"][holder]["baseline"][on]) {
            found.extend(self.given(on, &along, kind));
        }
        found
    }

    pub(crate) fn has_feature(&self, edition: &str, feature: &Value) -> bool {
        feature.is_null()
            || self.document["editions"][edition]["features"]
                .as_array()
                .is_some_and(|all| all.contains(feature))
    }
}

impl Rules {
    /// The actions of a kind, and the `grant` of each of its roles, in the policy's order.
    pub(crate) fn actions(&self, kind: &str) -> Vec<String> {
        let found = self.actions.iter().find(|(known, _)| known == kind);
        found.map(|(_, actions)| actions.clone()).unwrap_or_default()
    }
}
