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
pub(super) fn close(model: &mut Model, own: &[Mask], implied: &[Vec<RoleId>]) -> Result<()> {
    let mut states = vec![State::New; own.len()];
    // The way down: roles, and how many of those they imply were looked at.
    let mut way: Vec<(RoleId, usize)> = Vec::new();
    for start in (0..).map(RoleId).take(own.len()) {
        enter(&mut states, &mut way, start);
        while let Some((role, looked)) = way.last_mut() {
            let (role, next) = (*role, *looked);
            *looked = next.saturating_add(1);
            let Some(below) = implied.get(index(role)).and_then(|list| list.get(next).copied()) else {
                close_one(model, role, own, implied);
                states.get_mut(index(role)).into_iter().for_each(|state| *state = State::Closed);
                way.pop();
                continue;
            };
            if states.get(index(below)) == Some(&State::Open) {
                return Err(circle(model, role, implied, next));
            }
            enter(&mut states, &mut way, below);
        }
    }
    Ok(())
}

fn index(id: RoleId) -> usize {
    usize::from(id.0)
}

/// Goes on to a role where nobody was yet.
fn enter(states: &mut [State], way: &mut Vec<(RoleId, usize)>, role: RoleId) {
    if let Some(state) = states.get_mut(index(role)).filter(|state| **state == State::New) {
        *state = State::Open;
        way.push((role, 0));
    }
}

/// Adds up what a role gives on each kind, when all that it implies is closed.
fn close_one(model: &mut Model, id: RoleId, own: &[Mask], implied: &[Vec<RoleId>]) {
    let mut sums = vec![Mask::EMPTY; model.kinds.len()];
    let mut add = |kind: KindId, mask: Mask| {
        if let Some(sum) = sums.get_mut(usize::from(kind.0)) {
            *sum = sum.or(mask);
        }
    };
    add(model.role(id).kind, own.get(index(id)).copied().unwrap_or_default());
    for below in implied.get(index(id)).into_iter().flatten() {
        model.role(*below).closure.iter().for_each(|(kind, mask)| add(*kind, *mask));
    }
    let Some(role) = model.roles.get_mut(index(id)) else { return };
    for (kind, mask) in (0..).map(KindId).zip(sums).filter(|(_, mask)| !mask.is_empty()) {
        role.weight = role.weight.saturating_add(mask.count());
        role.closure.push((kind, mask));
    }
}

/// The error for the role that closes a circle with the `next`th role it implies.
#[cold]
fn circle(model: &Model, id: RoleId, implied: &[Vec<RoleId>], next: usize) -> Error {
    let role = model.role(id);
    let on = |target: &RoleId| model.role(*target).kind;
    let list = implied.get(index(id)).map(Vec::as_slice).unwrap_or_default();
    let kind = list.get(next).map_or(role.kind, on);
    // The lists stand behind one another: those of the same kind before this one give its place in its list.
    let before = list.iter().take(next).filter(|target| on(target) == kind).count();
    let place = Place::KINDS.at(&model.kind(role.kind).name);
    let place = place.at("roles");
    let place = place.at(&role.name);
    let sentence = ["`", &role.name, "` comes to imply itself by this role, remove one of the two"];
    place.at("implies").at(&model.kind(kind).name).error_in(before, Code::Cycle, &sentence)
}
