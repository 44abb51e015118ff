//! The role graph: which command gives which role, under what.

use super::sets::Sets;
use crate::policy::{Holder, KindId, Mask, Model, RoleId};

/// What a command that gives a role asks besides its action and the role's `grant`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Nothing.
    Any,
    /// `grant` of all that the receiver has bound there.
    Change,
    /// The receiver has nothing bound there.
    Add,
    /// The receiver is no member, so somebody else has sent it.
    Invite,
    /// No `grant`: whoever goes leaves it to a successor, who is somebody else.
    Succeed,
    /// The receiver is an account or a key, and gets no more than its maker holds.
    Covered,
}

/// The commands after which one may act as a service account.
const MAKERS: [&str; 2] = ["create_service_account", "change_service_account"];

/// One way to come to a role.
pub(super) struct Route {
    pub(super) command: &'static str,
    pub(super) way: Way,
    /// The kind and the bit of the command's action.
    pub(super) guard: (KindId, usize),
}

pub(super) struct Graph<'m> {
    pub(super) model: &'m Model,
    /// By role: what it gives on each kind, with the baselines of all who may hold it.
    gives: Vec<Sets>,
    /// By role.
    routes: Vec<Vec<Route>>,
    /// By role: its kind and the bit of its `grant`.
    grants: Vec<(KindId, usize)>,
    /// The actions by which one comes to a service account.
    makers: Vec<(KindId, usize)>,
    /// The actions that guard a route.
    guards: Sets,
}

impl<'m> Graph<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let guards = Sets::none(model.kinds.len());
        let mut graph = Self {
            model,
            gives: Vec::new(),
            routes: Vec::new(),
            grants: Vec::new(),
            makers: Vec::new(),
            guards,
        };
        for command in model.commands.iter().filter(|command| MAKERS.contains(&command.name)) {
            graph.makers.extend_from_slice(&command.actions);
        }
        for (role, known) in (0..).map(RoleId).zip(&model.roles) {
            let routes = routes(model, role);
            for route in &routes {
                let (kind, bit) = route.guard;
                graph.guards.add(kind, Mask::EMPTY.with(bit));
            }
            graph.routes.push(routes);
            graph.gives.push(gives(model, role));
            let grant = model.kind(known.kind).grant_bit(role);
            graph.grants.push((known.kind, grant.unwrap_or(usize::MAX)));
        }
        for (kind, bit) in &graph.makers {
            graph.guards.add(*kind, Mask::EMPTY.with(*bit));
        }
        graph
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = RoleId> + use<> {
        (0..).map(RoleId).take(self.routes.len())
    }

    /// What a role gives; none for a role of another policy.
    pub(super) fn gives(&self, role: RoleId) -> Option<&Sets> {
        self.gives.get(usize::from(role.0))
    }

    /// Whether a role gives an action.
    pub(super) fn has(&self, role: RoleId, action: (KindId, usize)) -> bool {
        self.gives(role).is_some_and(|sets| sets.has(action))
    }

    pub(super) fn routes(&self, role: RoleId) -> &[Route] {
        self.routes.get(usize::from(role.0)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The kind of a role and the bit of its `grant`.
    pub(super) fn grant(&self, role: RoleId) -> (KindId, usize) {
        let known = self.grants.get(usize::from(role.0)).copied();
        known.unwrap_or((self.model.platform, usize::MAX))
    }

    pub(super) fn makers(&self) -> &[(KindId, usize)] {
        &self.makers
    }

    /// Whether someone can have the role without a binding of their own: by a group, or with all members.
    pub(super) fn is_shared(&self, role: RoleId) -> bool {
        may(self.model, role, &[Holder::Group, Holder::Members])
    }

    /// Whether anybody can have the role.
    pub(super) fn is_held(&self, role: RoleId) -> bool {
        role == self.model.person || Holder::ALL.iter().any(|(holder, _)| self.model.may_hold(*holder, role))
    }

    /// Whether a role gives anything to others, or an action by which one is given.
    pub(super) fn is_active(&self, role: RoleId) -> bool {
        let Some(sets) = self.gives(role) else { return false };
        let gives =
            |(kind, mask)| grants_any(self.model, kind, mask) || !mask.and(self.guards.on(kind)).is_empty();
        sets.each().any(gives)
    }
}

fn may(model: &Model, role: RoleId, holders: &[Holder]) -> bool {
    holders.iter().any(|holder| model.may_hold(*holder, role))
}

/// Whether there is a `grant` among the actions.
pub(super) fn grants_any(model: &Model, kind: KindId, mask: Mask) -> bool {
    let kind = model.kind(kind);
    (kind.declared..kind.actions.len()).any(|bit| mask.has(bit))
}

fn gives(model: &Model, role: RoleId) -> Sets {
    let mut sets = Sets::none(model.kinds.len());
    let mut add =
        |role: RoleId| model.role(role).closure.iter().for_each(|(kind, mask)| sets.add(*kind, *mask));
    add(role);
    // A person also has a role by a group, and the baseline of people with it.
    let people = [Holder::User, Holder::Group, Holder::Members];
    let along = [
        (Holder::User, people.as_slice()),
        (Holder::ServiceAccount, &[Holder::ServiceAccount]),
        (Holder::ApiKey, &[Holder::ApiKey]),
    ];
    for (holder, by) in along {
        if may(model, role, by) {
            model.along(holder, role).iter().for_each(|role| add(*role));
        }
    }
    sets
}

fn routes(model: &Model, role: RoleId) -> Vec<Route> {
    let kind = model.role(role).kind;
    let project = Some(kind) == model.project;
    let person = model.may_hold(Holder::User, role);
    let group = model.may_hold(Holder::Group, role);
    let account = model.may_hold(Holder::ServiceAccount, role);
    let key = model.may_hold(Holder::ApiKey, role);
    let bound = person || account || group || model.may_hold(Holder::Members, role);
    let home = model.organization;
    let mut routes = Routes { model, found: Vec::new() };
    if kind == home {
        routes.add(person, "change_member_roles", kind, Way::Change);
        MAKERS.iter().for_each(|command| routes.add(account, command, kind, Way::Covered));
    } else if project {
        routes.add(bound, "change_project_member", kind, Way::Change);
        routes.add(bound, "add_project_member", kind, Way::Add);
        let top = model.keeps_owner(kind) && model.kind(kind).top == Some(role);
        routes.add(top, "remove_project_member", kind, Way::Any);
        routes.add(key, "create_api_key", kind, Way::Covered);
        routes.add(key, "change_api_key", kind, Way::Covered);
    } else {
        routes.add(bound, "change_share", kind, Way::Change);
        routes.add(bound, "share", kind, Way::Add);
        routes.add(model.kind(kind).sharing.first() == Some(&role), "unshare", kind, Way::Any);
    }
    if kind == home || project {
        routes.add(person, "invite_member", home, Way::Invite);
        routes.add(person, "configure_sso", home, Way::Any);
    }
    routes.add(group, "add_to_group", home, Way::Any);
    let owned = model.keeps_owner(kind) && model.kind(kind).top == Some(role);
    let last = owned || model.kind(kind).sharing.first() == Some(&role);
    routes.add(last && kind != home, "remove_member", home, Way::Succeed);
    routes.found
}

struct Routes<'m> {
    model: &'m Model,
    found: Vec<Route>,
}

impl Routes<'_> {
    /// A route by a command, if an action guards it on that kind.
    #[inline(never)]
    fn add(&mut self, open: bool, command: &'static str, kind: KindId, way: Way) {
        let guard = self.model.guard(command, kind).filter(|_| open);
        if let Some(bit) = guard {
            self.found.push(Route { command, way, guard: (kind, bit) });
        }
    }
}
