//! Attacks A1 to A14, each by its number: the request is refused, or its decision is that of what it says.

use crate::common::preset;
use crate::tables::{NOW, access, document, found, only, refused, rows, strict, table};
use bailiwick::guard::{MAX_PATH, MAX_SEGMENTS, Methods, Refused, Routes, Verdict};
use bailiwick::{Access, Reason};
use serde_json::{Value, json};

/// Each is refused for this, whatever the method, and as a raw target too.
fn all_refused(why: Refused, paths: &[&str]) {
    let routes = strict();
    for path in paths {
        for method in ["GET", "PATCH", "DELETE", "POST", "HEAD", "OPTIONS", "FOO"] {
            assert_eq!(refused(&routes, method, path), why, "{method} {path:?}");
        }
        if !path.contains('?') {
            assert_eq!(routes.check_raw(path), Err(why), "raw {path:?}");
            assert_eq!(routes.check_raw(&format!("{path}?a=b")), Err(why), "raw {path:?} with a query");
        }
    }
}

#[test]
fn a01_empty_segments() {
    let empty =
        ["//v1/orgs/oA", "/v1//orgs/oA", "/v1/orgs//billing", "///", "//", "/v1/orgs/oA//", "/v1/orgs//"];
    all_refused(Refused::EmptySegment, &empty);
    all_refused(Refused::TrailingSlash, &["/v1/orgs/"]);
}

#[test]
fn a02_encoded_ordinary_letters() {
    let encoded = [
        "/v1/org%73/oA",
        "/%76%31/orgs/oA",
        "/v1/orgs/oA/%62illing",
        "/v1/orgs/%6fA",
        "/v1/orgs/o%41",
        "/%68ealth",
        "/v1/orgs/oA%2Dx",
        "/v1/orgs/oA%7e",
        "/v1/orgs/oA%5F%2D",
    ];
    all_refused(Refused::Encoded, &encoded);
}

/// A table with a row that takes a percent sign in its project.
fn percent() -> Routes {
    let mut rows = rows();
    rows[3]["encoded"] = json!(["prj"]);
    Routes::load(&preset("pinecone-2026"), &document(&json!({}), &rows)).unwrap()
}

#[test]
fn a03_multiple_encoding() {
    for depth in 2..=20 {
        let path = format!("/v1/orgs/oA/%{}62illing", "25".repeat(depth - 1));
        all_refused(Refused::Encoded, &[&path]);
        assert_eq!(refused(&percent(), "GET", &path), Refused::Encoded, "{path}");
    }
    all_refused(Refused::Encoded, &["/v1/orgs/%", "/v1/orgs/%2", "/v1/orgs/%zz", "/%", "/%2", "/%25"]);
    let routes = percent();
    for (path, id) in
        [("50%25", "50%"), ("%25", "%"), ("%2525", "%25"), ("a%252Fb", "a%2Fb"), ("%25%25", "%%")]
    {
        let path = format!("/v1/orgs/oA/projects/{path}");
        assert_eq!(found(&routes, "DELETE", &path).id().as_deref(), Some(id), "one decode of {path}");
        assert_eq!(found(&routes, "DELETE", &path).parameter("prj").as_deref(), Some(id));
        assert_eq!(refused(&strict(), "DELETE", &path), Refused::Encoded, "the table does not allow {path}");
    }
    for wrong in ["%", "%2", "%zz", "a%2", "%2f", "%2541%", "%2%25", "%5", "%255%"] {
        assert_eq!(refused(&routes, "DELETE", &format!("/v1/orgs/oA/projects/{wrong}")), Refused::Encoded);
    }
    // Only in that parameter, and only by that row.
    for (method, path) in [
        ("DELETE", "/v1/orgs/o%25/projects/p"),
        ("DELETE", "/v1/orgs/o%25/projects/p%25"),
        ("DELETE", "/v1/orgs/oA/project%25/p"),
        ("GET", "/v1/orgs/o%25"),
        ("GET", "/v1/orgs/oA/projects/p%25"),
        ("GET", "/nowhere/%25"),
    ] {
        assert_eq!(refused(&routes, method, path), Refused::Encoded, "{method} {path}");
    }
}

#[test]
fn a04_encoded_separators() {
    let encoded = [
        "/v1/orgs/oA%2Fbilling",
        "/v1/orgs/oA%2fbilling",
        "/v1/orgs/oA%5Cbilling",
        "/v1/orgs/oA%5cbilling",
        "/v1%2forgs/oA",
        "/%2f/v1/orgs/oA",
        "/v1/orgs/..%2foB",
        "/v1/orgs/oA%252fbilling",
    ];
    all_refused(Refused::Encoded, &encoded);
    all_refused(
        Refused::Byte,
        &["/v1/orgs/oA\\billing", "/\\v1/orgs/oA", "/v1\\orgs\\oA", "/v1/orgs/\\", "/v1/orgs/oA\\..\\oB"],
    );
    all_refused(Refused::NoPath, &["\\v1\\orgs\\oA", "\\/v1/orgs/oA"]);
}

#[test]
fn a05_dot_segments() {
    let dots = [
        "/health/../v1/orgs/oA",
        "/./",
        "/.",
        "/..",
        "/v1/orgs/oA/.",
        "/v1/orgs/oA/..",
        "/v1/./orgs/oA",
        "/../health",
        "/v1/orgs/../../health",
        "/v1/orgs/oA/...",
        "/v1/orgs/.../billing",
    ];
    all_refused(Refused::DotSegment, &dots);
    all_refused(
        Refused::Encoded,
        &["/v1/orgs/oA/%2e%2e/oB", "/.%2e/", "/%2e./", "/v1/orgs/%2E", "/%2e/health"],
    );
    // A dot inside or before a name is a letter like others.
    assert_eq!(found(&strict(), "GET", "/v1/orgs/.o.A").organization().as_deref(), Some(".o.A"));
}

#[test]
fn a06_target_form() {
    let forms = [
        "v1/orgs/oA",
        "",
        "*",
        "http://h/v1/orgs/oA",
        "h:443",
        "health",
        " /health",
        "\u{feff}/health",
        "?/health",
        "#/health",
        "./health",
        "%2fhealth",
    ];
    all_refused(Refused::NoPath, &forms);
    all_refused(Refused::EmptySegment, &["//h/v1/orgs/oA", "//health"]);
}

#[test]
fn a07_case() {
    let routes = strict();
    for path in ["/V1/orgs/oA", "/v1/Orgs/oA", "/V1/Orgs/oA", "/HEALTH", "/Health", "/v1/orgs/oA/Billing"] {
        assert_eq!(refused(&routes, "GET", path), Refused::NotFound, "{path}");
    }
    let ana = access("ana", "oA");
    assert!(found(&routes, "GET", "/v1/orgs/oA").decide(Some(&ana), NOW).allowed);
    for other in ["OA", "oa", "Oa"] {
        let path = format!("/v1/orgs/{other}");
        assert_eq!(found(&routes, "GET", &path).decide(Some(&ana), NOW), nothing_there(), "{path}");
    }
}

#[test]
fn a08_trailing_and_parameter_noise() {
    let routes = strict();
    let noise = [
        ("/v1/orgs/oA/", Refused::TrailingSlash),
        ("/health/", Refused::TrailingSlash),
        ("/v1/orgs/oA.", Refused::DotSegment),
        ("/v1/orgs/oA./billing", Refused::DotSegment),
        ("/v1/orgs/oA;x=1/billing", Refused::Byte),
        ("/v1/orgs/oA/billing;x", Refused::Byte),
        ("/v1/orgs/oA/billing%3Fa=b", Refused::Encoded),
        ("/v1/orgs/oA/billing%23", Refused::Encoded),
        ("/v1/orgs/oA/billing%3b", Refused::Encoded),
        ("/v1/orgs/oA/billing?a", Refused::Byte),
        ("/v1/orgs/oA/billing?", Refused::Byte),
        ("/v1/orgs/oA/billing#f", Refused::Byte),
        ("/v1/orgs/oA/billing#", Refused::Byte),
    ];
    for (path, why) in noise {
        assert_eq!(refused(&routes, "GET", path), why, "{path}");
    }
    let ignoring = table(&json!({ "trailingSlash": "ignore" }));
    assert_eq!(found(&ignoring, "GET", "/v1/orgs/oA/").organization().as_deref(), Some("oA"));
    assert!(found(&ignoring, "GET", "/health/").is_public());
    for (path, why) in [
        ("/v1/orgs/oA//", Refused::EmptySegment),
        ("//", Refused::EmptySegment),
        ("/health///", Refused::EmptySegment),
        ("/v1/orgs/oA/./", Refused::DotSegment),
        ("/v1/orgs/oA./", Refused::DotSegment),
        ("/health/%2f", Refused::Encoded),
        ("/v1/orgs/", Refused::NotFound),
        ("/", Refused::NotFound),
    ] {
        assert_eq!(refused(&ignoring, "GET", path), why, "{path}");
    }
}

#[test]
fn a09_bytes() {
    let encoded =
        ["%00", "%0a", "%0d", "%09", "%7f", "%c0%af", "%ff", "%ed%a0%80", "%E2%80%AE", "%20", "%u0041"];
    for byte in encoded {
        let paths = ["/v1/orgs/oA", "/v1/orgs/", "/"].map(|start| format!("{start}{byte}"));
        all_refused(Refused::Encoded, &paths.each_ref().map(String::as_str));
    }
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~@:!$&'()*+,=";
    for byte in 0..=0x7f_u8 {
        let letter = char::from(byte);
        if !plain.contains(letter) && !"/.%".contains(letter) {
            let paths = [format!("/v1/orgs/o{letter}A"), format!("/{letter}"), format!("/he{letter}alth")];
            all_refused(Refused::Byte, &paths.each_ref().map(String::as_str));
        }
    }
    for letter in plain.chars() {
        let path = format!("/v1/orgs/{letter}");
        assert_eq!(found(&strict(), "GET", &path).organization().as_deref(), Some(&path[9..]));
    }
    let beyond = [
        "/v1/orgs/é",
        "/v1/orgs/e\u{301}",
        "/v1/orgs/\u{212a}",
        "/v1／orgs/oA",
        "/v1/orgs/o\u{200b}A",
        "/\u{202e}",
        "/v1/orgs/\u{fffd}",
    ];
    all_refused(Refused::Byte, &beyond);
    a_path_has_an_end();
}

fn a_path_has_an_end() {
    let routes = only(json!({ "method": "GET", "path": "/{all*}", "public": true }));
    for (bytes, fits) in [(MAX_PATH, true), (MAX_PATH + 1, false), (1 << 20, false)] {
        let path = format!("/{}", "a".repeat(bytes - 1));
        assert_eq!(routes.find("GET", &path).err(), (!fits).then_some(Refused::TooLong), "{bytes} bytes");
    }
    for (segments, fits) in [(MAX_SEGMENTS, true), (MAX_SEGMENTS + 1, false), (1000, false)] {
        let path = "/a".repeat(segments);
        assert_eq!(
            routes.find("GET", &path).err(),
            (!fits).then_some(Refused::TooLong),
            "{segments} segments"
        );
    }
    let ignoring = table(&json!({ "trailingSlash": "ignore" }));
    assert_eq!(refused(&ignoring, "GET", &format!("{}/", "/a".repeat(64))), Refused::NotFound);
    assert_eq!(refused(&strict(), "GET", &format!("{}//", "a/".repeat(MAX_PATH))), Refused::TooLong);
}

#[test]
fn a10_verbs() {
    let (routes, head) = (strict(), table(&json!({ "headAsGet": true })));
    for verb in [
        "get",
        "Get",
        "PaTcH",
        "patch",
        "GET ",
        " GET",
        "",
        "FOO",
        "TRACE",
        "CONNECT",
        "PROPFIND",
        "GET\0",
        "GE\u{212a}T",
        "*",
    ] {
        for (routes, expected) in [(&routes, "GET PATCH"), (&head, "GET HEAD PATCH")] {
            let Refused::MethodNotAllowed(allowed) = refused(routes, verb, "/v1/orgs/oA") else {
                panic!("{verb:?}")
            };
            assert_eq!(names(allowed), expected, "{verb:?}");
        }
        assert_eq!(refused(&routes, verb, "/nowhere"), Refused::NotFound, "{verb:?}");
    }
    let Refused::MethodNotAllowed(allowed) = refused(&routes, "DELETE", "/v1/orgs/oA") else { panic!() };
    assert_eq!(names(allowed), "GET PATCH");
    for path in ["/v1/orgs/oA", "/v1/orgs/oA/billing", "/health"] {
        assert_eq!(refused(&routes, "HEAD", path).status(), 405);
        assert_eq!(refused(&head, "OPTIONS", path).status(), 405, "only by a row of its own");
        let [got, headed] = ["GET", "HEAD"].map(|method| found(&head, method, path));
        assert_eq!(got.pattern(), headed.pattern());
        let accesses = [None, Some(access("ana", "oA")), Some(access("mo", "oA")), Some(access("bo", "oB"))];
        for access in &accesses {
            assert_eq!(got.decide(access.as_ref(), NOW), headed.decide(access.as_ref(), NOW), "{path}");
        }
    }
    assert_eq!(refused(&head, "HEAD", "/v1/orgs/oA/projects/pA").status(), 405, "there is no GET");
    let asked = only(json!({ "method": "OPTIONS", "path": "/{all*}", "public": true }));
    assert!(found(&asked, "OPTIONS", "/v1/orgs/oA").is_public());
    assert_eq!(refused(&asked, "GET", "/v1/orgs/oA").status(), 405);
}

fn names(methods: Methods) -> String {
    methods.iter().collect::<Vec<_>>().join(" ")
}

/// Nothing but the method and the path is given to the guard; a query is not looked at.
#[test]
fn a11_verb_override() {
    let routes = strict();
    let target = "/v1/orgs/oA/projects/pA?_method=DELETE&X-HTTP-Method-Override=DELETE";
    let path = routes.check_raw(target).unwrap();
    assert_eq!(path, "/v1/orgs/oA/projects/pA");
    assert_eq!(refused(&routes, "POST", path).status(), 405, "it is decided as POST");
    assert_eq!(refused(&routes, "POST", target), Refused::Byte, "a query is no part of a path");
    assert!(found(&routes, "DELETE", path).decide(Some(&access("ana", "oA")), NOW).allowed);
}

/// What a header might say has no way in. A raw target may have one path and one query.
#[test]
fn a12_header_smuggling() {
    let routes = strict();
    for target in ["/health?x=/v1/orgs/oA", "/health??", "/health?a=%2e%2e%00", "/health?", "/health?\\"] {
        assert_eq!(routes.check_raw(target), Ok("/health"), "{target}");
    }
    let mangled = [
        "/health?a\r\nX-Original-URL: /v1/orgs/oA",
        "/health?a b",
        "/health?a\tb",
        "/health?é",
        "/health?a#b",
        "/health?\0",
        "/health?\u{7f}",
        "/health HTTP/1.1\r\n",
        "/health#?",
    ];
    for target in mangled {
        assert_eq!(routes.check_raw(target), Err(Refused::Byte), "{target:?}");
    }
    let suffixed = routes.find("GET", "/v1/orgs/oA,oB").unwrap();
    assert_eq!(
        suffixed.decide(Some(&access("cy", "oA")), NOW),
        nothing_there(),
        "two joined names are one other"
    );
}

/// What a table may not say has its own file; here, what a good one does not let through.
#[test]
fn a13_variants_of_a_path() {
    let routes = strict();
    let unmatched = [
        "/v1/orgs/oA/billing.json",
        "/v1/orgs/oA/billing.rsc",
        "/_next/data/b/v1/orgs/oA.json",
        "/v1/orgs/oA/billing/",
        "/v2/orgs/oA",
        "/v1/orgs",
        "/v1",
        "/",
        "/v1/orgs/oA/billing/x",
        "/api/v1/orgs/oA",
        "/v1/orgs/oA/projects",
        "/health/x",
        "/health:",
        "/healthz",
        "/healt",
    ];
    for path in unmatched {
        assert!([404, 400].contains(&refused(&routes, "GET", path).status()), "{path}");
    }
    let ana = access("ana", "oA");
    for path in [
        "/v1/orgs/oA.json",
        "/v1/orgs/oA.rsc",
        "/v1/orgs/oA:view",
        "/v1/orgs/oA,",
        "/v1/orgs/$oA",
        "/v1/orgs/me",
    ] {
        assert_eq!(found(&routes, "GET", path).decide(Some(&ana), NOW), nothing_there(), "{path}");
    }
}

/// The answer for what must not be known to exist.
fn nothing_there() -> Verdict {
    Verdict { allowed: false, status: 404, reason: Reason::UnknownResource }
}

fn decide(access: &Access, method: &str, path: &str) -> Verdict {
    found(&strict(), method, path).decide(Some(access), NOW)
}

#[test]
fn a14_parent_and_child_of_different_owners() {
    let (ana, bo) = (access("ana", "oA"), access("bo", "oB"));
    assert!(decide(&ana, "DELETE", "/v1/orgs/oA/projects/pA").allowed);
    assert!(decide(&bo, "DELETE", "/v1/orgs/oB/projects/pB").allowed);
    // The owner of A reaches into B by a path through A: as for a project that does not exist.
    let hidden = decide(&ana, "DELETE", "/v1/orgs/oA/projects/pB");
    assert_eq!((hidden.allowed, hidden.status, hidden.reason), (false, 403, Reason::NoRole));
    assert_eq!(hidden, decide(&ana, "DELETE", "/v1/orgs/oA/projects/pX"));
    // The owner of B names A: a mismatch, though the project is theirs.
    assert_eq!(decide(&bo, "DELETE", "/v1/orgs/oA/projects/pB"), nothing_there());
    assert_eq!(decide(&bo, "DELETE", "/v1/orgs/oX/projects/pB"), nothing_there());
    assert_eq!(decide(&ana, "DELETE", "/v1/orgs/oB/projects/pA"), nothing_there());
    // Who owns both acts in one at a time.
    for (home, other, project) in [("oA", "oB", "pB"), ("oB", "oA", "pA")] {
        let cy = access("cy", home);
        assert!(!decide(&cy, "DELETE", &format!("/v1/orgs/{home}/projects/{project}")).allowed);
        assert_eq!(decide(&cy, "DELETE", &format!("/v1/orgs/{other}/projects/{project}")), nothing_there());
    }
    a_member_of_another_gets_one_answer();
    an_index_lies_in_its_project();
}

fn a_member_of_another_gets_one_answer() {
    let stranger = access("bo", "oA");
    let answers = ["pA", "pB", "pX"]
        .map(|project| decide(&stranger, "DELETE", &format!("/v1/orgs/oA/projects/{project}")));
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.status == 403), "{answers:?}");
    assert_eq!(answers[0].reason, Reason::NotAMember);
    assert_eq!(decide(&stranger, "DELETE", "/v1/orgs/oB/projects/pB"), nothing_there());
}

fn an_index_lies_in_its_project() {
    let query = |access: &Access, organization: &str, project: &str, index: &str| {
        decide(access, "POST", &format!("/v1/orgs/{organization}/projects/{project}/indexes/{index}/query"))
    };
    let ana = access("ana", "oA");
    assert!(query(&ana, "oA", "pA", "iA").allowed && query(&ana, "oA", "pA2", "iA2").allowed);
    let elsewhere: Vec<Value> = vec![
        json!(["oA", "pA", "iA2"]),
        json!(["oA", "pA2", "iA"]),
        json!(["oA", "pA", "iB"]),
        json!(["oA", "pB", "iB"]),
        json!(["oA", "pB", "iA"]),
        json!(["oA", "pA", "iX"]),
        json!(["oA", "pX", "iA"]),
        json!(["oA", "oA", "iA"]),
        json!(["oA", "iA", "iA"]),
        json!(["oB", "pA", "iA"]),
        json!(["oB", "pB", "iB"]),
    ];
    for names in &elsewhere {
        let [organization, project, index] = [0, 1, 2].map(|place| names[place].as_str().unwrap());
        assert_eq!(query(&ana, organization, project, index), nothing_there(), "{names}");
    }
}
