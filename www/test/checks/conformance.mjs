// The vectors and every cell of every table, in the page, through the package.
import { manifest, policies, tables, vectors } from "../../../pkg/test/data.mjs";
import { must } from "../expect.mjs";

function report(what, { passed, failures }) {
  console.log(`  ${what} in the page: ${passed} passed, ${failures.length} failed`);
  must(failures.length === 0, failures.slice(0, 10).join("\n"));
  must(passed > 0, `${what}: nothing was asked`);
}

async function openSuite({ page, suite }) {
  await page.goto(suite);
  await page.waitForFunction(() => globalThis.conformance !== undefined);
}

export const checks = [
  [
    "the conformance vectors hold in the page",
    async (context) => {
      await openSuite(context);
      report(
        "vectors",
        await context.page.evaluate(([one, other]) => globalThis.conformance.vectors(one, other), [vectors, policies]),
      );
    },
  ],
  [
    "every cell of every table holds in the page",
    async (context) => {
      await openSuite(context);
      report(
        "cells",
        await context.page.evaluate(
          ([one, two, three]) => globalThis.conformance.tables(one, two, three),
          [manifest, tables, policies],
        ),
      );
    },
  ],
];
