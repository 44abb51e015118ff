// Where a path leads in the text of a document, and which name was meant.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { transformSync } from "esbuild";
import { Directory, Policy } from "bailiwick";
import { policies, vectors } from "./data.mjs";
import { openVector } from "./suite/vectors.mjs";

/** A module of the command line that imports nothing, on its own. */
async function part(name) {
  const source = readFileSync(new URL(`../src/cli/${name}.ts`, import.meta.url), "utf8");
  const { code } = transformSync(source, { loader: "ts", format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

const { lineAt, locate, offsetOf, positionOf } = await part("place");
const { distance, nearest } = await part("nearest");

/** Every path of a document with its value, as errors carry paths. */
function* pathsOf(document) {
  const left = [["", document]];
  while (left.length > 0) {
    const [path, value] = left.pop();
    yield [path, value];
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value))
      left.push([Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`, inner]);
  }
}

const textAt = (text, { offset, length }) => text.slice(offset, offset + length);

describe("places", () => {
  test("every path of every policy leads to its value, however the text is laid out", () => {
    let paths = 0;
    for (const document of Object.values(policies)) {
      for (const text of [
        JSON.stringify(document),
        JSON.stringify(document, undefined, "\t"),
        `\r\n ${JSON.stringify(document, undefined, 1)}`,
      ]) {
        for (const [path, value] of [...pathsOf(document)].filter((_, place) => place % 7 === 0)) {
          const found = locate(text, path);
          assert.ok(found?.exact, path);
          assert.equal(found.nested, typeof value === "object" && value !== null, path);
          if (!found.nested) assert.deepEqual(JSON.parse(textAt(text, found.value)), value, path);
          if (found.key !== undefined) assert.ok(path.endsWith(found.key.word), path);
          paths += 1;
        }
      }
    }
    assert.ok(paths > 500);
  });

  test("a key with an escape, a dot, a bracket or a quote is found by what it says", () => {
    const text = '{ "a.b": { "c[0]": [1, {"\\u0064": "x\\"y"}] }, "f": "…" }';
    assert.equal(textAt(text, locate(text, "a.b.c[0][1].d").value), '"x\\"y"');
    assert.equal(locate(text, "a.b.c[0][1].d").value.word, 'x"y');
    assert.equal(textAt(text, locate(text, "a.b.c[0]").key), '"c[0]"');
    assert.equal(textAt(text, locate(text, "f").value), '"…"');
  });

  test("of a key that stands twice it is the second", () => {
    const text = '{"format":1,\n"format":2}';
    assert.deepEqual(positionOf(text, locate(text, "format").key.offset), { line: 2, column: 1 });
  });

  test("what is not there leads to what should hold it", () => {
    const text = '{ "people": [{ "id": "a" }, { "name": "b" }] }';
    const found = locate(text, "people[1].id");
    assert.deepEqual([found.exact, text.slice(found.value.offset)], [false, '{ "name": "b" }] }']);
    assert.equal(locate(text, "peop").value.offset, 0);
  });

  test("a text that breaks off, or is none, is read as far as it goes", () => {
    assert.equal(locate('{"a": {"b": "c', "a.b").value.word, "c");
    assert.equal(locate("", "a"), undefined);
    assert.equal(locate("]]}}::,,", "a"), undefined);
    for (const text of ["{", '{"', '{"a"', '{"a":', '{"a":"\\', "[[[,]"])
      assert.doesNotThrow(() => locate(text, "a[0]"));
  });

  test("depth is no matter", () => {
    const deep = 100_000;
    const path = `a${"[0]".repeat(20)}`;
    assert.ok(locate(`{"a":${"[".repeat(deep)}${"]".repeat(deep)}}`, path).exact);
  });

  test("lines and columns", () => {
    assert.deepEqual(positionOf("ab\ncd", 0), { line: 1, column: 1 });
    assert.deepEqual(positionOf("ab\ncd", 2), { line: 1, column: 3 });
    assert.deepEqual(positionOf("ab\r\ncd", 5), { line: 2, column: 2 });
    assert.deepEqual(lineAt("ab\r\ncd\r\n", 5), { text: "cd", start: 4 });
    assert.deepEqual(lineAt("ab", 2), { text: "ab", start: 0 });
  });

  test("a column that counts bytes is found in text that has more than one byte to a letter", () => {
    const text = 'x\n{"é😀": ,}';
    assert.equal(text[offsetOf(text, 2, 12)], ",");
    assert.equal(offsetOf(text, 1, 0), 0);
    assert.equal(offsetOf(text, 9, 9), offsetOf(text, 2, 9));
  });

  test("every error of a vector has a place in its document", () => {
    let places = 0;
    const seen = (text, { path, message }) => {
      const broken = / at line (\d+) column (\d+)$/.exec(message);
      const found = locate(text, path);
      const offset = broken === null ? found.value.offset : offsetOf(text, Number(broken[1]), Number(broken[2]));
      assert.ok(offset >= 0 && offset <= text.length, message);
      if (found?.exact && path !== "") assert.ok(offset > 0, message);
      places += 1;
    };
    const watched =
      (make) =>
      (document, ...rest) => {
        try {
          return make(document, ...rest);
        } catch (error) {
          const text = rest[0] ?? document;
          if (text !== "") seen(typeof text === "string" ? text : JSON.stringify(text), error);
          throw error;
        }
      };
    const api = {
      Policy: { compile: watched((document) => Policy.compile(document)) },
      Directory: { load: watched((policy, document) => Directory.load(policy, document)) },
    };
    for (const [file, vector] of Object.entries(vectors).filter(([file]) => file.startsWith("errors-"))) {
      const { checks, close } = openVector(api, file, vector, policies);
      for (const [, check] of checks) check();
      close();
    }
    assert.ok(places > 200, `${places} places`);
  });
});

describe("names that were meant", () => {
  const names = ["rename", "delete", "view_members", "project_owner", "project_user", "grant project_owner"];
  const cases = {
    delte: "delete",
    DELETE: "delete",
    dleete: "delete",
    "view-members": "view_members",
    view_memebrs: "view_members",
    user: "project_user",
    projct_owner: "project_owner",
    fly: undefined,
    "": undefined,
    delete: undefined,
    owner: undefined,
  };
  for (const [word, meant] of Object.entries(cases))
    test(`\`${word}\`: ${meant}`, () => assert.equal(nearest(word, names), meant));

  test("a distance is that of letters changed, added, left out and swapped, and is not counted beyond what matters", () => {
    assert.equal(distance("delete", "delte", 9), 1);
    assert.equal(distance("delete", "dleete", 9), 1);
    assert.equal(distance("", "abc", 9), 3);
    assert.equal(distance("kitten", "sitting", 9), 3);
    assert.equal(distance("kitten", "sitting", 2), 3);
    assert.equal(distance("a".repeat(100), "b".repeat(100), 4), 5);
  });
});
