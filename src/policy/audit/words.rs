//! What findings say: names as the policy has them, and plain sentences.

use super::sets::Sets;
use crate::error::decimal;
use crate::policy::{Model, RoleId};

/// How many names a sentence lists.
const LISTED: usize = 3;

/// A role as `kind/role`.
#[inline(never)]
pub(super) fn role(model: &Model, role: RoleId) -> String {
    let known = model.role(role);
    [&model.kind(known.kind).name, "/", &known.name].concat()
}

/// Roles as `kind/role`.
#[inline(never)]
pub(super) fn names(model: &Model, roles: &[RoleId]) -> Vec<String> {
    let mut names = Vec::with_capacity(roles.len());
    roles.iter().for_each(|known| names.push(role(model, *known)));
    names
}

/// Actions as `kind/action`, in the policy's order.
pub(super) fn actions(model: &Model, sets: &Sets) -> Vec<String> {
    let mut names = Vec::new();
    for (kind, mask) in sets.each() {
        let kind = model.kind(kind);
        for (bit, action) in kind.actions.iter().enumerate() {
            if mask.has(bit) {
                names.push([&kind.name, "/", &action.name].concat());
            }
        }
    }
    names
}

/// "`a`, `b`, `c` and 4 more".
pub(super) fn list(names: &[String]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().take(LISTED).enumerate() {
        let last = index > 0 && index.saturating_add(1) == names.len();
        text.push_str(match index {
            0 => "",
            _ if last => " and ",
            _ => ", ",
        });
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    if names.len() > LISTED {
        text.push_str(" and ");
        text.push_str(&decimal(names.len().saturating_sub(LISTED) as u64));
        text.push_str(" more");
    }
    text
}
