import type { Cell, Matrix } from "../api/decision.js";
import { featuresOf } from "./table.js";

/** The tables in Markdown. */
export function markdownOf(title: string, matrices: readonly Matrix[]): string {
  return [`# ${marked(title)}`, ...matrices.map(markdownTable), ""].join("\n\n").trimEnd() + "\n";
}

function markdownTable({ label, roles, actions }: Matrix): string {
  const rows = actions.map(({ label: action, cells, feature }) => [
    marked(action),
    ...cells.map((cell) => (cell === "feature" ? `with ${marked(feature ?? "a feature")}` : WORDS[cell])),
  ]);
  const head = [marked(label), ...roles.map((role) => marked(role.label))];
  const rule = ["---", ...roles.map(() => ":-:")];
  return [`## ${marked(label)}`, "", ...[head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

const WORDS: { readonly [cell in Cell]: string } = {
  yes: "yes",
  no: "–",
  feature: "with a feature",
  not_available_yet: "coming soon",
};

const marked = (text: string): string => text.replace(/[\\|`*_<>[\]#]/g, "\\$&").replace(/\s+/g, " ");

/** The tables as a page that needs nothing else. */
export function htmlOf(title: string, matrices: readonly Matrix[]): string {
  const features = featuresOf(matrices);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}: roles</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
${matrices.map(htmlTable).join("\n")}
${features.length === 0 ? "" : `<p>A feature in a cell: only in editions that have it.</p>\n`}</html>
`;
}

function htmlTable({ kind, label, roles, actions }: Matrix): string {
  const head = roles.map((role) => `<th scope="col">${escaped(role.label)}</th>`).join("");
  const rows = actions.map(({ action, label: text, cells, feature }) => {
    const row = cells.map((cell) => `<td class="${cell}">${htmlCell(cell, feature)}</td>`).join("");
    return `<tr id="${kind}-${action}"><th scope="row">${escaped(text)}</th>${row}</tr>`;
  });
  return `<table>
<caption>${escaped(label)}</caption>
<thead><tr><td></td>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function htmlCell(cell: Cell, feature: string | undefined): string {
  return cell === "feature"
    ? escaped(feature ?? "with a feature")
    : { yes: "yes", no: "no", not_available_yet: "coming soon" }[cell];
}

const ENTITIES: { readonly [letter: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? "");

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 2rem 0; }
caption { text-align: left; font-weight: 600; font-size: 1.2rem; padding-bottom: .5rem; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid #8884; }
tbody th { text-align: left; font-weight: 400; }
thead th { vertical-align: bottom; }
td { text-align: center; font-size: .85rem; }
td.yes { color: #14713d; font-weight: 600; }
td.no, td.not_available_yet { color: #666; }
td.feature { color: #8a5a00; }
td.not_available_yet { font-style: italic; }
@media (prefers-color-scheme: dark) { td.yes { color: #5ecb8b; } td.feature { color: #e0b050; } td.no, td.not_available_yet { color: #a0a0a0; } }
`;
