//! Commands and changes as JSON text. It is byte for byte what `Serialize` writes (a test compares), for command
//! digests hang on it; without serde, whose writers weigh more than all that they write.

#[cfg(any(feature = "js", test))]
use super::OrganizationEntry;
use super::assertions::{AssertedRole, Assertions};
#[cfg(any(feature = "js", test))]
use super::change::{Change, Note};
use super::change::{Fact, SuspendedBy};
use super::command::{Command, ProjectRoles};
use crate::json::Writer;

/// A field as it is written: not at all where it is absent.
pub(super) trait Told {
    fn tell(&self, key: &str, out: &mut Writer);
}

impl Told for String {
    fn tell(&self, key: &str, out: &mut Writer) {
        out.text_at(key, self);
    }
}

impl Told for Option<String> {
    fn tell(&self, key: &str, out: &mut Writer) {
        out.text_of(key, self.as_deref());
    }
}

impl Told for Option<u64> {
    fn tell(&self, key: &str, out: &mut Writer) {
        out.number_of(key, *self);
    }
}

impl Told for Vec<String> {
    fn tell(&self, key: &str, out: &mut Writer) {
        out.texts_of(key, self);
    }
}

impl Told for Option<Vec<String>> {
    fn tell(&self, key: &str, out: &mut Writer) {
        if let Some(texts) = self {
            out.texts(key, texts);
        }
    }
}

impl Told for Vec<ProjectRoles> {
    #[inline(never)]
    fn tell(&self, key: &str, out: &mut Writer) {
        if self.is_empty() {
            return;
        }
        out.key(key).listed(|out| {
            for project in self {
                out.object(|out| {
                    out.text_at("project", &project.project);
                    project.roles.tell("roles", out);
                });
            }
        });
    }
}

impl Told for Assertions {
    #[inline(never)]
    fn tell(&self, key: &str, out: &mut Writer) {
        if self.is_empty() {
            return;
        }
        out.key(key).object(|out| {
            for (value, roles) in self.as_slice() {
                // A value is no word of ours: it is written as the text that it is.
                out.name(value).listed(|out| roles.iter().for_each(|role| asserted(role, out)));
            }
        });
    }
}

fn asserted(role: &AssertedRole, out: &mut Writer) {
    out.object(|out| {
        out.text_at("role", &role.role);
        role.on.tell("on", out);
    });
}

impl Command {
    /// Writes the command.
    pub(crate) fn tell(&self, out: &mut Writer) {
        out.object(|out| {
            out.text_at("id", &self.id);
            if !self.organization.is_empty() {
                out.text_at("organization", &self.organization);
            }
            out.text_at("command", self.operation.name());
            self.operation.tell(out);
        });
    }
}

#[cfg(any(feature = "js", test))]
impl Change {
    /// Writes the change.
    pub(crate) fn tell(&self, out: &mut Writer) {
        out.object(|out| {
            out.text_at("actor", &self.actor);
            out.number_at("at", self.at);
            out.number_at("before", self.before);
            out.number_at("after", self.after);
            self.command.tell(out.key("command"));
            out.flag("repeated", self.repeated);
            for (key, facts) in [("removed", &self.removed), ("added", &self.added)] {
                out.key(key).listed(|out| facts.iter().for_each(|fact| fact.tell(out)));
            }
            if !self.notes.is_empty() {
                out.key("notes").listed(|out| self.notes.iter().for_each(|note| note.tell(out)));
            }
        });
    }
}

#[cfg(any(feature = "js", test))]
impl OrganizationEntry {
    /// Writes the entry.
    pub(crate) fn tell(&self, out: &mut Writer) {
        out.object(|out| {
            out.text_at("id", &self.id);
            out.text_at("name", &self.name);
            out.text_at("edition", &self.edition);
        });
    }
}

#[cfg(any(feature = "js", test))]
impl Note {
    fn tell(&self, out: &mut Writer) {
        out.object(|out| match self {
            Note::Dropped { role, on } => named(out, "dropped", &[("role", role), ("on", on)]),
            Note::UnknownValue { value } => named(out, "unknown_value", &[("value", value)]),
            Note::Kept { role, on } => named(out, "kept", &[("role", role), ("on", on)]),
            Note::Suspended { member } => named(out, "suspended", &[("member", member)]),
            Note::Succeeded { role, on, who } => {
                named(out, "succeeded", &[("role", role), ("on", on), ("who", who)]);
            }
        });
    }
}

#[cfg(any(feature = "js", test))]
#[inline(never)]
fn named(out: &mut Writer, note: &str, fields: &[(&str, &String)]) {
    out.text_at("note", note);
    fields.iter().for_each(|(key, text)| out.text_at(key, text));
}

impl SuspendedBy {
    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            SuspendedBy::Member => "member",
            SuspendedBy::Sso => "sso",
        }
    }
}

#[cfg(any(feature = "js", test))]
impl Fact {
    /// What kind of fact it is, as it is written.
    fn name(&self) -> &'static str {
        match self {
            Fact::Person { .. } => "person",
            Fact::Organization { .. } => "organization",
            Fact::Domain { .. } => "domain",
            Fact::Sso { .. } => "sso",
            Fact::Member { .. } => "member",
            Fact::ServiceAccount { .. } => "service_account",
            Fact::Group { .. } => "group",
            Fact::Grouped { .. } => "grouped",
            Fact::Resource { .. } => "resource",
            Fact::ApiKey { .. } => "api_key",
            Fact::Invite { .. } => "invite",
            Fact::Binding { .. } => "binding",
            Fact::Retired { .. } => "retired",
        }
    }

    fn tell(&self, out: &mut Writer) {
        out.object(|out| {
            out.text_at("fact", self.name());
            self.tell_fields(out);
        });
    }
}

impl Fact {
    /// Whether another fact of the same kind says the same.
    pub(crate) fn says(&self, other: &Fact) -> bool {
        let [this, other] = [self, other].map(|fact| {
            let mut out = Writer::default();
            fact.tell_fields(&mut out);
            out.into_text()
        });
        this == other
    }

    /// Without saying what kind of fact it is.
    pub(super) fn tell_fields(&self, out: &mut Writer) {
        match self {
            Fact::Person { id, email, name } => {
                out.text_at("id", id);
                email.tell("email", out);
                name.tell("name", out);
            }
            Fact::Organization { id, name, edition, creator } => {
                out.text_at("id", id);
                name.tell("name", out);
                out.text_at("edition", edition);
                creator.tell("creator", out);
            }
            Fact::Domain { organization, domain } => {
                out.text_at("organization", organization);
                out.text_at("domain", domain);
            }
            Fact::Sso { organization, default, map } => {
                out.text_at("organization", organization);
                default.tell("default", out);
                map.tell("map", out);
            }
            Fact::Member { organization, member, suspended_by } => {
                out.text_at("organization", organization);
                out.text_at("member", member);
                out.text_of("suspendedBy", suspended_by.map(SuspendedBy::as_str));
            }
            Fact::Retired { id } => out.text_at("id", id),
            _ => self.tell_thing(out),
        }
    }

    /// The facts about what lies in an organization.
    fn tell_thing(&self, out: &mut Writer) {
        match self {
            Fact::ServiceAccount { id, organization, name, suspended } => {
                out.text_at("id", id);
                out.text_at("organization", organization);
                name.tell("name", out);
                out.flag("suspended", *suspended);
            }
            Fact::Group { id, organization, name } => {
                out.text_at("id", id);
                out.text_at("organization", organization);
                name.tell("name", out);
            }
            Fact::Grouped { group, member } => {
                out.text_at("group", group);
                out.text_at("member", member);
            }
            Fact::Resource { id, parent, name, creator, uses } => {
                out.text_at("id", id);
                out.text_at("parent", parent);
                name.tell("name", out);
                creator.tell("creator", out);
                uses.tell("uses", out);
            }
            Fact::ApiKey { id, project, name, creator, rotations } => {
                out.text_at("id", id);
                out.text_at("project", project);
                name.tell("name", out);
                creator.tell("creator", out);
                out.number_of("rotations", Some(*rotations).filter(|rotations| *rotations != 0));
            }
            Fact::Invite { id, organization, address, roles, projects, sender, expires } => {
                out.text_at("id", id);
                out.text_at("organization", organization);
                out.text_at("address", address);
                out.texts("roles", roles);
                projects.tell("projects", out);
                out.text_at("sender", sender);
                out.number_at("expires", *expires);
            }
            Fact::Binding { who, role, on, until } => {
                out.text_at("who", who);
                out.text_at("role", role);
                out.text_at("on", on);
                out.number_of("until", *until);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::directory::Operation;

    /// A text with every kind of letter.
    const TEXT: &str = "a/\"\\\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}é\u{2028}😀";

    /// Full and empty values.
    pub(crate) trait Sample {
        fn sample(full: bool) -> Self;
    }

    impl Sample for String {
        fn sample(_: bool) -> Self {
            TEXT.to_owned()
        }
    }

    impl Sample for u64 {
        fn sample(full: bool) -> Self {
            if full { 1 << 52 } else { 0 }
        }
    }

    impl<T: Sample> Sample for Option<T> {
        fn sample(full: bool) -> Self {
            full.then(|| T::sample(full))
        }
    }

    impl<T: Sample> Sample for Vec<T> {
        fn sample(full: bool) -> Self {
            if full { vec![T::sample(true), T::sample(false)] } else { Vec::new() }
        }
    }

    impl Sample for ProjectRoles {
        fn sample(full: bool) -> Self {
            Self { project: Sample::sample(full), roles: Sample::sample(full) }
        }
    }

    impl Sample for AssertedRole {
        fn sample(full: bool) -> Self {
            Self { role: Sample::sample(full), on: Sample::sample(full) }
        }
    }

    impl Sample for Assertions {
        fn sample(full: bool) -> Self {
            let one = |value: &str| (value.to_owned(), Sample::sample(full));
            if full { [one(TEXT), one("b")].into_iter().collect() } else { Self::default() }
        }
    }

    fn facts(full: bool) -> Vec<Fact> {
        let text = || String::sample(true);
        let maybe = || Option::<String>::sample(full);
        let by = full.then_some(SuspendedBy::Sso);
        vec![
            Fact::Person { id: text(), email: maybe(), name: maybe() },
            Fact::Organization { id: text(), name: maybe(), edition: text(), creator: maybe() },
            Fact::Domain { organization: text(), domain: text() },
            Fact::Sso { organization: text(), default: Sample::sample(full), map: Sample::sample(full) },
            Fact::Member { organization: text(), member: text(), suspended_by: by },
            Fact::Member { organization: text(), member: text(), suspended_by: Some(SuspendedBy::Member) },
            Fact::ServiceAccount { id: text(), organization: text(), name: maybe(), suspended: full },
            Fact::Group { id: text(), organization: text(), name: maybe() },
            Fact::Grouped { group: text(), member: text() },
            Fact::Resource {
                id: text(),
                parent: text(),
                name: maybe(),
                creator: maybe(),
                uses: Sample::sample(full),
            },
            Fact::ApiKey {
                id: text(),
                project: text(),
                name: maybe(),
                creator: maybe(),
                rotations: Sample::sample(full),
            },
            Fact::Invite {
                id: text(),
                organization: text(),
                address: text(),
                roles: Sample::sample(full),
                projects: Sample::sample(full),
                sender: text(),
                expires: Sample::sample(full),
            },
            Fact::Binding { who: text(), role: text(), on: text(), until: Sample::sample(full) },
            Fact::Retired { id: text() },
        ]
    }

    fn change(operation: Operation, full: bool) -> Change {
        let (text, organization) = (String::sample, if full { TEXT } else { "" });
        let notes = vec![
            Note::Dropped { role: text(true), on: text(true) },
            Note::UnknownValue { value: text(true) },
            Note::Kept { role: text(true), on: text(true) },
            Note::Suspended { member: text(true) },
            Note::Succeeded { role: text(true), on: text(true), who: text(true) },
        ];
        Change {
            actor: text(true),
            at: 1,
            before: 2,
            after: 3,
            command: Command { id: text(true), organization: organization.to_owned(), operation },
            repeated: full,
            removed: if full { facts(true) } else { Vec::new() },
            added: facts(false),
            notes: if full { notes } else { Vec::new() },
        }
    }

    #[test]
    fn an_organization_is_written_as_serialize_writes_it() {
        let text = || String::sample(true);
        let entry = OrganizationEntry { id: text(), name: text(), edition: text() };
        let mut out = Writer::default();
        entry.tell(&mut out);
        assert_eq!(out.into_text(), serde_json::to_string(&entry).unwrap());
    }

    #[test]
    fn commands_and_changes_are_written_as_serialize_writes_them() {
        for full in [false, true] {
            let operations = Operation::samples(full);
            assert_eq!(operations.len(), 42);
            for operation in operations {
                let change = change(operation, full);
                let mut out = Writer::default();
                change.tell(&mut out);
                assert_eq!(out.into_text(), serde_json::to_string(&change).unwrap());
                let mut out = Writer::default();
                change.command.tell(&mut out);
                assert_eq!(out.into_text(), serde_json::to_string(&change.command).unwrap());
            }
        }
    }
}
