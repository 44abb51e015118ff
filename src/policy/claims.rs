//! What a policy document says of the policy itself: what is promised, and which findings are meant.

use super::MAX_ASSERTIONS;
use super::document::check_count;
use super::fields::{Object, Pairs, Texts, pairs};
use super::place::Place;
use crate::error::{Code, Result};
use crate::json::Node;

/// Only these roles contain that action.
pub(super) struct AssertionDocument<'n> {
    pub(super) only: Texts<'n>,
    pub(super) may: &'n str,
    pub(super) on: &'n str,
}

pub(super) fn assertions<'n>(fields: &Object<'n, '_>) -> Result<Vec<AssertionDocument<'n>>> {
    let (items, place) = (fields.items("assertions")?, fields.place.at("assertions"));
    check_count(items.len(), MAX_ASSERTIONS, &place)?;
    let mut found = Vec::with_capacity(items.len());
    for (index, node) in items.iter().enumerate() {
        let step = ["[", &index.to_string(), "]"].concat();
        found.push(assertion(node, &place.at(&step))?);
    }
    Ok(found)
}

fn assertion<'n>(node: &'n Node<'n>, place: &Place<'_>) -> Result<AssertionDocument<'n>> {
    let fields = Object::of(node, place, &["only", "may", "on", "source"])?;
    fields.text("source")?;
    let must = |field: &str| fields.text(field)?.ok_or_else(|| place.at(field).missing());
    fields.node("only").ok_or_else(|| place.at("only").missing())?;
    Ok(AssertionDocument { only: fields.texts("only")?, may: must("may")?, on: must("on")? })
}

/// Sentences by the key of a finding.
pub(super) fn explained<'n>(fields: &Object<'n, '_>) -> Result<Pairs<'n>> {
    let Some(node) = fields.node("explained") else { return Ok(Pairs::default()) };
    let place = fields.place.at("explained");
    let found = pairs(node, &place)?;
    check_count(found.iter().count(), MAX_ASSERTIONS, &place)?;
    match found.iter().find(|(_, sentence)| sentence.is_empty()) {
        Some((key, _)) => Err(place.at(key).error(Code::Value, &["say why this is meant"])),
        None => Ok(found),
    }
}
