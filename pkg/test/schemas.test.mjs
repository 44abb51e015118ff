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
const commandSchema = json("policies/command.schema.json");
const isCommand = ajv.addSchema(commandSchema, "command.schema.json").getSchema("command.schema.json");
const isChange = ajv.compile(json("policies/change.schema.json"));

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

// The same files are read by the core in tests/schemas.rs, which also sees that they leave out no command, fact or note.
for (const [name, accepted] of Object.entries({ commands: isCommand, changes: isChange, directories: isDirectory })) {
  test(`the schema of ${name} accepts and refuses what the reader does`, () => {
    const { valid, invalid } = json(`tests/schemas/${name}.json`);
    assert.ok(valid.length > 0 && invalid.length > 0, "no example");
    for (const document of valid) accepts(accepted, document, JSON.stringify(document));
    for (const { code, path, document } of invalid) {
      assert.ok(!accepted(document), `accepted, where the reader says ${code} at ${path}: ${JSON.stringify(document)}`);
    }
  });
}

test("the schema needs of each command what the reader needs", () => {
  const { valid } = json("tests/schemas/commands.json");
  for (const command of valid) {
    const { required, properties } = commandSchema.$defs[command.command];
    for (const field of Object.keys(command)) {
      const { [field]: _, ...less } = command;
      // Without `email`, the id of who signs up must be an address.
      const needed = required.includes(field) || (command.command === "sign_up" && field === "email");
      assert.equal(isCommand(less), !needed, `${command.command} without ${field}: ${ajv.errorsText(isCommand.errors)}`);
    }
    assert.ok(!isCommand({ ...command, more: null }), `${command.command} with a field more`);
    for (const [field, { description, $ref }] of Object.entries(properties)) {
      const about = description ?? commandSchema.$defs[$ref.split("/").at(-1)].description;
      assert.ok(about?.endsWith("."), `${command.command}: the schema says nothing about ${field}`);
    }
  }
});
