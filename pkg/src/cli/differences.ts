import type { Cell } from "../api/decision.js";
import type { GainRow } from "../api/questions.js";
import type { Changes, RoleChange } from "./changes.js";
import type { Movement } from "./compare.js";
import { type Screen, counted, widthOf } from "./screen.js";

/** Shows how the role tables of two policies differ. */
export function showChanges(screen: Screen, { same, kinds }: Changes, before: string, after: string): void {
  screen.line(`${screen.strong(before)} ${screen.faint("→")} ${screen.strong(after)}`);
  screen.line();
  if (same) return screen.line("The role tables are the same.");
  for (const { label, kind, status, actionsAdded, actionsRemoved, roles } of kinds) {
    screen.line(`${screen.strong(label)} ${screen.faint(`(${kind})`)}${badge(screen, status)}`);
    list(screen, "new actions", screen.name, actionsAdded, 2);
    list(screen, "actions gone", screen.name, actionsRemoved, 2);
    for (const role of roles) showRole(screen, role);
    screen.line();
  }
}

function showRole(screen: Screen, { label, role, status, gained, lost, otherwise }: RoleChange): void {
  screen.line(`  ${screen.strong(label)} ${screen.faint(`(${role})`)}${badge(screen, status)}`);
  list(screen, "+", screen.good, gained, 4);
  list(screen, "-", screen.bad, lost, 4);
  for (const { action, before, after } of otherwise)
    screen.line(`    ${screen.odd(`~ ${action}`)} ${screen.faint(`${CELLS[before]} → ${CELLS[after]}`)}`);
}

const CELLS: { readonly [cell in Cell]: string } = {
  yes: "always",
  no: "never",
  feature: "with a feature",
  not_available_yet: "coming soon",
};

const badge = (screen: Screen, status: RoleChange["status"]): string =>
  status === "changed" ? "" : ` ${status === "added" ? screen.good("new") : screen.bad("gone")}`;

/** Names after a mark, in lines. */
function list(
  screen: Screen,
  mark: string,
  paint: (text: string) => string,
  names: readonly string[],
  indent: number,
): void {
  if (names.length === 0) return;
  const left = indent + mark.length + 1;
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const word = index === names.length - 1 ? name : `${name},`;
    const last = lines.at(-1);
    if (last !== undefined && left + widthOf(last) + 1 + widthOf(word) <= screen.width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  screen.line(`${" ".repeat(indent)}${paint(mark)} ${lines.map(paint).join(`\n${" ".repeat(left)}`)}`);
}

/** Shows who gains and who loses what in one organization. */
export function showMovements(screen: Screen, { organization, rows, unmapped }: Movement): void {
  if (rows.length + unmapped.length === 0) return;
  screen.line(`${screen.strong(organization)}`);
  for (const { kind, role, bindings } of unmapped) {
    const stand = `${counted(bindings, "binding")} ${bindings === 1 ? "stands" : "stand"} for nothing`;
    const sentence = `no role \`${role}\` on kind \`${kind}\` any more: ${stand}`;
    screen.line(`  ${screen.odd("!")} ${screen.wrapped(sentence, 4)}`);
  }
  let last = "";
  for (const row of rows) {
    if (row.principal !== last) screen.line(`  ${screen.strong(row.principal)}`);
    last = row.principal;
    showRow(screen, row);
  }
  screen.line();
}

function showRow(screen: Screen, { kind, id, gained, lost }: GainRow): void {
  screen.line(`    ${screen.name(`${kind}/${id}`)}`);
  list(screen, "+", screen.good, gained, 6);
  list(screen, "-", screen.bad, lost, 6);
}
