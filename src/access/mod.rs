//! Everything that one principal may do in one organization, as bytes that answer in place.

mod hash;
mod layout;
mod model;
mod reach;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod validate;
mod view;
mod write;

pub(crate) use layout::status;
pub use read::Access;
pub(crate) use view::{BindingView, EditionView, How, KindView, RoleView, RowView};
