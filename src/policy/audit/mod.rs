//! What is worth a second look in a policy that compiles: who can lift themselves, what nobody can do, what says the
//! same twice. Nothing here is asked when a policy is compiled or a question answered.

mod graph;
mod lift;
mod pool;
mod sets;
mod shape;
mod words;

use super::{Model, Policy, RoleId};
use graph::Graph;
use pool::{Company, Pool};
use serde::Serialize;

/// Something about a policy that its author should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// What was found and where, such as `escalation/organization/organization_user`. It stays the same as long as
    /// the roles keep their names; `explained` of the policy refers to it.
    pub key: String,
    /// How much it matters.
    pub level: Level,
    /// The roles that it is about, as `kind/role`.
    pub roles: Vec<String>,
    /// The actions that it is about, as `kind/action`, in the policy's order.
    pub actions: Vec<String>,
    /// What it means, for a person.
    pub sentence: String,
    /// Why this is meant, as the policy says under `explained`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<String>,
}

/// How much a [`Finding`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Level {
    /// Take it away, or explain it.
    Warning,
    /// Good to know.
    Note,
}

/// What some people can come to hold on the resources of one kind: see [`Policy::reach`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reach {
    /// The kind.
    pub kind: String,
    /// The actions, in the policy's order, the `grant` of each role among them.
    pub actions: Vec<String>,
}

impl Finding {
    #[inline(never)]
    fn of(key: String, level: Level, roles: Vec<String>, actions: Vec<String>, parts: &[&str]) -> Self {
        let sentence = [&parts.concat(), "."].concat();
        Self { key, level, roles, actions, sentence, explained: None }
    }
}

impl Policy {
    /// Looks at the whole policy and says what its author should know. The keys begin with
    ///
    /// - `ungoverned`: an organization or a project can be left with nobody who may use a command that governs it;
    /// - `escalation`: who holds a role can come to hold what it does not give, by commands that they may use;
    /// - `collusion`: the same with an accomplice, or for two roles together;
    /// - `succession`: who may remove a member can make an accomplice the holder of what that member held last;
    /// - `unallowed`: an action that no role contains;
    /// - `ungrantable`: a role that someone may hold and nobody can give;
    /// - `same`, `contains`: roles of one kind that give the same, or of which one contains the other without
    ///   implying it (notes);
    /// - `unchecked`: there are too many roles that give something to look at all of them;
    /// - `stale_explanation`: the policy explains a finding that there is not.
    ///
    /// A finding that is meant is explained in the policy, under its key in `explained`, and then says so.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"));
    /// use bailiwick::{Level, Policy};
    ///
    /// let policy = Policy::compile(text)?;
    /// assert!(policy.audit().iter().all(|finding| finding.level == Level::Note || finding.explained.is_some()));
    ///
    /// // A billing admin who changes roles, and may give these two, makes themselves an owner.
    /// let bad = text
    ///     .replace("\"organization\": \"update_member_roles\"", "\"organization\": \"update_billing\"")
    ///     .replace(
    ///         "\"label\": \"Billing admin\",",
    ///         "\"label\": \"Billing admin\", \"grant\": [\"organization_owner\", \"organization_billing_admin\"],",
    ///     )
    ///     .replace("\"may\": \"grant organization_owner\"", "\"may\": \"rename\""); // a promise that it breaks
    /// let findings = Policy::compile(&bad)?.audit();
    /// let key = "escalation/organization/organization_billing_admin";
    /// let found = findings.iter().find(|finding| finding.key == key).expect("it is found");
    /// assert_eq!(found.level, Level::Warning);
    /// assert!(found.actions.iter().any(|action| action == "organization/delete"));
    /// assert!(found.sentence.contains("can give themselves `organization/organization_owner` by `change_member_roles`"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn audit(&self) -> Vec<Finding> {
        let graph = Graph::of(self.model());
        let mut findings = Vec::new();
        shape::ungoverned(&graph, &mut findings);
        lift::find(&graph, &mut findings);
        shape::unallowed(&graph, &mut findings);
        shape::ungrantable(&graph, &mut findings);
        shape::alike(&graph, &mut findings);
        explain(self.model(), &mut findings);
        findings
    }

    /// An upper bound of what people can come to hold by themselves. Each member is the list of roles, as (kind,
    /// role), that they have bound in one organization on whatever resources, those of their groups and of `members`
    /// among them. None if the policy does not have one of the roles.
    ///
    /// Whatever sequence of commands these members give, also by service accounts and API keys that they make or
    /// change, and whatever they configure single sign-on to assert about themselves: no action that any of them then
    /// holds, on a resource of that organization which existed before, is missing here. What is created on the way is
    /// left out: who creates a resource gets on it what the policy names as `creator`. Commands of others do not count,
    /// nor those of the host besides signing in; nor do invites that others have sent, and what others have configured.
    ///
    /// It is a bound and not a forecast: it takes all resources of one kind for one, several members for one who
    /// holds all their roles, and every edition for one that has everything. One member alone is seen more closely:
    /// that they need `grant` of what they have bound themselves, and that a successor is somebody else.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinkfish.json"));
    /// use bailiwick::Policy;
    ///
    /// let policy = Policy::compile(text)?;
    /// let admin = ("organization", "organization_admin");
    /// let edits = |members: &[&[(&str, &str)]]| {
    ///     let reach = policy.reach(members).expect("the roles are the policy's");
    ///     let automation = reach.iter().find(|reach| reach.kind == "automation");
    ///     automation.is_some_and(|reach| reach.actions.iter().any(|action| action == "edit"))
    /// };
    /// // Alone an admin sees no content. Two can remove the last who holds some, one naming the other as successor.
    /// assert!(!edits(&[&[admin]]));
    /// assert!(edits(&[&[admin], &[("organization", "organization_member")]]));
    /// assert_eq!(policy.reach(&[&[("organization", "king")]]), None);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn reach(&self, members: &[&[(&str, &str)]]) -> Option<Vec<Reach>> {
        let model = self.model();
        let mut roles: Vec<RoleId> = Vec::new();
        for (kind, role) in members.iter().copied().flatten() {
            roles.push(model.role_named(model.kind_named(kind)?, role)?);
        }
        let graph = Graph::of(model);
        let company = if members.len() > 1 { Company::Heirs } else { Company::Alone };
        let pool = Pool::new(&graph, &roles, company).closed();
        let mut reached = Vec::new();
        for (id, mask) in pool.held().each().filter(|(_, mask)| !mask.is_empty()) {
            let kind = model.kind(id);
            let mut actions = Vec::new();
            for (_, action) in kind.actions.iter().enumerate().filter(|(bit, _)| mask.has(*bit)) {
                actions.push(action.name.clone());
            }
            reached.push(Reach { kind: kind.name.clone(), actions });
        }
        Some(reached)
    }
}

/// Puts what the policy says beside what was found; what it explains and nobody found is a finding, too.
fn explain(model: &Model, findings: &mut Vec<Finding>) {
    for (key, why) in &model.explained {
        match findings.iter_mut().find(|finding| finding.key == *key) {
            Some(finding) => finding.explained = Some(why.clone()),
            None => {
                let parts = ["The policy explains `", key, "`, and there is no such finding"];
                let key = ["stale_explanation/", key].concat();
                findings.push(Finding::of(key, Level::Warning, Vec::new(), Vec::new(), &parts));
            }
        }
    }
}
