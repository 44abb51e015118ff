// `bailiwick check` over documents that are right and wrong.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { asked, cli, folder, place } from "./cli/run.mjs";
import { presets } from "./data.mjs";

const acme = readFileSync(`${folder}acme.json`, "utf8");

/** The policy of Pinecone with something changed. */
function pinecone(change) {
  const policy = structuredClone(presets.pinecone);
  change(policy);
  return policy;
}

describe("check", () => {
  test("what is right is counted, and the audit speaks", () => {
    const { code, out } = cli(["check", "pinecone", "acme.json"]);
    assert.equal(code, 0);
    assert.match(
      out,
      /^✓ pinecone {3}Pinecone: 3 kinds, 8 roles, 47 actions\n✓ acme\.json {2}1 organization, 2 people, 1 project, 0 resources\n/,
    );
    assert.match(out, /\nno errors, no warnings, 4 notes\n$/);
  });

  test("an error is shown with its line, what to point at, and what may have been meant", (t) => {
    const file = place(t).write("acme.json", acme.replace('project_user"', 'project_usr"'));
    const { code, out } = cli(["check", "pinecone", file]);
    assert.equal(code, 1);
    const line = `${file}:12:49 error ERR_UNKNOWN_ROLE
  \`project_usr\` is not a role of kind \`project\`

  12 │       { "member": "user/bo@acme.com", "roles": ["project_usr"] }
     │                                                 ^^^^^^^^^^^^^
     │                                              did you mean \`project_user\`?

  at projects[0].members[0].roles[0]
`;
    assert.equal(out.slice(0, line.length), line);
    assert.match(out, /\n1 error, no warnings, 4 notes\n$/);
  });

  test("as JSON: the documents, the errors, the findings", (t) => {
    const file = place(t).write("acme.json", acme.replace('"edition"', '"editon"'));
    const { code, value } = asked(["check", "pinecone", file, "acme.json"]);
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(value), ["ok", "documents", "errors", "findings", "remarks"]);
    assert.deepEqual(value.documents, [
      { file: "pinecone", ok: true },
      { file, ok: false },
      { file: "acme.json", ok: true },
    ]);
    const place_ = { file, line: 5, column: 21, code: "ERR_MISSING_FIELD", path: "organizations[0].edition" };
    assert.deepEqual(value.errors, [{ ...place_, message: "the field `edition` is missing, add it", didYouMean: "edition" }]);
    assert.equal(value.findings.length, 4);
  });

  const told = (t, change) => {
    const document = JSON.parse(acme);
    change(document);
    const { value } = asked(["check", "pinecone", place(t).write("acme.json", document)]);
    const [{ message, didYouMean } = {}] = value.errors;
    return { message, didYouMean, remarks: value.remarks };
  };

  test("a name that belongs elsewhere says where, and which there are here", (t) => {
    const { message } = told(t, (document) => (document.projects[0].members[0].roles = ["organization_owner"]));
    assert.match(message, /; `organization_owner` belongs to kind `organization`; here there are `project_owner`, `project_user`, `project_key`$/);
  });

  test("a name without its sort says what was meant", (t) => {
    assert.equal(told(t, (document) => (document.projects[0].members[0].member = "bo@acme.com")).didYouMean, "user/bo@acme.com");
  });

  test("a date says the moment that it is, and a moment in seconds is remarked", (t) => {
    const until = (moment) => (document) => (document.projects[0].members[0].until = moment);
    assert.match(told(t, until("2030-01-01")).message, /: milliseconds since 1970, which for `2030-01-01` is 1893456000000$/);
    assert.match(told(t, until(1893456000)).remarks[0], /acme\.json:\d+:\d+ ends at 1970-01-22 .*, was 1893456000000 meant \(2030-01-01 00:00Z\)\?$/);
    assert.deepEqual(told(t, until(1893456000000)).remarks, []);
  });

  const slips = {
    "an action": [(p) => p.kinds.project.roles.project_user.allow.push("delte"), "ERR_UNKNOWN_ACTION", "delete"],
    "a role implied": [
      (p) => (p.kinds.organization.roles.organization_owner.implies.project = ["project_ownr"]),
      "ERR_UNKNOWN_ROLE",
      "project_owner",
    ],
    "a role of a holder": [(p) => (p.holders.api_key.roles.project = ["key"]), "ERR_UNKNOWN_ROLE", "project_key"],
    "a top role": [(p) => (p.kinds.organization.top = "organization-owner"), "ERR_UNKNOWN_ROLE", "organization_owner"],
    "a kind": [(p) => (p.kinds.project.parent = "organisation"), "ERR_UNKNOWN_KIND", "organization"],
    "a feature": [
      (p) => p.editions.enterprise.features.push("service_account"),
      "ERR_UNKNOWN_FEATURE",
      "service_accounts",
    ],
    "a limit": [(p) => (p.editions.standard.limits.project = 3), "ERR_UNKNOWN_LIMIT", "projects"],
    "a holder": [(p) => (p.holders.user_group = {}), "ERR_UNKNOWN_HOLDER", undefined],
    "a holder's plural": [(p) => (p.holders.users = {}), "ERR_UNKNOWN_HOLDER", "user"],
    "a command": [(p) => (p.commands.invite_members = {}), "ERR_UNKNOWN_COMMAND", "invite_member"],
    "a command's action": [
      (p) => (p.commands.invite_member.organization = "invite_member"),
      "ERR_UNKNOWN_ACTION",
      "invite_members",
    ],
    "a field of a kind": [(p) => (p.kinds.project.role = {}), "ERR_UNKNOWN_FIELD", "roles"],
    "a field of an action": [
      (p) => (p.kinds.project.actions.delete.requestible = true),
      "ERR_UNKNOWN_FIELD",
      "requestable",
    ],
    "a field of the whole": [(p) => (p.edition = {}), "ERR_UNKNOWN_FIELD", "editions"],
    "whom to invite": [(p) => (p.invites.to = "anyones"), "ERR_VALUE", "anyone"],
  };
  for (const [name, [change, expected, meant]] of Object.entries(slips)) {
    test(`a slip in ${name}`, (t) => {
      const { code, value } = asked(["check", place(t).write("policy.json", pinecone(change))]);
      const [{ code: found, didYouMean, line }] = value.errors;
      assert.deepEqual([code, found, didYouMean], [1, expected, meant]);
      assert.ok(line > 1);
    });
  }

  const places = {
    "a person": [acme.replace("user/bo@", "user/boo@"), "ERR_UNKNOWN_PERSON", "user/bo@acme.com"],
    "an organization": [
      acme.replace('"organization": "acme"', '"organization": "acm"'),
      "ERR_UNKNOWN_ORGANIZATION",
      "acme",
    ],
    "an edition": [acme.replace('"standard"', '"standart"'), "ERR_UNKNOWN_EDITION", "standard"],
    "a role": [acme.replace('"organization_user"', '"user"'), "ERR_UNKNOWN_ROLE", "organization_user"],
    "a field": [acme.replace('"name": "Bo"', '"mail": "Bo"'), "ERR_UNKNOWN_FIELD", "email"],
    "a list": [acme.replace('"projects"', '"project"'), "ERR_UNKNOWN_FIELD", "projects"],
  };
  for (const [name, [text, expected, meant]] of Object.entries(places)) {
    test(`a slip in a directory: ${name}`, () => {
      const { code, value } = asked(["check", "pinecone", "-"], { input: text });
      assert.deepEqual([code, value.errors[0].code, value.errors[0].didYouMean], [1, expected, meant]);
      assert.equal(value.errors[0].file, "<stdin>");
    });
  }

  const broken = [
    ["", 1, 1, "the document is not JSON: it ends while parsing a value"],
    ['{\n "format": 1', 2, 13, "the document is not JSON: it ends while parsing an object"],
    ['{\n "format": 1,\n}', 3, 1, "the document is not JSON: trailing comma: take away the comma before this"],
    ['{\n "format": 1, // the form\n}', 2, 15, "the document is not JSON: key must be a string: JSON has no comments"],
    ["{\n 'format': 1\n}", 2, 2, "the document is not JSON: key must be a string: strings stand in double quotes"],
    ["{\n format: 1\n}", 2, 2, "the document is not JSON: key must be a string: keys stand in double quotes"],
    ['{ "é": 1 "x" }', 1, 10, "the document is not JSON: expected `,` or `}`"],
    ['\ufeff{ "format": 1 }', 1, 1, "the document is not JSON: it begins with a byte order mark, save it without"],
  ];
  for (const [input, line, column, message] of broken) {
    test(`JSON that is none: ${JSON.stringify(input)}`, () => {
      const { value } = asked(["check", "-"], { input });
      const [error] = value.errors;
      assert.deepEqual([error.line, error.column, error.message], [line, column, message]);
    });
  }

  test("bytes that are no text are pointed at", () => {
    const input = Buffer.concat([Buffer.from('{ "name": "'), Buffer.from([0xff]), Buffer.from('" }')]);
    const [error] = asked(["check", "-"], { input }).value.errors;
    assert.deepEqual([error.code, error.line, error.column], ["ERR_ILL_FORMED", 1, 12]);
  });

  test("a long line is cut around what is wrong, a tab is two spaces", (t) => {
    const text = `${acme.replaceAll(/\s+/g, " ").replace("project_usr", "project_user").replace('"project_user"', '\t"project_usr"')}`;
    const { out } = cli(["check", "pinecone", place(t).write("acme.json", text)]);
    const [line, pointer] = out.split("\n").slice(3, 5);
    assert.ok(line.length <= 80, line);
    assert.equal(line.slice(pointer.indexOf("^"), pointer.lastIndexOf("^") + 1), '"project_usr"');
  });

  test("documents the wrong way round are noticed", (t) => {
    const hint = / this looks like a (\w+): the policy comes first, then its directories$/;
    const [first] = asked(["check", "acme.json", "acme.json"]).value.errors;
    assert.equal(hint.exec(first.message)?.[1], "directory");
    const policy = place(t).write("policy.json", presets.pinecone);
    const [second] = asked(["check", "pinecone", policy]).value.errors;
    assert.equal(hint.exec(second.message)?.[1], "policy");
  });

  test("what waits on a wrong policy is not looked at", (t) => {
    const file = place(t).write(
      "policy.json",
      pinecone((policy) => (policy.colour = 1)),
    );
    const { code, out } = cli(["check", file, "acme.json"]);
    assert.equal(code, 1);
    assert.match(out, /· acme\.json +not looked at: the policy is wrong/);
  });

  test("--strict ends with 1 on a warning that nobody explained", (t) => {
    assert.equal(cli(["check", "pinkfish", "--strict"]).code, 0);
    const { explained: _, ...rest } = structuredClone(presets.pinkfish);
    const file = place(t).write("policy.json", rest);
    assert.equal(cli(["check", file]).code, 0);
    assert.match(cli(["check", file]).out, /^warning {2}Whoever holds/m);
    assert.equal(cli(["check", file, "--strict"]).code, 1);
    assert.equal(asked(["check", file, "--strict"]).value.ok, false);
  });
});
