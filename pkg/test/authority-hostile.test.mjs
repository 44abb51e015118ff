// What a hostile member, an outsider, another tenant, or whoever had an address before tries at an authority.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authority, bo, inhabited, sam } from "./authority-world.mjs";

const ACME = "/organizations/acme";

describe("a member who may not see the others", () => {
  test("learns of nobody by calling something after them", async () => {
    const there = await inhabited();
    const { status } = await there.command(bo, "acme", { command: "create_project", project: "search", name: `user/${sam}` });
    assert.equal(status, 200);
    await there.capsule(bo);
    const { body } = await there.as(bo, "GET", `${ACME}/view`);
    assert.equal(body.sees.members, false);
    assert.equal(body.document.projects[0].name, `user/${sam}`);
    assert.deepEqual(body.document.people, [{ id: bo }]);
  });
});
