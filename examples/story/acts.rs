//! What happens in the story. The commands are written here; what comes of them is not.

use super::Told;
use super::stage::{PLATFORM, Stage};
use bailiwick::{Error, Reason};
use serde_json::json;

const ANA: &str = "user/ana@acme.example";
const BO: &str = "user/bo@acme.example";
const CHIARA: &str = "user/chiara@acme.example";
const BUILDS: &str = "service_account/builds";

/// A company from its first day on, under the roles of Pinecone.
pub(crate) fn organization(policy: &str, color: bool) -> Result<Told, Error> {
    let start = json!({ "format": 1, "people": [], "organizations": [] });
    let mut stage = Stage::new(policy, &start, "acme", color)?;
    stage.opens("An organization lives", "who, what they ask for, what comes of it");
    founding(&mut stage)?;
    growing(&mut stage)?;
    giving(&mut stage)?;
    going(&mut stage)?;
    stage.close()
}

fn founding(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("People come");
    stage.does(
        PLATFORM,
        json!({ "command": "sign_up", "person": "ana@acme.example", "name": "Ana Moreau" }),
    )?;
    stage.does(
        PLATFORM,
        json!({ "command": "sign_up", "person": "bo@acme.example", "name": "Bo Lindqvist" }),
    )?;
    stage.does(
        PLATFORM,
        json!({ "command": "sign_up", "person": "chiara@acme.example", "name": "Chiara Rossi" }),
    )?;
    stage.does(ANA, json!({ "command": "create_organization", "name": "Acme" }))?;
    stage.does(ANA, json!({ "command": "create_project", "project": "search", "name": "Search" }))?;
    let projects = json!([{ "project": "search", "roles": ["project_user"] }]);
    stage.does(
        ANA,
        json!({ "command": "invite_member", "invite": "i1", "address": "bo@acme.example",
            "roles": ["organization_user"], "projects": projects }),
    )?;
    stage.refused(CHIARA, json!({ "command": "accept_invite", "invite": "i1" }), Reason::UnknownResource)?;
    stage.does(BO, json!({ "command": "accept_invite", "invite": "i1" }))
}

fn growing(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("The organization grows");
    let ads = json!({ "command": "create_project", "project": "ads", "name": "Ads" });
    stage.refused(ANA, ads.clone(), Reason::LimitReached)?;
    let upgrade = json!({ "command": "change_edition", "edition": "enterprise" });
    stage.refused(ANA, upgrade.clone(), Reason::NoRole)?;
    stage.does(PLATFORM, upgrade)?;
    stage.does(ANA, ads)?;
    stage.does(
        ANA,
        json!({ "command": "create_service_account", "account": "builds", "name": "Builds",
            "roles": ["organization_user"] }),
    )?;
    stage
        .does(ANA, json!({ "command": "create_api_key", "project": "ads", "key": "k1", "name": "Loader" }))?;
    stage.refused(BO, json!({ "command": "rotate_api_key", "key": "k1" }), Reason::NoRole)?;
    stage.does(ANA, json!({ "command": "rotate_api_key", "key": "k1" }))
}

fn giving(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("Roles change hands");
    let owner = json!({ "command": "change_member_roles", "member": BO, "roles": ["organization_owner"] });
    stage.refused(BO, owner, Reason::NoRole)?;
    let billing =
        json!({ "command": "change_member_roles", "member": BO, "roles": ["organization_billing_admin"] });
    stage.looks(ANA, billing.clone())?;
    stage.does(ANA, billing)?;
    stage.again()
}

fn going(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("People go");
    stage.does(ANA, json!({ "command": "suspend_member", "member": BUILDS }))?;
    let nightly = json!({ "command": "create_project", "project": "nightly", "name": "Nightly" });
    stage.refused(BUILDS, nightly, Reason::Suspended)?;
    stage.does(ANA, json!({ "command": "remove_member", "member": BO }))?;
    stage.refused(ANA, json!({ "command": "remove_member", "member": ANA }), Reason::LastOwner)?;
    stage.refused(ANA, json!({ "command": "leave_organization" }), Reason::LastOwner)
}

const MAYA: &str = "user/maya@reef.example";
const THEO: &str = "user/theo@reef.example";
const KIM: &str = "user/kim@reef.example";

/// An automation and the connection that it uses, under the roles of Pinkfish.
pub(crate) fn automation(policy: &str, color: bool) -> Result<Told, Error> {
    let start = json!({
        "format": 1,
        "people": [{ "id": "maya@reef.example", "name": "Maya Okafor" }, { "id": "theo@reef.example", "name": "Theo Brandt" },
            { "id": "kim@reef.example", "name": "Kim Duarte" }],
        "organizations": [{ "id": "reef", "name": "Reef", "edition": "team", "members": [
            { "member": MAYA, "roles": ["organization_admin"] }, { "member": THEO }, { "member": KIM }] }],
    });
    let mut stage = Stage::new(policy, &start, "reef", color)?;
    stage.opens("An automation is shared", "Maya is admin of Reef, Theo and Kim are members");
    making(&mut stage)?;
    sharing(&mut stage)?;
    leaving(&mut stage)?;
    stage.close()
}

fn making(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("Things are made");
    stage.does(
        MAYA,
        json!({ "command": "create_resource", "resource": "connection/crm", "name": "Customers" }),
    )?;
    stage.does(
        MAYA,
        json!({ "command": "create_resource", "resource": "automation/report", "name": "Weekly report",
            "uses": ["connection/crm"] }),
    )?;
    let store = json!({ "command": "create_resource", "resource": "data_store/leads", "name": "Leads" });
    stage.refused(MAYA, store, Reason::NotAvailableYet)
}

fn sharing(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("Things are shared");
    let view = |with: &str| json!({ "command": "share", "resource": "automation/report", "with": with, "role": "view" });
    stage.refused(THEO, view(KIM), Reason::UnknownResource)?;
    stage.does(MAYA, view(THEO))?;
    stage.refused(THEO, view(KIM), Reason::NoRole)?;
    let edit =
        json!({ "command": "change_share", "resource": "automation/report", "with": THEO, "role": "edit" });
    stage.looks(MAYA, edit.clone())?;
    stage.does(MAYA, edit)?;
    stage.does(
        MAYA,
        json!({ "command": "share", "resource": "connection/crm", "with": THEO, "role": "run" }),
    )?;
    stage.does(THEO, view(KIM))
}

fn leaving(stage: &mut Stage) -> Result<(), Error> {
    stage.page.chapter("Somebody goes, things stay");
    stage.does(
        THEO,
        json!({ "command": "create_resource", "resource": "automation/invoices", "name": "Invoices",
            "uses": ["connection/crm"] }),
    )?;
    stage.refused(MAYA, json!({ "command": "remove_member", "member": THEO }), Reason::LastOwner)?;
    stage.does(MAYA, json!({ "command": "remove_member", "member": THEO, "successor": KIM }))
}
