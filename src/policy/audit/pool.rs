//! What some people can come to hold by the commands that they may use: a fixpoint over the role graph.

use super::graph::{Graph, Route, Way, grants_any};
use crate::policy::{Holder, KindId, Mask, RoleId};

/// A role come to, and by which command.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) role: RoleId,
    pub(super) command: &'static str,
}

/// Who works together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// One person, with the service accounts that they can make.
    Alone,
    /// Several, who do not remove a member to make each other successors.
    Several,
    /// Several.
    Heirs,
}

/// All that they hold, as if every kind had one resource, and as if several were one.
#[derive(Clone)]
pub(super) struct Pool<'g> {
    graph: &'g Graph<'g>,
    company: Company,
    /// Bound to one person from the start; nobody's if they are several.
    own: Vec<RoleId>,
    /// By kind.
    held: Vec<Mask>,
    /// What was come to, by kind.
    come: Vec<Mask>,
    /// By role: whether it was come to.
    had: Vec<bool>,
    steps: Vec<Step>,
    /// What the service accounts that they can make hold on the organization.
    accounts: Mask,
}

impl<'g> Pool<'g> {
    /// What is held from the start.
    pub(super) fn new(graph: &'g Graph<'g>, roles: &[RoleId], company: Company) -> Self {
        let mut pool = Self {
            graph,
            company,
            own: roles.to_vec(),
            held: vec![Mask::EMPTY; graph.model.kinds.len()],
            come: vec![Mask::EMPTY; graph.model.kinds.len()],
            had: vec![false; graph.model.roles.len()],
            steps: Vec::new(),
            accounts: Mask::EMPTY,
        };
        let start = roles.iter().chain([&graph.model.person]);
        start.for_each(|role| hold(graph, &mut pool.held, *role));
        pool
    }

    /// All that both hold, for what they reach together.
    pub(super) fn joined(&self, other: &Pool<'g>) -> Self {
        let mut pool = Self { steps: Vec::new(), ..self.clone() };
        for (mask, more) in pool.held.iter_mut().zip(&other.held) {
            *mask = mask.or(*more);
        }
        for (had, more) in pool.had.iter_mut().zip(&other.had) {
            *had = *had || *more;
        }
        pool.accounts = pool.accounts.or(other.accounts);
        pool
    }

    /// All that they can come to hold.
    pub(super) fn closed(mut self) -> Self {
        loop {
            self.make_accounts();
            let before = self.steps.len();
            for role in self.graph.roles() {
                if self.had.get(usize::from(role.0)) != Some(&false) {
                    continue;
                }
                if let Some(command) = self.way_to(role) {
                    self.steps.push(Step { role, command });
                    self.had.get_mut(usize::from(role.0)).into_iter().for_each(|had| *had = true);
                    hold(self.graph, &mut self.held, role);
                    hold(self.graph, &mut self.come, role);
                }
            }
            if self.steps.len() == before {
                return self;
            }
        }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(super) fn on(&self, kind: KindId) -> Mask {
        self.held.get(usize::from(kind.0)).copied().unwrap_or_default()
    }

    /// What is held here and in none of the others, by kind.
    pub(super) fn beyond(&self, others: &[&Pool<'_>]) -> Vec<(KindId, Mask)> {
        let kinds = (0..).map(KindId).zip(&self.held);
        let more = kinds.map(|(kind, held)| {
            (kind, others.iter().fold(*held, |mask, other| mask.without(other.on(kind))))
        });
        more.filter(|(_, mask)| !mask.is_empty()).collect()
    }

    /// The command by which one of them comes to a role.
    fn way_to(&self, role: RoleId) -> Option<&'static str> {
        let (kind, grant) = self.graph.grant(role);
        let goes = |route: &&Route| self.goes(route, role, kind, grant);
        self.graph.routes(role).iter().find(goes).map(|route| route.command)
    }

    fn goes(&self, route: &Route, role: RoleId, kind: KindId, grant: usize) -> bool {
        let guards = self.on(route.kind).has(route.bit);
        let grants = self.on(kind).has(grant);
        let several = self.company != Company::Alone;
        match route.way {
            Way::Any => guards && grants,
            Way::Change | Way::Add if !(guards && grants) => false,
            Way::Change | Way::Add if several || self.is_had_by_others(role) => true,
            Way::Change => self.is_left(route, kind, grant, true),
            Way::Add => self.is_left(route, kind, grant, false),
            Way::Invite => {
                let sent = several && guards && self.invites(self.on(route.kind));
                let by_account = self.accounts.has(route.bit) && self.invites(self.accounts);
                let account_grants = kind != route.kind || self.accounts.has(grant);
                grants && (sent || (by_account && account_grants))
            }
            Way::Succeed => {
                let heirs = grants || self.company == Company::Heirs;
                (guards && heirs) || self.accounts.has(route.bit)
            }
            Way::Covered => false,
        }
    }

    /// An invite gives at least one organization role.
    fn invites(&self, mask: Mask) -> bool {
        grants_any(self.graph.model, self.graph.model.organization, mask)
    }

    /// Whether a role comes to them without a binding of their own: by a group, or by an account that they make.
    fn is_had_by_others(&self, role: RoleId) -> bool {
        let model = self.graph.model;
        // What an account has on the organization comes from its maker alone.
        let account =
            model.role(role).kind != model.organization && model.may_hold(Holder::ServiceAccount, role);
        self.graph.is_shared(role) || (account && self.makes_accounts())
    }

    fn makes_accounts(&self) -> bool {
        self.graph.makers().iter().any(|(kind, bit)| self.on(*kind).has(*bit))
    }

    /// Whether one person still has a command and a grant after giving up what stands in the way on that kind: all
    /// that they themselves have bound there, or only what they could not give (rule 11).
    fn is_left(&self, route: &Route, kind: KindId, grant: usize, keeps: bool) -> bool {
        let can_give = |role| self.on(kind).has(self.graph.grant(role).1);
        let elsewhere = |role| self.graph.model.role(role).kind != kind || self.graph.is_shared(role);
        let kept = self.own.iter().copied().filter(|role| elsewhere(*role) || (keeps && can_give(*role)));
        let came = |kind: KindId| self.come.get(usize::from(kind.0)).copied().unwrap_or_default();
        let (mut guards, mut grants) = (came(route.kind).has(route.bit), came(kind).has(grant));
        for (on, mask) in kept.flat_map(|role| self.graph.gives(role)) {
            guards = guards || (*on == route.kind && mask.has(route.bit));
            grants = grants || (*on == kind && mask.has(grant));
        }
        guards && grants
    }

    /// The service accounts that they can make: each holds what its maker holds (rule 9).
    fn make_accounts(&mut self) {
        if !self.makes_accounts() {
            return;
        }
        let model = self.graph.model;
        let home = model.organization;
        for role in &model.kind(home).roles {
            let grants = model.kind(home).grant_bit(*role).is_some_and(|bit| self.on(home).has(bit));
            let kinds = (0..).map(KindId).take(model.kinds.len());
            let mut given = kinds.map(|kind| (kind, model.gives(Holder::ServiceAccount, *role, kind)));
            let covers = grants && model.may_hold(Holder::ServiceAccount, *role);
            if covers && given.all(|(kind, mask)| self.on(kind).contains(mask)) {
                self.accounts = self.accounts.or(model.gives(Holder::ServiceAccount, *role, home));
            }
        }
    }

    /// Whether all together give a role to somebody who may hold it.
    pub(super) fn gives(&self, role: RoleId) -> bool {
        let (kind, grant) = self.graph.grant(role);
        let grants = self.on(kind).has(grant);
        let goes = |route: &Route| route.way != Way::Succeed && self.on(route.kind).has(route.bit);
        grants && self.graph.routes(role).iter().any(goes)
    }
}

/// Adds what a role gives.
fn hold(graph: &Graph<'_>, held: &mut [Mask], role: RoleId) {
    for (kind, mask) in graph.gives(role) {
        if let Some(held) = held.get_mut(usize::from(kind.0)) {
            *held = held.or(*mask);
        }
    }
}
