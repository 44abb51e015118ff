//! What a table may not say (A13): each mistake has its code and its place.

use crate::common::preset;
use crate::tables::{access, document, rows};
use bailiwick::guard::{MAX_ROUTES, Need, Route, Routes, RoutesOptions};
use serde_json::{Value, json};

/// The code and the place of the error that these rows cause.
fn error_of(rows: &[Value], options: &Value) -> (String, String) {
    let document = document(options, rows);
    let error = Routes::load(&preset("pinecone-2026"), &document).err();
    let error = error.unwrap_or_else(|| panic!("this table should be refused: {document}"));
    assert!(!error.message().ends_with('.') && !error.message().is_empty(), "{}", error.message());
    (error.code().to_owned(), error.path().to_owned())
}

/// One more row after the good ones is refused for this, there.
fn row_refused(row: Value, code: &str, field: &str) {
    let mut rows = rows();
    rows.push(row.clone());
    let place = format!("routes[{}]{field}", rows.len() - 1);
    assert_eq!(error_of(&rows, &json!({})), (code.to_owned(), place), "{row}");
}

fn public(method: &str, path: &str) -> Value {
    json!({ "method": method, "path": path, "public": true })
}

/// A row for a project, changed.
fn project(change: impl FnOnce(&mut Value)) -> Value {
    let mut row = json!({ "method": "PUT", "path": "/v1/orgs/{org}/projects/{prj}", "action": "delete", "kind": "project",
        "id": "prj", "organization": "org" });
    change(&mut row);
    row
}

#[test]
fn a13_methods_are_seven_and_upper_case() {
    for method in
        ["get", "Get", "TRACE", "CONNECT", "PROPFIND", "", "*", "GET ", "ANY", "GET,POST", "__proto__"]
    {
        row_refused(public(method, "/x"), "ERR_VALUE", ".method");
    }
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let table = document(&json!({}), &[public(method, "/x")]);
        assert!(Routes::load(&preset("pinecone-2026"), &table).is_ok(), "{method}");
    }
    let both = [public("GET", "/x"), public("HEAD", "/y")];
    assert_eq!(
        error_of(&both, &json!({ "headAsGet": true })),
        ("ERR_AMBIGUOUS".to_owned(), "routes[1].method".to_owned())
    );
}

#[test]
fn a13_patterns_are_in_the_form_of_paths() {
    let wrong = [
        "",
        "x",
        "*",
        "//",
        "/x/",
        "//x",
        "/x//y",
        "/.",
        "/..",
        "/x/../y",
        "/x/./y",
        "/x.",
        "/%78",
        "/x%2fy",
        "/%25",
        "/x\\y",
        "/x?y",
        "/x#y",
        "/x;y",
        "/x y",
        "/é",
        "/x\0",
        "/x\ty",
        "/{a",
        "/a}",
        "/{}",
        "/{*}",
        "/{a}b",
        "/b{a}",
        "/{a}{b}",
        "/{a*}/b",
        "/{a*}/{b*}",
        "/{1a}",
        "/{_a}",
        "/{__proto__}",
        "/{a-b}",
        "/{a:[0-9]+}",
        "/{a?}",
        "/{a.b}",
        "/{ a }",
        "/{{a}}",
        "/:a|b",
        "/[a]",
        "/x/{é}",
        "http://h/x",
        "/{a**}",
        "/{\u{212a}}",
    ];
    for path in wrong {
        row_refused(public("PUT", path), "ERR_PATTERN", ".path");
    }
    row_refused(public("PUT", &"/a".repeat(65)), "ERR_PATTERN", ".path");
    row_refused(public("PUT", &format!("/{}", "a".repeat(2048))), "ERR_PATTERN", ".path");
    for path in
        ["/", "/x", "/{a}", "/{a*}", "/:x", "/x.json", "/~@:!$&'()*+,=-_.x", "/{aB_1}", &"/a".repeat(64)]
    {
        let table = document(&json!({}), &[public("PUT", path)]);
        assert!(Routes::load(&preset("pinecone-2026"), &table).is_ok(), "{path}");
    }
}

#[test]
fn a13_a_parameter_is_bound_once_and_used_once() {
    row_refused(public("PUT", "/{a}/{a}"), "ERR_DUPLICATE", ".path");
    row_refused(public("PUT", "/{a}/{a*}"), "ERR_DUPLICATE", ".path");
    row_refused(project(|row| row["id"] = json!("project")), "ERR_PARAMETER", ".id");
    row_refused(project(|row| row["id"] = json!("__proto__")), "ERR_PARAMETER", ".id");
    row_refused(project(|row| row["organization"] = json!("o")), "ERR_PARAMETER", ".organization");
    row_refused(project(|row| row["organization"] = json!("prj")), "ERR_PARAMETER", ".path");
    row_refused(project(|row| row["unchecked"] = json!(["prj"])), "ERR_PARAMETER", ".path");
    row_refused(project(|row| row["unchecked"] = json!(["nothing"])), "ERR_PARAMETER", ".unchecked");
    row_refused(project(|row| row["encoded"] = json!(["nothing"])), "ERR_PARAMETER", ".encoded");
    row_refused(project(|row| row["path"] = json!("/{org}/{prj}/{more}")), "ERR_PARAMETER", ".path");
    row_refused(project(|row| row["path"] = json!("/{org}/{prj*}")), "ERR_PARAMETER", ".id");
    row_refused(
        json!({ "method": "PUT", "path": "/{a*}", "public": true, "encoded": ["a"] }),
        "ERR_PARAMETER",
        ".encoded",
    );
    let noted = project(|row| {
        row["path"] = json!("/{language}/{org}/{prj}/{rest*}");
        row["unchecked"] = json!(["language", "rest"]);
    });
    assert!(Routes::load(&preset("pinecone-2026"), &document(&json!({}), &[noted])).is_ok());
}

/// What a path names and nobody compares is the hole of A14: the organization must be used, or be said not to be.
#[test]
fn a13_an_organization_in_the_path_is_not_overlooked() {
    let forgotten = project(|row| drop(row.as_object_mut().unwrap().remove("organization")));
    row_refused(forgotten, "ERR_PARAMETER", ".path");
}

#[test]
fn a13_kinds_actions_and_parents_are_those_of_the_policy() {
    row_refused(project(|row| row["action"] = json!("fly")), "ERR_UNKNOWN_ACTION", ".action");
    row_refused(project(|row| row["action"] = json!("rename")), "ERR_UNKNOWN_ACTION", ".action");
    row_refused(project(|row| row["action"] = json!("")), "ERR_UNKNOWN_ACTION", ".action");
    row_refused(project(|row| row["kind"] = json!("rocket")), "ERR_UNKNOWN_KIND", ".kind");
    row_refused(project(|row| row["kind"] = json!("__proto__")), "ERR_UNKNOWN_KIND", ".kind");
    row_refused(project(|row| row["kind"] = json!("*")), "ERR_UNKNOWN_KIND", ".kind");
    row_refused(project(|row| drop(row.as_object_mut().unwrap().remove("id"))), "ERR_MISSING_FIELD", ".id");
    let own = |id: Value| json!({ "method": "PUT", "path": "/{org}", "kind": "organization", "action": "rename", "id": id });
    row_refused(own(json!("org")), "ERR_PARAMETER", ".id");
    let index = |parents: Value| json!({ "method": "PUT", "path": "/{a}/{b}/x", "kind": "index", "action": "query", "id": "b", "parents": parents });
    for (parents, code) in [
        (json!({ "organization": "a" }), "ERR_PARENT"),
        (json!({ "platform": "a" }), "ERR_PARENT"),
        (json!({ "index": "a" }), "ERR_PARENT"),
        (json!({ "pod_index": "a" }), "ERR_PARENT"),
        (json!({ "rocket": "a" }), "ERR_PARENT"),
        (json!({ "project": "nothing" }), "ERR_PARAMETER"),
    ] {
        row_refused(index(parents), code, ".parents");
    }
    assert!(
        Routes::load(&preset("pinecone-2026"), &document(&json!({}), &[index(json!({ "project": "a" }))]))
            .is_ok()
    );
}

#[test]
fn a13_two_rows_for_one_path() {
    let org = |path: &str, action: &str| json!({ "method": "GET", "path": path, "action": action, "kind": "organization" });
    row_refused(org("/v1/orgs/me", "view_account"), "ERR_AMBIGUOUS", ".path");
    row_refused(public("GET", "/v1/orgs/me"), "ERR_AMBIGUOUS", ".path");
    row_refused(public("GET", "/v1/orgs/{other}"), "ERR_DUPLICATE", ".path");
    row_refused(public("GET", "/health"), "ERR_DUPLICATE", ".path");
    row_refused(public("GET", "/v1/{what}/me"), "ERR_AMBIGUOUS", ".path");
    row_refused(public("GET", "/{all*}"), "ERR_AMBIGUOUS", ".path");
    let mut row = public("GET", "/v1/{what}/me");
    row["overrides"] = json!(true);
    row_refused(row, "ERR_AMBIGUOUS", ".path");
    let mut row = public("GET", "/v1/other");
    row["overrides"] = json!(true);
    row_refused(row, "ERR_VALUE", ".overrides");
    let mut good = rows();
    let mut me = org("/v1/orgs/me", "view_account");
    me["overrides"] = json!(true);
    good.push(me);
    good.push(public("PUT", "/v1/orgs/me"));
    let routes = Routes::load(&preset("pinecone-2026"), &document(&json!({}), &good)).unwrap();
    assert_eq!(routes.find("GET", "/v1/orgs/me").unwrap().pattern(), "/v1/orgs/me");
    assert_eq!(routes.find("GET", "/v1/orgs/you").unwrap().pattern(), "/v1/orgs/{org}");
}

#[test]
fn a13_the_document_says_nothing_else() {
    let load = |text: &str| {
        let error = Routes::load(&preset("pinecone-2026"), text).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let row = r#"{ "method": "GET", "path": "/", "public": true }"#;
    for (text, code, path) in [
        (String::new(), "ERR_JSON", ""),
        ("[]".to_owned(), "ERR_TYPE", ""),
        (format!(r#"{{ "routes": [{row}] }}"#), "ERR_MISSING_FIELD", "format"),
        (format!(r#"{{ "format": 2, "routes": [{row}] }}"#), "ERR_FORMAT_VERSION", "format"),
        (r#"{ "format": 1 }"#.to_owned(), "ERR_MISSING_FIELD", "routes"),
        (r#"{ "format": 1, "routes": [] }"#.to_owned(), "ERR_MISSING_FIELD", "routes"),
        (r#"{ "format": 1, "routes": {} }"#.to_owned(), "ERR_TYPE", "routes"),
        (
            format!(r#"{{ "format": 1, "default": "allow", "routes": [{row}] }}"#),
            "ERR_UNKNOWN_FIELD",
            "default",
        ),
        (
            format!(r#"{{ "format": 1, "trailingSlash": "strip", "routes": [{row}] }}"#),
            "ERR_VALUE",
            "trailingSlash",
        ),
        (format!(r#"{{ "format": 1, "headAsGet": 1, "routes": [{row}] }}"#), "ERR_TYPE", "headAsGet"),
        (format!(r#"{{ "format": 1, "routes": [{row}, 7] }}"#), "ERR_TYPE", "routes[1]"),
        (format!(r#"{{ "format": 1, "format": 1, "routes": [{row}] }}"#), "ERR_DUPLICATE_KEY", "format"),
    ] {
        assert_eq!(load(&text), (code, path.to_owned()), "{text}");
    }
    for (row, code, field) in [
        (json!({ "method": "PUT", "path": "/x" }), "ERR_MISSING_FIELD", ".action"),
        (json!({ "method": "PUT", "path": "/x", "public": false }), "ERR_MISSING_FIELD", ".action"),
        (json!({ "method": "PUT", "path": "/x", "public": "true" }), "ERR_TYPE", ".public"),
        (
            json!({ "method": "PUT", "path": "/x", "public": true, "action": "delete" }),
            "ERR_UNKNOWN_FIELD",
            ".action",
        ),
        (json!({ "method": "PUT", "path": "/x", "action": "rename" }), "ERR_MISSING_FIELD", ".kind"),
        (json!({ "path": "/x", "public": true }), "ERR_MISSING_FIELD", ".method"),
        (json!({ "method": ["PUT"], "path": "/x", "public": true }), "ERR_TYPE", ".method"),
        (json!({ "method": "PUT", "public": true }), "ERR_MISSING_FIELD", ".path"),
        (
            json!({ "method": "PUT", "path": "/x", "public": true, "allow": true }),
            "ERR_UNKNOWN_FIELD",
            ".allow",
        ),
    ] {
        row_refused(row, code, field);
    }
}

/// The builder says what the document says, and no more rows fit than the maximum.
#[test]
fn a13_a_table_has_an_end_and_a_start() {
    let policy = preset("pinecone-2026");
    let new = || Routes::builder(&policy, RoutesOptions::default());
    assert_eq!(new().finish().unwrap_err().path(), "routes");
    let wrong = Need { action: "delete", kind: "project", id: Some("p"), ..Need::default() };
    let two = new().row(&Route::public("GET", "/x")).row(&Route::guarded("GET", "/y", wrong));
    let error = two.row(&Route::public("nonsense", "")).finish().unwrap_err();
    assert_eq!((error.code(), error.path()), ("ERR_PARAMETER", "routes[1].id"), "the first is told");
    let many = |count: usize| {
        let paths: Vec<String> = (0..count).map(|number| format!("/{number}")).collect();
        paths.iter().fold(new(), |builder, path| builder.row(&Route::public("GET", path))).finish()
    };
    let most = usize::from(MAX_ROUTES);
    assert!(many(most).is_ok());
    let error = many(most + 1).unwrap_err();
    assert_eq!((error.code(), error.path()), ("ERR_TOO_MANY", "routes[4096]"));
}

/// An access knows the names of its policy: a table can be checked where there is no policy.
#[test]
fn a_table_is_checked_against_an_access_as_against_a_policy() {
    let ana = access("ana", "oA");
    let mut changed = vec![rows()];
    for (place, field, value) in [
        (0, "action", json!("fly")),
        (3, "kind", json!("rocket")),
        (4, "parents", json!({ "organization": "prj" })),
        (4, "parents", json!({ "pod_index": "prj" })),
        (4, "action", json!("delete")),
    ] {
        let mut rows = rows();
        rows[place][field] = value;
        changed.push(rows);
    }
    let said = |result: bailiwick::Result<Routes>| result.map(drop);
    for rows in changed {
        let document = document(&json!({}), &rows);
        let expected = said(Routes::load(&preset("pinecone-2026"), &document));
        assert_eq!(said(Routes::load(&ana, &document)), expected);
    }
    // Nobody's access has no names, so a table of guarded rows does not hold against it.
    let nobody = access("nobody", "oA");
    let error = Routes::load(&nobody, &document(&json!({}), &rows())).unwrap_err();
    assert_eq!((error.code(), error.path()), ("ERR_UNKNOWN_KIND", "routes[0].kind"));
}
