//! Facts to the canonical document: fields in the order of the schema, lists sorted by id, every default written
//! out, never a place. Two directories are equal if and only if their documents are.

use super::Directory;
use super::change::SuspendedBy;
use super::facts::{Facts, Held, NEVER, ResourceId, Sso, Subject};
use super::names::role_names;
use super::tell::Told;
use super::translate::Translator;
use crate::json::Writer;
use crate::order::{arranged, order};
use crate::policy::{KindId, Model, RoleId};

impl Directory {
    /// The directory as a document (JSON): loading it gives this directory again. It is canonical, so that two
    /// directories are equal if and only if their documents are, byte for byte.
    ///
    /// ```
    /// # use bailiwick::{Directory, Policy};
    /// # let policy = Policy::compile(include_str!("../../policies/pinecone.json"))?;
    /// # let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json"))?;
    /// let text = directory.document();
    /// assert_eq!(Directory::load(&policy, &text)?.document(), text);
    /// # Ok::<(), bailiwick::Error>(())
    /// ```
    pub fn document(&self) -> String {
        self.written(None)
    }

    /// The document; with a translator for another policy.
    pub(super) fn written(&self, translator: Option<&mut Translator<'_>>) -> String {
        let (model, facts) = (self.policy.model(), &self.facts);
        let mut out = Writer::default();
        let domains = arranged(facts.domains.names(), |a, b| a.1.cmp(&b.1));
        let mut scribe = Scribe { model, facts, domains, translator };
        out.object(|out| scribe.document(out));
        out.into_text()
    }
}

struct Scribe<'a, 't> {
    model: &'a Model,
    facts: &'a Facts,
    /// Whose they are, in order, with the domains.
    domains: Vec<(&'a str, u32)>,
    translator: Option<&'a mut Translator<'t>>,
}

/// Writes the fields of the row at a place.
type Row<'a, 't> = fn(&mut Scribe<'a, 't>, &mut Writer, u32) -> Option<()>;

impl<'a, 't> Scribe<'a, 't> {
    fn document(&mut self, out: &mut Writer) {
        let facts = self.facts;
        let policy = self.translator.as_ref().map_or(&self.model.name, |translator| &translator.model.name);
        out.number_at("format", 1);
        out.text_at("policy", policy);
        out.number_at("revision", facts.revision);
        out.number_at("changed", facts.changed);
        self.rows(out, "people", &facts.people.by_id(), Self::person);
        self.rows(out, "organizations", &facts.organizations.by_id(), Self::organization);
        self.some(out, "groups", &facts.groups.by_id(), Self::group);
        self.some(out, "serviceAccounts", &facts.accounts.by_id(), Self::account);
        self.some(out, "projects", &self.projects(), Self::project);
        self.some(out, "apiKeys", &facts.keys.by_id(), Self::key);
        self.some(out, "resources", &self.resources(), Self::resource);
        if self.translator.is_none() {
            self.some(out, "invites", &facts.invites.by_id(), Self::invite);
            let mut applied = Vec::with_capacity(facts.applied.len());
            (0..facts.applied.len() as u32).for_each(|place| applied.push(place));
            self.some(out, "applied", &applied, Self::applied);
        }
        if !facts.retired.is_empty() {
            out.key("retired")
                .listed(|out| facts.retired.names().iter().for_each(|(name, _)| out.text(name)));
        }
    }

    fn rows(&mut self, out: &mut Writer, key: &str, places: &[u32], row: Row<'a, 't>) {
        out.key(key).listed(|out| {
            for place in places {
                // A row is there: its place comes from an index.
                out.object(|out| row(self, out, *place).unwrap_or_default());
            }
        });
    }

    /// A list that is left out where nothing is in it.
    fn some(&mut self, out: &mut Writer, key: &str, places: &[u32], row: Row<'a, 't>) {
        if !places.is_empty() {
            self.rows(out, key, places, row);
        }
    }

    fn person(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.people.get(place)?;
        out.text_at("id", &row.id);
        out.text_of("email", row.email.as_deref());
        out.text_of("name", row.name.as_deref());
        Some(())
    }

    fn organization(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.organizations.get(place)?;
        out.text_at("id", &row.id);
        out.text_of("name", row.name.as_deref());
        out.text_at("edition", self.model.editions.get(row.edition).map_or("", |edition| &edition.name));
        out.text_of("creator", row.creator.as_deref());
        let mut members = Vec::with_capacity(row.members.len());
        for (person, by) in row.members.as_slice() {
            members.push((self.facts.subject_name(Subject::User(*person)), *person, *by));
        }
        let members = arranged(members, |a, b| a.0.cmp(&b.0));
        out.key("members").listed(|out| {
            for (name, person, by) in &members {
                let roles = self.roles("organization", Subject::User(*person), row.resource);
                self.member(out, name, &roles, *by, NEVER);
            }
        });
        if self.translator.is_none() {
            self.sso(out, place, row.sso.as_deref());
        }
        Some(())
    }

    fn sso(&self, out: &mut Writer, home: u32, sso: Option<&Sso>) {
        let start = self.domains.partition_point(|(_, known)| *known < home);
        let mut domains = Vec::new();
        for (domain, known) in self.domains.get(start..).unwrap_or_default() {
            if *known != home {
                break;
            }
            domains.push((*domain).to_owned());
        }
        if domains.is_empty() && sso.is_none() {
            return;
        }
        out.key("sso").object(|out| {
            out.texts_of("domains", &domains);
            if let Some(sso) = sso {
                out.texts_of("default", &sso.default);
                sso.map.tell("map", out);
            }
        });
    }

    /// A member of an organization or a project; who holds nothing under another policy is none.
    fn member(
        &self,
        out: &mut Writer,
        name: &str,
        roles: &[String],
        suspended: Option<SuspendedBy>,
        until: u64,
    ) {
        if roles.is_empty() && self.translator.is_some() {
            return;
        }
        out.object(|out| {
            out.text_at("member", name);
            out.texts("roles", roles);
            out.flag("suspended", suspended.is_some());
            out.text_of(
                "suspendedBy",
                suspended.filter(|by| *by == SuspendedBy::Sso).map(SuspendedBy::as_str),
            );
            out.number_of("until", end(until));
        });
    }

    fn group(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.groups.get(place)?;
        out.text_at("id", &row.id);
        out.text_at("organization", self.facts.organization_id(row.organization));
        out.text_of("name", row.name.as_deref());
        let mut members = Vec::with_capacity(row.members.len());
        for person in &row.members {
            members.push(self.facts.subject_name(Subject::User(*person)));
        }
        out.texts_of("members", &arranged(members, String::cmp));
        Some(())
    }

    fn account(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.accounts.get(place)?;
        out.text_at("id", &row.id);
        out.text_at("organization", self.facts.organization_id(row.organization));
        out.text_of("name", row.name.as_deref());
        if let Some(home) = self.facts.organization(row.organization) {
            let roles = self.roles("organization", Subject::ServiceAccount(place), home.resource);
            out.texts_of("roles", &roles);
        }
        out.flag("suspended", row.suspended);
        Some(())
    }

    fn project(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.resource(ResourceId(place))?;
        out.text_at("id", &row.id);
        out.text_at("organization", self.facts.organization_id(row.organization?));
        if let Some(about) = &row.about {
            out.text_of("name", about.name.as_deref());
            out.text_of("creator", about.creator.as_deref());
        }
        let mut members: Vec<(String, u64, RoleId)> = Vec::with_capacity(row.held.len());
        for held in &row.held {
            if !matches!(held.subject, Subject::ApiKey(_)) {
                members.push((self.facts.subject_name(held.subject), held.until, held.role));
            }
        }
        let held = arranged(members, Ord::cmp);
        out.key("members").listed(|out| {
            // One entry for each (member, end), as both can differ.
            for entry in held.chunk_by(|a, b| (&a.0, a.1) == (&b.0, b.1)) {
                let Some((member, until, _)) = entry.first() else { continue };
                let mut roles = Vec::with_capacity(entry.len());
                entry.iter().for_each(|(_, _, role)| roles.push(*role));
                let roles = self.named("project", &roles);
                self.member(out, member, &roles, None, *until);
            }
        });
        Some(())
    }

    fn key(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.keys.get(place)?;
        out.text_at("id", &row.id);
        out.text_at("project", self.facts.resource(row.project).map_or("", |project| &project.id));
        out.text_of("name", row.name.as_deref());
        out.text_of("creator", row.creator.as_deref());
        out.number_of("rotations", Some(row.rotations).filter(|rotations| *rotations != 0));
        let roles = self.roles("project", Subject::ApiKey(place), row.project);
        out.texts("roles", &roles);
        Some(())
    }

    fn resource(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let row = self.facts.resource(ResourceId(place))?;
        let kind = &self.model.kind(row.kind).name;
        out.text_at("kind", kind);
        out.text_at("id", &row.id);
        let parent = row.parent.map(|parent| self.facts.resource_name(self.model, parent));
        out.text_at("parent", &parent.unwrap_or_default());
        if let Some(about) = &row.about {
            out.text_of("name", about.name.as_deref());
            out.text_of("creator", about.creator.as_deref());
            out.texts_of("uses", &about.uses);
        }
        let mut shares: Vec<(String, &str, &Held)> = Vec::with_capacity(row.held.len());
        for held in &row.held {
            let name = self.facts.subject_name(held.subject);
            shares.push((name, &self.model.role(held.role).name, held));
        }
        let shares = arranged(shares, |a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        out.key("shares").listed(|out| {
            for (with, _, held) in &shares {
                for role in self.named(kind, &[held.role]) {
                    share(out, with, &role, held.until);
                }
            }
        });
        Some(())
    }

    fn invite(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let fact = self.facts.invite_fact(self.model, self.facts.invites.get(place)?);
        fact.tell_fields(out);
        Some(())
    }

    fn applied(&mut self, out: &mut Writer, place: u32) -> Option<()> {
        let (id, digest) = self.facts.applied.get(place as usize)?;
        out.text_at("id", id);
        out.text_at("digest", &hex(*digest));
        Some(())
    }

    fn projects(&self) -> Vec<u32> {
        self.model.project.map(|kind| self.of_kind(kind)).unwrap_or_default()
    }

    /// What lies in projects and elsewhere, by the names of kinds.
    fn resources(&self) -> Vec<u32> {
        let special = [Some(self.model.platform), Some(self.model.organization), self.model.project];
        let name = |kind: usize| self.model.kinds.get(kind).map(|kind| &kind.name);
        let mut places = Vec::new();
        for kind in order(self.model.kinds.len(), &mut |a, b| name(a).cmp(&name(b))) {
            let kind = KindId(kind as u16);
            if !special.contains(&Some(kind)) {
                places.extend(self.of_kind(kind));
            }
        }
        places
    }

    /// The resources of one kind in the order of their ids.
    fn of_kind(&self, kind: KindId) -> Vec<u32> {
        self.facts.ids.get(usize::from(kind.0)).map(super::index::Index::places).unwrap_or_default()
    }

    /// The roles that a subject holds right on a resource.
    fn roles(&mut self, kind: &str, subject: Subject, resource: ResourceId) -> Vec<String> {
        let mut roles = Vec::new();
        for binding in self.facts.bound(subject) {
            if binding.resource == resource {
                roles.push(binding.role);
            }
        }
        self.named(kind, &roles)
    }

    /// The names of roles, in byte order; under the other policy those that they stand for.
    fn named(&mut self, kind: &str, roles: &[RoleId]) -> Vec<String> {
        let names = role_names(self.model, roles);
        match &mut self.translator {
            Some(translator) => translator.roles(kind, &names),
            None => names,
        }
    }
}

fn share(out: &mut Writer, with: &str, role: &str, until: u64) {
    out.object(|out| {
        out.text_at("with", with);
        out.text_at("role", role);
        out.number_of("until", end(until));
    });
}

/// The end of a binding as it is written.
fn end(until: u64) -> Option<u64> {
    Some(until).filter(|until| *until != NEVER)
}

/// A digest as it is written: 16 digits.
fn hex(digest: u64) -> String {
    let digit = |place: u32| char::from_digit((digest >> (place << 2) & 15) as u32, 16).unwrap_or('0');
    (0..16).rev().map(digit).collect()
}
