//! A policy as it is written: strings in the document's order, types and spelling checked, nothing looked up yet.

use super::claims::{AssertionDocument, assertions, explained};
use super::fields::{Lists, Numbers, Object, Pairs, Texts, pairs};
use super::place::Place;
use super::{Holder, MAX_ACTIONS, MAX_FEATURES, MAX_KINDS, MAX_ROLES};
use crate::error::{Code, Result};
use crate::json::Node;

/// Declared names with what they declare, in order.
pub(super) type Named<'n, T> = Vec<(&'n str, T)>;

pub(super) struct PolicyDocument<'n> {
    pub(super) name: &'n str,
    pub(super) label: Option<&'n str>,
    pub(super) features: Named<'n, FeatureDocument<'n>>,
    pub(super) limits: Named<'n, LimitDocument<'n>>,
    pub(super) editions: Named<'n, EditionDocument<'n>>,
    pub(super) holders: Named<'n, HolderDocument<'n>>,
    pub(super) invites: InvitesDocument,
    pub(super) organizations: OrganizationsDocument<'n>,
    pub(super) kinds: Named<'n, KindDocument<'n>>,
    /// Command to kind to action.
    pub(super) commands: Named<'n, Pairs<'n>>,
    pub(super) questions: Named<'n, Pairs<'n>>,
    pub(super) nobody: Texts<'n>,
    pub(super) assertions: Vec<AssertionDocument<'n>>,
    /// Keys of findings to what they are meant for.
    pub(super) explained: Pairs<'n>,
}

pub(super) struct FeatureDocument<'n> {
    pub(super) label: Option<&'n str>,
}

pub(super) struct LimitDocument<'n> {
    pub(super) label: Option<&'n str>,
    pub(super) counts: &'n str,
}

pub(super) struct EditionDocument<'n> {
    pub(super) label: Option<&'n str>,
    pub(super) features: Texts<'n>,
    pub(super) limits: Numbers<'n>,
}

pub(super) struct HolderDocument<'n> {
    pub(super) holder: Holder,
    pub(super) label: Option<&'n str>,
    pub(super) feature: Option<&'n str>,
    pub(super) roles: Lists<'n>,
    pub(super) baseline: Lists<'n>,
    pub(super) default: Texts<'n>,
}

pub(super) struct InvitesDocument {
    pub(super) only_people: bool,
    pub(super) days: u64,
}

pub(super) struct OrganizationsDocument<'n> {
    pub(super) further: Option<&'n str>,
}

pub(super) struct KindDocument<'n> {
    pub(super) label: Option<&'n str>,
    pub(super) plural: Option<&'n str>,
    pub(super) parent: Option<&'n str>,
    pub(super) private: bool,
    pub(super) available: bool,
    pub(super) feature: Option<&'n str>,
    pub(super) top: Option<&'n str>,
    pub(super) creator: Option<&'n str>,
    pub(super) default: Option<&'n str>,
    pub(super) sharing: Texts<'n>,
    pub(super) create: Option<&'n str>,
    pub(super) uses: Option<&'n str>,
    pub(super) run: Option<&'n str>,
    pub(super) actions: Named<'n, ActionDocument<'n>>,
    pub(super) roles: Named<'n, RoleDocument<'n>>,
}

pub(super) struct ActionDocument<'n> {
    pub(super) label: Option<&'n str>,
    pub(super) feature: Option<&'n str>,
    pub(super) limit: Option<&'n str>,
    pub(super) available: bool,
    pub(super) requestable: bool,
}

pub(super) struct RoleDocument<'n> {
    pub(super) label: Option<&'n str>,
    pub(super) feature: Option<&'n str>,
    pub(super) allow: Texts<'n>,
    pub(super) implies: Lists<'n>,
    pub(super) grant: Texts<'n>,
    pub(super) default: Lists<'n>,
}

/// The fields of a whole policy.
const POLICY: [&str; 17] = [
    "$schema",
    "format",
    "name",
    "label",
    "source",
    "features",
    "limits",
    "editions",
    "holders",
    "invites",
    "organizations",
    "kinds",
    "commands",
    "questions",
    "nobody",
    "assertions",
    "explained",
];
/// The fields of a kind.
const KIND: [&str; 16] = [
    "label",
    "source",
    "plural",
    "parent",
    "private",
    "available",
    "feature",
    "top",
    "creator",
    "default",
    "sharing",
    "create",
    "use",
    "run",
    "actions",
    "roles",
];

/// How long an invite lasts where the policy does not say.
const INVITE_DAYS: u64 = 7;
/// The longest that a policy may let an invite last: a hundred years.
const MAX_INVITE_DAYS: u64 = 36_500;

/// Takes a whole policy document apart.
pub(super) fn read<'n>(node: &'n Node<'n>) -> Result<PolicyDocument<'n>> {
    let fields = Object::any(node, &Place::WHOLE)?;
    check_format(&fields)?;
    fields.only(&POLICY)?;
    for must in ["name", "editions", "holders", "kinds"] {
        fields.node(must).ok_or_else(|| Place::WHOLE.at(must).missing())?;
    }
    Ok(PolicyDocument {
        name: policy_name(fields.text("name")?.unwrap_or_default())?,
        label: label(&fields)?,
        features: declared(&fields, "features", MAX_FEATURES, feature)?,
        limits: declared(&fields, "limits", MAX_FEATURES, limit)?,
        editions: declared(&fields, "editions", MAX_FEATURES, edition)?,
        holders: each(&fields, "holders", holder)?,
        invites: invites(&fields)?,
        organizations: organizations(&fields)?,
        kinds: declared(&fields, "kinds", MAX_KINDS, kind)?,
        commands: each(&fields, "commands", |_, node, place| pairs(node, place))?,
        questions: each(&fields, "questions", |_, node, place| pairs(node, place))?,
        nobody: fields.texts("nobody")?,
        assertions: assertions(&fields)?,
        explained: explained(&fields)?,
    })
}

fn check_format(fields: &Object<'_, '_>) -> Result<()> {
    let place = Place::WHOLE.at("format");
    match fields.number("format")? {
        Some(1) => Ok(()),
        Some(_) => Err(place.error(Code::FormatVersion, &["this version reads format 1 only"])),
        None => Err(place.missing()),
    }
}

fn policy_name(name: &str) -> Result<&str> {
    if is_name(name, true) {
        return Ok(name);
    }
    let sentence = "a policy's name is a small letter, then small letters, digits, `_` and `-`, at most 64";
    Err(Place::WHOLE.at("name").error(Code::Name, &[sentence]))
}

/// Reads one declared thing from its name, its value and its place.
type Read<'n, T> = fn(&str, &'n Node<'n>, &Place<'_>) -> Result<T>;

/// The entries of an object whose keys are declared names, at most `most` of them.
fn declared<'n, T>(
    fields: &Object<'n, '_>,
    field: &str,
    most: usize,
    read: Read<'n, T>,
) -> Result<Named<'n, T>> {
    check_names(fields, field, most)?;
    each(fields, field, read)
}

fn each<'n, T>(fields: &Object<'n, '_>, field: &str, read: Read<'n, T>) -> Result<Named<'n, T>> {
    let entries = fields.entries(field)?;
    let place = fields.place.at(field);
    let mut found = Vec::with_capacity(entries.len());
    for (name, node) in entries {
        found.push((name.as_ref(), read(name, node, &place.at(name))?));
    }
    Ok(found)
}

pub(super) fn check_count(count: usize, most: usize, place: &Place<'_>) -> Result<()> {
    if count > most {
        return Err(place.error(Code::TooMany, &["at most ", &most.to_string(), " of these, remove some"]));
    }
    Ok(())
}

#[inline(never)]
fn check_names(fields: &Object<'_, '_>, field: &str, most: usize) -> Result<()> {
    let entries = fields.entries(field)?;
    let place = fields.place.at(field);
    check_count(entries.len(), most, &place)?;
    match entries.iter().find(|(name, _)| !is_name(name, false)) {
        Some((name, _)) => {
            let sentence = "a name is a small letter, then small letters, digits and `_`, at most 64";
            Err(place.at(name).error(Code::Name, &[sentence]))
        }
        None => Ok(()),
    }
}

/// The longest name, in bytes.
const MAX_NAME: usize = 64;

fn is_name(name: &str, dashes: bool) -> bool {
    let within = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_') || (dashes && byte == b'-');
    name.len() <= MAX_NAME
        && name.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && name.bytes().all(within)
}

/// The label, if it is written; `source` is prose for readers of the document and kept nowhere.
fn label<'n>(fields: &Object<'n, '_>) -> Result<Option<&'n str>> {
    fields.text("source")?;
    words(fields, "label")
}

/// A string that is not empty.
#[inline(never)]
fn words<'n>(fields: &Object<'n, '_>, field: &str) -> Result<Option<&'n str>> {
    let words = fields.text(field)?;
    if words == Some("") {
        let sentence = "people read this, write at least one letter or leave the field out";
        return Err(fields.place.at(field).error(Code::Value, &[sentence]));
    }
    Ok(words)
}

fn feature<'n>(_: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<FeatureDocument<'n>> {
    let fields = Object::of(node, place, &["label", "source"])?;
    Ok(FeatureDocument { label: label(&fields)? })
}

fn limit<'n>(_: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<LimitDocument<'n>> {
    let fields = Object::of(node, place, &["label", "source", "counts"])?;
    let counts = fields.text("counts")?.ok_or_else(|| place.at("counts").missing())?;
    Ok(LimitDocument { label: label(&fields)?, counts })
}

fn edition<'n>(_: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<EditionDocument<'n>> {
    let fields = Object::of(node, place, &["label", "source", "features", "limits"])?;
    Ok(EditionDocument {
        label: label(&fields)?,
        features: fields.texts("features")?,
        limits: fields.numbers("limits")?,
    })
}

fn holder<'n>(name: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<HolderDocument<'n>> {
    let sentence = "no such holder, there are `user`, `service_account`, `api_key`, `group` and `members`";
    let holder = Holder::named(name).ok_or_else(|| place.error(Code::UnknownHolder, &[sentence]))?;
    let known = match holder {
        Holder::ApiKey => ["label", "source", "feature", "roles", "baseline", "default"].as_slice(),
        Holder::User | Holder::ServiceAccount => &["label", "source", "feature", "roles", "baseline"],
        Holder::Group | Holder::Members => &["label", "source", "feature", "roles"],
    };
    let fields = Object::of(node, place, known)?;
    Ok(HolderDocument {
        holder,
        label: label(&fields)?,
        feature: fields.text("feature")?,
        roles: fields.lists("roles")?,
        baseline: fields.lists("baseline")?,
        default: fields.texts("default")?,
    })
}

fn invites(fields: &Object<'_, '_>) -> Result<InvitesDocument> {
    let place = fields.place.at("invites");
    let Some(node) = fields.node("invites") else {
        return Ok(InvitesDocument { only_people: false, days: INVITE_DAYS });
    };
    let fields = Object::of(node, &place, &["to", "days"])?;
    let only_people = match fields.text("to")? {
        None | Some("anyone") => false,
        Some("people") => true,
        Some(_) => {
            let sentence = "write `anyone`, or `people` for those in the directory only";
            return Err(place.at("to").error(Code::Value, &[sentence]));
        }
    };
    let days = fields.number("days")?.unwrap_or(INVITE_DAYS);
    if days == 0 || days > MAX_INVITE_DAYS {
        return Err(place.at("days").error(Code::Number, &["an invite lasts from 1 to 36500 days"]));
    }
    Ok(InvitesDocument { only_people, days })
}

fn organizations<'n>(fields: &Object<'n, '_>) -> Result<OrganizationsDocument<'n>> {
    let place = fields.place.at("organizations");
    let Some(node) = fields.node("organizations") else { return Ok(OrganizationsDocument { further: None }) };
    let fields = Object::of(node, &place, &["further"])?;
    Ok(OrganizationsDocument { further: fields.text("further")? })
}

fn kind<'n>(name: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<KindDocument<'n>> {
    if Holder::named(name).is_some() {
        let sentence = "this is the name of a holder, choose another for the kind";
        return Err(place.error(Code::Name, &[sentence]));
    }
    let fields = Object::of(node, place, &KIND)?;
    Ok(KindDocument {
        label: label(&fields)?,
        plural: words(&fields, "plural")?,
        parent: fields.text("parent")?,
        private: fields.flag("private", false)?,
        available: fields.flag("available", true)?,
        feature: fields.text("feature")?,
        top: fields.text("top")?,
        creator: fields.text("creator")?,
        default: fields.text("default")?,
        sharing: fields.texts("sharing")?,
        create: fields.text("create")?,
        uses: fields.text("use")?,
        run: fields.text("run")?,
        actions: declared(&fields, "actions", MAX_ACTIONS, action)?,
        roles: declared(&fields, "roles", MAX_ROLES, role)?,
    })
}

fn action<'n>(_: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<ActionDocument<'n>> {
    let known = ["label", "source", "feature", "limit", "available", "requestable"];
    let fields = Object::of(node, place, &known)?;
    Ok(ActionDocument {
        label: label(&fields)?,
        feature: fields.text("feature")?,
        limit: fields.text("limit")?,
        available: fields.flag("available", true)?,
        requestable: fields.flag("requestable", false)?,
    })
}

fn role<'n>(_: &str, node: &'n Node<'n>, place: &Place<'_>) -> Result<RoleDocument<'n>> {
    let known = ["label", "source", "feature", "allow", "implies", "grant", "default"];
    let fields = Object::of(node, place, &known)?;
    Ok(RoleDocument {
        label: label(&fields)?,
        feature: fields.text("feature")?,
        allow: fields.texts("allow")?,
        implies: fields.lists("implies")?,
        grant: fields.texts("grant")?,
        default: fields.lists("default")?,
    })
}
