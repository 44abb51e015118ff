//! The main job in a terminal: a role model and an organization go in; out come the role matrix and, for four
//! people, what they may do and why. `cargo run --example tour`

use bailiwick::{Access, Cell, Decision, Directory, Error, Matrix, Policy, Remedy, State};
use std::io::IsTerminal;

/// The moment of all questions: 2026-11-01.
const NOW: u64 = 1_793_491_200_000;
const ORGANIZATION: &str = "acme";
const PROJECT: &str = "product-search";

/// An owner, a user, a billing admin and somebody from outside.
const PEOPLE: [&str; 4] = [
    "user/ana.moreau@acme.example",
    "user/bo.lindqvist@acme.example",
    "user/chiara.rossi@acme.example",
    "user/noor.haddad@partner.example",
];

/// What each is asked: (action, kind, id).
const QUESTIONS: [(&str, &str, &str); 6] = [
    ("rename", "organization", ORGANIZATION),
    ("update_billing", "organization", ORGANIZATION),
    ("create_projects", "organization", ORGANIZATION),
    ("delete", "project", PROJECT),
    ("query_vectors", "project", PROJECT),
    ("delete", "project", "a-project-of-another-organization"),
];

fn main() -> Result<(), Error> {
    let policy = Policy::compile(include_str!("../policies/pinecone.json"))?;
    let directory = Directory::load(&policy, include_str!("../www/examples/acme.json"))?;
    let paint = Paint { on: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() };

    println!("{}", paint.bold("Role matrix"));
    for kind in ["organization", "project"] {
        if let Some(matrix) = policy.matrix(kind) {
            print_matrix(&paint, &matrix);
        }
    }
    println!("\n{}", paint.bold("Decisions"));
    for principal in PEOPLE {
        print_person(&paint, &directory, principal);
    }
    Ok(())
}

fn print_matrix(paint: &Paint, matrix: &Matrix) {
    let widths: Vec<usize> = matrix.roles.iter().map(|role| role.label.chars().count()).collect();
    let heads: Vec<&str> = matrix.roles.iter().map(|role| role.label.as_str()).collect();
    println!("\n  {:<38}{}", paint.bold(&pad(&matrix.label, 38)), heads.join("   "));
    for row in &matrix.actions {
        let cells = row.cells.iter().zip(&widths).map(|(cell, width)| cell_text(paint, *cell, *width));
        println!("  {}{}", pad(&row.label, 38), cells.collect::<Vec<_>>().join("   "));
    }
}

fn cell_text(paint: &Paint, cell: Cell, width: usize) -> String {
    match cell {
        Cell::Yes => paint.green(&pad("yes", width)),
        Cell::Feature => paint.yellow(&pad("with edition", width)),
        Cell::NotAvailableYet => paint.dim(&pad("not yet", width)),
        _ => paint.dim(&pad("·", width)),
    }
}

fn print_person(paint: &Paint, directory: &Directory, principal: &str) {
    let access = directory.access(principal, ORGANIZATION);
    let organizations: Vec<String> =
        directory.organizations(principal).into_iter().map(|one| one.name).collect();
    let home = if organizations.is_empty() { "no organization".to_owned() } else { organizations.join(", ") };
    println!("\n  {}  {}", paint.bold(principal), paint.dim(&home));
    for (action, kind, id) in QUESTIONS {
        print_answer(paint, directory, &access, (action, kind, id));
    }
}

fn print_answer(paint: &Paint, directory: &Directory, access: &Access, question: (&str, &str, &str)) {
    let (action, kind, id) = question;
    let button = access.button(action, kind, id, NOW);
    let decision = directory.check(access.principal(), ORGANIZATION, action, kind, id, NOW);
    let mark = match button.state {
        State::Enabled => paint.green("yes"),
        State::Disabled => paint.yellow("off"),
        State::Hidden => paint.dim(" – "),
    };
    let question = pad(&format!("{action} {kind}/{id}"), 60);
    println!(
        "    {mark}  {question} {}  {}",
        pad(decision.reason.as_str(), 16),
        paint.dim(&because(&decision))
    );
}

/// What carries a grant, or what would turn a denial.
fn because(decision: &Decision) -> String {
    if let Some(via) = decision.via.first() {
        return format!("{} on {}", via.role, via.on);
    }
    let people = decision.ask.iter().flat_map(|ask| &ask.people).next();
    let ask = people.cloned().or_else(|| decision.ask.first().map(|ask| ask.role.clone()));
    let ask = ask.map(|who| format!(", ask {who}")).unwrap_or_default();
    match decision.remedy.first() {
        Some(Remedy::Role { role, on } | Remedy::Share { role, on }) => format!("needs {role} on {on}{ask}"),
        Some(Remedy::Edition { edition, .. }) => format!("needs the edition {edition}{ask}"),
        None => String::new(),
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

/// Colours, where somebody can see them.
struct Paint {
    on: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn green(&self, text: &str) -> String {
        self.with("32", text)
    }

    fn yellow(&self, text: &str) -> String {
        self.with("33", text)
    }
}
