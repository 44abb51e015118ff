// The command line: how it is called, what it refuses, help, colours, what a document cannot do to a terminal.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { asked, cli, folder, place } from "./cli/run.mjs";
import { presets } from "./data.mjs";

const commands = ["check", "matrix", "explain", "diff", "test", "types"];
const ESC = "\u001b";

describe("calling it", () => {
  test("alone it says what there is, and that this was no call", () => {
    const { code, out } = cli([]);
    assert.equal(code, 2);
    for (const command of commands) assert.match(out, new RegExp(`^  ${command} `, "m"));
    assert.equal(cli(["--help"]).code, 0);
    assert.equal(cli(["help"]).out, cli(["--help"]).out);
  });

  test("each command has help that fits 80 columns, and names all its options", () => {
    for (const command of commands) {
      const { code, out } = cli([command, "--help"]);
      assert.equal(code, 0);
      assert.equal(out, cli(["help", command]).out);
      assert.match(out, new RegExp(`^bailiwick ${command} `));
      assert.match(out, /--json +/);
      assert.deepEqual(
        out.split("\n").filter((line) => line.length > 80 && !/^ {2}\$|^bailiwick/.test(line)),
        [],
      );
    }
  });

  test("its version is the package's", () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    assert.deepEqual(cli(["--version"]), { code: 0, out: `${version}\n`, err: "" });
  });

  const wrong = [
    [["chek"], "no command `chek`", "check"],
    [["check", "--strct", "pinecone"], "no option `--strct`", "--strict"],
    [["check"], "<policy> is missing"],
    [["check", "acme.jsn"], "no file `acme.jsn` here", "acme.json"],
    [["check", "pincone"], "no file `pincone` here", "pinecone"],
    [["check", "pinecone", "."], "`.` is a folder, not a file"],
    [["check", "-", "-"], "`-` was given twice: the standard input can be read once"],
    [["check", "pinecone", "--strict=yes"], "`--strict` takes no value"],
    [["matrix", "pinecone", "acme.json"], "one word too many: `acme.json`"],
    [["matrix", "pinecone", "--kind"], "`--kind` needs a value: <kind>"],
    [["matrix", "pinecone", "--kind", "projct"], "no kind `projct` in Pinecone", "project"],
    [["matrix", "pinecone", "--format", "htm"], "no format `htm`: text, markdown, html", "html"],
    [["matrix", "pinecone", "--format", "html", "--format", "text"], "`--format` was given twice"],
    [["explain", "pinecone", "acme.json"], "<principal> is missing"],
    [
      ["explain", "pinecone", "acme.json", "a", "b", "c", "d", "e", "--now", "soon"],
      "`soon` is no moment: write 2027-01-31T12:00:00Z, or milliseconds since 1970",
    ],
    [["diff", "pinecone"], "two policies are compared, or one policy with --directory twice"],
    [["diff", "pinecone", "pinkfish", "--now", "0"], "`--now` needs a --directory"],
    [
      ["diff", "pinecone", "pinecone", "-d", "acme.json", "--organization", "acm"],
      "no organization `acm` in acme.json",
      "acme",
    ],
    [["test"], "<vector.json | folder> is missing"],
    [["types", "pinecone", "--check"], "`--check` needs a file: -o <file>"],
    [["types", "pinecone", "-o", "no/such/folder.ts"], "`no/such/folder.ts` cannot be written: there is no folder `no/such`"],
  ];
  for (const [args, message, meant] of wrong) {
    test(`bailiwick ${args.join(" ")}: ${message}`, () => {
      const { code, out, err } = cli(args, { input: "{}" });
      assert.deepEqual([code, out], [2, ""]);
      assert.ok(err.startsWith(`bailiwick: ${message}\n`), err);
      assert.equal(/did you mean `(.*)`\?/.exec(err)?.[1], meant);
    });
  }

  test("a wrong call and a wrong document are JSON too, where JSON was asked for", (t) => {
    const call = asked(["chek"]);
    assert.deepEqual([call.code, call.value.ok], [2, false]);
    assert.deepEqual(call.value.error, { code: "ERR_USAGE", message: "no command `chek`", didYouMean: "check" });
    const bad = place(t).write("bad.json", '{ "format": 1, }');
    const { code, value } = asked(["matrix", bad]);
    assert.deepEqual([code, value.error.code, value.error.line, value.error.column], [2, "ERR_JSON", 1, 16]);
  });

  test("a document that a command cannot do without is shown beside the answer", (t) => {
    const bad = place(t).write("bad.json", '{ "format": 1, }');
    const { code, out, err } = cli(["matrix", bad]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /bad\.json:1:16 error ERR_JSON\n {2}the document is not JSON: trailing comma: take away the comma before this\n/);
  });
});

describe("what is written", () => {
  test("no colour where there is no terminal, where NO_COLOR is set, and with --no-color", () => {
    assert.ok(!cli(["check", "pinecone"]).out.includes(ESC));
    assert.ok(cli(["check", "pinecone"], { env: { FORCE_COLOR: "1" } }).out.includes(`${ESC}[32m✓${ESC}[39m`));
    assert.ok(!cli(["check", "pinecone"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).out.includes(ESC));
    assert.ok(!cli(["check", "pinecone", "--no-color"], { env: { FORCE_COLOR: "1" } }).out.includes(ESC));
    assert.ok(!cli(["check", "pinecone", "--json"], { env: { FORCE_COLOR: "1" } }).out.includes(ESC));
  });

  test("with and without colour it is the same text", () => {
    for (const args of [
      ["matrix", "pinecone"],
      ["diff", "pinecone", "pinecone-2026"],
    ]) {
      const coloured = cli(args, { env: { FORCE_COLOR: "1" } }).out;
      assert.equal(coloured.replaceAll(/\u001b\[[0-9;]*m/g, ""), cli(args).out);
    }
  });

  test("no line of any preset's tables and findings is longer than 80 columns", () => {
    for (const preset of Object.keys(presets))
      for (const command of ["matrix", "check"]) {
        const long = cli([command, preset])
          .out.split("\n")
          .filter((line) => [...line].length > 80);
        // A finding's key is one word.
        assert.deepEqual(
          long.filter((line) => line.trim().includes(" ")),
          [],
        );
      }
  });

  test("what a document says does not reach the terminal as more than text", (t) => {
    const here = place(t);
    const name = `${ESC}]0;owned${ESC}[31m\u009b2J\u202e`;
    const policy = structuredClone(presets.pinecone);
    policy.label = name;
    policy.kinds.project.label = name;
    policy.kinds.project.actions.delete.label = name;
    const file = here.write("policy.json", policy);
    for (const args of [
      ["check", file],
      ["matrix", file],
      ["diff", "pinecone", file],
    ])
      for (const env of [{}, { FORCE_COLOR: "1" }]) {
        const { out } = cli(args, { env });
        assert.doesNotMatch(
          out.replaceAll(/\u001b\[(1|2|22|3[0-9]|39)m/g, ""),
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
        );
        assert.ok(!out.includes(`${ESC}[31mo`));
      }
    assert.match(cli(["matrix", file]).out, /\\u001b\]0;owned/);
    const broken = here.write("broken.json", `{ "format": 1, "${name}": 1 x }`);
    assert.doesNotMatch(cli(["check", broken]).out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test("who stops reading in the middle is no failure", () => {
    const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
    const line = `"${process.execPath}" "${program}" matrix pinecone-2026 | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const lines = execFileSync("bash", ["-c", line], { encoding: "utf8", cwd: folder }).trim().split("\n");
    assert.equal(lines.at(-1), "0");
  });

  test("every preset is known by its name", () => {
    for (const preset of Object.keys(presets)) assert.equal(asked(["matrix", preset]).value.policy, preset);
  });
});
