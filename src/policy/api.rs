//! What callers can do with a policy besides asking: compile it, and look at what it declares.

use super::{Kind, Model, Policy, compile, document};
use crate::error::Result;
use crate::json;
use serde::Serialize;
use std::sync::Arc;

/// A kind as the policy declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KindInfo {
    /// The name, as questions use it.
    pub kind: String,
    /// The name of one as people read it.
    pub label: String,
    /// The name of several as people read it.
    pub plural: String,
    /// The kind right above; none for `platform`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether one that a principal holds nothing on looks like one that does not exist.
    pub private: bool,
    /// Whether the policy has switched the kind on.
    pub available: bool,
    /// The declared actions. Besides these, each role has the action `grant <role>`: handing it out.
    pub actions: Vec<String>,
    /// The roles declared on this kind.
    pub roles: Vec<String>,
}

impl Policy {
    /// Compiles a policy document (JSON).
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"));
    /// use bailiwick::Policy;
    ///
    /// let policy = Policy::compile(text)?;
    /// assert_eq!(policy.name(), "pinecone");
    ///
    /// // A name that nothing declares is refused with its place.
    /// let misspelt = text.replacen("\"default\": \"organization_user\"", "\"default\": \"organization_usr\"", 1);
    /// let refused = Policy::compile(&misspelt).unwrap_err();
    /// assert_eq!((refused.code(), refused.path()), ("ERR_UNKNOWN_ROLE", "kinds.organization.default"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that can be wrong in a policy is found here, with a code, the place and a sentence.
    pub fn compile(text: &str) -> Result<Policy> {
        let tree = json::read(text)?;
        let document = document::read(tree.root())?;
        compile::compile(document).map(|model| Policy(Arc::new(model)))
    }

    /// Compiles a policy document that came as bytes: UTF-8, without a byte order mark.
    ///
    /// ```
    /// let refused = bailiwick::Policy::compile_bytes(b"{ \"name\": \"\xFF\" }").unwrap_err();
    /// assert_eq!(refused.code(), "ERR_ILL_FORMED");
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Policy::compile`], and `ERR_ILL_FORMED` for bytes that are not UTF-8.
    pub fn compile_bytes(bytes: &[u8]) -> Result<Policy> {
        Policy::compile(json::utf8(bytes)?)
    }

    /// The policy's name.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinkfish.json"));
    /// assert_eq!(bailiwick::Policy::compile(text)?.name(), "pinkfish");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn name(&self) -> &str {
        &self.model().name
    }

    /// The policy's name as people read it.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinkfish.json"));
    /// assert_eq!(bailiwick::Policy::compile(text)?.label(), "Pinkfish");
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn label(&self) -> &str {
        &self.model().label
    }

    /// A number that is the same for documents that answer every question alike, up to labels. It tells versions
    /// of a policy apart; it is no protection against a document made to collide.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"));
    /// use bailiwick::Policy;
    ///
    /// let spaced = text.replace(": ", " :  ");
    /// assert_eq!(Policy::compile(text)?.digest(), Policy::compile(&spaced)?.digest());
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn digest(&self) -> u64 {
        self.model().digest
    }

    /// The kinds, in the document's order.
    ///
    /// ```
    /// # let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/pinecone.json"));
    /// let policy = bailiwick::Policy::compile(text)?;
    /// let project = policy.kinds().find(|info| info.kind == "project").unwrap();
    /// assert_eq!(project.parent.as_deref(), Some("organization"));
    /// assert!(project.roles.iter().any(|role| role == "project_owner"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn kinds(&self) -> impl Iterator<Item = KindInfo> + '_ {
        self.model().kinds.iter().map(|kind| info(self.model(), kind))
    }

    pub(crate) fn model(&self) -> &Model {
        &self.0
    }
}

fn info(model: &Model, kind: &Kind) -> KindInfo {
    let (mut actions, mut roles) = (Vec::new(), Vec::new());
    kind.actions.iter().take(kind.declared).for_each(|action| actions.push(action.name.clone()));
    kind.roles.iter().for_each(|role| roles.push(model.role(*role).name.clone()));
    KindInfo {
        kind: kind.name.clone(),
        label: kind.label.clone(),
        plural: kind.plural.clone(),
        parent: kind.parent.map(|parent| model.kind(parent).name.clone()),
        private: kind.private,
        available: kind.available,
        actions,
        roles,
    }
}
