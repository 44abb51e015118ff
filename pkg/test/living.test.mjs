// Commands, previews and questions about everyone, through the package.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import pinecone2026 from "bailiwick/presets/pinecone-2026";
import pinkfish from "bailiwick/presets/pinkfish";
import { ana, bo, company, cy, document } from "./company.mjs";
import { thrownBy } from "./thrown.mjs";

const now = 1_700_000_000_000;

let count = 0;
/** A command in Acme with an id of its own. */
function command(name, fields = {}) {
  count += 1;
  return { id: `c${count}`, command: name, organization: "acme", ...fields };
}

describe("commands", () => {
  test("an accepted one changes the directory and is a document itself", () => {
    const { policy, directory } = company();
    const there = Directory.load(policy, directory.document());
    const outcome = directory.apply(command("create_project", { project: "new" }), ana, { now });
    assert.equal(outcome.ok, true);
    assert.deepEqual([outcome.change.before, outcome.change.after, outcome.change.actor], [7, 8, ana]);
    assert.equal(directory.revision, 8);
    assert.equal(directory.access(ana, "acme").can("delete", "project", "new"), true);
    there.commit(JSON.parse(JSON.stringify(outcome.change)));
    assert.deepEqual(there.document(), directory.document());
    assert.equal(thrownBy(() => there.commit(outcome.change)).code, "ERR_REVISION");
  });

  test("a refused one says why and changes nothing", () => {
    const { directory } = company();
    const before = directory.document();
    const lift = command("change_member_roles", { member: bo, roles: ["organization_owner"] });
    const refused = directory.apply(lift, bo, { now });
    assert.deepEqual([refused.ok, refused.decision.reason], [false, "no_role"]);
    assert.notEqual(refused.text, "");
    const last = directory.apply(command("leave_organization"), ana, { now });
    assert.deepEqual([last.ok, last.decision.reason], [false, "last_owner"]);
    assert.deepEqual(directory.document(), before);
  });

  test("an id changes once, and only for what it was", () => {
    const { directory } = company();
    const once = command("create_project", { project: "new" });
    assert.equal(directory.apply(once, ana, { now }).ok, true);
    const again = directory.apply(once, ana, { now });
    assert.deepEqual([again.ok, again.change.repeated, directory.revision], [true, true, 8]);
    const other = directory.apply({ ...once, project: "other-new" }, ana, { now });
    assert.deepEqual([other.ok, other.decision.reason], [false, "conflict"]);
  });

  test("what only the host may do is done through its own entry", () => {
    const { directory } = company();
    const upgrade = command("change_edition", { edition: "enterprise" });
    assert.equal(directory.apply(upgrade, ana, { now }).ok, false);
    assert.equal(directory.applyAsHost(upgrade, { now }).ok, true);
    assert.equal(directory.document().organizations[0].edition, "enterprise");
    const signUp = { id: "s1", command: "sign_up", person: "new@else.com" };
    assert.equal(directory.applyAsHost(signUp, { now }).ok, true);
  });

  test("a wrong one is an error with its place, and changes nothing", () => {
    const { directory } = company();
    const wrong = [
      [command("create_project"), "ERR_MISSING_FIELD", "project"],
      [command("fly"), "ERR_UNKNOWN_COMMAND", "command"],
      [command("create_project", { project: "x", colour: "red" }), "ERR_UNKNOWN_FIELD", "colour"],
      [command("change_member_roles", { member: bo, roles: ["pilot"] }), "ERR_UNKNOWN_ROLE", "roles[0]"],
      [command("create_project", { project: "x".repeat(10_000_000) }), "ERR_NAME", "project"],
      [{ ...command("leave_organization"), id: "" }, "ERR_NAME", "id"],
    ];
    for (const [bad, code, path] of wrong) {
      const error = thrownBy(() => directory.apply(bad, ana, { now }));
      assert.deepEqual([error?.code, error?.path], [code, path], bad.command);
    }
    assert.equal(directory.revision, 7);
    assert.equal(directory.apply(command("create_project", { project: "late" }), ana, { now }).ok, true);
    const early = thrownBy(() => directory.apply(command("create_project", { project: "early" }), ana, { now: 1 }));
    assert.equal(early.code, "ERR_CLOCK");
  });

  test("nothing that a prototype holds is part of a command", () => {
    const { directory } = company();
    Object.prototype.until = 5;
    Object.prototype.roles = ["organization_owner"];
    try {
      const bare = command("add_project_member", { project: "ads", member: bo });
      const outcome = directory.apply(bare, ana, { now });
      assert.equal(outcome.ok, true);
      const [binding] = outcome.change.added;
      assert.deepEqual([binding.role, Object.hasOwn(binding, "until")], ["project_owner", false]);
    } finally {
      delete Object.prototype.until;
      delete Object.prototype.roles;
    }
  });
});

describe("previews and questions about everyone", () => {
  const { directory } = company();

  test("a preview tells what would be gained and lost, and changes nothing", () => {
    const before = directory.document();
    const change = command("change_project_member", { project: "search", member: bo, roles: ["project_owner"] });
    const preview = directory.preview(change, { as: ana, now });
    assert.equal(preview.ok, true);
    assert.deepEqual([preview.totals.principals, preview.totals.lost, preview.rows.length], [1, 0, 1]);
    assert.deepEqual([preview.rows[0].principal, preview.rows[0].id], [bo, "search"]);
    assert.ok(preview.rows[0].gained.includes("delete"));
    assert.deepEqual(directory.document(), before);
    const refused = directory.preview(change, { as: bo, now });
    assert.deepEqual([refused.ok, refused.decision.reason], [false, "no_role"]);
  });

  test("who agrees with check, and is told only to whom may ask", () => {
    const who = directory.who("acme", "view_members", "project", "search", { as: ana, now });
    assert.deepEqual(
      who.items.map(({ principal }) => principal),
      [ana, bo],
    );
    const page = directory.who("acme", "view_members", "project", "search", { now, limit: 1 });
    assert.equal(page.items.length, 1);
    const rest = directory.who("acme", "view_members", "project", "search", { now, limit: 1, after: page.next });
    assert.deepEqual([rest.items[0].principal, rest.next], [bo, undefined]);
    assert.equal(thrownBy(() => directory.who("acme", "delete", "project", "search", { after: page.next })).code, "ERR_CURSOR");
    assert.equal(directory.who("acme", "delete", "project", "search", { as: cy, now }).ok, false);
  });

  test("a matrix has everybody by actions", () => {
    const matrix = directory.matrix("acme", "project", "search", { now });
    const column = matrix.actions.indexOf("delete");
    assert.deepEqual(
      matrix.rows.map(({ principal, cells }) => [principal, cells[column]]),
      [
        [ana, true],
        [bo, false],
      ],
    );
  });

  test("a list is of what others may do, too", () => {
    const own = directory.list("acme", bo, "query_vectors", "project", { as: bo, now });
    assert.deepEqual([own.items, own.total, own.hidden], [["search"], 1, 0]);
    assert.equal(directory.list("acme", ana, "query_vectors", "project", { as: bo, now }).ok, false);
  });

  test("a picker offers what would be accepted", () => {
    const offered = directory.grantable("acme", bo, "project", "search", { as: ana, now });
    assert.deepEqual(
      offered.roles.map(({ role }) => role),
      ["project_owner", "project_user"],
    );
    assert.deepEqual(directory.grantable("acme", ana, "project", "search", { as: bo, now }), { ok: true, roles: [] });
    const invited = directory.grantable("acme", "new@else.com", "organization", "acme", { as: ana, now });
    assert.equal(invited.roles.length, 3);
  });

  test("another policy is compared by name", () => {
    const other = Policy.compile(pinecone2026);
    const roles = { organization: { organization_user: ["organization_member"] }, project: { project_user: ["project_editor"] } };
    const compared = directory.compare("acme", other, roles, { now });
    assert.equal(compared.ok, true);
    const row = compared.rows.find(({ principal, kind }) => principal === bo && kind === "organization");
    assert.deepEqual(row.lost, ["create_projects"]);
    assert.deepEqual(compared.unmapped, []);
  });

  test("a share says what its receiver lacks", () => {
    const policy = Policy.compile(pinkfish);
    const studio = Directory.load(policy, {
      format: 1,
      people: [{ id: "ana@acme.com" }, { id: "bo@acme.com" }],
      organizations: [
        { id: "acme", edition: "team", members: [{ member: ana, roles: ["organization_admin"] }, { member: bo }] },
      ],
    });
    const make = (name, fields) => studio.apply(command(name, fields), ana, { now });
    assert.equal(make("create_resource", { resource: "connection/mail" }).ok, true);
    assert.equal(make("create_resource", { resource: "automation/weekly", uses: ["connection/mail"] }).ok, true);
    const share = command("share", { resource: "automation/weekly", with: bo, role: "edit" });
    const preview = studio.preview(share, { as: ana, now });
    assert.deepEqual(preview.lacks, [{ resource: "connection/mail", action: "run", role: "run", ask: [ana] }]);
    const store = studio.apply(command("create_resource", { resource: "vault/keys" }), ana, { now });
    assert.deepEqual([store.ok, store.decision.reason], [false, "not_available_yet"]);
  });

  test("the presets hold no unexplained warning", () => {
    for (const preset of [pinecone, pinecone2026, pinkfish]) {
      const open = Policy.compile(preset)
        .audit()
        .filter(({ level, explained }) => level === "warning" && explained === undefined);
      assert.deepEqual(open, []);
    }
  });

  test("documents come back as they are, whatever their names", () => {
    const policy = Policy.compile(pinecone);
    const sso = { default: ["organization_user"], map: JSON.parse('{"__proto__":[{"role":"organization_owner"}]}') };
    const [acme, ...others] = document.organizations;
    const polluted = Directory.load(policy, { ...document, organizations: [{ ...acme, sso }, ...others] });
    const map = polluted.document().organizations[0].sso.map;
    assert.deepEqual(Object.keys(map), ["__proto__"]);
    assert.equal(Object.prototype.role, undefined);
  });
});
