//! What questions about everyone answer with.

use super::Refusal;
use crate::decision::Via;
use crate::directory::{Change, is_default};
use serde::Serialize;

/// The answer to a question that the asker may or may not put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// The answer.
    Told(T),
    /// The asker may not ask this, or there is no such thing for them.
    Denied(Refusal),
}

/// A page of those who may do something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhoPage {
    /// In the order of their names.
    pub items: Vec<WhoEntry>,
    /// How many there are on all pages.
    pub total: usize,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Somebody who may do it, and through what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhoEntry {
    /// `user/<id>`, `service_account/<id>`, `api_key/<id>`.
    pub principal: String,
    /// The bindings that carry it, nearest first, as in a decision.
    pub via: Vec<Via>,
}

/// People and other principals by actions, for one resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PeopleMatrix {
    /// The actions of the kind, in the policy's order.
    pub actions: Vec<String>,
    /// Everybody who may do anything there, in the order of their names.
    pub rows: Vec<PeopleRow>,
    /// How many rows there are on all pages.
    pub total: usize,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One principal's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PeopleRow {
    /// Who.
    pub principal: String,
    /// One for each of the matrix's actions: whether it is allowed.
    pub cells: Vec<bool>,
}

/// A page of the resources on which a principal may do something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// Ids in byte order.
    pub items: Vec<String>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many more there are that the asker may not see (rule 2).
    pub hidden: usize,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A role that the asker may give to the target there: a command that does so is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grantable {
    /// The role's name.
    pub role: String,
    /// Its label.
    pub label: String,
    /// Until when at the latest (milliseconds since 1970); none without an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

/// What one principal would gain and lose on one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Who.
    pub principal: String,
    /// The kind of the resource.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Actions that become allowed.
    pub gained: Vec<String>,
    /// Actions that are allowed no longer.
    pub lost: Vec<String>,
}

/// How much a change comes to, over all pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Principals who gain or lose anything.
    pub principals: usize,
    /// Rows (principal, kind, id), those that are not shown included.
    pub rows: usize,
    /// Actions gained, over all rows.
    pub gained: usize,
    /// Actions lost, over all rows.
    pub lost: usize,
    /// Rows that the asker may not see (rule 2): counted here, never named.
    pub hidden: usize,
}

/// What a command would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The change that [`apply`](crate::Directory::apply) would make, as far as the asker may see it (rule 2).
    pub change: Change,
    /// How many facts and notes of the change the asker may not see.
    #[serde(skip_serializing_if = "is_default")]
    pub withheld: usize,
    /// Who would gain and lose what, in the order of principal, kind and id.
    pub rows: Vec<Row>,
    /// Over all pages.
    pub totals: Totals,
    /// For a share: what the receiver lacks to run it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Lack>,
    /// How many more things the receiver lacks that the asker may not see.
    #[serde(skip_serializing_if = "is_default")]
    pub lacks_hidden: usize,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that a shared resource uses and its receiver may not use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lack {
    /// What is used, `kind/id`.
    pub resource: String,
    /// The action that using it takes.
    pub action: String,
    /// The smallest sharing role that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who can give that role there, in the order of their names.
    pub ask: Vec<String>,
}

/// What a change of the model would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// Who would gain and lose what, in the order of principal, kind and id.
    pub rows: Vec<Row>,
    /// Over all pages.
    pub totals: Totals,
    /// Roles that the other policy does not have: what was bound to them is bound no longer.
    pub unmapped: Vec<Unmapped>,
    /// Where the next page starts; none after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A role that stands for nothing in the other policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unmapped {
    /// The kind.
    pub kind: String,
    /// The role.
    pub role: String,
    /// How many bindings fall.
    pub bindings: usize,
}
