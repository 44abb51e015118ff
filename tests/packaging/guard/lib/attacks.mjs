// The attacks by their numbers, as requests that go over the wire as they stand here.

const repeat = (text, count) => text.repeat(count);
const gets = (...targets) => targets.map((target) => ({ target }));
const ORG = "/v1/orgs/acme";
const PROJECT = `${ORG}/projects/search`;

/** Refused, for one of these reasons where the guard is who refuses. */
const refused = (name, asks, ...reasons) => ({ name, asks, reasons });

/** Requests that are refused whoever sends them; they are sent by who may do everything in the organization. */
export const REFUSED = [
  refused("A1 empty segments", gets("//v1/orgs/acme", "/v1//orgs/acme", "/v1/orgs//billing", "///", "//", "//health"), "empty_segment"),
  refused("A2 encoded ordinary letters", gets("/v1/org%73/acme", "/%76%31/orgs/acme", `${ORG}/%62illing`, "/%68ealth"), "encoded"),
  refused(
    "A3 multiple encoding",
    gets(...Array.from({ length: 19 }, (_, depth) => `${ORG}/%${repeat("25", depth + 2)}62illing`), "/%", "/health%", "/health%2", "/%zz"),
    "encoded",
  ),
  refused("A4 encoded separators", gets(`${ORG}%2Fbilling`, `${ORG}%2fbilling`, `${ORG}%5Cbilling`, `${ORG}%5cbilling`, `${ORG}\\billing`), "encoded", "byte"),
  refused(
    "A5 dot segments",
    gets("/health/../v1/orgs/acme", `${ORG}/%2e%2e/labs`, "/.%2e/health", "/./health", "/health/.", "/health/..", "/..%2fhealth"),
    "dot_segment", "encoded", "trailing_slash", "not_found", "unknown_resource",
  ),
  refused("A6 target form", gets("v1/orgs/acme", "*", `http://h${ORG}`, "h:443", "?", ""), "no_path", "not_found", "empty_segment"),
  refused("A7 case", gets("/V1/Orgs/acme", "/HEALTH", `${ORG}/Billing`, "/v1/orgs/ACME"), "not_found", "unknown_resource"),
  refused(
    "A8 trailing and parameter noise",
    gets(`${ORG}/`, "/health/", `${ORG}.`, `${ORG};x=1/billing`, "/health;a", `${ORG}/billing%3Fa=b`, "/health%23", `${ORG}/billing#f`),
    "trailing_slash", "dot_segment", "byte", "encoded",
  ),
  refused(
    "A9 bytes",
    gets(
      ...["%00", "%0a", "%0d", "%09", "%7f", "%c0%af", "%ff", "%E2%82%AC"].map((byte) => ORG + byte),
      ...["\t", "\r", "\n", " ", "\0", "\x7f", "\xe9", "\xff", "\xc3\xa9", "<", '"', "`", "|", "^", "{org}"].map((byte) => `/v1/orgs/ac${byte}me`),
      ...[`/${repeat("a", 2_048)}`, repeat("/a", 65)],
    ),
    "encoded", "byte", "too_long", "unknown_resource",
  ),
  refused(
    "A10 verbs",
    ["get", "PaTcH", "", "FOO", "TRACE", "CONNECT", "PROPFIND", "HEAD", "OPTIONS", "GET\0", "GETS"].map((method) => ({ method, target: ORG })),
    "method_not_allowed", "no_path", "byte",
  ),
  refused(
    "A13 nothing near a row is a row",
    gets(`${ORG}.json`, `${ORG}.rsc`, "/v1/orgs/me", "/_next/data/b/v1/orgs/acme.json", "/", "/v1", "/v1/orgs"),
    "not_found", "unknown_resource",
  ),
  refused(
    "A14 parent and child",
    [
      { method: "DELETE", target: `${ORG}/projects/other` },
      { method: "DELETE", target: `${ORG}/projects/none` },
      { method: "DELETE", target: "/v1/orgs/labs/projects/search" },
      { method: "DELETE", target: "/v1/orgs/labs/projects/other" },
    ],
    "unknown_resource", "no_role",
  ),
];

/** Fields that must change nothing of how a request is answered. */
const SMUGGLED = [
  ["X-Middleware-Subrequest", Array(5).fill("middleware").join(":")],
  ["X-Original-URL", "/health"],
  ["X-Rewrite-URL", "/health"],
  ["X-Forwarded-Prefix", "/health"],
  ["X-Forwarded-Host", "admin"],
  ["X-Forwarded-Uri", "/health"],
  ["X-Org", "acme, labs"],
  ["X-User", "user/ana@acme.com"],
];
const OVERRIDES = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

/** Pairs of requests that are answered the same: by who may ask, but may not delete. */
export const SAME = [
  ...OVERRIDES.map((name) => ["A11 verb override", { method: "POST", target: PROJECT }, { headers: [[name, "DELETE"]] }]),
  ["A11 verb override", { method: "POST", target: PROJECT }, { target: `${PROJECT}?_method=DELETE` }],
  ...OVERRIDES.map((name) => ["A11 verb override", { method: "DELETE", target: PROJECT }, { headers: [[name, "POST"]] }]),
  ...[{ method: "DELETE", target: PROJECT }, { target: "/nowhere" }, { target: `${ORG}/billing` }, { target: PROJECT }].flatMap((plain) =>
    SMUGGLED.map((header) => ["A12 header smuggling", plain, { headers: [header, header] }]),
  ),
];
