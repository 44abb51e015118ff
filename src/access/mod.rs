//! Everything that one principal may do in one organization, as bytes that answer in place.

mod bound;
mod capsule;
mod delta;
mod distinct;
mod hash;
mod layout;
#[cfg(any(feature = "js-access", test))]
mod outside;
mod pack;
mod reach;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod validate;
mod view;
mod vocabulary;
mod write;

pub(crate) use bound::{BindingView, Bindings, How};
pub use capsule::{Capsule, Lifetime};
pub(crate) use layout::status;
pub use read::Access;
pub(crate) use view::{EditionView, KindView, RoleView, RowView};
