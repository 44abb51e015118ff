//! The kinds as a tree: `platform`, `organization` right below it, everything else below that.

use super::names::{KIND, small, unknown};
use crate::error::{Code, Result};
use crate::policy::KindId;
use crate::policy::fields::{Object, object_of};
use crate::policy::place::Place;

pub(super) struct Tree {
    /// By kind, in the document's order.
    pub(super) parents: Vec<Option<KindId>>,
    pub(super) platform: KindId,
    pub(super) organization: KindId,
    pub(super) project: Option<KindId>,
}

/// Finds every parent and refuses what is not that tree.
pub(super) fn of(kinds: Object<'_>) -> Result<Tree> {
    let parents = parents(kinds)?;
    refuse_circle(kinds, &parents)?;
    let tree = Tree {
        platform: must_have(kinds, "platform")?,
        organization: must_have(kinds, "organization")?,
        project: find(kinds, "project"),
        parents,
    };
    for ((name, _), parent) in kinds.0.zip(&tree.parents) {
        if let Some(sentence) = misplaced(&tree, name, *parent) {
            return Err(Place::KINDS.at(name).at("parent").error(Code::KindTree, &[sentence]));
        }
    }
    Ok(tree)
}

fn find(kinds: Object<'_>, name: &str) -> Option<KindId> {
    kinds.position(name).map(|index| KindId(small(index)))
}

fn must_have(kinds: Object<'_>, name: &str) -> Result<KindId> {
    let sentence = ["every policy has a kind `", name, "`, declare it"];
    find(kinds, name).ok_or_else(|| Place::KINDS.error(Code::KindTree, &sentence))
}

fn parents(kinds: Object<'_>) -> Result<Vec<Option<KindId>>> {
    let mut parents = Vec::with_capacity(kinds.0.len());
    for (name, kind) in kinds.0 {
        let parent = object_of(kind).text("parent");
        let found = parent.and_then(|parent| find(kinds, parent));
        if let Some(parent) = parent.filter(|_| found.is_none()) {
            return Err(unknown(KIND, parent, &Place::KINDS.at(name).at("parent")));
        }
        parents.push(found);
    }
    Ok(parents)
}

/// Walks up from every kind; one that comes back to itself stands in a circle.
fn refuse_circle(kinds: Object<'_>, parents: &[Option<KindId>]) -> Result<()> {
    let up = |kind: KindId| parents.get(usize::from(kind.0)).copied().flatten();
    for ((name, _), index) in kinds.0.zip(0_u16..) {
        let mut above = up(KindId(index));
        for _ in kinds.0 {
            if above == Some(KindId(index)) {
                let sentence = "this kind stands below itself, correct its parent";
                return Err(Place::KINDS.at(name).at("parent").error(Code::Cycle, &[sentence]));
            }
            above = above.and_then(up);
        }
    }
    Ok(())
}

/// What is wrong with a kind's parent in a tree without circles.
fn misplaced(tree: &Tree, name: &str, parent: Option<KindId>) -> Option<&'static str> {
    let (right, sentence) = match name {
        // A parent of the root would make a circle, or be a second root and stand wrong itself.
        "platform" => return None,
        "organization" => (
            parent == Some(tree.platform),
            "`organization` stands right below `platform`, make that its parent",
        ),
        "project" => (
            parent == Some(tree.organization),
            "`project` stands right below `organization`, make that its parent",
        ),
        _ => {
            let right = parent.is_some() && parent != Some(tree.platform);
            (right, "this kind stands below `organization`, make that or a kind below it its parent")
        }
    };
    (!right).then_some(sentence)
}
