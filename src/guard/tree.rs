//! The rows as a tree of segments. Looking a path up visits no node more than twice, so the time is bounded by the table,
//! and for a table without forks by the length of the path.

use super::method::{Method, Methods};
use super::path::first;
use super::pattern::{Part, parts};

/// A row, where its pattern ends.
#[derive(Clone, Copy, Debug)]
struct End {
    method: Method,
    /// Whether it takes all segments that are left, and there must be some.
    rest: bool,
    row: u16,
}

#[derive(Clone, Debug, Default)]
struct Node {
    /// By text, in order.
    literals: Vec<(Box<[u8]>, usize)>,
    /// What follows any one segment.
    one: Option<usize>,
    ends: Vec<End>,
}

impl Node {
    fn place(&self, segment: &[u8]) -> Result<usize, usize> {
        self.literals.binary_search_by(|(text, _)| (**text).cmp(segment))
    }

    fn literal(&self, segment: &[u8]) -> Option<usize> {
        self.place(segment).ok().and_then(|place| self.literals.get(place)).map(|(_, node)| *node)
    }
}

/// Nodes by their places; the first is the root.
#[derive(Clone, Debug)]
pub(super) struct Tree(Vec<Node>);

/// Where a look-up stands.
#[derive(Clone, Copy)]
struct Step<'p> {
    node: usize,
    /// The segments that are left, if any.
    left: Option<&'p [u8]>,
    /// Whether a row takes all of them.
    rest: bool,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self(vec![Node::default()])
    }

    /// Adds a row, at its place in the table.
    pub(super) fn add(&mut self, pattern: &str, method: Method, row: u16) {
        let (mut at, mut rest) = (0, false);
        for part in parts(pattern) {
            match part {
                Part::Literal(text) => at = self.literal(at, text),
                Part::One(_) => at = self.one(at),
                Part::Rest(_) => rest = true,
            }
        }
        if let Some(node) = self.0.get_mut(at) {
            node.ends.push(End { method, rest, row });
        }
    }

    fn literal(&mut self, at: usize, text: &[u8]) -> usize {
        let next = self.0.len();
        let Some(node) = self.0.get_mut(at) else { return next };
        match node.place(text) {
            Ok(place) => node.literals.get(place).map_or(next, |(_, node)| *node),
            Err(place) => {
                node.literals.insert(place, (text.into(), next));
                self.0.push(Node::default());
                next
            }
        }
    }

    fn one(&mut self, at: usize) -> usize {
        let next = self.0.len();
        let Some(node) = self.0.get_mut(at) else { return next };
        let one = *node.one.get_or_insert(next);
        if one == next {
            self.0.push(Node::default());
        }
        one
    }

    /// The narrowest row for a method on a path, which comes without its first `/`; else the methods that have one.
    pub(super) fn find(&self, path: &[u8], method: Option<Method>) -> Result<u16, Methods> {
        let mut allowed = Methods::default();
        let left = Some(path).filter(|path| !path.is_empty());
        // The ways that are open beside; what comes last is the narrowest and is tried first. Most tables open none.
        let mut open = Vec::new();
        let mut next = Some(Step { node: 0, left, rest: false });
        while let Some(Step { node: at, left, rest }) = next.take().or_else(|| open.pop()) {
            let Some(node) = self.0.get(at) else { continue };
            if let Some(segments) = left.filter(|_| !rest) {
                let (segment, left) = first(segments);
                if node.ends.iter().any(|end| end.rest) {
                    open.push(Step { node: at, left: Some(segments), rest: true });
                }
                for node in [node.one, node.literal(segment)].into_iter().flatten() {
                    open.extend(next.replace(Step { node, left, rest: false }));
                }
                continue;
            }
            for end in node.ends.iter().filter(|end| end.rest == rest) {
                if Some(end.method) == method {
                    return Ok(end.row);
                }
                allowed = allowed.with(end.method);
            }
        }
        Err(allowed)
    }
}
