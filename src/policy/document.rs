//! A policy as it is written: types, fields and spelling checked by tables, in their order; nothing looked up yet.

use super::fields::{Node, Object, text_of};
use super::place::Place;
use super::{Holder, MAX_ACTIONS, MAX_ASSERTIONS, MAX_FEATURES, MAX_KINDS, MAX_ROLES};
use crate::error::{Code, Error, Result, decimal};
use crate::json::Entries;

/// What a value must be.
enum Shape {
    Any,
    /// A string.
    Text,
    /// A string that is not empty.
    Words,
    /// The policy's name.
    Name,
    /// Who may be invited.
    To,
    /// How long an invite lasts.
    Days,
    Flag,
    Number,
    Texts,
    /// An object of these fields.
    Fields(Fields),
    /// An object with a field for each holder.
    Holder,
    /// A kind, whose name is not a holder's.
    Kind,
    /// A list, at most so long.
    List(usize, &'static Shape),
    /// An object whose keys are free.
    Each(&'static Shape),
    /// An object whose keys are declared names, at most so many.
    Declared(usize, &'static Shape),
    /// Sentences by the key of a finding.
    Explained,
}

/// The fields that an object has, in the order in which they are checked, and whether one must be there.
type Fields = &'static [(&'static str, bool, Shape)];

const POLICY: Fields = &[
    ("$schema", false, Shape::Any),
    ("format", false, Shape::Number),
    ("name", true, Shape::Name),
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("features", false, Shape::Declared(MAX_FEATURES, &Shape::Fields(FEATURE))),
    ("limits", false, Shape::Declared(MAX_FEATURES, &Shape::Fields(LIMIT))),
    ("editions", true, Shape::Declared(MAX_FEATURES, &Shape::Fields(EDITION))),
    ("holders", true, Shape::Each(&Shape::Holder)),
    ("invites", false, Shape::Fields(&[("to", false, Shape::To), ("days", false, Shape::Days)])),
    ("organizations", false, Shape::Fields(&[("further", false, Shape::Text)])),
    ("kinds", true, Shape::Declared(MAX_KINDS, &Shape::Kind)),
    ("commands", false, Shape::Each(&TEXTS_BY_NAME)),
    ("questions", false, Shape::Each(&TEXTS_BY_NAME)),
    ("nobody", false, Shape::Texts),
    ("assertions", false, Shape::List(MAX_ASSERTIONS, &Shape::Fields(ASSERTION))),
    ("explained", false, Shape::Explained),
];

/// An object of strings.
const TEXTS_BY_NAME: Shape = Shape::Each(&Shape::Text);
/// An object of lists of strings.
const LISTS_BY_NAME: Shape = Shape::Each(&Shape::Texts);

const FEATURE: Fields = &[("source", false, Shape::Text), ("label", false, Shape::Words)];

const LIMIT: Fields =
    &[("counts", true, Shape::Text), ("source", false, Shape::Text), ("label", false, Shape::Words)];

const EDITION: Fields = &[
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("features", false, Shape::Texts),
    ("limits", false, Shape::Each(&Shape::Number)),
];

/// The last two are not for every holder.
const HOLDER: Fields = &[
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("feature", false, Shape::Text),
    ("roles", false, LISTS_BY_NAME),
    ("baseline", false, LISTS_BY_NAME),
    ("default", false, Shape::Texts),
];

const KIND: Fields = &[
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("plural", false, Shape::Words),
    ("parent", false, Shape::Text),
    ("private", false, Shape::Flag),
    ("available", false, Shape::Flag),
    ("feature", false, Shape::Text),
    ("top", false, Shape::Text),
    ("creator", false, Shape::Text),
    ("default", false, Shape::Text),
    ("sharing", false, Shape::Texts),
    ("create", false, Shape::Text),
    ("use", false, Shape::Text),
    ("run", false, Shape::Text),
    ("actions", false, Shape::Declared(MAX_ACTIONS, &Shape::Fields(ACTION))),
    ("roles", false, Shape::Declared(MAX_ROLES, &Shape::Fields(ROLE))),
];

const ACTION: Fields = &[
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("feature", false, Shape::Text),
    ("limit", false, Shape::Text),
    ("available", false, Shape::Flag),
    ("requestable", false, Shape::Flag),
];

const ROLE: Fields = &[
    ("source", false, Shape::Text),
    ("label", false, Shape::Words),
    ("feature", false, Shape::Text),
    ("allow", false, Shape::Texts),
    ("implies", false, LISTS_BY_NAME),
    ("grant", false, Shape::Texts),
    ("default", false, LISTS_BY_NAME),
];

const ASSERTION: Fields = &[
    ("source", false, Shape::Text),
    ("only", true, Shape::Texts),
    ("may", true, Shape::Text),
    ("on", true, Shape::Text),
];

/// How long an invite lasts where the policy does not say.
pub(super) const INVITE_DAYS: u64 = 7;
/// The longest that a policy may let an invite last: a hundred years.
const MAX_INVITE_DAYS: u64 = 36_500;

/// Checks a whole policy document.
pub(super) fn read(node: Node<'_>) -> Result<Object<'_>> {
    let whole = Object(object(node, &Place::WHOLE)?);
    check_format(whole)?;
    check_known(whole, POLICY, &Place::WHOLE)?;
    for (name, must, _) in POLICY {
        if *must && whole.node(name).is_none() {
            return Err(Place::WHOLE.at(name).missing());
        }
    }
    check_fields(whole, POLICY, &Place::WHOLE)?;
    Ok(whole)
}

fn check_format(whole: Object<'_>) -> Result<()> {
    let place = Place::WHOLE.at("format");
    let format = whole.node("format").ok_or_else(|| place.missing())?;
    check(&Shape::Number, "", format, &place)?;
    match format.number() {
        Some(1) => Ok(()),
        _ => Err(place.error(Code::FormatVersion, &["this version reads format 1 only"])),
    }
}

/// Refuses fields that are not among these.
#[inline(never)]
fn check_known(object: Object<'_>, known: Fields, place: &Place<'_>) -> Result<()> {
    for (name, _) in object.0 {
        if !known.iter().any(|(known, _, _)| *known == name) {
            let sentence = "no such field here, see the schema for those that are";
            return Err(place.at(name).error(Code::UnknownField, &[sentence]));
        }
    }
    Ok(())
}

#[inline(never)]
fn check_fields(object: Object<'_>, fields: Fields, place: &Place<'_>) -> Result<()> {
    for (name, must, shape) in fields {
        let place = place.at(name);
        match object.node(name) {
            Some(node) => check(shape, name, node, &place)?,
            None if *must => return Err(place.missing()),
            None => {}
        }
    }
    Ok(())
}

/// Checks one value and all that is in it; goes down as deep as the tables, whatever the document is.
fn check(shape: &Shape, name: &str, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    match shape {
        Shape::Any => Ok(()),
        Shape::Flag if node.boolean().is_some() => Ok(()),
        Shape::Flag => Err(wrong_type("true or false", node, place)),
        Shape::Number | Shape::Days => check_number(shape, node, place),
        Shape::Text | Shape::Words | Shape::Name | Shape::To => check_text(shape, node, place),
        Shape::Texts => check_list(usize::MAX, &Shape::Text, node, place),
        Shape::List(most, inner) => check_list(*most, inner, node, place),
        Shape::Fields(fields) => check_object(fields, node, place),
        Shape::Holder => check_holder(name, node, place),
        Shape::Kind => {
            if Holder::named(name).is_some() {
                let sentence = "this is the name of a holder, choose another for the kind";
                return Err(place.error(Code::Name, &[sentence]));
            }
            check_object(KIND, node, place)
        }
        Shape::Each(inner) => check_each(inner, object(node, place)?, place),
        Shape::Declared(most, inner) => {
            let entries = object(node, place)?;
            check_names(entries, *most, place)?;
            check_each(inner, entries, place)
        }
        Shape::Explained => check_explained(object(node, place)?, place),
    }
}

#[cold]
#[inline(never)]
fn wrong_type(wanted: &str, node: Node<'_>, place: &Place<'_>) -> Error {
    place.error(Code::Type, &["expected ", wanted, ", found ", node.type_name()])
}

fn object<'n>(node: Node<'n>, place: &Place<'_>) -> Result<Entries<'n, 'n>> {
    node.entries().ok_or_else(|| wrong_type("an object", node, place))
}

fn check_object(fields: Fields, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    let object = Object(object(node, place)?);
    check_known(object, fields, place)?;
    check_fields(object, fields, place)
}

#[inline(never)]
fn check_each(inner: &Shape, entries: Entries<'_, '_>, place: &Place<'_>) -> Result<()> {
    for (name, node) in entries {
        check(inner, name, node, &place.at(name))?;
    }
    Ok(())
}

fn check_list(most: usize, inner: &Shape, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    let items = node.items().ok_or_else(|| wrong_type("a list", node, place))?;
    check_count(items.len(), most, place)?;
    for (index, node) in items.enumerate() {
        check(inner, "", node, &place.element(index))?;
    }
    Ok(())
}

fn check_number(shape: &Shape, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    let number = node.number().ok_or_else(|| wrong_type("an integer", node, place))?;
    if matches!(shape, Shape::Days) && !(1..=MAX_INVITE_DAYS).contains(&number) {
        return Err(place.error(Code::Number, &["an invite lasts from 1 to 36500 days"]));
    }
    Ok(())
}

fn check_text(shape: &Shape, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    let text = node.text().ok_or_else(|| wrong_type("a string", node, place))?;
    let (code, sentence) = match shape {
        Shape::Words if text.is_empty() => {
            (Code::Value, "people read this, write at least one letter or leave the field out")
        }
        Shape::Name if !is_name(text, true) => (
            Code::Name,
            "a policy's name is a small letter, then small letters, digits, `_` and `-`, at most 64",
        ),
        Shape::To if text != "anyone" && text != "people" => {
            (Code::Value, "write `anyone`, or `people` for those in the directory only")
        }
        _ => return Ok(()),
    };
    Err(place.error(code, &[sentence]))
}

fn check_holder(name: &str, node: Node<'_>, place: &Place<'_>) -> Result<()> {
    let known = match Holder::named(name) {
        Some(Holder::ApiKey) => 0,
        Some(Holder::User | Holder::ServiceAccount) => 1,
        Some(Holder::Group | Holder::Members) => 2,
        None => {
            let sentence =
                "no such holder, there are `user`, `service_account`, `api_key`, `group` and `members`";
            return Err(place.error(Code::UnknownHolder, &[sentence]));
        }
    };
    let known = HOLDER.len().saturating_sub(known);
    check_object(HOLDER.get(..known).unwrap_or(HOLDER), node, place)
}

fn check_count(count: usize, most: usize, place: &Place<'_>) -> Result<()> {
    if count > most {
        return Err(
            place.error(Code::TooMany, &["at most ", &decimal(most as u64), " of these, remove some"])
        );
    }
    Ok(())
}

fn check_names(entries: Entries<'_, '_>, most: usize, place: &Place<'_>) -> Result<()> {
    check_count(entries.len(), most, place)?;
    for (name, _) in entries {
        if !is_name(name, false) {
            let sentence = "a name is a small letter, then small letters, digits and `_`, at most 64";
            return Err(place.at(name).error(Code::Name, &[sentence]));
        }
    }
    Ok(())
}

fn check_explained(entries: Entries<'_, '_>, place: &Place<'_>) -> Result<()> {
    check_each(&Shape::Text, entries, place)?;
    check_count(entries.len(), MAX_ASSERTIONS, place)?;
    for (key, node) in entries {
        if text_of(node).is_empty() {
            return Err(place.at(key).error(Code::Value, &["say why this is meant"]));
        }
    }
    Ok(())
}

/// The longest name, in bytes.
const MAX_NAME: usize = 64;

fn is_name(name: &str, dashes: bool) -> bool {
    let within = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_') || (dashes && byte == b'-');
    name.len() <= MAX_NAME
        && name.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && name.bytes().all(within)
}
