//! The table of one kind: which role gives which action.

use super::{Action, Kind, Model, Policy, Role};
use serde::Serialize;

/// The roles and declared actions of one kind, as a table for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Matrix {
    /// The kind's name.
    pub kind: String,
    /// The kind as people read it.
    pub label: String,
    /// The columns: the kind's own roles, in the policy's order.
    pub roles: Vec<MatrixRole>,
    /// The rows: the kind's declared actions, in the policy's order.
    pub actions: Vec<MatrixAction>,
}

/// A column of a [`Matrix`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MatrixRole {
    /// The role's name.
    pub role: String,
    /// The role as people read it.
    pub label: String,
}

/// A row of a [`Matrix`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MatrixAction {
    /// The action's name.
    pub action: String,
    /// The action as people read it.
    pub label: String,
    /// One cell for each role, in their order.
    pub cells: Vec<Cell>,
    /// The label of the feature that the action, or its kind, needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
}

/// What a role gives for an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cell {
    /// The role contains the action.
    Yes,
    /// The role does not contain the action.
    No,
    /// The role contains it, in editions with a feature that the action, the kind or the role needs.
    Feature,
    /// The role contains it, and the policy has not switched it on.
    NotAvailableYet,
}

impl Policy {
    /// The table of one kind's roles and actions; none for a kind that the policy does not have.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"));
    /// use bailiwick::{Cell, Policy};
    ///
    /// let policy = Policy::compile(text)?;
    /// let matrix = policy.matrix("project").expect("projects are a kind of this policy");
    /// let user = matrix.roles.iter().position(|column| column.role == "project_user").unwrap();
    /// let delete = matrix.actions.iter().find(|row| row.label == "Delete projects").unwrap();
    /// assert_eq!(delete.cells[user], Cell::No);
    /// assert_eq!(policy.matrix("spaceship"), None);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn matrix(&self, kind: &str) -> Option<Matrix> {
        let model = self.model();
        let kind = model.kind(model.kind_named(kind)?);
        let (mut roles, mut actions) = (Vec::new(), Vec::new());
        kind.roles.iter().for_each(|role| roles.push(column(model.role(*role))));
        for (bit, action) in kind.actions.iter().enumerate().take(kind.declared) {
            actions.push(row(model, kind, bit, action));
        }
        Some(Matrix { kind: kind.name.clone(), label: kind.label.clone(), roles, actions })
    }
}

fn column(role: &Role) -> MatrixRole {
    MatrixRole { role: role.name.clone(), label: role.label.clone() }
}

fn row(model: &Model, kind: &Kind, bit: usize, action: &Action) -> MatrixAction {
    let mut cells = Vec::with_capacity(kind.roles.len());
    kind.roles.iter().for_each(|role| cells.push(cell_of(kind, action, bit, model.role(*role))));
    MatrixAction {
        action: action.name.clone(),
        label: action.label.clone(),
        cells,
        feature: feature_label(model, kind, action).map(str::to_owned),
    }
}

/// The label of the feature that an action, or its kind, needs.
pub(super) fn feature_label<'m>(model: &'m Model, kind: &Kind, action: &Action) -> Option<&'m str> {
    let id = action.feature.or(kind.feature)?;
    model.features.get(usize::from(id.0)).map(|feature| feature.label.as_str())
}

/// What a role of a kind gives for its action at `bit`.
pub(super) fn cell_of(kind: &Kind, action: &Action, bit: usize, role: &Role) -> Cell {
    let open = kind.available && action.available;
    let feature = action.feature.or(kind.feature).or(role.feature);
    match (role.on(role.kind).has(bit), open, feature) {
        (false, _, _) => Cell::No,
        (true, false, _) => Cell::NotAvailableYet,
        (true, true, Some(_)) => Cell::Feature,
        (true, true, None) => Cell::Yes,
    }
}
