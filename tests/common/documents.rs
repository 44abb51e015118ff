//! The smallest documents, to which a test adds what it is about.

use serde_json::{Value, json};

/// Every command and every question that a policy maps to an action or lists under `nobody`.
pub(crate) const COMMANDS: [&str; 38] = [
    "create_organization",
    "rename_organization",
    "delete_organization",
    "invite_member",
    "resend_invite",
    "delete_invite",
    "change_member_roles",
    "suspend_member",
    "restore_member",
    "remove_member",
    "create_project",
    "rename_project",
    "delete_project",
    "add_project_member",
    "change_project_member",
    "remove_project_member",
    "create_service_account",
    "change_service_account",
    "delete_service_account",
    "create_api_key",
    "change_api_key",
    "rotate_api_key",
    "delete_api_key",
    "create_resource",
    "change_resource",
    "delete_resource",
    "share",
    "change_share",
    "unshare",
    "create_group",
    "add_to_group",
    "remove_from_group",
    "delete_group",
    "configure_sso",
    "change_edition",
    "who",
    "matrix",
    "upgrade",
];

/// A policy of an organization with an owner and a member, and whatever kinds are added. Nobody commands.
pub(crate) fn small_policy(kinds: &[(&str, Value)]) -> Value {
    let mut policy = json!({
        "format": 1, "name": "small",
        "editions": { "only": { "features": [] } },
        "holders": { "user": { "roles": { "organization": ["owner", "member"] } } },
        "kinds": {
            "platform": { "actions": {}, "roles": { "person": { "allow": [] } } },
            "organization": {
                "parent": "platform", "top": "owner", "creator": "owner", "default": "member",
                "actions": { "govern": {}, "look": {} },
                "roles": {
                    "owner": { "allow": ["govern", "look"], "grant": ["owner", "member"] },
                    "member": { "allow": ["look"] },
                },
            },
        },
        "commands": {}, "questions": {}, "nobody": COMMANDS.to_vec(),
    });
    for (name, body) in kinds {
        policy["kinds"][*name] = body.clone();
    }
    policy
}

/// Organization `home` of that edition, owned by `user/owner@x.com`; everyone else is a member.
pub(crate) fn small_directory(edition: &str, members: &[&str]) -> Value {
    let mut people = vec![json!({ "id": "owner@x.com" })];
    let mut belongs = vec![json!({ "member": "user/owner@x.com", "roles": ["owner"] })];
    for id in members {
        people.push(json!({ "id": id }));
        belongs.push(json!({ "member": format!("user/{id}") }));
    }
    json!({
        "format": 1, "people": people,
        "organizations": [{ "id": "home", "edition": edition, "members": belongs }],
    })
}
