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

#[cfg(test)]
mod tests {
    use super::read;
    use crate::guard::{Routes, RoutesOptions};
    use crate::policy::Policy;

    const LINES: &str = "GET\t/health\tp\t\t\t\t\n\
        PATCH\t/v1/orgs/{org}\t\trename\torganization\t\torg\n\
        GET\t/v1/orgs/{org}/projects/{project}/indexes/{index}/{view}\th\tquery\tindex\tindex\torg\
        \tp\tproject\tproject\tu\tview\t\te\tindex\t\n\
        GET\t/v1/orgs/me\tpo\t\t\t\t\n\
        GET\t/v1/orgs/{org}\t\tview_account\torganization\t\torg\n";
    const DOCUMENT: &str = r#"{ "format": 1, "headAsGet": true, "routes": [
        { "method": "GET", "path": "/health", "public": true },
        { "method": "PATCH", "path": "/v1/orgs/{org}", "action": "rename", "kind": "organization", "organization": "org" },
        { "method": "GET", "path": "/v1/orgs/{org}/projects/{project}/indexes/{index}/{view}", "action": "query",
          "kind": "index", "id": "index", "organization": "org", "parents": { "project": "project" }, "hidden": true,
          "unchecked": ["view"], "encoded": ["index"] },
        { "method": "GET", "path": "/v1/orgs/me", "public": true, "overrides": true },
        { "method": "GET", "path": "/v1/orgs/{org}", "action": "view_account", "kind": "organization", "organization": "org" }] }"#;

    fn policy() -> Policy {
        Policy::compile(include_str!("../../policies/pinecone-2026.json")).unwrap()
    }

    #[test]
    fn lines_say_what_the_document_says() {
        let options = RoutesOptions { head_as_get: true, ..RoutesOptions::default() };
        let told = read(&policy().vocabulary(), options, LINES).unwrap();
        assert_eq!(format!("{told:?}"), format!("{:?}", Routes::load(&policy(), DOCUMENT).unwrap()));
    }

    #[test]
    fn what_is_wrong_in_a_line_is_told_with_its_row() {
        let refused = read(&policy(), RoutesOptions::default(), &LINES.replace("rename", "fly")).unwrap_err();
        assert_eq!((refused.code(), refused.path()), ("ERR_UNKNOWN_ACTION", "routes[1].action"));
        assert_eq!(read(&policy(), RoutesOptions::default(), "").unwrap_err().code(), "ERR_MISSING_FIELD");
        assert_eq!(
            read(&policy(), RoutesOptions::default(), "GET\t/x").unwrap_err().code(),
            "ERR_UNKNOWN_KIND"
        );
    }
}
