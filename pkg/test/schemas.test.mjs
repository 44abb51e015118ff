// What an editor completes from is what the core accepts: the schemas and the readers agree.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { policies, presets, vectors } from "./data.mjs";

const json = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const isPolicy = ajv.compile(json("policies/policy.schema.json"));
const isDirectory = ajv.compile(json("policies/directory.schema.json"));

const accepts = (valid, document, name) => assert.ok(valid(document), `${name}: ${ajv.errorsText(valid.errors)}`);

test("every preset is a policy by its schema", () => {
  assert.ok(Object.keys(presets).length >= 5);
  for (const [name, document] of Object.entries(presets)) accepts(isPolicy, document, name);
});

test("every example is a directory by its schema", () => {
  for (const name of ["acme", "pinkfish"]) accepts(isDirectory, json(`www/examples/${name}.json`), name);
});

test("what the vectors compile and load, the schemas accept", () => {
  let seen = 0;
  for (const [file, vector] of Object.entries(vectors)) {
    const policy = typeof vector.policy === "string" ? policies[vector.policy] : vector.policy;
    if (policy) accepts(isPolicy, policy, file);
    if (vector.directory) accepts(isDirectory, vector.directory, file);
    seen += 1;
  }
  assert.ok(seen > 0, "no vector was seen");
});

test("the schemas refuse what the readers refuse by form alone", () => {
  const broken = (change) => {
    const document = structuredClone(presets.pinecone);
    change(document);
    return document;
  };
  const refused = [
    (policy) => delete policy.kinds,
    (policy) => (policy.format = 2),
    (policy) => (policy.admin = true),
    (policy) => (policy.kinds.project.Roles = {}),
    (policy) => (policy.kinds.project.roles.project_owner.allow = "delete"),
    (policy) => (policy.kinds["Not a name"] = {}),
    (policy) => (policy.holders.robot = {}),
    (policy) => (policy.holders.group.baseline = { project: ["project_user"] }),
  ];
  for (const change of refused) assert.ok(!isPolicy(broken(change)), String(change));
  assert.ok(!isDirectory({ format: 1, people: [{ id: "a@b.c", admin: true }] }));
});
