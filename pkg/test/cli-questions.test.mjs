// `bailiwick matrix`, `explain` and `diff`: tables, one question, who gains and who loses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { Directory, Policy } from "bailiwick";
import { asked, cli, folder, place } from "./cli/run.mjs";
import { presets } from "./data.mjs";

const acme = JSON.parse(readFileSync(`${folder}acme.json`, "utf8"));
const ana = "user/ana@acme.com";
const bo = "user/bo@acme.com";

describe("matrix", () => {
  test("a table says what the policy says", () => {
    const { code, out } = cli(["matrix", "pinkfish", "--kind", "vault"]);
    assert.equal(code, 0);
    assert.equal(
      out,
      `Vault                 Edit  View
─────────────────────────────────
Read in automations    ○     ○
Edit                   ○     ·
Delete                 ○     ·
Share                  ○     ·

· no   ○ coming soon
`,
    );
  });

  test("features are numbered and named", () => {
    const { out } = cli(["matrix", "pinecone", "--kind", "organization"]);
    assert.match(out, /^Create service accounts +◐¹ +· +·$/m);
    assert.match(out, /^Configure single sign-on +◐² +· +·$/m);
    assert.match(out, /◐¹ with Service accounts {3}◐² with Single sign-on$/m);
  });

  test("too many roles for the screen get letters, and the letters their names", () => {
    const { out } = cli(["matrix", "pinecone-2026", "--kind", "project"]);
    assert.match(out, /^Project +A +B +C/m);
    assert.match(out, /^ {2}A {2}Project owner$/m);
    assert.match(
      cli(["matrix", "pinecone", "--kind", "organization"], { env: { COLUMNS: "40" } }).out,
      /^ {2}C {2}Billing admin$/m,
    );
  });

  test("as JSON it is what `policy.matrix` gives", () => {
    const policy = Policy.compile(presets.pinecone);
    const { value } = asked(["matrix", "pinecone", "--kind", "project", "--kind", "organization"]);
    assert.deepEqual(value, {
      policy: "pinecone",
      label: "Pinecone",
      kinds: [policy.matrix("project"), policy.matrix("organization")],
    });
    policy.free();
  });

  test("Markdown and HTML escape what a label says", (t) => {
    const policy = structuredClone(presets.pinecone);
    policy.label = "<b>|*x*";
    policy.kinds.project.actions.delete.label = `"Delete" & <img src=x onerror=1> | it`;
    const file = place(t).write("policy.json", policy);
    const markdown = cli(["matrix", file, "--format", "markdown", "--kind", "project"]).out;
    assert.match(markdown, /^# \\<b\\>\\\|\\\*x\\\*$/m);
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 6, row);
    const html = cli(["matrix", file, "--format", "html"]).out;
    assert.match(html, /^<!doctype html>/);
    assert.doesNotMatch(html, /<img|<b>/);
    assert.match(html, /&quot;Delete&quot; &amp; &lt;img/);
    assert.equal([...html.matchAll(/<th scope="row">/g)].length, 47);
  });
});

describe("explain", () => {
  test("a grant says what carries it", () => {
    const { code, out } = cli(["explain", "pinecone", "acme.json", ana, "acme", "delete", "project", "search"]);
    const why = "They hold `organization_owner` on `organization/acme`, and that role implies\n  it here.";
    assert.deepEqual([code, out], [0, `Yes. ${ana} may delete project/search.\n\n  ${why}\n`]);
  });

  test("a denial says why, what would change it and whom to ask", () => {
    const { code, out } = cli(["explain", "pinecone", "acme.json", bo, "acme", "delete", "project", "search"]);
    assert.equal(code, 1);
    assert.match(
      out,
      /^No\. user\/bo@acme\.com may not delete project\/search\.\n\n {2}No role that they hold here gives it\. no_role\n/,
    );
    assert.match(
      out,
      /- the role `project_owner` on `project\/search`\n {6}ask whoever holds `project_owner` on `project\/search`\n/,
    );
  });

  test("a grant that ends says when, and `--now` asks about another moment", (t) => {
    const directory = structuredClone(acme);
    directory.projects[0].members[0].until = Date.UTC(2027, 0, 31);
    const file = place(t).write("acme.json", directory);
    const question = ["explain", "pinecone", file, bo, "acme", "query_vectors", "project", "search", "--now"];
    assert.match(
      cli([...question, "2027-01-30"]).out,
      /, until 2027-01-31 00:00Z\.\n {2}It ends at 2027-01-31 00:00Z\.\n$/,
    );
    const after = cli([...question, "2027-01-31T00:00:00Z"]);
    assert.equal(after.code, 1);
    assert.match(after.out, /A role that gave it has ended\. expired/);
    assert.equal(asked([...question, String(Date.UTC(2027, 0, 31) - 1)]).value.validUntil, Date.UTC(2027, 0, 31));
  });

  const slips = [
    [["user/an@acme.com", "acme", "delete", "project", "search"], "unknown_principal", ana],
    [[ana, "acm", "delete", "project", "search"], "not_a_member", "acme"],
    [[ana, "acme", "delte", "project", "search"], "unknown_action", "delete"],
    [[ana, "acme", "delete", "projct", "search"], "unknown_kind", "project"],
    [[ana, "acme", "delete", "project", "serach"], "unknown_resource", "search"],
    [[ana, "acme", "grant project_usr", "project", "search"], "unknown_action", "grant project_user"],
  ];
  for (const [question, reason, meant] of slips)
    test(`${reason}: ${question.join(" ")}`, () => {
      const { code, value } = asked(["explain", "pinecone", "acme.json", ...question]);
      assert.deepEqual([code, value.reason, value.didYouMean], [1, reason, meant]);
      assert.match(
        cli(["explain", "pinecone", "acme.json", ...question]).out,
        new RegExp(`Did you mean \`${meant}\`\\?`),
      );
    });

  test("as JSON it is the question and the decision", () => {
    const policy = Policy.compile(presets.pinecone);
    const directory = Directory.load(policy, acme);
    const question = { principal: bo, organization: "acme", action: "delete", kind: "project", id: "search", now: 7 };
    const { value } = asked([
      "explain",
      "pinecone",
      "acme.json",
      bo,
      "acme",
      "delete",
      "project",
      "search",
      "--now",
      "7",
    ]);
    assert.deepEqual(value, { ...question, ...directory.check(bo, "acme", "delete", "project", "search", { now: 7 }) });
    policy.free();
    directory.free();
  });
});

describe("explain, asked as one writes", () => {
  test("a resource may be named in one word, as answers name it", () => {
    const apart = cli(["explain", "pinecone", "acme.json", bo, "acme", "delete", "project", "search"]);
    const joined = cli(["explain", "pinecone", "acme.json", bo, "acme", "delete", "project/search"]);
    assert.deepEqual([joined.code, joined.out], [apart.code, apart.out]);
    assert.equal(cli(["explain", "pinecone", "acme.json", bo, "acme", "delete", "project"]).code, 2);
  });

  test("a person without the sort in front is guessed", () => {
    const { out } = cli(["explain", "pinecone", "acme.json", "bo@acme.com", "acme", "delete", "project", "search"]);
    assert.match(out, /Did you mean `user\/bo@acme\.com`\?/);
  });
});

describe("diff", () => {
  test("two policies that are the same", () => {
    assert.deepEqual(asked(["diff", "pinecone", "pinecone"]), {
      code: 0,
      value: { same: true, before: "pinecone", after: "pinecone", kinds: [] },
    });
    assert.match(cli(["diff", "pinecone", "pinecone"]).out, /The role tables are the same\.\n$/);
  });

  test("two policies: which role gains and loses what", (t) => {
    const policy = structuredClone(presets.pinecone);
    const { project, organization } = policy.kinds;
    project.roles.project_user.allow.push("rename");
    project.roles.project_user.allow.splice(project.roles.project_user.allow.indexOf("query_vectors"), 1);
    project.roles.project_key.allow = project.roles.project_key.allow.filter((action) => action !== "query_vectors");
    organization.actions.rename.feature = "sso";
    delete policy.assertions;
    const file = place(t).write("policy.json", policy);
    const { code, out } = cli(["diff", "pinecone", file]);
    assert.equal(code, 1);
    assert.equal(
      out,
      `Pinecone → Pinecone

Organization (organization)
  Organization owner (organization_owner)
    ~ rename always → with a feature

Project (project)
  Project user (project_user)
    + rename
    - query_vectors
  Project key (project_key)
    - query_vectors

`,
    );
    const [first, second] = asked(["diff", "pinecone", file]).value.kinds;
    assert.deepEqual(first.roles[0].otherwise, [{ action: "rename", before: "yes", after: "feature" }]);
    assert.deepEqual([second.roles[0].gained, second.roles[0].lost], [["rename"], ["query_vectors"]]);
  });

  test("kinds and roles that only one of them has", () => {
    const { value } = asked(["diff", "pinecone", "pinecone-2026"]);
    const status = Object.fromEntries(value.kinds.map(({ kind, status }) => [kind, status]));
    assert.deepEqual(status, { organization: "changed", project: "changed", index: "added", pod_index: "added" });
    const roles = Object.fromEntries(value.kinds[0].roles.map(({ role, status }) => [role, status]));
    assert.equal(roles.organization_user, "removed");
    assert.equal(roles.organization_manager, "added");
    const back = asked(["diff", "pinecone-2026", "pinecone"]).value;
    assert.deepEqual(back.kinds.find(({ kind }) => kind === "index").status, "removed");
  });

  test("a directory under another policy: exactly what `directory.compare` says, over all pages", (t) => {
    const many = structuredClone(acme);
    for (let number = 0; number < 1_200; number += 1) {
      const id = `p${number}@acme.com`;
      many.people.push({ id });
      many.organizations[0].members.push({ member: `user/${id}`, roles: ["organization_user"] });
    }
    const here = place(t);
    const file = here.write("many.json", many);
    const roles = {
      organization: { organization_user: ["organization_member"] },
      project: { project_user: ["project_viewer"] },
    };
    const mapping = here.write("roles.json", roles);
    const { code, value } = asked([
      "diff",
      "pinecone",
      "pinecone-2026",
      "--directory",
      file,
      "--roles",
      mapping,
      "--now",
      "0",
    ]);
    assert.equal(code, 1);
    const [movement] = value.organizations;
    assert.equal(movement.organization, "acme");
    assert.equal(movement.rows.length, movement.totals.rows);
    assert.ok(movement.rows.length > 1_000);
    assert.deepEqual(movement.unmapped, []);
    const viewer = movement.rows.find(({ principal, kind }) => principal === bo && kind === "project");
    assert.ok(viewer.gained.includes("list_indexes") && viewer.lost.includes("upsert_vectors"));
  });

  test("a role that the other policy does not have is told", () => {
    const { code, out } = cli(["diff", "pinecone", "pinecone-2026", "-d", "acme.json"]);
    assert.equal(code, 1);
    assert.match(out, /^ {2}! no role `project_user` on kind `project` any more: 1 binding stands for\n {4}nothing$/m);
  });

  test("what cannot stand under the other policy is shown with its place", (t) => {
    const file = place(t).write("acme.json", {
      ...acme,
      organizations: [{ ...acme.organizations[0], edition: "enterprise" }],
    });
    const policy = structuredClone(presets.pinecone);
    delete policy.editions.enterprise;
    const other = place(t).write("policy.json", policy);
    const { code, value } = asked(["diff", "pinecone", other, "-d", file]);
    assert.deepEqual(
      [code, value.error.code, value.error.path],
      [2, "ERR_UNKNOWN_EDITION", "organizations[0].edition"],
    );
  });

  test("two directories: who gains and who loses", (t) => {
    const after = structuredClone(acme);
    after.projects[0].members[0].roles = ["project_owner"];
    after.projects.push({ id: "ads", organization: "acme" });
    after.people.push({ id: "cy@acme.com" });
    const file = place(t).write("after.json", after);
    const { code, value } = asked(["diff", "pinecone", "-d", "acme.json", "-d", file]);
    assert.equal(code, 1);
    const { rows, totals } = value.organizations[0];
    assert.deepEqual(
      rows.map(({ principal, kind, id, lost }) => [principal, kind, id, lost.length]),
      [
        [ana, "project", "ads", 0],
        [bo, "project", "search", 0],
      ],
    );
    assert.ok(rows[1].gained.includes("delete") && !rows[1].gained.includes("query_vectors"));
    assert.deepEqual(totals, {
      principals: 2,
      rows: 2,
      gained: rows[0].gained.length + rows[1].gained.length,
      lost: 0,
      hidden: 0,
    });
    const back = asked(["diff", "pinecone", "-d", file, "-d", "acme.json"]).value.organizations[0];
    assert.deepEqual(
      back.rows.map(({ lost }) => lost),
      rows.map(({ gained }) => gained),
    );
    const same = cli(["diff", "pinecone", "-d", "acme.json", "-d", "acme.json", "--organization", "acme"]);
    assert.deepEqual(same, { code: 0, out: "Nobody gains or loses anything.\n", err: "" });
  });

  test("an organization that only one directory has", (t) => {
    const after = structuredClone(acme);
    after.organizations.push({
      id: "beta",
      edition: "standard",
      members: [{ member: bo, roles: ["organization_owner"] }],
    });
    const file = place(t).write("after.json", after);
    const { organizations } = asked(["diff", "pinecone", "-d", "acme.json", "-d", file]).value;
    assert.deepEqual(
      organizations.map(({ organization, rows }) => [organization, rows.length]),
      [
        ["acme", 0],
        ["beta", 1],
      ],
    );
    assert.ok(organizations[1].rows[0].gained.includes("grant organization_owner"));
  });
});
