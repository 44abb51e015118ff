//! Tables, labels and findings as JSON text: the form in which they leave for JavaScript. It says the same as what
//! `Serialize` writes (a test compares), without serde, for the module in which every byte counts.

use super::audit::{Finding, Level};
use super::matrix::{Cell, cell_of, feature_label};
use super::{Kind, Policy, RoleId};
use crate::json::Writer;

impl Policy {
    /// The policy's name, its label and its [`kinds`](Policy::kinds) as JSON.
    pub(crate) fn info_json(&self) -> String {
        let mut out = Writer::default();
        out.object(|out| {
            out.text_of("name", Some(self.name()));
            out.text_of("label", Some(self.label()));
            out.key("kinds").listed(|out| {
                for kind in &self.model().kinds {
                    out.object(|out| self.kind(out, kind));
                }
            });
        });
        out.into_text()
    }

    fn kind(&self, out: &mut Writer, kind: &Kind) {
        let model = self.model();
        out.text_of("kind", Some(&kind.name));
        out.text_of("label", Some(&kind.label));
        out.text_of("plural", Some(&kind.plural));
        out.text_of("parent", kind.parent.map(|parent| model.kind(parent).name.as_str()));
        out.key("private").boolean(kind.private);
        out.key("available").boolean(kind.available);
        out.key("actions").listed(|out| {
            for action in kind.actions.iter().take(kind.declared) {
                word(out, &action.name);
            }
        });
        out.key("roles").listed(|out| kind.roles.iter().for_each(|role| word(out, &model.role(*role).name)));
    }

    /// [`matrix`](Policy::matrix) as JSON; empty for a kind that the policy does not have.
    pub(crate) fn matrix_json(&self, kind: &str) -> String {
        let model = self.model();
        let Some(kind) = model.kind_named(kind).map(|id| model.kind(id)) else { return String::new() };
        let mut out = Writer::default();
        out.object(|out| {
            out.text_of("kind", Some(&kind.name));
            out.text_of("label", Some(&kind.label));
            out.key("roles").listed(|out| kind.roles.iter().for_each(|role| self.column(out, *role)));
            out.key("actions").listed(|out| {
                for bit in 0..kind.declared {
                    self.row(out, kind, bit);
                }
            });
        });
        out.into_text()
    }

    fn column(&self, out: &mut Writer, role: RoleId) {
        let role = self.model().role(role);
        out.object(|out| {
            out.text_of("role", Some(&role.name));
            out.text_of("label", Some(&role.label));
        });
    }

    fn row(&self, out: &mut Writer, kind: &Kind, bit: usize) {
        let (model, Some(action)) = (self.model(), kind.actions.get(bit)) else { return };
        out.object(|out| {
            out.text_of("action", Some(&action.name));
            out.text_of("label", Some(&action.label));
            out.key("cells").listed(|out| {
                for role in &kind.roles {
                    let cell = match cell_of(kind, action, bit, model.role(*role)) {
                        Cell::Yes => "yes",
                        Cell::No => "no",
                        Cell::Feature => "feature",
                        Cell::NotAvailableYet => "not_available_yet",
                    };
                    word(out, cell);
                }
            });
            out.text_of("feature", feature_label(model, kind, action));
        });
    }

    /// [`audit`](Policy::audit) as JSON.
    pub(crate) fn audit_json(&self) -> String {
        let mut out = Writer::default();
        out.listed(|out| {
            for finding in self.audit() {
                out.object(|out| told(out, &finding));
            }
        });
        out.into_text()
    }
}

fn told(out: &mut Writer, finding: &Finding) {
    out.text_of("key", Some(&finding.key));
    let level = match finding.level {
        Level::Warning => "warning",
        Level::Note => "note",
    };
    out.text_of("level", Some(level));
    for (key, names) in [("roles", &finding.roles), ("actions", &finding.actions)] {
        out.key(key).listed(|out| names.iter().for_each(|name| word(out, name)));
    }
    out.text_of("sentence", Some(&finding.sentence));
    out.text_of("explained", finding.explained.as_deref());
}

fn word(out: &mut Writer, word: &str) {
    out.text(word);
}

#[cfg(test)]
mod tests {
    use crate::policy::Policy;
    use serde_json::{json, to_string};

    /// Every table, label and finding of every preset, and of one that has something of each.
    #[test]
    fn what_leaves_says_what_serialize_says() {
        let presets = [
            include_str!("../../policies/pinecone.json"),
            include_str!("../../policies/pinecone-literal.json"),
            include_str!("../../policies/pinecone-two-roles.json"),
            include_str!("../../policies/pinecone-2026.json"),
            include_str!("../../policies/pinkfish.json"),
        ];
        let mut tables = 0;
        for text in presets {
            let policy = Policy::compile(text).unwrap();
            let kinds: Vec<_> = policy.kinds().collect();
            let info: serde_json::Value = serde_json::from_str(&policy.info_json()).unwrap();
            assert_eq!(info, json!({ "name": policy.name(), "label": policy.label(), "kinds": kinds }));
            assert!(policy.info_json().ends_with(&(to_string(&kinds).unwrap() + "}")));
            for kind in &kinds {
                assert_eq!(policy.matrix_json(&kind.kind), to_string(&policy.matrix(&kind.kind)).unwrap());
                tables += 1;
            }
            assert_eq!(policy.matrix_json("spaceship"), "");
            assert_eq!(policy.audit_json(), to_string(&policy.audit()).unwrap());
        }
        assert!(tables > 15, "{tables}");
    }
}
