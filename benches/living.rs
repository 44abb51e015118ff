//! How long a living directory takes, natively: commands, refreshed accesses, questions about everyone, previews, at
//! growing sizes, side by side in one run. `cargo xtask bench`

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic
)]

#[allow(dead_code)]
mod world;

use bailiwick::{Answer, Command, Directory, Outcome, Policy, Query};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;
use world::NOW;
use world::studio::{Size, board, document, person, policy};

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const ROUNDS: usize = 25;

fn main() {
    let policy = Policy::compile(&policy()).unwrap();
    let mut companies: Vec<Company> =
        SIZES.iter().map(|shares| Company::new(&policy, Size::of(*shares))).collect();
    heading("a living directory", "people / projects / shares");
    let sizes = |company: &Company| {
        format!("{}/{}/{}", company.size.people, company.size.projects, company.size.shares)
    };
    row("", companies.iter().map(sizes).collect());
    row("memory held, MB", companies.iter().map(|company| format!("{:.1}", company.memory)).collect());
    apply(&mut companies);
    accesses(&mut companies);
    questions(&mut companies);
    leave(&mut companies);
}

struct Company {
    size: Size,
    directory: Directory,
    memory: f32,
    commands: u64,
}

impl Company {
    fn new(policy: &Policy, size: Size) -> Self {
        let text = document(size);
        let before = PEAK.current_usage_as_mb();
        let directory = Directory::load(policy, &text).unwrap();
        let memory = PEAK.current_usage_as_mb() - before;
        Self { size, directory, memory, commands: 0 }
    }

    fn command(&mut self, mut fields: Value) -> Command {
        self.commands += 1;
        fields["id"] = json!(format!("c{}", self.commands));
        fields["organization"] = json!("acme");
        Command::read(&fields.to_string()).unwrap()
    }

    /// The median time of a command, in microseconds; each round has its own.
    fn time(&mut self, rounds: usize, actor: &str, accepted: bool, make: impl Fn(usize) -> Value) -> String {
        let mut times = Vec::new();
        for round in 0..rounds {
            let command = self.command(make(round));
            let start = Instant::now();
            let outcome = black_box(self.directory.apply(&command, actor, NOW).unwrap());
            times.push(start.elapsed().as_nanos() as f64 / 1e3);
            assert_eq!(matches!(outcome, Outcome::Changed(_)), accepted, "{command:?} {outcome:?}");
        }
        format!("{:.0}", median(times))
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn heading(title: &str, note: &str) {
    println!("\n{title} ({note})");
}

fn row(name: &str, cells: Vec<String>) {
    let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>20}")).collect();
    println!("  {name:<44}{}", cells.join(""));
}

/// A command to time: its name in the table, whether it is accepted, who asks, and how it is made for each round.
type Timed = (&'static str, bool, usize, fn(Size, usize) -> Value);

/// A board that `p1` created.
fn held(round: usize) -> Value {
    json!(format!("board/{}", board(round * 5)))
}

const COMMANDS: [Timed; 12] = [
    (
        "share, by who holds a tenth of all",
        true,
        1,
        |_, round| json!({ "command": "share", "resource": held(round), "with": "members", "role": "comment" }),
    ),
    (
        "change_share",
        true,
        1,
        |_, round| json!({ "command": "change_share", "resource": held(round), "with": "members", "role": "view" }),
    ),
    (
        "unshare",
        true,
        1,
        |_, round| json!({ "command": "unshare", "resource": held(round), "with": "members" }),
    ),
    (
        "share, refused",
        false,
        3,
        |_, round| json!({ "command": "share", "resource": held(round), "with": "members", "role": "view" }),
    ),
    (
        "change_member_roles",
        true,
        0,
        |size, round| json!({ "command": "change_member_roles", "member": person(size.people / 2 + round), "roles": ["clerk"] }),
    ),
    (
        "change_member_roles, refused",
        false,
        3,
        |_, _| json!({ "command": "change_member_roles", "member": person(3), "roles": ["owner"] }),
    ),
    ("change_project_member", true, 0, |_, round| {
        let member = person(30 + round % 20);
        json!({ "command": "change_project_member", "project": "project-3", "member": member, "roles": ["watcher", "reviewer"] })
    }),
    (
        "create_project",
        true,
        0,
        |_, round| json!({ "command": "create_project", "project": format!("new-{round}") }),
    ),
    (
        "create_resource",
        true,
        4,
        |_, round| json!({ "command": "create_resource", "resource": format!("board/new-{round}") }),
    ),
    ("invite_member", true, 0, |_, round| {
        let address = format!("new{round}@acme.example");
        json!({ "command": "invite_member", "invite": format!("i{round}"), "address": address, "roles": ["member"] })
    }),
    (
        "suspend_member",
        true,
        0,
        |size, round| json!({ "command": "suspend_member", "member": person(size.people / 2 + round) }),
    ),
    (
        "remove_member",
        true,
        0,
        |size, round| json!({ "command": "remove_member", "member": person(size.people - 2 - round), "successor": person(2) }),
    ),
];

fn apply(companies: &mut [Company]) {
    heading("apply, µs", "target: under 1,000 at any size");
    for (name, accepted, actor, make) in COMMANDS {
        let cells = companies.iter_mut().map(|company| {
            let size = company.size;
            company.time(ROUNDS, &person(actor), accepted, |round| make(size, round))
        });
        row(name, cells.collect());
    }
}

fn accesses(companies: &mut [Company]) {
    heading("a refreshed access", "target: at most 100 ns for each grant that its principal holds");
    let print =
        |name: &str, principal: &dyn Fn(&Company) -> String, grants: &dyn Fn(&Company, &str) -> usize| {
            let cells = companies.iter().map(|company| {
                let who = principal(company);
                let count = grants(company, &who);
                let times = (0..ROUNDS).map(|_| {
                    let start = Instant::now();
                    drop(black_box(company.directory.access(&who, "acme")));
                    start.elapsed().as_nanos() as f64
                });
                let time = median(times.collect());
                format!("{count} in {:.0} µs: {:.0}", time / 1e3, time / count.max(1) as f64)
            });
            row(name, cells.collect());
        };
    let boards = |company: &Company, who: &str| {
        let access = company.directory.access(who, "acme");
        let count = |action: &str, kind: &str| {
            let (mut sum, mut after) = (0, None);
            loop {
                let page = access.list(action, kind, after.as_deref(), 1_000, NOW).unwrap();
                sum += page.items.len();
                after = page.next;
                if after.is_none() {
                    return sum;
                }
            }
        };
        count("view", "board") + count("look", "project")
    };
    print("of who holds nothing but membership", &|company| person(company.size.people / 3), &boards);
    print("of the owner of all projects, grants: ns each", &|_| person(0), &boards);
    print("of who holds a tenth of all boards", &|_| person(1), &boards);
}

/// The median time of something, in milliseconds.
fn time(run: &mut dyn FnMut()) -> String {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_nanos() as f64 / 1e6
    });
    format!("{:.3}", median(times.collect()))
}

fn questions(companies: &mut [Company]) {
    heading("questions, ms", "targets: who under 5, a preview of one person under 20");
    let query = Query::new("acme", NOW);
    let who = |company: &Company, action: &str, kind: &str, id: &str| {
        let Answer::Told(page) = company.directory.who(query, action, kind, id).unwrap() else { panic!() };
        page.total
    };
    let one =
        |company: &Company| time(&mut || assert!(black_box(who(company, "view", "board", &board(10))) > 0));
    row("who may view one board", companies.iter().map(one).collect());
    let all = |company: &Company| {
        let total = who(company, "look", "organization", "acme");
        format!(
            "{total}: {}",
            time(&mut || assert!(black_box(who(company, "look", "organization", "acme")) > 0))
        )
    };
    row("who may look at the organization: everybody", companies.iter().map(all).collect());
    let cells = companies.iter_mut().map(|company| {
        let member = person(company.size.people / 3);
        let command = company
            .command(json!({ "command": "change_member_roles", "member": member, "roles": ["owner"] }));
        let mut rows = 0;
        let time = time(&mut || {
            let Answer::Told(preview) =
                company.directory.preview(query.asked_by(&person(0)), &command).unwrap()
            else {
                panic!()
            };
            rows = black_box(preview.totals.rows);
        });
        format!("{rows} rows: {time}")
    });
    row("preview: a member becomes owner", cells.collect());
    let cells = companies.iter_mut().map(|company| {
        let command = company.command(json!({ "command": "share", "resource": format!("board/{}", board(25)), "with": "members", "role": "view" }));
        let mut rows = 0;
        let time = time(&mut || {
            let Answer::Told(preview) = company.directory.preview(query.asked_by(&person(1)), &command).unwrap() else { panic!() };
            rows = black_box(preview.totals.rows);
        });
        format!("{rows} rows: {time}")
    });
    row("preview: a board is shared with everybody", cells.collect());
}

/// Last, as it takes the most: what is taken away is what it costs.
fn leave(companies: &mut [Company]) {
    heading("what takes much away costs as much, µs", "reported");
    let cells = companies.iter_mut().map(|company| {
        let command = json!({ "command": "remove_member", "member": person(1), "successor": person(2) });
        let held = company.size.shares / 10;
        format!("{held}: {}", company.time(1, &person(0), true, |_| command.clone()))
    });
    row("remove who holds a tenth of all boards in full", cells.collect());
}
