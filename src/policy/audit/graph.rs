//! The role graph: which command gives which role, under what.

use crate::policy::{Holder, HolderRules, KindId, Mask, Model, RoleId};

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
    /// Where the command's action is, and its bit.
    pub(super) kind: KindId,
    pub(super) bit: usize,
}

pub(super) struct Graph<'m> {
    pub(super) model: &'m Model,
    /// By role: what it gives on each kind, with the baselines of all who may hold it.
    gives: Vec<Vec<(KindId, Mask)>>,
    /// By role.
    routes: Vec<Vec<Route>>,
    /// By role: its kind and the bit of its `grant`.
    grants: Vec<(KindId, usize)>,
    /// The actions by which one comes to a service account.
    makers: Vec<(KindId, usize)>,
    /// By kind: the actions that guard a route.
    guards: Vec<Mask>,
}

impl<'m> Graph<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let roles = (0..).map(RoleId).take(model.roles.len());
        let routes: Vec<Vec<Route>> = roles.clone().map(|role| routes(model, role)).collect();
        let makers = model.commands.iter().filter(|command| MAKERS.contains(&command.name));
        let makers: Vec<(KindId, usize)> = makers.flat_map(|command| &command.actions).copied().collect();
        let mut guards = vec![Mask::EMPTY; model.kinds.len()];
        let used = routes.iter().flatten().map(|route| (route.kind, route.bit));
        for (kind, bit) in used.chain(makers.iter().copied()) {
            guards.get_mut(usize::from(kind.0)).into_iter().for_each(|mask| *mask = mask.with(bit));
        }
        let gives = roles.clone().map(|role| gives(model, role)).collect();
        let grants = roles.map(|role| {
            let kind = model.role(role).kind;
            (kind, model.kind(kind).grant_bit(role).unwrap_or(usize::MAX))
        });
        Self { model, gives, routes, grants: grants.collect(), makers, guards }
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = RoleId> + use<> {
        (0..).map(RoleId).take(self.routes.len())
    }

    pub(super) fn gives(&self, role: RoleId) -> &[(KindId, Mask)] {
        self.gives.get(usize::from(role.0)).map(Vec::as_slice).unwrap_or_default()
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
        self.gives(role).iter().any(|(kind, mask)| {
            let guards = self.guards.get(usize::from(kind.0)).copied().unwrap_or_default();
            grants_any(self.model, *kind, *mask) || !mask.and(guards).is_empty()
        })
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

/// Whether each resource of a kind keeps an owner of its own (rule 10).
fn keeps_owner(model: &Model, kind: KindId) -> bool {
    let Some(top) = model.kind(kind).top.map(|top| model.role(top).on(kind)) else { return false };
    let above = &model.kind(model.organization).roles;
    kind == model.organization || !above.iter().any(|role| model.role(*role).on(kind).contains(top))
}

fn gives(model: &Model, role: RoleId) -> Vec<(KindId, Mask)> {
    let known = model.role(role);
    // A person also has a role by a group, and the baseline of people with it.
    let person = may(model, role, &[Holder::User, Holder::Group, Holder::Members]);
    let holders = [
        (Holder::User, person),
        (Holder::ServiceAccount, may(model, role, &[Holder::ServiceAccount])),
        (Holder::ApiKey, may(model, role, &[Holder::ApiKey])),
    ];
    let rules = holders.iter().filter(|(_, may)| *may).filter_map(|(holder, _)| model.holder(*holder));
    let along: Vec<RoleId> = rules
        .flat_map(|rules: &HolderRules| rules.baseline_on(known.kind).unwrap_or_default())
        .copied()
        .collect();
    let kinds = (0..).map(KindId).take(model.kinds.len());
    let all = kinds.map(|kind| {
        (kind, along.iter().fold(known.on(kind), |mask, role| mask.or(model.role(*role).on(kind))))
    });
    all.filter(|(_, mask)| !mask.is_empty()).collect()
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
        let top = keeps_owner(model, kind) && model.kind(kind).top == Some(role);
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
    let owned = keeps_owner(model, kind) && model.kind(kind).top == Some(role);
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
    fn add(&mut self, open: bool, command: &'static str, kind: KindId, way: Way) {
        let guarded = self.model.commands.iter().filter(|known| open && known.name == command);
        let found = guarded.flat_map(|known| &known.actions).find(|(on, _)| *on == kind);
        self.found.extend(found.map(|(_, bit)| Route { command, way, kind, bit: *bit }));
    }
}
