//! R(role, kind): what a role gives by itself and by all that it implies, closed once and for all.

use crate::error::{Code, Error, Result};
use crate::policy::place::Place;
use crate::policy::{KindId, Mask, Model, RoleId};

/// How far the walk over the roles has come with one of them.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Closed,
}

/// Closes every role after all that it implies, walking down with a list in place of recursion.
pub(super) fn close(model: &mut Model, own: &[Mask]) -> Result<()> {
    let mut states = vec![State::New; own.len()];
    // The way down: roles, and how many of those they imply were looked at.
    let mut way: Vec<(RoleId, usize)> = Vec::new();
    for start in (0..).map(RoleId).take(own.len()) {
        enter(&mut states, &mut way, start);
        while let Some((role, looked)) = way.last_mut() {
            let (role, next) = (*role, *looked);
            *looked = next.saturating_add(1);
            let Some(below) = model.role(role).implies.get(next).copied() else {
                close_one(model, role, own);
                set(&mut states, role, State::Closed);
                way.pop();
                continue;
            };
            if states.get(index(below)) == Some(&State::Open) {
                return Err(circle(model, role, next));
            }
            enter(&mut states, &mut way, below);
        }
    }
    Ok(())
}

fn index(id: RoleId) -> usize {
    usize::from(id.0)
}

fn set(states: &mut [State], role: RoleId, state: State) {
    if let Some(known) = states.get_mut(index(role)) {
        *known = state;
    }
}

/// Goes on to a role where nobody was yet.
fn enter(states: &mut [State], way: &mut Vec<(RoleId, usize)>, role: RoleId) {
    if states.get(index(role)) == Some(&State::New) {
        set(states, role, State::Open);
        way.push((role, 0));
    }
}

/// Adds up what a role gives on each kind, when all that it implies is closed.
fn close_one(model: &mut Model, id: RoleId, own: &[Mask]) {
    let mut sums = vec![Mask::EMPTY; model.kinds.len()];
    let mut add = |kind: KindId, mask: Mask| {
        if let Some(sum) = sums.get_mut(usize::from(kind.0)) {
            *sum = sum.or(mask);
        }
    };
    add(model.role(id).kind, own.get(index(id)).copied().unwrap_or_default());
    for below in &model.role(id).implies {
        model.role(*below).closure.iter().for_each(|(kind, mask)| add(*kind, *mask));
    }
    let Some(role) = model.roles.get_mut(index(id)) else { return };
    for (kind, mask) in (0..).map(KindId).zip(sums) {
        if !mask.is_empty() {
            role.weight = role.weight.saturating_add(mask.count());
            role.closure.push((kind, mask));
        }
    }
}

/// The error for the role that closes a circle with the `next`th role it implies.
#[cold]
fn circle(model: &Model, id: RoleId, next: usize) -> Error {
    let role = model.role(id);
    let on = |target: &RoleId| model.role(*target).kind;
    let kind = role.implies.get(next).map_or(role.kind, on);
    // The lists stand behind one another: those of the same kind before this one give its place in its list.
    let before = role.implies.iter().take(next).filter(|target| on(target) == kind).count();
    let place = Place::KINDS.at(&model.kind(role.kind).name);
    let place = place.at("roles");
    let place = place.at(&role.name);
    let place = place.at("implies");
    let place = place.at(&model.kind(kind).name);
    let sentence = ["`", &role.name, "` comes to imply itself by this role, remove one of the two"];
    place.element(before).error(Code::Cycle, &sentence)
}
