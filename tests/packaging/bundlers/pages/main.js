// A stranger's page. The package must be there at once: nothing is awaited.
import pinecone from "bailiwick/presets/pinecone";
import { entries } from "./entries.js";
import { questions } from "./questions.js";

for (const { Policy } of Object.values(entries)) Policy.compile(pinecone).free();

globalThis.questions = (entry, data) => questions(entries[entry], data);
