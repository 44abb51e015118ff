//! A table as a JSON document.

use super::build::RoutesOptions;
use super::row::{Need, Route, Rule};
use super::vocabulary::Vocabulary;
use super::{Routes, RoutesBuilder};
use crate::error::{Code, Error, Result};
use crate::json::{self, Fields, Node, boolean, entries, list, number, text};
use std::borrow::Cow;

type Text<'a> = Cow<'a, str>;

/// A row, its strings borrowed from the document.
struct RowDocument<'a> {
    method: Text<'a>,
    path: Text<'a>,
    need: Option<NeedDocument<'a>>,
    encoded: Vec<Text<'a>>,
    overrides: bool,
}

struct NeedDocument<'a> {
    action: Text<'a>,
    kind: Text<'a>,
    id: Option<Text<'a>>,
    organization: Option<Text<'a>>,
    parents: Vec<(String, Text<'a>)>,
    unchecked: Vec<Text<'a>>,
    hidden: bool,
}

impl Routes {
    /// Reads a table from JSON, and checks it as the builder does.
    ///
    /// A row says `public: true` or what it needs; the fields are those of [`Route`] and [`Need`] in camelCase. `parents`
    /// is an object from kind to parameter.
    ///
    /// ```
    /// # use bailiwick::{Policy, guard::Routes};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone-2026.json"))?;
    /// let routes = Routes::load(&policy, r#"{ "format": 1, "trailingSlash": "refuse", "headAsGet": true, "routes": [
    ///     { "method": "GET", "path": "/health", "public": true },
    ///     { "method": "POST", "path": "/v1/orgs/{org}/projects/{project}/indexes/{index}/query", "action": "query",
    ///       "kind": "index", "id": "index", "organization": "org", "parents": { "project": "project" } }] }"#)?;
    /// assert!(routes.find("HEAD", "/health").is_ok_and(|found| found.is_public()));
    ///
    /// // Refused: the policy has no such action.
    /// let typo = r#"{ "format": 1, "routes": [{ "method": "GET", "path": "/", "kind": "platform", "action": "fly" }] }"#;
    /// let refused = Routes::load(&policy, typo).unwrap_err();
    /// assert_eq!((refused.code(), refused.path()), ("ERR_UNKNOWN_ACTION", "routes[0].action"));
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`RoutesBuilder::finish`], and for what is not JSON, has other fields or lacks one. There is no field for what
    /// happens to a request without a row: it does not pass.
    pub fn load(vocabulary: &dyn Vocabulary, document: &str) -> Result<Routes> {
        let tree = json::read(document)?;
        let mut fields = Fields::of(tree.root())?;
        fields.need("format", format)?;
        let options = RoutesOptions {
            ignore_trailing_slash: fields.maybe("trailingSlash", trailing_slash)?.unwrap_or(false),
            head_as_get: fields.maybe("headAsGet", boolean)?.unwrap_or(false),
        };
        let rows = fields.need("routes", |node| list(node, RowDocument::read))?;
        fields.finish()?;
        rows.iter().fold(Routes::builder(vocabulary, options), RowDocument::add).finish()
    }
}

fn format(node: Node<'_, '_>) -> Result<()> {
    match number(node)? {
        1 => Ok(()),
        _ => Err(Error::of(Code::FormatVersion, "", &["this version reads `format` 1"])),
    }
}

fn trailing_slash(node: Node<'_, '_>) -> Result<bool> {
    match &*text(node)? {
        "ignore" => Ok(true),
        "refuse" => Ok(false),
        other => Err(Error::of(Code::Value, "", &["`", other, "` is neither `refuse` nor `ignore`"])),
    }
}

fn texts<'a>(node: Node<'_, 'a>) -> Result<Vec<Text<'a>>> {
    list(node, text)
}

impl<'a> RowDocument<'a> {
    fn read(node: Node<'_, 'a>) -> Result<Self> {
        let mut fields = Fields::of(node)?;
        let is_public = fields.maybe("public", boolean)?.unwrap_or(false);
        let row = Self {
            method: fields.need("method", text)?,
            path: fields.need("path", text)?,
            encoded: fields.maybe("encoded", texts)?.unwrap_or_default(),
            overrides: fields.maybe("overrides", boolean)?.unwrap_or(false),
            need: if is_public { None } else { Some(NeedDocument::read(&mut fields)?) },
        };
        fields.finish()?;
        Ok(row)
    }

    /// Hands the row to the builder.
    fn add<'v>(builder: RoutesBuilder<'v>, row: &RowDocument<'_>) -> RoutesBuilder<'v> {
        let encoded = borrowed(&row.encoded);
        let unchecked = borrowed(row.need.as_ref().map(|need| &need.unchecked[..]).unwrap_or_default());
        let parents = row.need.iter().flat_map(|need| &need.parents);
        let parents: Vec<(&str, &str)> = parents.map(|(kind, name)| (kind.as_str(), &**name)).collect();
        let rule = row.need.as_ref().map_or(Rule::Public, |need| {
            Rule::Guarded(Need {
                action: &need.action,
                kind: &need.kind,
                id: need.id.as_deref(),
                organization: need.organization.as_deref(),
                parents: &parents,
                unchecked: &unchecked,
                hidden: need.hidden,
            })
        });
        builder.row(&Route {
            method: &row.method,
            path: &row.path,
            rule,
            encoded: &encoded,
            overrides: row.overrides,
        })
    }
}

impl<'a> NeedDocument<'a> {
    fn read(fields: &mut Fields<'_, 'a>) -> Result<Self> {
        let mut parents = Vec::new();
        fields.maybe("parents", |node| {
            entries(node, |kind, node| {
                parents.push((kind.to_owned(), text(node)?));
                Ok(())
            })
        })?;
        Ok(Self {
            action: fields.need("action", text)?,
            kind: fields.need("kind", text)?,
            id: fields.maybe("id", text)?,
            organization: fields.maybe("organization", text)?,
            parents,
            unchecked: fields.maybe("unchecked", texts)?.unwrap_or_default(),
            hidden: fields.maybe("hidden", boolean)?.unwrap_or(false),
        })
    }
}

fn borrowed<'t>(texts: &'t [Text<'_>]) -> Vec<&'t str> {
    texts.iter().map(|text| &**text).collect()
}
