//! Bailiwick.

mod access;
mod decision;
mod directory;
mod error;
mod json;
mod order;
mod policy;
#[cfg(feature = "js")]
mod wasm;

pub use access::Access;
pub use decision::{Ask, Button, Decision, Page, Reason, Remedy, State, Via};
pub use directory::{Directory, OrganizationEntry};
pub use error::{Code, Error, Result};
pub use policy::*;
