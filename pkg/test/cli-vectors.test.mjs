// `bailiwick test`: the vectors of the repository, and vectors that do not hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as api from "bailiwick";
import { asked, cli, folder, place } from "./cli/run.mjs";
import { policies, vectors } from "./data.mjs";
import { runVectors } from "./suite/vectors.mjs";

const directory = JSON.parse(readFileSync(`${folder}acme.json`, "utf8"));
const bo = { ask: "check", principal: "user/bo@acme.com", organization: "acme", kind: "project", id: "search" };
const vector = (...questions) => ({ name: "a test", policy: "pinecone", directory, questions });

describe("test", () => {
  test("the vectors of the repository hold, and it counts as the suite does", () => {
    const { code, value } = asked(["test", fileURLToPath(new URL("../../tests/vectors", import.meta.url))]);
    const { passed } = runVectors(api, vectors, policies);
    assert.deepEqual([code, value.ok, value.passed, value.failed], [0, true, passed, 0]);
    assert.equal(value.files.length, Object.keys(vectors).length);
    assert.ok(passed > 1_000);
  });

  test("an answer that differs is shown with its line, what was expected and what was found", (t) => {
    const right = { ...bo, action: "query_vectors", expect: { reason: "granted" } };
    const wrong = { ...bo, action: "delete", expect: { reason: "granted" } };
    const file = place(t).write("v.json", vector(right, wrong));
    const { code, out } = cli(["test", file]);
    assert.equal(code, 1);
    const question = `check ${bo.principal} acme project search delete`;
    const lines = JSON.stringify(vector(right, wrong), undefined, 2).split("\n");
    const line = lines.findIndex((one) => one.includes('"delete"')) - 5;
    assert.equal(lines[line - 1], "    {");
    assert.equal(
      out,
      `✗ ${file}  1 passed, 1 failed

${file}:${line}:5 questions[1]
  ${question}
  reason: expected "granted", found "no_role"

1 passed, 1 failed in 1 file
`,
    );
  });

  test("a vector that cannot be asked says what is wrong, where, and what was meant", (t) => {
    const asks = { ...bo, action: "delete" };
    const policy = structuredClone(policies.pinecone);
    policy.kinds.project.roles.project_user.allow.push("delte");
    const cases = [
      [vector(asks), "questions[0]", /^nothing is expected: add `expect`$/],
      [vector({ ...asks, principle: "me", expect: {} }), "questions[0]", /^no such field `principle`, did you mean `principal`\?$/],
      [vector({ ...asks, ask: "chekc" }), "questions[0]", /^no such question `chekc`, did you mean `check`\?$/],
      [{ ...vector(asks), policy: "pinecon" }, "policy", /^no policy `pinecon`, did you mean `pinecone`\?$/],
      [{ ...vector(asks), policy: "nothing" }, "policy", /^no policy `nothing`: there is no preset and no file `policies\/nothing\.json`$/],
      [{ ...vector(asks), policy }, /^policy\.kinds\.project\.roles\.project_user\.allow\[\d+\]$/, /; did you mean `delete`\?$/],
      [{ ...vector(asks), directory: { ...directory, people: [] } }, /^directory\./, /is not known here/],
    ];
    for (const [document, path, message] of cases) {
      const [failure] = asked(["test", place(t).write("v.json", document)]).value.files[0].failures;
      assert.match(failure.message, message);
      if (typeof path === "string") assert.equal(failure.path, path);
      else assert.match(failure.path, path);
      assert.ok(failure.line > 1, `${failure.line}: ${failure.message}`);
    }
  });

  test("a long answer is compared line by line", (t) => {
    const via = [{ role: "project_user", on: "project/search", how: "group", implied: false }];
    const file = place(t).write(
      "v.json",
      vector({ ...bo, action: "query_vectors", expect: { reason: "granted", via } }),
    );
    const { out } = cli(["test", file]);
    assert.match(out, /\n {2}via\n {6}.*\n.*\n {4}- {5}"how": "group",\n {4}\+ {5}"how": "direct",\n/);
    const [failure] = asked(["test", file]).value.files[0].failures;
    assert.deepEqual([failure.path, failure.expected, failure.found[0].how], ["questions[0]", via, "direct"]);
  });

  test("a step of a walk is named", (t) => {
    const command = { id: "c1", command: "leave_organization", organization: "acme" };
    const steps = [{ as: "user/ana@acme.com", at: 0, command, expect: "changed" }];
    const file = place(t).write("v.json", vector({ ask: "walk", steps }));
    const [failure] = asked(["test", file]).value.files[0].failures;
    assert.deepEqual(
      [failure.path, failure.expected, failure.found],
      ["questions[0].steps[0]", "changed", "last_owner"],
    );
  });

  const unfit = {
    "no such policy": [{ ...vector(bo), policy: "pincone" }, /no policy `pincone`/],
    "no questions": [vector(), /no questions/],
    "an unknown field": [{ ...vector(bo), question: [] }, /no such field `question`/],
    "an unknown question": [vector({ ask: "guess" }), /no such question `guess`/],
    "no expectation": [vector({ ...bo, action: "delete", expect: {} }), /no reason is expected/],
    "a directory that does not load": [{ ...vector(bo), directory: { format: 2 } }, /this version reads format 1/],
    "no vector": [[], /a vector is an object with `policy` and `questions`/],
  };
  for (const [name, [document, message]] of Object.entries(unfit))
    test(`a vector that cannot be asked fails: ${name}`, (t) => {
      const { code, out } = cli(["test", place(t).write("v.json", document)]);
      assert.equal(code, 1);
      assert.match(out, message);
    });

  test("running nothing fails", (t) => {
    const { code, out } = cli(["test", place(t).path]);
    assert.deepEqual([code, out], [1, "\nnothing was run: no vector is there\n"]);
    assert.equal(asked(["test", place(t).path]).value.ok, false);
  });

  test("a policy beside the vector goes before a preset, and a vector may come in", (t) => {
    const here = place(t);
    const question = { ...bo, action: "delete", expect: { reason: "no_role" } };
    assert.equal(cli(["test", here.write("v.json", vector(question))]).code, 0);
    assert.equal(cli(["test", "-"], { input: JSON.stringify(vector(question)) }).code, 0);
  });

  test("what is not JSON cannot be read", (t) => {
    const { code, err } = cli(["test", place(t).write("v.json", "{")]);
    assert.equal(code, 2);
    assert.match(err, /is not JSON/);
  });
});
