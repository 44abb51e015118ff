//! A table as lines, as it crosses into the module for the edge, which has no reader of JSON: a row a line, its fields
//! between tabs. Method, path, flags (letters), action, kind, id and organization come first, an empty one is none; then
//! follow marks with two fields each: `p` a kind above and its parameter, `u` a parameter that is not checked, `e` one that
//! may be encoded.

use super::build::RoutesOptions;
use super::row::{Need, Route, Rule};
use super::vocabulary::Vocabulary;
use super::{Routes, RoutesBuilder};
use crate::error::Result;
#[cfg(feature = "js-guard")]
use crate::error::{Code, Error};

/// Builds a table of lines, and checks it as the builder does.
pub(crate) fn read(vocabulary: &dyn Vocabulary, options: RoutesOptions, lines: &str) -> Result<Routes> {
    let mut builder = Routes::builder(vocabulary, options);
    let mut left = lines;
    while !left.is_empty() {
        let line = cut(&mut left, b'\n');
        if !line.is_empty() {
            builder = row(builder, line);
        }
    }
    builder.finish()
}

/// The codes of what can be wrong with a table, by name. Those of all other errors stay out of the module.
#[cfg(feature = "js-guard")]
const CODES: [(Code, &str); 10] = [
    named(Code::Ambiguous),
    named(Code::Duplicate),
    named(Code::MissingField),
    named(Code::Parameter),
    named(Code::Parent),
    named(Code::Pattern),
    named(Code::TooMany),
    named(Code::UnknownAction),
    named(Code::UnknownKind),
    named(Code::Value),
];

#[cfg(feature = "js-guard")]
const fn named(code: Code) -> (Code, &'static str) {
    (code, code.as_str())
}

/// The name of the code of what is wrong with a table.
#[cfg(feature = "js-guard")]
pub(crate) fn code_of(error: &Error) -> &'static str {
    CODES.iter().find(|(code, _)| *code == error.kind()).map_or("", |(_, name)| name)
}

/// What stands before a mark, which is left out with it; all where there is none.
fn cut<'t>(left: &mut &'t str, mark: u8) -> &'t str {
    let end = left.bytes().position(|byte| byte == mark);
    let (before, after) = end.and_then(|end| left.split_at_checked(end)).unwrap_or((left, ""));
    *left = after.get(1..).unwrap_or_default();
    before
}

fn row<'v>(builder: RoutesBuilder<'v>, line: &str) -> RoutesBuilder<'v> {
    let mut left = line;
    let [method, path, flags, action, kind, id, organization] =
        core::array::from_fn(|_| cut(&mut left, b'\t'));
    let (mut parents, mut unchecked, mut encoded) = (Vec::new(), Vec::new(), Vec::new());
    while !left.is_empty() {
        let [mark, first, second] = core::array::from_fn(|_| cut(&mut left, b'\t'));
        match mark {
            "p" => parents.push((first, second)),
            "u" => unchecked.push(first),
            _ => encoded.push(first),
        }
    }
    let has = |flag: u8| flags.bytes().any(|byte| byte == flag);
    let rule = if has(b'p') {
        Rule::Public
    } else {
        Rule::Guarded(Need {
            action,
            kind,
            id: Some(id).filter(|id| !id.is_empty()),
            organization: Some(organization).filter(|name| !name.is_empty()),
            parents: &parents,
            unchecked: &unchecked,
            hidden: has(b'h'),
        })
    };
    builder.row(&Route { method, path, rule, encoded: &encoded, overrides: has(b'o') })
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
