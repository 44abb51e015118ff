//! The presets, as their audit sees them.

use crate::common::{PRESETS, preset, preset_text};
use crate::office::finding;
use bailiwick::{Level, Policy};
use serde_json::Value;

#[test]
fn every_warning_about_a_preset_is_explained_in_it() {
    for (name, _) in PRESETS {
        for finding in preset(name).audit() {
            let meant = finding.level == Level::Note || finding.explained.is_some();
            assert!(meant, "{name}: {} {}", finding.key, finding.sentence);
        }
    }
}

#[test]
fn every_preset_promises_something_and_each_promise_can_break() {
    for (name, text) in PRESETS {
        let mut document: Value = serde_json::from_str(text).unwrap();
        let count = document["assertions"].as_array().unwrap().len();
        assert!(count > 4, "{name}");
        let mut broken = 0;
        for index in 0..count {
            let only = document["assertions"][index]["only"].take();
            for left in 0..only.as_array().unwrap().len() {
                let mut fewer = only.clone();
                fewer.as_array_mut().unwrap().remove(left);
                document["assertions"][index]["only"] = fewer;
                let error = Policy::compile(&document.to_string()).unwrap_err();
                assert_eq!(error.path(), format!("assertions[{index}].only"), "{name}");
                assert_eq!(error.code(), "ERR_ASSERTION", "{name}: every role named contains it");
                broken += 1;
            }
            document["assertions"][index]["only"] = only;
        }
        assert!(broken > 4, "{name}");
    }
}

#[test]
fn in_pinkfish_two_people_can_come_to_the_content_of_one_who_is_removed() {
    let found = finding(&preset("pinkfish"), "succession/organization/organization_admin");
    assert_eq!(found.roles, ["organization/organization_admin"]);
    for action in ["automation/edit", "automation/grant edit", "connection/run", "vault/read"] {
        assert!(found.actions.iter().any(|known| known == action), "{action}");
    }
    assert!(found.explained.is_some());
}

#[test]
fn an_explanation_taken_out_leaves_the_warning_bare() {
    let mut document: Value = serde_json::from_str(preset_text("pinkfish").unwrap()).unwrap();
    document.as_object_mut().unwrap().remove("explained");
    let bare = Policy::compile(&document.to_string()).unwrap().audit();
    let keys: Vec<_> =
        bare.iter().filter(|one| one.level == Level::Warning).map(|one| one.key.as_str()).collect();
    let wanted =
        ["succession/organization/organization_admin", "unallowed/organization/access_unshared_content"];
    assert_eq!(keys, wanted);
    assert!(bare.iter().all(|finding| finding.explained.is_none()));
}
