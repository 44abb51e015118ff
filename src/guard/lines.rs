//! A table as lines, as it crosses into the module for the edge, which has no reader of JSON: a row a line, its fields
//! between tabs. Method, path, flags (letters), action, kind, id and organization come first, an empty one is none; then
//! follow marks with two fields each: `p` a kind above and its parameter, `u` a parameter that is not checked, `e` one that
//! may be encoded.

use super::build::RoutesOptions;
use super::row::{Need, Route, Rule};
use super::vocabulary::Vocabulary;
use super::{Routes, RoutesBuilder};
use crate::error::Result;

/// Builds a table of lines, and checks it as the builder does.
pub(crate) fn read(vocabulary: &dyn Vocabulary, options: RoutesOptions, lines: &str) -> Result<Routes> {
    let mut builder = Routes::builder(vocabulary, options);
    for line in lines.split('\n').filter(|line| !line.is_empty()) {
        builder = row(builder, line);
    }
    builder.finish()
}

fn row<'v>(builder: RoutesBuilder<'v>, line: &str) -> RoutesBuilder<'v> {
    let mut fields = line.split('\t');
    let mut field = || fields.next().unwrap_or_default();
    let [method, path, flags, action, kind, id, organization] = core::array::from_fn(|_| field());
    let (mut parents, mut unchecked, mut encoded) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(mark) = fields.next() {
        let (first, second) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        match mark {
            "p" => parents.push((first, second)),
            "u" => unchecked.push(first),
            _ => encoded.push(first),
        }
    }
    let rule = if flags.contains('p') {
        Rule::Public
    } else {
        Rule::Guarded(Need {
            action,
            kind,
            id: Some(id).filter(|id| !id.is_empty()),
            organization: Some(organization).filter(|name| !name.is_empty()),
            parents: &parents,
            unchecked: &unchecked,
            hidden: flags.contains('h'),
        })
    };
    builder.row(&Route { method, path, rule, encoded: &encoded, overrides: flags.contains('o') })
}
