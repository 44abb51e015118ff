//! Ten megabytes as a command: a typed error or a refusal, and the directory stays as it was.

use super::rules::Rules;
use bailiwick::{Command, Directory, Outcome};
use serde_json::{Value, json};

const TEN_MEGABYTES: usize = 10 << 20;

fn pinkfish() -> (Rules, Directory) {
    let rules = Rules::new(3);
    let document = r#"{ "format": 1,
        "people": [{ "id": "a@x.com" }, { "id": "b@x.com" }],
        "organizations": [{ "id": "o", "edition": "enterprise", "members": [
            { "member": "user/a@x.com", "roles": ["organization_admin"] }, { "member": "user/b@x.com" }] }],
        "resources": [{ "kind": "automation", "id": "r", "parent": "organization/o", "creator": "user/a@x.com" },
            { "kind": "connection", "id": "c", "parent": "organization/o", "creator": "user/a@x.com" }] }"#;
    let directory = Directory::load(&rules.policy, document).unwrap();
    (rules, directory)
}

/// The code of the error, or the reason of the refusal; anything else fails.
fn refused(directory: &mut Directory, text: &str) -> String {
    let before = directory.document();
    let told = match Command::read(text) {
        Err(error) => error.code().to_owned(),
        Ok(command) => match directory.apply(&command, "user/a@x.com", 0) {
            Err(error) => error.code().to_owned(),
            Ok(Outcome::Denied(denied)) => denied.decision.reason.as_str().to_owned(),
            Ok(Outcome::Changed(_)) => panic!("accepted: {} …", &text[..300.min(text.len())]),
        },
    };
    assert_eq!(directory.document(), before, "{told}, and something changed");
    told
}

#[test]
fn ten_megabytes_of_text_are_no_command() {
    let (_, mut directory) = pinkfish();
    assert_eq!(refused(&mut directory, &"x".repeat(TEN_MEGABYTES)), "ERR_JSON");
    assert_eq!(refused(&mut directory, &" ".repeat(TEN_MEGABYTES)), "ERR_JSON");
    assert_eq!(refused(&mut directory, &json!("x".repeat(TEN_MEGABYTES)).to_string()), "ERR_TYPE");
    assert_eq!(refused(&mut directory, &"[".repeat(TEN_MEGABYTES)), "ERR_DEPTH");
    assert_eq!(refused(&mut directory, &"{\"id\":".repeat(TEN_MEGABYTES / 6)), "ERR_DEPTH");
}

/// One whole command of each sort; every text in it is put to ten megabytes, one after the other.
#[test]
fn no_word_of_a_command_is_ten_megabytes_long() {
    let (_, mut directory) = pinkfish();
    let long = "x".repeat(TEN_MEGABYTES);
    let commands = [
        json!({ "command": "invite_member", "invite": "i", "address": "n@x.com", "roles": ["organization_member"],
            "projects": [{ "project": "p", "roles": ["project_user"] }] }),
        json!({ "command": "change_member_roles", "member": "user/b@x.com", "roles": ["organization_member"] }),
        json!({ "command": "remove_member", "member": "user/b@x.com", "successor": "user/a@x.com" }),
        json!({ "command": "rename_organization", "name": "n" }),
        json!({ "command": "create_resource", "resource": "automation/n", "parent": "organization/o", "name": "n",
            "uses": ["connection/c"] }),
        json!({ "command": "share", "resource": "automation/r", "with": "user/b@x.com", "role": "view" }),
        json!({ "command": "create_group", "group": "g", "name": "n", "members": ["user/b@x.com"] }),
        json!({ "command": "create_service_account", "account": "s", "name": "n", "roles": ["organization_member"] }),
        json!({ "command": "configure_sso", "default": ["organization_member"],
            "map": { "red": [{ "role": "organization_member", "on": "project/p" }] } }),
        json!({ "command": "create_organization", "name": "n", "from": "o" }),
    ];
    for mut command in commands {
        command["id"] = json!("1");
        command["organization"] = json!("o");
        for place in places(&command) {
            let mut longer = command.clone();
            *longer.pointer_mut(&place).unwrap() = json!(long);
            refused(&mut directory, &longer.to_string());
        }
    }
    let map = json!({ "id": "1", "command": "configure_sso", "organization": "o", "map": { long: [] } });
    assert!(refused(&mut directory, &map.to_string()).starts_with("ERR_"));
}

/// The places of all texts in a value, as JSON Pointers.
fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), value)];
    while let Some((place, value)) = waiting.pop() {
        match value {
            Value::String(_) => found.push(place),
            Value::Array(items) => {
                waiting
                    .extend(items.iter().enumerate().map(|(index, item)| (format!("{place}/{index}"), item)));
            }
            Value::Object(fields) => {
                waiting.extend(fields.iter().map(|(name, item)| (format!("{place}/{name}"), item)));
            }
            _ => {}
        }
    }
    found
}

/// Lists of many small words, each of which is one that could stand there.
#[test]
fn ten_megabytes_of_small_words_end_soon() {
    let (_, mut directory) = pinkfish();
    let many = |word: &dyn Fn(usize) -> String| -> Vec<String> {
        let mut words = Vec::new();
        let mut bytes = 0;
        while bytes < TEN_MEGABYTES {
            let word = word(words.len());
            bytes += word.len() + 3;
            words.push(word);
        }
        words
    };
    let members = many(&|number| format!("user/{number}@x.com"));
    let projects: Vec<Value> =
        many(&|number| format!("p{number}")).iter().map(|id| json!({ "project": id })).collect();
    let roles = many(&|number| format!("role{number}"));
    let uses = many(&|number| format!("connection/{number}"));
    let commands = [
        json!({ "command": "create_group", "group": "g", "members": members }),
        json!({ "command": "invite_member", "invite": "i", "address": "b@x.com", "roles": ["organization_member"],
            "projects": projects }),
        json!({ "command": "change_member_roles", "member": "user/b@x.com", "roles": roles }),
        json!({ "command": "configure_sso", "default": roles }),
        json!({ "command": "create_resource", "resource": "automation/n", "uses": uses }),
        json!({ "command": "change_resource", "resource": "automation/r", "uses": uses }),
    ];
    for mut command in commands {
        command["id"] = json!("1");
        command["organization"] = json!("o");
        refused(&mut directory, &command.to_string());
    }
}
