//! Commands, facts and answers in words, from the labels of the policy and the names that the changes bring.

use super::page::{Line, Mark};
use bailiwick::{Change, Command, Decision, Fact, Lack, Operation, Policy, ProjectRoles, Row};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many actions of a preview are named.
const NAMED: usize = 4;
/// In milliseconds.
const DAY: u64 = 86_400_000;

/// How a command is spoken of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// “create the project”
    Plain,
    /// “creates the project”
    Does,
    /// “tries to create the project”
    Tries,
    /// “would create the project”
    Would,
}

/// What things are called.
pub(crate) struct Words {
    policy: Policy,
    /// The policy's document, for the labels of editions.
    document: Value,
    /// By `kind/id`.
    names: BTreeMap<String, String>,
}

impl Words {
    /// The labels of a policy, and the names of the directory that the story starts from.
    pub(crate) fn new(policy: &Policy, document: Value, start: &Value) -> Self {
        let mut words = Self { policy: policy.clone(), document, names: BTreeMap::new() };
        for (list, kind) in [("people", "user"), ("organizations", "organization")] {
            for row in start.get(list).and_then(Value::as_array).into_iter().flatten() {
                let text = |field: &str| row.get(field).and_then(Value::as_str);
                if let (Some(id), Some(name)) = (text("id"), text("name")) {
                    words.call([kind, "/", id].concat(), name);
                }
            }
        }
        words
    }

    fn call(&mut self, key: String, name: &str) {
        self.names.insert(key, name.to_owned());
    }

    /// Takes up the names that a change brings.
    pub(crate) fn learn(&mut self, change: &Change) {
        for fact in &change.added {
            let (kind, id, name) = match fact {
                Fact::Person { id, name, .. } => ("user/", id, name.as_ref()),
                Fact::Organization { id, name, .. } => ("organization/", id, name.as_ref()),
                Fact::ServiceAccount { id, name, .. } => ("service_account/", id, name.as_ref()),
                Fact::ApiKey { id, name, .. } => ("api_key/", id, name.as_ref()),
                Fact::Resource { id, name, .. } => ("", id, name.as_ref()),
                Fact::Invite { id, address, .. } => ("invite/", id, Some(address)),
                _ => continue,
            };
            if let Some(name) = name {
                self.call([kind, id].concat(), name);
            }
        }
    }

    /// The name of `kind/id`.
    fn name(&self, key: &str) -> String {
        let id = key.split_once('/').map_or(key, |(_, id)| id);
        self.names.get(key).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What people call somebody: a person by their first name.
    pub(crate) fn short(&self, who: &str) -> String {
        let name = self.name(who);
        let first = name.split(' ').next().map(str::to_owned);
        first.filter(|_| who.starts_with("user/")).unwrap_or(name)
    }

    /// “Ana and Bo”.
    pub(crate) fn people(&self, people: &[&str]) -> String {
        listed(people.iter().map(|who| self.short(who)).collect())
    }

    fn role(&self, kind: &str, role: &str) -> String {
        let matrix = self.policy.matrix(kind);
        let found = matrix.into_iter().flat_map(|matrix| matrix.roles).find(|known| known.role == role);
        found.map_or_else(|| role.to_owned(), |known| known.label)
    }

    fn roles(&self, kind: &str, roles: &[String]) -> String {
        listed(roles.iter().map(|role| self.role(kind, role)).collect())
    }

    fn action(&self, kind: &str, action: &str) -> String {
        if let Some(role) = action.strip_prefix("grant ") {
            return ["Give ", &self.role(kind, role)].concat();
        }
        let matrix = self.policy.matrix(kind);
        let found = matrix.into_iter().flat_map(|matrix| matrix.actions).find(|known| known.action == action);
        found.map_or_else(|| action.to_owned(), |known| known.label)
    }

    fn kind(&self, name: &str) -> String {
        let kind = kind_of(name);
        let found = self.policy.kinds().find(|known| known.kind == kind);
        found.map_or_else(|| kind.to_owned(), |known| known.label.to_lowercase())
    }

    fn edition(&self, edition: &str) -> String {
        let label = self.document.pointer(&["/editions/", edition, "/label"].concat());
        label.and_then(Value::as_str).unwrap_or(edition).to_owned()
    }

    /// A command as somebody tells it.
    pub(crate) fn says(&self, command: &Command, who: &str, voice: Voice) -> String {
        let home = ["organization/", &command.organization].concat();
        let text = self.told(&command.operation, &self.name(&home), who);
        match voice {
            Voice::Plain => text,
            Voice::Tries => ["tries to ", &text].concat(),
            Voice::Would => ["would ", &text].concat(),
            Voice::Does => {
                let (verb, rest) = text.split_once(' ').unwrap_or((&text, ""));
                [verb, "s ", rest].concat()
            }
        }
    }

    fn told(&self, operation: &Operation, home: &str, who: &str) -> String {
        let given = |name: &Option<String>, id: &str| name.clone().unwrap_or_else(|| id.to_owned());
        let they = |member: &str| if member == who { "themselves".to_owned() } else { self.short(member) };
        let project = |id: &str| self.name(&["project/", id].concat());
        match operation {
            Operation::SignUp { person, name, .. } => format!("register {}", given(name, person)),
            Operation::CreateOrganization { name, .. } => {
                format!("create the organization {}", given(name, home))
            }
            Operation::InviteMember { address, roles, projects, .. } => {
                let projects: String = projects.iter().map(|known| self.joining(known)).collect();
                format!("invite {address} as {}{projects}", self.roles("organization", roles))
            }
            Operation::AcceptInvite { .. } => format!("accept the invite to {home}"),
            Operation::ChangeMemberRoles { member, roles } => {
                format!("make {} {} of {home}", they(member), self.roles("organization", roles))
            }
            Operation::SuspendMember { member } => format!("suspend {}", they(member)),
            Operation::RestoreMember { member } => format!("restore {}", they(member)),
            Operation::RemoveMember { member, successor } => {
                let heir = successor.as_ref().map(|who| format!(", with {} as successor", self.short(who)));
                format!("remove {} from {home}{}", they(member), heir.unwrap_or_default())
            }
            Operation::LeaveOrganization { .. } => format!("leave {home}"),
            Operation::CreateProject { project, name } => {
                format!("create the project {}", given(name, project))
            }
            Operation::RenameProject { project: id, name } => format!("rename {} to {name}", project(id)),
            Operation::AddProjectMember { project: id, member, roles, .. } => {
                let roles = roles.as_deref().map(|roles| self.roles("project", roles));
                let roles = roles.map(|roles| format!(" as {roles}")).unwrap_or_default();
                format!("add {} to {}{roles}", they(member), project(id))
            }
            Operation::CreateServiceAccount { account, name, .. } => {
                format!("create the service account {}", given(name, account))
            }
            Operation::CreateApiKey { project: id, key, name, .. } => {
                format!("create the API key {} for {}", given(name, key), project(id))
            }
            Operation::RotateApiKey { key } => {
                format!("rotate the API key {}", self.name(&["api_key/", key].concat()))
            }
            Operation::ChangeEdition { edition } => {
                format!("move {home} to the {} edition", self.edition(edition))
            }
            other => self.told_of_content(other),
        }
    }

    fn told_of_content(&self, operation: &Operation) -> String {
        match operation {
            Operation::CreateResource { resource, name, uses, .. } => {
                let name = name.clone().unwrap_or_else(|| self.name(resource));
                let uses = self.using(uses, ", which uses ");
                format!("create the {} {name}{uses}", self.kind(resource))
            }
            Operation::Share { resource, with, role, .. } => {
                let role = self.role(kind_of(resource), role);
                format!("share {} with {} as “{role}”", self.name(resource), self.short(with))
            }
            Operation::ChangeShare { resource, with, role, .. } => {
                let role = self.role(kind_of(resource), role);
                format!("change the share of {} on {} to “{role}”", self.short(with), self.name(resource))
            }
            other => other.name().replace('_', " "),
        }
    }

    fn joining(&self, known: &ProjectRoles) -> String {
        let name = self.name(&["project/", &known.project].concat());
        let roles = known.roles.as_deref().map(|roles| self.roles("project", roles));
        let roles = roles.map(|roles| format!(" as {roles}")).unwrap_or_default();
        format!(", and into {name}{roles}")
    }

    fn using(&self, uses: &[String], before: &str) -> String {
        if uses.is_empty() {
            return String::new();
        }
        [before, &listed(uses.iter().map(|name| self.name(name)).collect())].concat()
    }

    /// What a change came to, a line for each fact; a row that stands on both sides was changed.
    pub(crate) fn facts(&self, change: &Change) -> Vec<Line> {
        let gone = change.removed.iter().filter(|old| !change.added.iter().any(|new| same_row(old, new)));
        let gone = gone.filter_map(|fact| Some(Line::new(Mark::Removed, self.fact(fact, None)?)));
        let new = change.added.iter().filter_map(|new| {
            match change.removed.iter().find(|old| same_row(old, new)) {
                Some(old) => Some(Line::new(Mark::Changed, self.changed(old, new)?)),
                None => Some(Line::new(Mark::Added, self.fact(new, Some(change.at))?)),
            }
        });
        gone.chain(new).collect()
    }

    /// A fact, where there is a moment as seen from then.
    fn fact(&self, fact: &Fact, now: Option<u64>) -> Option<String> {
        Some(match fact {
            Fact::Person { id, email, .. } => {
                format!("{}, {}", self.name(&["user/", id].concat()), email.as_ref().unwrap_or(id))
            }
            Fact::Organization { id, edition, .. } => {
                let name = self.name(&["organization/", id].concat());
                format!("organization {name}, {} edition", self.edition(edition))
            }
            Fact::Member { organization, member, .. } => {
                let home = self.name(&["organization/", organization].concat());
                format!("{} belongs to {home}", self.short(member))
            }
            Fact::ServiceAccount { id, .. } => {
                format!("service account {}", self.name(&["service_account/", id].concat()))
            }
            Fact::Resource { id, uses, .. } => {
                format!("{} {}{}", self.kind(id), self.name(id), self.using(uses, ", uses "))
            }
            Fact::ApiKey { id, project, .. } => {
                let project = self.name(&["project/", project].concat());
                format!("API key {} of {project}", self.name(&["api_key/", id].concat()))
            }
            Fact::Invite { address, expires, .. } => {
                let days = now.map(|now| expires.saturating_sub(now) / DAY);
                let days = days.map(|days| format!(", for {days} days")).unwrap_or_default();
                format!("invite to {address}{days}")
            }
            Fact::Binding { who, role, on, .. } => {
                format!("{}: {} on {}", self.short(who), self.role(kind_of(on), role), self.name(on))
            }
            _ => return None, // that an id is used up is no news
        })
    }

    fn changed(&self, old: &Fact, new: &Fact) -> Option<String> {
        Some(match (old, new) {
            (Fact::Organization { id, edition: before, .. }, Fact::Organization { edition: after, .. }) => {
                let name = self.name(&["organization/", id].concat());
                format!("{name}: {} edition → {} edition", self.edition(before), self.edition(after))
            }
            (_, Fact::Member { member, suspended_by, .. }) => {
                let state = if suspended_by.is_some() { "suspended" } else { "active again" };
                format!("{} is {state}", self.short(member))
            }
            (_, Fact::ServiceAccount { id, suspended, .. }) => {
                let state = if *suspended { "suspended" } else { "active again" };
                format!("{} is {state}", self.name(&["service_account/", id].concat()))
            }
            (_, Fact::ApiKey { id, rotations, .. }) => {
                format!("API key {}: rotation {rotations}", self.name(&["api_key/", id].concat()))
            }
            _ => return self.fact(new, None),
        })
    }

    /// Who could turn a refusal: people, or whoever holds a role.
    pub(crate) fn helpers(&self, decision: &Decision) -> Option<String> {
        let people: Vec<&str> = decision.ask.iter().flat_map(|ask| &ask.people).map(String::as_str).collect();
        if !people.is_empty() {
            return Some(self.people(&people));
        }
        let ask = decision.ask.first()?;
        let (kind, on) = (kind_of(&ask.on), self.name(&ask.on));
        let role = self.role(kind, &ask.role);
        if self.policy.kinds().any(|known| known.kind == kind && known.private) {
            return Some(format!("who has “{role}” on {on}"));
        }
        let article = if role.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
        Some(format!("{article} {role} of {on}"))
    }

    /// What somebody would gain and lose.
    pub(crate) fn row(&self, row: &Row) -> Vec<Line> {
        let (who, on) = (self.short(&row.principal), self.name(&[&row.kind, "/", &row.id].concat()));
        let line = |verb: &str, actions: &[String]| {
            let actions = self.actions(&row.kind, actions);
            (!actions.is_empty())
                .then(|| Line::new(Mark::Foreseen, format!("{who} {verb} on {on}: {actions}")))
        };
        line("gains", &row.gained).into_iter().chain(line("loses", &row.lost)).collect()
    }

    fn actions(&self, kind: &str, actions: &[String]) -> String {
        let named: Vec<String> = actions.iter().take(NAMED).map(|action| self.action(kind, action)).collect();
        match actions.len().saturating_sub(named.len()) {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    /// What a receiver would still lack, and who can give it.
    pub(crate) fn lack(&self, operation: &Operation, lack: &Lack) -> Line {
        let who = match operation {
            Operation::Share { with, .. } | Operation::ChangeShare { with, .. } => self.short(with),
            _ => String::new(),
        };
        let (kind, on) = (kind_of(&lack.resource), self.name(&lack.resource));
        let action = self.action(kind, &lack.action);
        let people: Vec<&str> = lack.ask.iter().map(String::as_str).collect();
        let give = lack
            .role
            .as_ref()
            .map(|role| format!("; {} can share it as “{}”", self.people(&people), self.role(kind, role)));
        let give = give.filter(|_| !people.is_empty()).unwrap_or_default();
        Line::new(Mark::Foreseen, format!("{who} lacks on {on}: {action}{give}"))
    }
}

/// The kind of `kind/id`.
fn kind_of(name: &str) -> &str {
    name.split_once('/').map_or(name, |(kind, _)| kind)
}

/// “a, b and c”.
fn listed(mut names: Vec<String>) -> String {
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { [&names.join(", "), " and ", &last].concat() }
}

/// Whether two facts are one row that says something else.
fn same_row(old: &Fact, new: &Fact) -> bool {
    match (old, new) {
        (Fact::Organization { id: a, .. }, Fact::Organization { id: b, .. })
        | (Fact::ServiceAccount { id: a, .. }, Fact::ServiceAccount { id: b, .. })
        | (Fact::Resource { id: a, .. }, Fact::Resource { id: b, .. })
        | (Fact::ApiKey { id: a, .. }, Fact::ApiKey { id: b, .. })
        | (Fact::Member { member: a, .. }, Fact::Member { member: b, .. }) => a == b,
        _ => false,
    }
}
