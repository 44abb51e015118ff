//! The guard's matcher once more, too plain to be wrong: a whitelist of letters, lists of segments, one row after another.
//! It shares nothing with the crate but the table's document.

use serde_json::Value;

/// In the order in which a refusal lists them.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@:!$&'()*+,=";

/// A row as the document has it.
pub(crate) struct Row {
    pub(crate) method: String,
    pub(crate) path: String,
    encoded: Vec<String>,
}

/// A table as the document has it.
pub(crate) struct Plain {
    pub(crate) rows: Vec<Row>,
    ignore_slash: bool,
    head_as_get: bool,
}

impl Plain {
    pub(crate) fn of(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let row = |row: &Value| Row {
            method: text(&row["method"]),
            path: text(&row["path"]),
            encoded: row["encoded"].as_array().iter().flat_map(|names| names.iter().map(text)).collect(),
        };
        Self {
            rows: document["routes"].as_array().unwrap().iter().map(row).collect(),
            ignore_slash: document["trailingSlash"] == "ignore",
            head_as_get: document["headAsGet"] == true,
        }
    }

    /// `GET /a/{x} x=1` for a request that has a row; else why it has none, and for which methods there is one.
    pub(crate) fn answer(&self, method: &str, path: &str) -> String {
        if let Some(flaw) = self.flaw(path) {
            return flaw.to_owned();
        }
        let path = if path.len() > 1 { path.strip_suffix('/').unwrap_or(path) } else { path };
        let segments: Vec<&str> = path.split('/').skip(1).filter(|segment| !segment.is_empty()).collect();
        let method = if self.head_as_get && method == "HEAD" { "GET" } else { method };
        let fitting: Vec<&Row> = self.rows.iter().filter(|row| row.width(&segments).is_some()).collect();
        let own = fitting.iter().filter(|row| row.method == method);
        match own.min_by_key(|row| row.width(&segments)) {
            Some(row) if row.takes_percents(&segments) => row.told(&segments),
            _ if path.contains('%') => "encoded".to_owned(),
            Some(row) => row.told(&segments),
            None if fitting.is_empty() => "not_found".to_owned(),
            None => {
                let has = |name: &str| fitting.iter().any(|row| row.method == name);
                let told = |name: &&&str| has(name) || **name == "HEAD" && self.head_as_get && has("GET");
                let allowed: Vec<&str> = METHODS.iter().filter(told).copied().collect();
                format!("method_not_allowed {}", allowed.join(" "))
            }
        }
    }

    /// The flaw that stands first from the left.
    fn flaw(&self, path: &str) -> Option<&'static str> {
        if path.len() > 2048 {
            return Some("too_long");
        }
        if !path.starts_with('/') {
            return Some("no_path");
        }
        let may_encode = self.rows.iter().any(|row| !row.encoded.is_empty());
        let mut flaws: Vec<(usize, u8, &str)> = Vec::new();
        for (at, letter) in path.char_indices() {
            if letter == '%' && !(may_encode && path[at..].starts_with("%25")) {
                flaws.push((at, 1, "encoded"));
            } else if !LETTERS.contains(letter) && !"/%".contains(letter) {
                flaws.push((at, 1, "byte"));
            }
        }
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let mut start = 1;
        for (index, segment) in segments.iter().enumerate() {
            let (end, is_last) = (start + segment.len(), index + 1 == segments.len());
            match segment.chars().next_back() {
                None if !is_last => flaws.push((end, 1, "empty_segment")),
                None if index > 0 && !self.ignore_slash => flaws.push((end, 1, "trailing_slash")),
                Some('.') => flaws.push((end, 1, "dot_segment")),
                _ => {}
            }
            if index >= 64 && !segment.is_empty() {
                flaws.push((start, 0, "too_long"));
            }
            start = end + 1;
        }
        flaws.into_iter().min().map(|(_, _, why)| why)
    }
}

impl Row {
    fn parts(&self) -> Vec<&str> {
        self.path.split('/').skip(1).filter(|part| !part.is_empty()).collect()
    }

    /// How much it leaves open on these segments, if it matches them: nothing of a literal, one of a segment, two of each
    /// that a wildcard takes.
    fn width(&self, segments: &[&str]) -> Option<usize> {
        let parts = self.parts();
        let has_rest = self.path.ends_with("*}");
        if parts.len() > segments.len() || (parts.len() < segments.len() && !has_rest) {
            return None;
        }
        let mut width = 0;
        for (index, segment) in segments.iter().enumerate() {
            let part = parts.get(index).unwrap_or(&parts[parts.len() - 1]);
            width += match () {
                () if part.ends_with("*}") => 2,
                () if part.starts_with('{') => 1,
                () if part == segment => 0,
                () => return None,
            };
        }
        Some(width)
    }

    /// Whether each segment with a percent sign is a parameter's that may have one.
    fn takes_percents(&self, segments: &[&str]) -> bool {
        let may = |index: usize| {
            let part = self.parts().get(index).map(|part| part.trim_matches(['{', '}']).to_owned());
            part.is_some_and(|name| self.encoded.contains(&name))
        };
        segments.iter().enumerate().all(|(index, segment)| !segment.contains('%') || may(index))
    }

    fn told(&self, segments: &[&str]) -> String {
        let mut told = format!("{} {}", self.method, self.path);
        for (index, part) in self.parts().iter().enumerate() {
            if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                let value = match name.strip_suffix('*') {
                    Some(_) => segments[index..].join("/"),
                    None => segments[index].replace("%25", "%"),
                };
                told.push_str(&format!(" {}={value}", name.trim_end_matches('*')));
            }
        }
        told
    }
}
