//! A row of a table: as it is written, and as it was checked.

use super::method::Method;
use super::pattern::{self, Part, parts};
use super::vocabulary::Vocabulary;
use crate::error::{Code, Error, Result};

/// The kind that an access is of as a whole, and the one above all organizations. Policies cannot call them otherwise.
const ORGANIZATION: &str = "organization";
const PLATFORM: &str = "platform";

/// A row of a table, as it is written.
///
/// ```
/// use bailiwick::guard::{Need, Route};
///
/// let open = Route::public("GET", "/health");
/// let guarded = Route::guarded("DELETE", "/v1/orgs/{org}/projects/{project}", Need {
///     action: "delete",
///     kind: "project",
///     id: Some("project"),
///     organization: Some("org"),
///     ..Need::default()
/// });
/// # let _ = (open, guarded);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Route<'a> {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE` or `OPTIONS`.
    pub method: &'a str,
    /// The pattern: literal segments, `{name}` for any one segment, `{name*}` at the end for one or more.
    pub path: &'a str,
    /// Who may pass.
    pub rule: Rule<'a>,
    /// The parameters in which a percent sign may stand, encoded as `%25`; decoded once. None, as a rule.
    pub encoded: &'a [&'a str],
    /// Whether it takes its paths out of a wider row of the same method. Two rows that match one path are refused
    /// unless one is narrower and says so.
    pub overrides: bool,
}

/// Who may pass by a row.
#[derive(Clone, Copy, Debug)]
pub enum Rule<'a> {
    /// Everybody, without an access.
    Public,
    /// Who has this.
    Guarded(Need<'a>),
}

/// What a request needs to pass: an action on the resource that its path names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Need<'a> {
    /// The action.
    pub action: &'a str,
    /// The kind of the resource.
    pub kind: &'a str,
    /// The parameter that holds the resource's id. None for `organization`, which is the one of the access, and for
    /// `platform`.
    pub id: Option<&'a str>,
    /// The parameter that holds the organization's id, which must be the access's own. None where the path names no
    /// organization.
    pub organization: Option<&'a str>,
    /// Kinds between the organization and the resource, each with the parameter that holds the id of the one in which
    /// the resource lies.
    pub parents: &'a [(&'a str, &'a str)],
    /// The parameters that name nothing of all this. Any other that is not used is an error: what stands in a path and
    /// is not compared lets a request name one thing and get another.
    pub unchecked: &'a [&'a str],
    /// Whether every denial reads as if there were no such thing. Else a denial says why, but for what must not be
    /// known to exist.
    pub hidden: bool,
}

impl<'a> Route<'a> {
    /// A row by which everybody passes.
    pub fn public(method: &'a str, path: &'a str) -> Self {
        Self { method, path, rule: Rule::Public, encoded: &[], overrides: false }
    }

    /// A row by which who has what it needs passes.
    pub fn guarded(method: &'a str, path: &'a str, need: Need<'a>) -> Self {
        Self { rule: Rule::Guarded(need), ..Self::public(method, path) }
    }
}

/// A row that was checked.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) method: Method,
    pub(super) pattern: Box<str>,
    segments: usize,
    pub(super) parameters: Vec<Parameter>,
    /// None lets everybody pass.
    pub(super) question: Option<Question>,
    pub(super) overrides: bool,
}

/// A parameter that a pattern binds.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: Box<str>,
    /// The segment at which it stands.
    pub(super) segment: usize,
    /// Whether it takes all that is left.
    pub(super) rest: bool,
    pub(super) encoded: bool,
}

/// What is asked of the access. Parameters are named by their segments.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) action: Box<str>,
    pub(super) kind: Box<str>,
    pub(super) id: Id,
    pub(super) organization: Option<usize>,
    pub(super) parents: Vec<(Box<str>, usize)>,
    pub(super) hidden: bool,
}

/// Where the resource's id is found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Id {
    Segment(usize),
    /// It is the organization of the access.
    Organization,
    /// There is one, of this id.
    Fixed(&'static str),
}

impl Row {
    /// Checks all of a row that can be wrong without looking at others.
    pub(super) fn of(route: &Route<'_>, vocabulary: &dyn Vocabulary) -> Result<Self> {
        let method = Method::named(route.method.as_bytes()).ok_or_else(|| unknown_method(route.method))?;
        pattern::check(route.path)?;
        let parameters = parameters(route)?;
        let question = match &route.rule {
            Rule::Public => None,
            Rule::Guarded(need) => Some(Check { parameters: &parameters, need, vocabulary }.question()?),
        };
        let (pattern, segments) = (route.path.into(), parts(route.path).count());
        Ok(Self { method, pattern, segments, parameters, question, overrides: route.overrides })
    }

    /// Whether one request may have both rows, as far as method and length say: most pairs need no closer look.
    pub(super) fn may_meet(&self, other: &Row) -> bool {
        let has_rest = |row: &Row| row.parameters.last().is_some_and(|last| last.rest);
        let same_length = self.segments == other.segments;
        self.method == other.method && (same_length || has_rest(self) || has_rest(other))
    }
}

fn unknown_method(name: &str) -> Error {
    let list = "`, name one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    Error::of(Code::Value, "method", &["no row can be for the method `", name, list])
}

fn parameters(route: &Route<'_>) -> Result<Vec<Parameter>> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for (segment, part) in parts(route.path).enumerate() {
        let Some(name) = part.name() else { continue };
        if parameters.iter().any(|known| &*known.name == name) {
            let sentence = ["`{", name, "}` stands twice, name each parameter otherwise"];
            return Err(Error::of(Code::Duplicate, "path", &sentence));
        }
        let encoded = route.encoded.contains(&name) && !part.is_rest();
        parameters.push(Parameter {
            name: name.into(),
            segment,
            rest: matches!(part, Part::Rest(_)),
            encoded,
        });
    }
    for name in route.encoded {
        segment(&parameters, "encoded", name)?;
    }
    Ok(parameters)
}

/// The segment of a parameter that stands for one.
fn segment(parameters: &[Parameter], field: &str, name: &str) -> Result<usize> {
    let known = parameters.iter().find(|known| &*known.name == name && !known.rest);
    known.map(|known| known.segment).ok_or_else(|| unbound(field, name))
}

#[cold]
fn unbound(field: &str, name: &str) -> Error {
    Error::of(
        Code::Parameter,
        field,
        &["the path binds no single segment to `", name, "`, add `{", name, "}`"],
    )
}

/// A need on the way to a question.
struct Check<'c> {
    parameters: &'c [Parameter],
    need: &'c Need<'c>,
    vocabulary: &'c dyn Vocabulary,
}

impl Check<'_> {
    fn question(&self) -> Result<Question> {
        let Need { action, kind, organization, parents, hidden, .. } = *self.need;
        self.names()?;
        let id = self.id()?;
        let organization = organization.map(|name| self.segment("organization", name)).transpose()?;
        let mut above = Vec::with_capacity(parents.len());
        for (kind, name) in parents {
            above.push((Box::from(*kind), self.parent(kind, name)?));
        }
        self.all_used()?;
        Ok(Question { action: action.into(), kind: kind.into(), id, organization, parents: above, hidden })
    }

    fn segment(&self, field: &str, name: &str) -> Result<usize> {
        segment(self.parameters, field, name)
    }

    fn names(&self) -> Result<()> {
        let Need { action, kind, .. } = self.need;
        if !self.vocabulary.has_kind(kind) {
            return Err(undeclared(Code::UnknownKind, "kind", kind));
        }
        if !self.vocabulary.has_action(kind, action) {
            return Err(undeclared(Code::UnknownAction, "action", action));
        }
        Ok(())
    }

    fn id(&self) -> Result<Id> {
        match (self.need.kind, self.need.id) {
            (ORGANIZATION, None) => Ok(Id::Organization),
            (PLATFORM, None) => Ok(Id::Fixed(PLATFORM)),
            (ORGANIZATION | PLATFORM, Some(_)) => {
                let sentence = "this kind has no id beside the organization, name that in `organization`";
                Err(Error::of(Code::Parameter, "id", &[sentence]))
            }
            (_, Some(name)) => self.segment("id", name).map(Id::Segment),
            (_, None) => {
                Err(Error::of(Code::MissingField, "id", &["name the parameter that holds the resource's id"]))
            }
        }
    }

    /// The segment of the id of what the resource lies in.
    fn parent(&self, kind: &str, name: &str) -> Result<usize> {
        let between = ![ORGANIZATION, PLATFORM].contains(&kind);
        if !between || !self.vocabulary.is_above(kind, self.need.kind) {
            let sentence = ["`", kind, "` is no kind between the organization and `", self.need.kind, "`"];
            return Err(Error::of(Code::Parent, "parents", &sentence));
        }
        self.segment("parents", name)
    }

    /// Whether each parameter is used once, or said to be used by nothing.
    fn all_used(&self) -> Result<()> {
        let Need { id, organization, parents, unchecked, .. } = self.need;
        let parents = parents.iter().map(|(_, name)| name);
        let uses = || id.iter().chain(organization).chain(parents.clone()).chain(*unchecked);
        for Parameter { name, .. } in self.parameters {
            match uses().filter(|used| ***used == **name).count() {
                0 => {
                    return Err(misused(
                        "nothing compares `",
                        name,
                        "`, use it or list it under `unchecked`",
                    ));
                }
                1 => {}
                _ => return Err(misused("`", name, "` stands for one thing, name it once")),
            }
        }
        let bound = |name: &str| self.parameters.iter().any(|known| &*known.name == name);
        unchecked.iter().find(|name| !bound(name)).map_or(Ok(()), |name| Err(unbound("unchecked", name)))
    }
}

#[cold]
fn misused(before: &str, name: &str, after: &str) -> Error {
    Error::of(Code::Parameter, "path", &[before, name, after])
}

#[cold]
fn undeclared(code: Code, word: &str, name: &str) -> Error {
    Error::of(
        code,
        word,
        &["the policy has no ", word, " `", name, "` there, declare it or correct the name"],
    )
}
