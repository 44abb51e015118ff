//! The bound holds: whatever commands some people give, they come to hold nothing that `reach` leaves out.

use crate::chance::{DESK, Dice, ORGANIZATION, PROJECT, USERS, World, policy};
use bailiwick::{Command, Directory, Outcome, Policy};
use serde_json::{Value, json};

const NOW: u64 = 1_000;
const WORLDS: u64 = 400;
const COMMANDS: usize = 100;

/// Those who give commands, and what they may name.
struct Gang {
    people: Vec<String>,
    accounts: Vec<String>,
    groups: Vec<String>,
    invites: usize,
}

impl Gang {
    fn anyone(&self, dice: &mut Dice) -> String {
        let mut all: Vec<String> = USERS.iter().map(|user| (*user).to_owned()).collect();
        all.extend(self.accounts.iter().cloned());
        all.extend(self.groups.iter().cloned());
        all.extend(self.people.iter().cloned().chain(self.people.iter().cloned()));
        all.extend(["members".to_owned(), "service_account/s1".to_owned()]);
        dice.pick(&all)
    }

    /// A command with whatever arguments.
    fn command(&mut self, dice: &mut Dice, number: usize) -> Value {
        let user: &str = dice.pick(&USERS);
        let anyone = self.anyone(dice);
        let successor = dice.chance(80).then(|| dice.pick(&self.people));
        let anyone = if dice.chance(50) { dice.pick(&self.people) } else { anyone };
        let user = if dice.chance(50) && self.people[0].starts_with("user") {
            self.people[0].as_str()
        } else {
            user
        };
        let (project, desk) = (dice.pick(&["p1", "p2"]), dice.pick(&["desk/d1", "desk/d2"]));
        let organization = dice.some_at_least_one(&ORGANIZATION, 30);
        let roles = dice.some_at_least_one(&PROJECT, 30);
        let role = dice.pick(&DESK);
        let id = format!("n{number}");
        let account = dice.pick(&[self.accounts.clone(), vec!["service_account/s1".to_owned()]].concat());
        let account = account.strip_prefix("service_account/").unwrap().to_owned();
        let group = dice.pick(&self.groups).strip_prefix("group/").unwrap().to_owned();
        let mut command = match dice.below(19) {
            0 => json!({ "command": "change_member_roles", "member": user, "roles": organization }),
            1 => json!({
                "command": "invite_member", "invite": id, "address": user.strip_prefix("user/"), "roles": organization,
                "projects": [{ "project": project, "roles": roles }],
            }),
            2 => json!({ "command": "leave_organization", "successor": successor }),
            3 => json!({ "command": "remove_member", "member": user, "successor": successor }),
            4 | 5 => {
                json!({ "command": "add_project_member", "project": project, "member": anyone, "roles": roles })
            }
            6 => {
                json!({ "command": "change_project_member", "project": project, "member": anyone, "roles": roles })
            }
            7 => {
                json!({ "command": "remove_project_member", "project": project, "member": anyone, "successor": successor })
            }
            8 => {
                json!({ "command": "create_service_account", "account": id, "roles": if dice.chance(40) { vec![] } else { organization } })
            }
            9 => json!({ "command": "change_service_account", "account": account, "roles": organization }),
            10 | 11 => json!({ "command": "share", "resource": desk, "with": anyone, "role": role }),
            12 => json!({ "command": "change_share", "resource": desk, "with": anyone, "role": role }),
            13 => json!({ "command": "unshare", "resource": desk, "with": anyone, "successor": successor }),
            14 => json!({ "command": "create_group", "group": id, "members": [user] }),
            15 => json!({ "command": "add_to_group", "group": group, "member": user }),
            16 => json!({
                "command": "configure_sso", "default": organization,
                "map": { "value": [{ "role": dice.pick(&ORGANIZATION) }, { "role": dice.pick(&PROJECT), "on": "project/p1" }] },
            }),
            17 => json!({ "command": "resend_invite", "invite": format!("n{}", self.invites) }),
            _ => json!({ "command": "accept_invite", "invite": format!("n{}", self.invites) }),
        };
        command.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        command
    }

    /// Remembers what came into being.
    fn notice(&mut self, command: &Value, number: usize) {
        match command["command"].as_str().unwrap() {
            "invite_member" => self.invites = number,
            "create_service_account" => self.accounts.push(format!("service_account/n{number}")),
            "create_group" => self.groups.push(format!("group/n{number}")),
            _ => {}
        }
    }
}

fn apply(directory: &mut Directory, command: &Value, actor: Option<&str>, number: usize) -> bool {
    let mut command = command.clone();
    command["id"] = json!(format!("c{number}"));
    command["organization"] = json!("acme");
    let command = Command::read(&command.to_string()).unwrap();
    let outcome = match actor {
        Some(actor) => directory.apply(&command, actor, NOW),
        None => directory.apply_as_host(&command, NOW),
    };
    matches!(outcome, Ok(Outcome::Changed(_)))
}

/// What a principal holds on the resources that were there at first, as (kind, action).
fn held(directory: &Directory, policy: &Policy, who: &str) -> Vec<(String, String)> {
    let access = directory.access(who, "acme");
    let things =
        [("organization", "acme"), ("project", "p1"), ("project", "p2"), ("desk", "d1"), ("desk", "d2")];
    let mut found = Vec::new();
    for (kind, id) in things {
        let info = policy.kinds().find(|info| info.kind == kind).unwrap();
        let grants = info.roles.iter().map(|role| format!("grant {role}"));
        for action in info.actions.iter().cloned().chain(grants) {
            if access.can(&action, kind, id, NOW) {
                found.push((kind.to_owned(), action));
            }
        }
    }
    found
}

/// How many commands changed something, and how many actions were gained.
fn run(seed: u64) -> [usize; 2] {
    let mut dice = Dice(seed);
    let document = policy(&mut dice);
    let policy =
        Policy::compile(&document.to_string()).unwrap_or_else(|error| panic!("{error}\n{document:#}"));
    let world = World::new(&mut dice, &document);
    let mut directory =
        Directory::load(&policy, &world.document.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let mut people: Vec<String> = dice.some_at_least_one(&USERS[1..4], 35);
    if dice.chance(20) {
        people.push("service_account/s1".to_owned());
    }
    let roles: Vec<Vec<(&str, &str)>> = people.iter().map(|who| world.roles_of(who)).collect();
    let members: Vec<&[(&str, &str)]> = roles.iter().map(Vec::as_slice).collect();
    let reach = policy.reach(&members).unwrap();
    let is_reached = |kind: &str, action: &str| {
        reach.iter().any(|one| one.kind == kind && one.actions.iter().any(|known| known == action))
    };
    let mut gang =
        Gang { people, accounts: Vec::new(), groups: vec!["group/g1".into(), "group/g2".into()], invites: 0 };
    let start: Vec<_> = gang.people.iter().flat_map(|who| held(&directory, &policy, who)).collect();
    let mut gained = Vec::new();
    let mut changes = 0;
    let mut configured = false;
    apply(&mut directory, &json!({ "command": "verify_domain", "domain": "x.com" }), None, COMMANDS);
    for number in 0..COMMANDS {
        let actor = dice.pick(&[gang.people.clone(), gang.accounts.clone()].concat());
        let command = gang.command(&mut dice, number);
        if configured && dice.chance(10) {
            let person = dice.pick(&gang.people);
            let sign_in = json!({ "command": "sign_in", "person": person.strip_prefix("user/").unwrap_or("u9"), "asserted": ["value"] });
            apply(&mut directory, &sign_in, None, 1_000 + number);
        } else if apply(&mut directory, &command, Some(&actor), number) {
            gang.notice(&command, number);
            configured = configured || command["command"] == "configure_sso";
            changes += 1;
        }
        for who in gang.people.iter().chain(&gang.accounts) {
            for (kind, action) in held(&directory, &policy, who) {
                assert!(
                    is_reached(&kind, &action),
                    "seed {seed}: {who} came to `{action}` on {kind}, by {command} of {actor}\n{members:?}\n{document:#}"
                );
                let one = (kind, action);
                if !start.contains(&one) && !gained.contains(&one) {
                    gained.push(one);
                }
            }
        }
    }
    [changes, gained.len()]
}

#[test]
fn no_sequence_of_commands_goes_beyond() {
    let (mut changes, mut gained) = (0, 0);
    for seed in 0..WORLDS {
        let [more_changes, more_gained] = run(seed);
        changes += more_changes;
        gained += more_gained;
    }
    println!("{changes} changes, {gained} actions gained");
    assert!(changes > 500 && gained > 100, "{changes} changes, {gained} gained: too few to show anything");
}
