import type { Matrix } from "../api/decision.js";
import type { Policy } from "./module.js";
import { type Arguments, need } from "./arguments.js";
import { FINE, type Command } from "./command.js";
import { needPolicy } from "./documents.js";
import { nearest } from "./nearest.js";
import { htmlOf, markdownOf } from "./pages.js";
import type { Screen } from "./screen.js";
import { showMarks, showTable } from "./table.js";
import { Usage } from "./usage.js";

const FORMATS = ["text", "markdown", "html"] as const;
type Form = (typeof FORMATS)[number];

export const matrix: Command = {
  name: "matrix",
  summary: "show which role may do what",
  forms: ["<policy>"],
  text: ["A table for each kind: its roles against its actions."],
  options: {
    kind: { value: "<kind>", multiple: true, text: "only this kind; may be given more than once" },
    format: { value: "<text|markdown|html>", text: "text for a terminal (the default), Markdown, or a page" },
  },
  examples: ["matrix pinecone", "matrix pinecone --kind project", "matrix policy.json --format html > roles.html"],
  one: "",
  run,
};

async function run(args: Arguments, screen: Screen): Promise<number> {
  const [name = ""] = need(args, ["<policy>"], "matrix");
  const form = formOf(args.one("format") ?? "text");
  const { policy } = await needPolicy(name);
  const matrices = matricesOf(policy, args.all("kind"));
  if (args.has("json")) screen.json({ policy: policy.name, label: policy.label, kinds: matrices });
  else if (form === "markdown") screen.file(markdownOf(policy.label, matrices));
  else if (form === "html") screen.file(htmlOf(policy.label, matrices));
  else show(screen, matrices);
  return FINE;
}

/** The tables of the kinds asked for; of all that have one. */
function matricesOf(policy: Policy, wanted: readonly string[]): readonly Matrix[] {
  const kinds = policy.kinds.map(({ kind }) => kind);
  for (const kind of wanted)
    if (!kinds.includes(kind))
      throw new Usage(`no kind \`${kind}\` in ${policy.label}`, { command: "matrix", meant: nearest(kind, kinds) });
  return (wanted.length > 0 ? [...new Set(wanted)] : kinds)
    .flatMap((kind) => policy.matrix(kind) ?? [])
    .filter(({ roles, actions }) => wanted.length > 0 || (roles.length > 0 && actions.length > 0));
}

function formOf(format: string): Form {
  const found = FORMATS.find((one) => one === format);
  if (found !== undefined) return found;
  throw new Usage(`no format \`${format}\`: ${FORMATS.join(", ")}`, {
    command: "matrix",
    meant: nearest(format, FORMATS),
  });
}

function show(screen: Screen, matrices: readonly Matrix[]): void {
  for (const matrix of matrices) {
    showTable(screen, matrix);
    screen.line();
  }
  showMarks(screen, matrices);
}
