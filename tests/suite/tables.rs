//! Every cell of every table in `tests/tables`: for every role, and for every pair of roles held together.

use super::sources::{MANIFEST, table};
use crate::common::{compile, json, load, preset};
use bailiwick::{Directory, Policy};
use serde_json::{Value, json};

/// Where the resource lies that a cell is asked about, by kind.
const THING: &str = "thing";
const OWNER: &str = "user/owner@x.com";
const ASKER: &str = "user/asker@x.com";

/// Walks all tables and returns how many cells were checked.
pub(crate) fn run_tables() -> usize {
    let manifest: Value = serde_json::from_str(MANIFEST).unwrap();
    manifest.as_array().unwrap().iter().map(run_table).sum()
}

fn run_table(entry: &Value) -> usize {
    let name = entry["policy"].as_str().unwrap();
    let document: Value = serde_json::from_str(crate::common::preset_text(name).unwrap()).unwrap();
    let table = Table { name: entry["file"].as_str().unwrap(), policy: preset(name), document };
    let rows = read_csv(table.name);
    let checked = match entry["form"].as_str().unwrap() {
        "roles" => table.check_roles(entry, &rows),
        "sharing" => table.check_sharing(&rows),
        other => panic!("no such form of a table: `{other}`"),
    };
    assert!(checked > 0, "{}: no cell was checked", table.name);
    checked
}

/// The rows of a table, each a list of (column, cell); no cell holds a comma.
fn read_csv(name: &str) -> Vec<Vec<(&'static str, &'static str)>> {
    let mut lines = table(name).lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let rows: Vec<Vec<_>> = lines.map(|line| header.iter().copied().zip(line.split(',')).collect()).collect();
    assert!(rows.iter().all(|row| row.len() == header.len()), "{name}: a row has too few cells");
    rows
}

fn cell(row: &[(&'static str, &'static str)], column: &str) -> Option<&'static str> {
    row.iter().find(|(name, _)| *name == column).map(|(_, cell)| *cell)
}

struct Table<'a> {
    name: &'a str,
    policy: Policy,
    document: Value,
}

impl Table<'_> {
    /// A table of permissions by roles: one column a role, all on one kind.
    fn check_roles(&self, entry: &Value, rows: &[Vec<(&'static str, &'static str)>]) -> usize {
        let columns: Vec<(&str, &str)> = entry["columns"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, role)| (name.as_str(), role.as_str().unwrap()))
            .collect();
        let kind = entry["kind"].as_str().unwrap();
        let mut checked = 0;
        for (place, first) in columns.iter().enumerate() {
            for second in &columns[place..] {
                let roles = if first == second { vec![first.1] } else { vec![first.1, second.1] };
                let paid = self.world(kind, &roles, self.largest_edition());
                let bare = self.world(kind, &roles, self.smallest_edition());
                for row in rows {
                    let kind = cell(row, "kind").unwrap_or(kind);
                    let action = self.action_labelled(kind, cell(row, "permission").unwrap());
                    let cells = [first.0, second.0].map(|column| cell(row, column).unwrap());
                    self.check_cell(&paid, &bare, kind, &action, cells);
                    checked += 1;
                }
            }
        }
        self.check_matrix(kind, &columns, rows);
        checked
    }

    /// Two roles give what either gives; `edition` is granted with the feature only.
    fn check_cell(&self, paid: &Directory, bare: &Directory, kind: &str, action: &str, cells: [&str; 2]) {
        assert!(cells.iter().all(|cell| ["yes", "no", "edition"].contains(cell)), "{}: {cells:?}", self.name);
        let granted = cells.iter().any(|cell| *cell != "no");
        let expected = if granted { "granted" } else { "no_role" };
        self.expect(paid, (kind, THING), action, expected);
        if cells.contains(&"edition") {
            self.expect(bare, (kind, THING), action, "feature_unavailable");
        }
    }

    /// The compiled matrix shows the same cells.
    fn check_matrix(&self, kind: &str, columns: &[(&str, &str)], rows: &[Vec<(&'static str, &'static str)>]) {
        let matrix = serde_json::to_value(self.policy.matrix(kind).unwrap()).unwrap();
        let roles = matrix["roles"].as_array().unwrap();
        let actions = matrix["actions"].as_array().unwrap();
        for row in rows.iter().filter(|row| cell(row, "kind").is_none_or(|one| one == kind)) {
            let label = cell(row, "permission").unwrap();
            let found = actions.iter().find(|action| action["label"] == *label).unwrap();
            for (column, role) in columns {
                let place = roles.iter().position(|one| one["role"] == **role).unwrap();
                let shown = found["cells"][place].as_str().unwrap();
                let expected: &[&str] = match cell(row, column).unwrap() {
                    "yes" => &["yes", "feature"],
                    "edition" => &["feature"],
                    _ => &["no"],
                };
                assert!(expected.contains(&shown), "{}: {label} for {role} is shown as {shown}", self.name);
            }
        }
    }

    /// A table of what a sharing level can and cannot do on each kind.
    fn check_sharing(&self, rows: &[Vec<(&'static str, &'static str)>]) -> usize {
        let mut checked = 0;
        for (place, first) in rows.iter().enumerate() {
            let same_kind = |row: &&Vec<_>| cell(row, "resource") == cell(first, "resource");
            for second in rows[place..].iter().filter(same_kind) {
                checked += self.check_levels(first, second);
            }
        }
        checked
    }

    fn check_levels(
        &self,
        first: &[(&'static str, &'static str)],
        second: &[(&'static str, &'static str)],
    ) -> usize {
        let kind = cell(first, "resource").unwrap();
        let mut levels = vec![cell(first, "level").unwrap(), cell(second, "level").unwrap()];
        levels.dedup();
        let listed = |column: &str| [first, second].map(|row| cell(row, column).unwrap()).join(" ");
        let (can, cannot) = (listed("can"), listed("cannot"));
        let can: Vec<&str> = can.split_whitespace().collect();
        let mut all: Vec<&str> = can.iter().copied().chain(cannot.split_whitespace()).collect();
        all.sort_unstable();
        all.dedup();
        let comes_later = cell(first, "available") == Some("coming_soon");
        for holder in ["user", "group", "members"] {
            let today = load(&self.policy, &self.shared(kind, &levels, holder));
            let opened = load(&self.switched_on(kind), &self.shared(kind, &levels, holder));
            for action in &all {
                let expected = if can.contains(action) { "granted" } else { "no_role" };
                self.expect(&opened, (kind, THING), action, expected);
                let expected = if comes_later { "not_available_yet" } else { expected };
                self.expect(&today, (kind, THING), action, expected);
            }
        }
        all.len()
    }

    fn expect(&self, directory: &Directory, resource: (&str, &str), action: &str, reason: &str) {
        let (kind, id) = resource;
        let access = directory.access(ASKER, "acme");
        let id = if kind == "organization" { "acme" } else { id };
        let decision = json(&access.check(action, kind, id, 0));
        assert_eq!(decision["reason"], reason, "{}: {action} on {kind}: {decision}", self.name);
        assert_eq!(access.can(action, kind, id, 0), reason == "granted", "{}: {action} on {kind}", self.name);
    }

    fn action_labelled(&self, kind: &str, label: &str) -> String {
        let actions = self.document["kinds"][kind]["actions"].as_object().unwrap();
        let found: Vec<&String> =
            actions.iter().filter(|(_, body)| body["label"] == *label).map(|(name, _)| name).collect();
        assert_eq!(found.len(), 1, "{}: `{label}` should label one action of {kind}", self.name);
        found[0].clone()
    }

    /// An organization in which the asker holds exactly these roles on the organization or on the project.
    fn world(&self, kind: &str, roles: &[&str], edition: &str) -> Directory {
        let organization = &self.document["kinds"]["organization"];
        let (member, project) = match kind {
            "organization" => (json!(roles), json!([])),
            _ => (json!([self.idle_role()]), json!([{ "member": ASKER, "roles": roles }])),
        };
        let mut directory = json!({
            "format": 1,
            "people": [{ "id": "owner@x.com" }, { "id": "asker@x.com" }],
            "organizations": [{ "id": "acme", "edition": edition, "members": [
                { "member": OWNER, "roles": [organization["top"]] }, { "member": ASKER, "roles": member }] }],
        });
        if kind == "project" {
            directory["projects"] = json!([{ "id": THING, "organization": "acme", "members": project }]);
            directory["resources"] = json!(self.things_in_the_project());
        }
        load(&self.policy, &directory)
    }

    fn things_in_the_project(&self) -> Vec<Value> {
        let kinds = self.document["kinds"].as_object().unwrap();
        let below = kinds.iter().filter(|(_, body)| body["parent"] == "project");
        below
            .map(|(kind, _)| json!({ "kind": kind, "id": THING, "parent": format!("project/{THING}") }))
            .collect()
    }

    /// The last organization role that gives nothing on projects.
    fn idle_role(&self) -> &str {
        let roles = self.document["holders"]["user"]["roles"]["organization"].as_array().unwrap();
        let bodies = &self.document["kinds"]["organization"]["roles"];
        let is_idle = |role: &&Value| bodies[role.as_str().unwrap()]["implies"]["project"].is_null();
        roles.iter().rev().find(is_idle).and_then(Value::as_str).unwrap()
    }

    /// A resource that another created, shared with the asker at these levels in one of three ways.
    fn shared(&self, kind: &str, levels: &[&str], holder: &str) -> Value {
        let highest = &self.document["kinds"][kind]["sharing"][0];
        let receiver = match holder {
            "group" => "group/team",
            "members" => "members",
            _ => ASKER,
        };
        let mut shares = vec![json!({ "with": OWNER, "role": highest })];
        shares.extend(levels.iter().map(|level| json!({ "with": receiver, "role": level })));
        json!({
            "format": 1,
            "people": [{ "id": "owner@x.com" }, { "id": "asker@x.com" }],
            "organizations": [{ "id": "acme", "edition": self.largest_edition(), "members": [
                { "member": OWNER, "roles": [self.document["kinds"]["organization"]["top"]] }, { "member": ASKER }] }],
            "groups": [{ "id": "team", "organization": "acme", "members": [ASKER] }],
            "resources": [{ "kind": kind, "id": THING, "parent": "organization/acme", "creator": OWNER, "shares": shares }],
        })
    }

    /// The policy with this kind available.
    fn switched_on(&self, kind: &str) -> Policy {
        let mut document = self.document.clone();
        document["kinds"][kind]["available"] = json!(true);
        compile(&document)
    }

    fn largest_edition(&self) -> &str {
        let count = |body: &Value| body["features"].as_array().map_or(0, Vec::len);
        let editions = self.document["editions"].as_object().unwrap();
        editions.iter().max_by_key(|(_, body)| count(body)).unwrap().0
    }

    /// The first edition without features.
    fn smallest_edition(&self) -> &str {
        let editions = self.document["editions"].as_object().unwrap();
        editions.iter().find(|(_, body)| body["features"].as_array().is_none_or(Vec::is_empty)).unwrap().0
    }
}
