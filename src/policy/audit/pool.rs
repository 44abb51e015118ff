//! What some people can come to hold by the commands that they may use: a fixpoint over the role graph.

use super::graph::{Graph, Route, Way, grants_any};
use super::sets::Sets;
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
    held: Sets,
    /// What was come to.
    come: Sets,
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
            held: Sets::none(graph.model.kinds.len()),
            come: Sets::none(graph.model.kinds.len()),
            had: vec![false; graph.model.roles.len()],
            steps: Vec::new(),
            accounts: Mask::EMPTY,
        };
        for sets in roles.iter().chain([&graph.model.person]).filter_map(|role| graph.gives(*role)) {
            pool.held.join(sets);
        }
        pool
    }

    /// All that both hold, for what they reach together.
    pub(super) fn joined(&self, other: &Pool<'g>) -> Self {
        let mut pool = Self { steps: Vec::new(), ..self.clone() };
        pool.held.join(&other.held);
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
                    if let Some(sets) = self.graph.gives(role) {
                        self.held.join(sets);
                        self.come.join(sets);
                    }
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

    pub(super) fn held(&self) -> &Sets {
        &self.held
    }

    /// The command by which one of them comes to a role.
    fn way_to(&self, role: RoleId) -> Option<&'static str> {
        self.graph.routes(role).iter().find(|route| self.goes(route, role)).map(|route| route.command)
    }

    fn goes(&self, route: &Route, role: RoleId) -> bool {
        let grant = self.graph.grant(role);
        let guards = self.held.has(route.guard);
        let grants = self.held.has(grant);
        let several = self.company != Company::Alone;
        match route.way {
            Way::Any => guards && grants,
            Way::Change | Way::Add if !(guards && grants) => false,
            Way::Change | Way::Add if several || self.is_had_by_others(role) => true,
            Way::Change => self.is_left(route, grant, true),
            Way::Add => self.is_left(route, grant, false),
            Way::Invite => {
                let (home, bit) = route.guard;
                let sent = several && guards && self.invites(self.held.on(home));
                let by_account = self.accounts.has(bit) && self.invites(self.accounts);
                let account_grants = grant.0 != home || self.accounts.has(grant.1);
                grants && (sent || (by_account && account_grants))
            }
            Way::Succeed => {
                let heirs = grants || self.company == Company::Heirs;
                (guards && heirs) || self.accounts.has(route.guard.1)
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
        self.graph.makers().iter().any(|maker| self.held.has(*maker))
    }

    /// Whether one person still has a command and a grant after giving up what stands in the way on that kind: all
    /// that they themselves have bound there, or only what they could not give (rule 11).
    fn is_left(&self, route: &Route, grant: (KindId, usize), keeps: bool) -> bool {
        let (mut guards, mut grants) = (self.come.has(route.guard), self.come.has(grant));
        for role in self.own.iter().copied() {
            let elsewhere = self.graph.model.role(role).kind != grant.0 || self.graph.is_shared(role);
            let can_give = self.held.has(self.graph.grant(role));
            if elsewhere || (keeps && can_give) {
                guards = guards || self.graph.has(role, route.guard);
                grants = grants || self.graph.has(role, grant);
            }
        }
        guards && grants
    }

    /// The service accounts that they can make: each holds what its maker holds (rule 9).
    fn make_accounts(&mut self) {
        if !self.makes_accounts() {
            return;
        }
        let model = self.graph.model;
        for role in &model.kind(model.organization).roles {
            let mut covers =
                self.held.has(self.graph.grant(*role)) && model.may_hold(Holder::ServiceAccount, *role);
            for (kind, mask) in self.held.each() {
                covers = covers && mask.contains(model.gives(Holder::ServiceAccount, *role, kind));
            }
            if covers {
                let given = model.gives(Holder::ServiceAccount, *role, model.organization);
                self.accounts = self.accounts.or(given);
            }
        }
    }

    /// Whether all together give a role to somebody who may hold it.
    pub(super) fn gives(&self, role: RoleId) -> bool {
        let goes = |route: &Route| route.way != Way::Succeed && self.held.has(route.guard);
        self.held.has(self.graph.grant(role)) && self.graph.routes(role).iter().any(goes)
    }
}
