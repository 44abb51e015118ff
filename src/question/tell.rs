//! Answers as JSON text: byte for byte what `Serialize` writes (a test compares), without serde.

use super::answers::{Compared, Grantable, Lack, ListPage, PeopleMatrix, Preview, Row, Totals, WhoPage};
use crate::json::Writer;

/// An answer, which is an object.
pub(crate) trait Told {
    /// Writes the fields.
    fn tell(&self, out: &mut Writer);
}

/// A list of objects.
fn objects<T>(out: &mut Writer, key: &str, items: &[T], fields: fn(&T, &mut Writer)) {
    out.key(key).listed(|out| items.iter().for_each(|item| out.object(|out| fields(item, out))));
}

/// What pages end with.
#[inline(never)]
fn page(out: &mut Writer, total: usize, hidden: Option<usize>, next: Option<&str>) {
    out.number_at("total", total as u64);
    out.number_of("hidden", hidden.map(|hidden| hidden as u64));
    out.text_of("next", next);
}

impl Told for WhoPage {
    fn tell(&self, out: &mut Writer) {
        objects(out, "items", &self.items, |entry, out| {
            out.text_at("principal", &entry.principal);
            crate::decision::tell_via(out, &entry.via);
        });
        page(out, self.total, None, self.next.as_deref());
    }
}

impl Told for PeopleMatrix {
    fn tell(&self, out: &mut Writer) {
        out.texts("actions", &self.actions);
        objects(out, "rows", &self.rows, |row, out| {
            out.text_at("principal", &row.principal);
            out.key("cells").listed(|out| row.cells.iter().for_each(|cell| out.boolean(*cell)));
        });
        page(out, self.total, None, self.next.as_deref());
    }
}

impl Told for ListPage {
    fn tell(&self, out: &mut Writer) {
        out.texts("items", &self.items);
        page(out, self.total, Some(self.hidden), self.next.as_deref());
    }
}

impl Told for Vec<Grantable> {
    fn tell(&self, out: &mut Writer) {
        objects(out, "roles", self, |role, out| {
            out.text_at("role", &role.role);
            out.text_at("label", &role.label);
            out.number_of("until", role.until);
        });
    }
}

impl Told for Preview {
    fn tell(&self, out: &mut Writer) {
        let some = |count: usize| Some(count as u64).filter(|count| *count != 0);
        self.change.tell(out.key("change"));
        out.number_of("withheld", some(self.withheld));
        difference(out, &self.rows, &self.totals);
        if !self.lacks.is_empty() {
            objects(out, "lacks", &self.lacks, lack);
        }
        out.number_of("lacksHidden", some(self.lacks_hidden));
        out.text_of("next", self.next.as_deref());
    }
}

fn lack(lack: &Lack, out: &mut Writer) {
    out.text_at("resource", &lack.resource);
    out.text_at("action", &lack.action);
    out.text_of("role", lack.role.as_deref());
    out.texts("ask", &lack.ask);
}

impl Told for Compared {
    fn tell(&self, out: &mut Writer) {
        difference(out, &self.rows, &self.totals);
        objects(out, "unmapped", &self.unmapped, |role, out| {
            out.text_at("kind", &role.kind);
            out.text_at("role", &role.role);
            out.number_at("bindings", role.bindings as u64);
        });
        out.text_of("next", self.next.as_deref());
    }
}

#[inline(never)]
fn difference(out: &mut Writer, rows: &[Row], totals: &Totals) {
    objects(out, "rows", rows, |row, out| {
        out.text_at("principal", &row.principal);
        out.text_at("kind", &row.kind);
        out.text_at("id", &row.id);
        out.texts("gained", &row.gained);
        out.texts("lost", &row.lost);
    });
    let Totals { principals, rows, gained, lost, hidden } = *totals;
    out.key("totals").object(|out| {
        for (key, count) in [
            ("principals", principals),
            ("rows", rows),
            ("gained", gained),
            ("lost", lost),
            ("hidden", hidden),
        ] {
            out.number_at(key, count as u64);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::answers::{PeopleRow, Unmapped, WhoEntry};
    use super::*;
    use crate::decision::Via;
    use crate::directory::{Change, Command, Operation};
    use serde::Serialize;

    fn same(answer: &(impl Told + Serialize)) {
        let mut out = Writer::default();
        out.object(|out| answer.tell(out));
        assert_eq!(out.into_text(), serde_json::to_string(answer).unwrap());
    }

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn via(group: Option<String>, until: Option<u64>) -> Via {
        Via {
            role: text("r"),
            on: text("project/\"p\""),
            how: "group",
            group,
            implied: until.is_none(),
            until,
        }
    }

    fn row() -> Row {
        Row {
            principal: text("user/a"),
            kind: text("k"),
            id: text("\n"),
            gained: vec![text("g")],
            lost: vec![],
        }
    }

    #[test]
    fn pages_are_written_as_serialize_writes_them() {
        let vias = vec![via(None, None), via(Some(text("g")), Some(7))];
        let entries = vec![
            WhoEntry { principal: text("user/a"), via: vias },
            WhoEntry { principal: text("user/b"), via: vec![] },
        ];
        for next in [None, Some(text("1.2.3"))] {
            same(&WhoPage { items: entries.clone(), total: 9, next: next.clone() });
            let rows = vec![PeopleRow { principal: text("user/a"), cells: vec![true, false] }];
            same(&PeopleMatrix { actions: vec![text("a")], rows, total: 1, next: next.clone() });
            same(&ListPage { items: vec![text("x"), text("y")], total: 3, hidden: 1, next });
        }
        same(&WhoPage::default());
        same(&PeopleMatrix::default());
        same(&ListPage::default());
    }

    #[test]
    fn roles_are_written_in_an_object() {
        let roles = vec![
            Grantable { role: text("r"), label: text("R"), until: None },
            Grantable { role: text("s"), label: text("S"), until: Some(5) },
        ];
        let mut out = Writer::default();
        out.object(|out| roles.tell(out));
        assert_eq!(out.into_text(), [r#"{"roles":"#, &serde_json::to_string(&roles).unwrap(), "}"].concat());
    }

    #[test]
    fn differences_are_written_as_serialize_writes_them() {
        let totals = Totals { principals: 1, rows: 2, gained: 3, lost: 4, hidden: 5 };
        let unmapped = vec![Unmapped { kind: text("k"), role: text("r"), bindings: 2 }];
        same(&Compared { rows: vec![row(), row()], totals, unmapped, next: Some(text("c")) });
        same(&Compared { rows: vec![], totals: Totals::default(), unmapped: vec![], next: None });
        let command = Command {
            id: text("1"),
            organization: text("acme"),
            operation: Operation::DeleteOrganization {},
        };
        let change = Change {
            actor: text("host"),
            at: 1,
            before: 2,
            after: 3,
            command,
            repeated: false,
            removed: vec![],
            added: vec![],
            notes: vec![],
        };
        let lack = Lack { resource: text("k/i"), action: text("use"), role: None, ask: vec![text("user/a")] };
        let other = Lack { role: Some(text("run")), ask: vec![], ..lack.clone() };
        let preview =
            Preview { change, withheld: 0, rows: vec![], totals, lacks: vec![], lacks_hidden: 0, next: None };
        same(&preview);
        let (rows, lacks) = (vec![row()], vec![lack, other]);
        same(&Preview { withheld: 1, rows, lacks, lacks_hidden: 2, next: Some(text("c")), ..preview });
    }
}
