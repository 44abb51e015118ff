// The tarball as others look at it: publint, and are the types wrong.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { bin } from "../lib/command.mjs";

const run = promisify(execFile);

/** Runs it; what it prints says why it failed. */
async function clean(file, args) {
  try {
    await run(file, args, { maxBuffer: 1 << 26 });
    return { failures: [], text: "clean" };
  } catch (error) {
    return { failures: [`${error.stdout}${error.stderr}`] };
  }
}

export const checks = [
  ["publint", ({ tarball }) => clean(bin("publint"), ["run", tarball, "--strict"])],
  [
    // ESM alone by intent: `require` of it is Node's, since 20.19, and asked above.
    "are the types wrong",
    ({ tarball }) => clean(bin("attw"), [tarball, "--ignore-rules", "cjs-resolves-to-esm", "--no-emoji"]),
  ],
];
