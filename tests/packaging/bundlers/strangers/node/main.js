import { readFileSync } from "node:fs";
import { entries } from "./src/entries.js";
import { questions } from "./src/questions.js";

const data = JSON.parse(readFileSync(new URL("src/data.json", import.meta.url), "utf8"));
const answers = Object.entries(entries).map(([entry, api]) => [entry, questions(api, data)]);
console.log(JSON.stringify(Object.fromEntries(answers)));
