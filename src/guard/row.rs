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
    /// The segments that may have a percent sign, by bit.
    pub(super) encoded: u64,
    /// None lets everybody pass.
    pub(super) question: Option<Question>,
    pub(super) overrides: bool,
    /// Whether another row is wider.
    pub(super) is_narrower: bool,
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
        let mut check = Check { pattern: route.path, vocabulary, used: 0 };
        check.names_each_once()?;
        let mut encoded = 0;
        for name in route.encoded {
            encoded |= bit(check.single("encoded", name)?);
        }
        let question = match &route.rule {
            Rule::Public => None,
            Rule::Guarded(need) => Some(check.question(need)?),
        };
        let (pattern, segments) = (route.path.into(), parts(route.path).count());
        let overrides = route.overrides;
        Ok(Self { method, pattern, segments, encoded, question, overrides, is_narrower: false })
    }

    /// Whether one request may have both rows, as far as method, length and beginning say: most pairs need no closer look.
    pub(super) fn may_meet(&self, other: &Row) -> bool {
        let has_rest = |row: &Row| row.pattern.as_bytes().ends_with(b"*}");
        let may_fit = self.segments == other.segments || has_rest(self) || has_rest(other);
        self.method == other.method && may_fit && !pattern::part_early(&self.pattern, &other.pattern)
    }
}

/// The bit of a segment; a pattern has no more than there are bits.
pub(super) fn bit(segment: usize) -> u64 {
    1 << (segment & 63)
}

fn unknown_method(name: &str) -> Error {
    let list = "`: GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are there";
    Error::of(Code::Value, "method", &["no row is for the method `", name, list])
}

/// A row on the way to what is kept of it.
struct Check<'c> {
    pattern: &'c str,
    vocabulary: &'c dyn Vocabulary,
    /// The segments whose parameters are compared with something, or said to be with nothing, by bit.
    used: u64,
}

impl Check<'_> {
    fn names_each_once(&self) -> Result<()> {
        for (segment, part) in parts(self.pattern).enumerate() {
            let name = part.name();
            if name.is_some() && parts(self.pattern).position(|other| other.name() == name) != Some(segment) {
                return Err(Error::of(
                    Code::Duplicate,
                    "path",
                    &["a parameter stands twice, name one otherwise"],
                ));
            }
        }
        Ok(())
    }

    fn question(&mut self, need: &Need<'_>) -> Result<Question> {
        self.is_declared(need)?;
        let id = self.id(need)?;
        let organization = match need.organization {
            Some(name) => Some(self.compared("organization", name)?),
            None => None,
        };
        let mut parents = Vec::new();
        for (kind, name) in need.parents {
            parents.push((Box::from(*kind), self.parent(need, kind, name)?));
        }
        for name in need.unchecked {
            let segment = self.bound("unchecked", name)?;
            self.note(segment)?;
        }
        self.all_used()?;
        let (action, kind) = (need.action.into(), need.kind.into());
        Ok(Question { action, kind, id, organization, parents, hidden: need.hidden })
    }

    fn is_declared(&self, need: &Need<'_>) -> Result<()> {
        if !self.vocabulary.has_kind(need.kind) {
            return Err(undeclared(Code::UnknownKind, "kind", need.kind));
        }
        if !self.vocabulary.has_action(need.kind, need.action) {
            return Err(undeclared(Code::UnknownAction, "action", need.action));
        }
        Ok(())
    }

    fn id(&mut self, need: &Need<'_>) -> Result<Id> {
        let alone = match need.kind {
            ORGANIZATION => Some(Id::Organization),
            PLATFORM => Some(Id::Fixed(PLATFORM)),
            _ => None,
        };
        match (alone, need.id) {
            (Some(id), None) => Ok(id),
            (None, Some(name)) => self.compared("id", name).map(Id::Segment),
            (None, None) => {
                Err(Error::of(Code::MissingField, "id", &["name the parameter that holds the resource's id"]))
            }
            (Some(_), Some(_)) => {
                Err(Error::of(Code::Parameter, "id", &["this kind has none, there is `organization`"]))
            }
        }
    }

    /// The segment of the id of what the resource lies in.
    fn parent(&mut self, need: &Need<'_>, kind: &str, name: &str) -> Result<usize> {
        if kind == ORGANIZATION || kind == PLATFORM || !self.vocabulary.is_above(kind, need.kind) {
            let sentence = ["`", kind, "` is no kind between the organization and `", need.kind, "`"];
            return Err(Error::of(Code::Parent, "parents", &sentence));
        }
        self.compared("parents", name)
    }

    /// The segment of a parameter.
    fn bound(&self, field: &str, name: &str) -> Result<usize> {
        let segment = parts(self.pattern).position(|part| part.name() == Some(name.as_bytes()));
        segment.ok_or_else(|| {
            Error::of(
                Code::Parameter,
                field,
                &["the path binds no `", name, "` for this, add `{", name, "}`"],
            )
        })
    }

    /// The segment of a parameter that is no wildcard.
    fn single(&self, field: &str, name: &str) -> Result<usize> {
        let segment = self.bound(field, name)?;
        match parts(self.pattern).nth(segment) {
            Some(Part::One(_)) => Ok(segment),
            _ => Err(Error::of(Code::Parameter, field, &["a wildcard names no one thing, take `{name}`"])),
        }
    }

    /// The segment of a parameter that is compared with something.
    fn compared(&mut self, field: &str, name: &str) -> Result<usize> {
        let segment = self.single(field, name)?;
        self.note(segment)?;
        Ok(segment)
    }

    fn note(&mut self, segment: usize) -> Result<()> {
        if self.used & bit(segment) != 0 {
            return Err(Error::of(
                Code::Parameter,
                "path",
                &["one parameter stands for two things, add another"],
            ));
        }
        self.used |= bit(segment);
        Ok(())
    }

    fn all_used(&self) -> Result<()> {
        for (segment, part) in parts(self.pattern).enumerate() {
            if part.name().is_some() && self.used & bit(segment) == 0 {
                let sentence =
                    "nothing is compared with one of the parameters, use it or list it as `unchecked`";
                return Err(Error::of(Code::Parameter, "path", &[sentence]));
            }
        }
        Ok(())
    }
}

#[cold]
fn undeclared(code: Code, word: &str, name: &str) -> Error {
    Error::of(
        code,
        word,
        &["the policy has no ", word, " `", name, "` there, declare it or correct the name"],
    )
}
