//! A rule broken on purpose: read from tests/mutants.json, applied to a text.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// One broken rule and the test that must notice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mutation {
    /// The rule in words, as the table prints it.
    pub(crate) rule: String,
    /// The file to break, from the repository's root.
    pub(crate) file: String,
    /// The text to replace; it occurs exactly once.
    pub(crate) find: String,
    pub(crate) replace: String,
    /// A file of tests/ without its ending, or `lib` for the unit tests.
    pub(crate) suite: String,
    /// The full name of the test, as the test runner prints it.
    pub(crate) test: String,
}

impl Mutation {
    /// The text with the rule broken.
    pub(crate) fn apply(&self, text: &str) -> Result<String> {
        match text.matches(&self.find).count() {
            1 => Ok(text.replacen(&self.find, &self.replace, 1)),
            found => bail!("the text to replace occurs {found} times in `{}`, not once", self.file),
        }
    }
}

/// Reads the list; one that breaks nothing is an error.
pub(crate) fn list(text: &str) -> Result<Vec<Mutation>> {
    let list: Vec<Mutation> = serde_json::from_str(text).context("tests/mutants.json cannot be read")?;
    if list.is_empty() {
        bail!("tests/mutants.json breaks no rule");
    }
    if let Some(idle) = list.iter().find(|mutation| mutation.find == mutation.replace) {
        bail!("\"{}\" in tests/mutants.json replaces a text by itself", idle.rule);
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"[{ "rule": "3 an owner of all owns each", "file": "src/a.rs", "find": "a < b",
        "replace": "a <= b", "suite": "rules", "test": "rule_3" }]"#;

    #[test]
    fn a_mutation_replaces_the_one_place() {
        let mutation = list(LIST).unwrap().remove(0);
        assert_eq!(mutation.apply("if a < b {}").unwrap(), "if a <= b {}");
    }

    #[test]
    fn a_place_that_is_missing_or_ambiguous_is_refused() {
        let mutation = list(LIST).unwrap().remove(0);
        assert!(mutation.apply("if a > b {}").unwrap_err().to_string().contains("0 times"));
        assert!(mutation.apply("a < b; a < b").unwrap_err().to_string().contains("2 times"));
    }

    #[test]
    fn every_mutant_has_its_one_place() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
        for mutation in list(&read("tests/mutants.json")).unwrap() {
            mutation.apply(&read(&mutation.file)).expect(&mutation.rule);
        }
    }

    #[test]
    fn an_idle_list_is_refused() {
        assert!(list("[]").is_err());
        assert!(list(&LIST.replace("a <= b", "a < b")).is_err());
        assert!(list(&LIST.replace("\"suite\"", "\"file_of_tests\"")).is_err());
    }
}
