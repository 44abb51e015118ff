//! Document to model: every name becomes a number, and every rule that a policy must keep is checked.
//!
//! The steps build on one another: the tree of kinds, then what is declared on each, then what refers to it.

mod assertions;
mod checks;
mod closure;
mod commands;
mod declare;
mod digest;
mod gates;
mod holders;
mod kinds;
mod names;
mod roles;
mod sharing;
mod tree;

use super::Model;
use super::fields::Object;
use crate::error::Result;

/// Compiles a document; the first thing that is wrong in it ends this.
pub(super) fn compile(document: Object<'_>) -> Result<Model> {
    let mut model = declare::model(document, &tree::of(document.object("kinds"))?)?;
    gates::fill(&mut model, document)?;
    roles::link(&mut model, document)?;
    kinds::fill(&mut model, document)?;
    commands::fill(&mut model, document)?;
    holders::fill(&mut model, document)?;
    sharing::check(&model)?;
    checks::check(&model)?;
    assertions::check(&model, document)?;
    model.digest = digest::of(&model);
    Ok(model)
}
