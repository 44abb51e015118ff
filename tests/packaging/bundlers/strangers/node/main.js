import { readFileSync } from "node:fs";
import { answers } from "./src/answers.js";

console.log(JSON.stringify(answers(JSON.parse(readFileSync(new URL("src/data.json", import.meta.url), "utf8")))));
