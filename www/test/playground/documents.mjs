// What is written, and what comes of it.
import { execFileSync } from "node:child_process";
import { expect, must } from "../expect.mjs";
import { CLI, answers, enter, exported, field, looked, mustBeFine, problems, tab, tested, vector, vectorNames, write } from "./visit.mjs";

const STARTS = ["studio", "acme", "brightside", "pinecone", "pinecone-2026", "pinecone-literal", "pinecone-two-roles", "pinkfish"];
const PANES = ["Roles", "Audit", "Scope tree", "Compare", "Answers"];

export const checks = [
  [
    `playground: ${STARTS.length} presets and examples open without an error, in ${PANES.length} panes`,
    async ({ page, address }) => {
      for (const start of STARTS) {
        await enter(page, address, `#start=${start}`);
        await mustBeFine(page, start);
        const found = await answers(page);
        must(found.length > 0 && found.every(({ verdict }) => verdict !== "differs"), `${start}: ${JSON.stringify(found)}`);
        for (const pane of PANES) {
          await tab(page, pane);
          await page.locator(".pane-panel > :not(template)").first().waitFor();
        }
        await page.locator(".skeleton").first().waitFor({ state: "detached" });
      }
    },
  ],
  [
    `playground: the answers of ${vectorNames().length} vectors are those expected`,
    async ({ page, address }) => {
      let asked = 0;
      for (const name of vectorNames()) {
        await enter(page, address, `#start=vector-${name}`);
        const found = await answers(page);
        const { questions } = vector(name);
        expect(found.length, questions.length, `${name}: the answers`);
        found.forEach(({ verdict, reason }, place) => {
          const { ask, expect: wanted } = questions[place];
          expect(verdict, "expected", `${name}: questions[${place}]`);
          if (ask === "check" || ask === "explain") expect(reason, wanted.reason, `${name}: questions[${place}]`);
          asked += 1;
        });
      }
      must(asked > 300, `only ${asked} questions were asked`);
    },
  ],
  [
    "playground: an error stands at its place, and the name that was meant can be put in",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const policy = (await exported(page, "Policy")).text;
      const at = policy.indexOf('"query_vectors"', policy.indexOf('"project_user": {'));
      must(at > 0, "the policy has the name that is misspelt here");
      await write(page, "Policy", policy.slice(0, at) + policy.slice(at).replace("query_vectors", "query_vector"));
      const [{ code, place, text }] = await problems(page);
      const before = policy.slice(0, at).split("\n");
      expect(code, "ERR_UNKNOWN_ACTION", text);
      expect(place, `policy:${before.length}:${before.at(-1).length + 1}`, "the place");
      must(text.includes("query_vectors"), `what was meant is said: ${text}`);
      await page.locator(".problem").first().click();
      const marked = page.locator('.editor[data-document="policy"] .cm-lintRange-error');
      expect(await marked.textContent(), '"query_vector"', "what is underlined");
      must(await field(page, "Policy").evaluate((own) => own.getRootNode().activeElement === own), "the editor has the focus");
      expect(await page.getByText("The policy is not accepted yet").count(), 1, "the answers say why they are not there");
      await marked.hover();
      await page.locator(".cm-diagnosticAction").click();
      await page.locator('.problem[data-level="error"]').first().waitFor({ state: "detached" });
      expect((await exported(page, "Policy")).text, policy, "the policy after it was mended");
    },
  ],
  [
    "playground: errors of the directory, of questions and of JSON stand at their places",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const first = async () => (await problems(page)).map(({ code, place }) => `${code} ${place}`)[0];
      await write(page, "Directory", '{ "format": 1,\n  "people": [{ "id": "Ana" }] }');
      expect((await first()).endsWith("directory:2:22"), true, await first());
      await write(page, "Directory", '{ "format": 1,\n  "people": [,] }');
      expect((await first()).endsWith("directory:2:14"), true, await first());
      await write(page, "Directory", '{ "format": 1 }');
      await write(page, "Questions", '[\n  { "ask": "cheque" }\n]');
      must((await problems(page)).some(({ place }) => place.startsWith("questions:2:")), JSON.stringify(await problems(page)));
      await write(page, "Questions", "[\n  { \n]");
      expect((await first()).startsWith("ERR_JSON questions:"), true, await first());
    },
  ],
  [
    "playground: an expectation that is wrong is marked, and can be made what is answered",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const wrong = { ask: "check", principal: "user/bo@acme.com", organization: "acme", action: "delete", kind: "project", id: "search", now: 0 };
      await write(page, "Questions", JSON.stringify([{ ...wrong, expect: { reason: "granted" } }]));
      expect(await answers(page), [{ verdict: "differs", reason: "no_role" }], "the answer");
      expect((await problems(page)).map(({ code }) => code).includes("differs"), true, "the problems");
      await page.locator(".answer-button").click();
      const told = await page.locator(".answer-panel").textContent();
      for (const part of ["What would change it", "ask whoever is", "− \"granted\"", "+ \"no_role\""]) must(told.includes(part), `${part} in ${told}`);
      await write(page, "Questions", JSON.stringify([wrong]));
      expect(await answers(page), [{ verdict: "open", reason: "no_role" }], "without an expectation");
      await page.getByRole("button", { name: "Expect this answer" }).click();
      await page.locator('.answer[data-verdict="expected"]').waitFor();
    },
  ],
  [
    "playground: completion offers kinds, actions and roles of the policy, and the fields of the schema",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      const question = '[{ "ask": "check", "principal": "", "organization": "", "action": "", "kind": "project", "id": "" }]';
      const offers = async (label, text, before) => {
        await write(page, label, text);
        const places = text.indexOf(before) + before.length;
        await page.keyboard.press("Control+Home");
        for (let at = 0; at < places; at += 1) await page.keyboard.press("ArrowRight");
        await page.keyboard.press("Control+Space");
        const list = page.locator(".cm-tooltip-autocomplete li");
        await list.first().waitFor();
        const found = await list.evaluateAll((items) => items.map((item) => item.querySelector(".cm-completionLabel").textContent));
        await page.keyboard.press("Escape");
        return found;
      };
      const has = (found, names) => names.forEach((name) => must(found.includes(name), `${name} in ${found}`));
      has(await offers("Questions", question, '"action": "'), ["query_vectors", "delete", "grant project_owner"]);
      has(await offers("Questions", question, '"principal": "'), ["user/ana@acme.com", "user/bo@acme.com"]);
      has(await offers("Questions", question.replace('"project"', '""'), '"kind": "'), ["organization", "project"]);
      has(await offers("Questions", "[{ }]", "[{ "), ["ask"]);
      const members = '{ "format": 1, "organizations": [{ "id": "a", "edition": "", "members": [{ "member": "", "roles": [""] }] }] }';
      has(await offers("Directory", members, '"roles": ["'), ["organization_owner", "organization_user"]);
      has(await offers("Directory", members, '"edition": "'), ["starter", "enterprise"]);
      const policy = '{ "kinds": { "project": { "parent": "", "actions": { "read": {} }, "roles": { "lead": { "allow": [""] } } } } }';
      has(await offers("Policy", policy, '"allow": ["'), ["read", "grant lead"]);
      has(await offers("Policy", policy, '"parent": "'), ["project"]);
      has(await offers("Policy", "{ }", "{ "), ["kinds", "editions", "holders"]);
      await page.keyboard.press("Control+Space");
      await page.keyboard.type("edit");
      await page.locator(".cm-tooltip-autocomplete li[aria-selected]", { hasText: "editions" }).waitFor();
      // The list takes no key so soon after it came.
      await page.waitForTimeout(150);
      await page.keyboard.press("Enter");
      await looked(page);
      must((await exported(page, "Policy")).text.includes('"editions": {'), (await exported(page, "Policy")).text);
    },
  ],
  [
    "playground: what is exported as a vector passes on the command line, and opens again",
    async ({ page, address }) => {
      for (const [start, least] of [["studio", 8], ["acme", 7], ["brightside", 6], ["pinecone", 10]]) {
        await enter(page, address, `#start=${start}`);
        const { name, text } = await exported(page, "Test vector");
        expect(name, "vector.json", "the file");
        const { ok, passed, failed } = tested(text);
        must(ok && failed === 0 && passed >= least, `${start}: ${passed} passed, ${failed} failed`);
        await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
        await page.waitForSelector('main[data-turn="2"][data-looked="yes"]').catch(() => page.waitForSelector('main[data-turn="3"][data-looked="yes"]'));
        const again = await answers(page);
        must(again.length > 0 && again.every(({ verdict }) => verdict === "expected"), `${start} again: ${JSON.stringify(again)}`);
        expect((await exported(page, "Test vector")).text, text, `${start}: what is exported again`);
      }
    },
  ],
  [
    "playground: the names of the policy are exported as the command line writes them",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinkfish");
      const { name, text } = await exported(page, "TypeScript");
      expect(name, "policy.ts", "the file");
      expect(text, execFileSync(process.execPath, [CLI, "types", "pinkfish"], { encoding: "utf8" }), "the types");
    },
  ],
  [
    "playground: who gains and who loses is told, and for whom the tree is drawn",
    async ({ page, address }) => {
      await enter(page, address, "#start=pinecone-two-roles");
      await tab(page, "Compare");
      await page.locator('[data-compared="same"]').waitFor();
      const { text } = await exported(page, "Policy");
      const at = text.indexOf('"allow"', text.indexOf('"project_user": {'));
      await write(page, "Policy", text.slice(0, at) + text.slice(at).replace('"allow": [', '"allow": ["rename", '));
      const moved = page.locator('[data-moved="user/bo@acme.com"]');
      await moved.waitFor();
      must((await moved.textContent()).includes("Gains rename"), await moved.textContent());
      expect(await page.locator("[data-moved]").count(), 1, "who is touched");
      await tab(page, "Scope tree");
      expect(await page.locator("[data-scope]").count(), 2, "the tree");
      await page.getByRole("button", { name: /Drawn for/ }).click();
      await page.getByRole("option", { name: "Bo" }).click();
      await page.locator('[data-scope="project/search"] [data-reached="true"], [data-scope="project/search"] > [data-reached="true"]').first().waitFor();
    },
  ],
];
