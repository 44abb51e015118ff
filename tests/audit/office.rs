//! A policy of organizations, projects and desks in which nothing is wrong, to be changed in one place.

use crate::common::{COMMANDS, compile};
use bailiwick::{Finding, Level, Policy};
use serde_json::{Value, json};

/// The policy as a document. An owner governs everything; a manager governs a project; desks have no roles of their
/// own before a test shares them.
pub(crate) fn office() -> Value {
    let mut policy = json!({
        "format": 1, "name": "office",
        "editions": { "only": {} },
        "holders": {
            "user": { "roles": { "organization": ["owner", "clerk", "hr"], "project": ["manager", "worker"] } },
            "service_account": { "roles": {} },
            "group": { "roles": {} },
            "members": { "roles": {} },
        },
        "kinds": {
            "platform": { "roles": { "person": {} } },
            "organization": {
                "parent": "platform", "top": "owner", "creator": "owner", "default": "clerk",
                "actions": {
                    "delete": {}, "look": {}, "invite": {}, "roles": {}, "remove": {}, "accounts": {}, "groups": {},
                    "sso": {},
                },
                "roles": {
                    "owner": {
                        "allow": ["delete", "look", "invite", "roles", "remove", "accounts", "groups", "sso"],
                        "implies": { "project": ["manager"] }, "grant": ["owner", "clerk", "hr"],
                    },
                    "clerk": { "allow": ["look"] },
                    "hr": { "allow": ["look"] },
                },
            },
            "project": {
                "parent": "organization", "top": "manager", "creator": "manager",
                "actions": { "close": {}, "work": {}, "add": {}, "change": {}, "take": {} },
                "roles": {
                    "manager": {
                        "allow": ["close", "add", "change", "take"], "implies": { "project": ["worker"] },
                        "grant": ["manager", "worker"],
                    },
                    "worker": { "allow": ["work"] },
                },
            },
        },
        "commands": {
            "invite_member": { "organization": "invite" },
            "change_member_roles": { "organization": "roles" },
            "remove_member": { "organization": "remove" },
            "create_service_account": { "organization": "accounts" },
            "add_to_group": { "organization": "groups" },
            "configure_sso": { "organization": "sso" },
            "add_project_member": { "project": "add" },
            "change_project_member": { "project": "change" },
            "remove_project_member": { "project": "take" },
        },
    });
    leave_the_rest(&mut policy);
    policy
}

/// Lists under `nobody` what is not mapped.
pub(crate) fn leave_the_rest(policy: &mut Value) {
    let mapped = |name: &&&str| policy["commands"][**name].is_null();
    let rest: Vec<&str> = COMMANDS.iter().filter(mapped).copied().collect();
    policy["nobody"] = json!(rest);
}

/// The office after changes: a place, as `/kinds/project/top`, and what stands there.
pub(crate) fn changed(changes: &[(&str, Value)]) -> Policy {
    let mut policy = office();
    for (place, value) in changes {
        put(&mut policy, place, value.clone());
    }
    leave_the_rest(&mut policy);
    compile(&policy)
}

/// `null` takes a field away.
fn put(document: &mut Value, place: &str, value: Value) {
    let (parent, field) = place.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no place `{place}`"));
    let fields = parent.as_object_mut().unwrap();
    if value.is_null() {
        fields.remove(field).unwrap();
    } else {
        fields.insert(field.to_owned(), value);
    }
}

/// A desk below the organization, shared at two levels; `edit` may share.
pub(crate) fn desks() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/kinds/desk",
            json!({
                "parent": "organization", "private": true, "sharing": ["edit", "see"], "creator": "edit",
                "actions": { "read": {}, "write": {}, "share": {} },
                "roles": {
                    "edit": { "allow": ["write", "share"], "implies": { "desk": ["see"] }, "grant": ["edit", "see"] },
                    "see": { "allow": ["read"] },
                },
            }),
        ),
        ("/holders/user/roles/desk", json!(["edit", "see"])),
        ("/commands/share", json!({ "desk": "share" })),
        ("/commands/change_share", json!({ "desk": "share" })),
    ]
}

/// The keys of the warnings.
pub(crate) fn warnings(policy: &Policy) -> Vec<String> {
    let findings = policy.audit();
    findings
        .into_iter()
        .filter(|finding| finding.level == Level::Warning)
        .map(|finding| finding.key)
        .collect()
}

/// The one finding with that key.
pub(crate) fn finding(policy: &Policy, key: &str) -> Finding {
    let mut found = policy.audit();
    found.retain(|finding| finding.key == key);
    assert_eq!(found.len(), 1, "{key}: {:?}", policy.audit());
    found.remove(0)
}
