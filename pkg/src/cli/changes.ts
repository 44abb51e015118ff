import type { Cell, Matrix } from "../api/decision.js";
import type { Policy } from "./module.js";

/** What one role gives otherwise: for each action the cell before and after; nothing where there was no such action or role. */
export interface RoleChange {
  readonly role: string;
  readonly label: string;
  readonly status: "added" | "removed" | "changed";
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Given before and after, but with a feature, or soon, on one side. */
  readonly otherwise: readonly { readonly action: string; readonly before: Cell; readonly after: Cell }[];
}

/** How one kind differs. */
export interface KindChange {
  readonly kind: string;
  readonly label: string;
  readonly status: "added" | "removed" | "changed";
  readonly actionsAdded: readonly string[];
  readonly actionsRemoved: readonly string[];
  readonly roles: readonly RoleChange[];
}

/** How the role tables of two policies differ. */
export interface Changes {
  readonly same: boolean;
  readonly before: string;
  readonly after: string;
  readonly kinds: readonly KindChange[];
}

/** Compares the role tables of two policies by name. */
export function changesOf(old: Policy, recent: Policy): Changes {
  const names = new Set([...recent.kinds, ...old.kinds].map(({ kind }) => kind));
  const kinds = [...names].flatMap((kind) => kindChange(kind, old.matrix(kind), recent.matrix(kind)) ?? []);
  return { same: kinds.length === 0, before: old.name, after: recent.name, kinds };
}

function kindChange(kind: string, old: Matrix | undefined, recent: Matrix | undefined): KindChange | undefined {
  const before = actionsOf(old);
  const after = actionsOf(recent);
  const change = {
    kind,
    label: recent?.label ?? old?.label ?? kind,
    status: statusOf(old, recent),
    actionsAdded: after.filter((action) => !before.includes(action)),
    actionsRemoved: before.filter((action) => !after.includes(action)),
    roles: rolesOf(old, recent),
  };
  const changed = change.actionsAdded.length + change.actionsRemoved.length + change.roles.length > 0;
  return changed || change.status !== "changed" ? change : undefined;
}

function rolesOf(old: Matrix | undefined, recent: Matrix | undefined): readonly RoleChange[] {
  const names = new Set([...(recent?.roles ?? []), ...(old?.roles ?? [])].map(({ role }) => role));
  return [...names].map((role) => roleChange(role, old, recent)).filter(isChange);
}

function isChange({ status, gained, lost, otherwise }: RoleChange): boolean {
  return status !== "changed" || gained.length + lost.length + otherwise.length > 0;
}

function roleChange(role: string, old: Matrix | undefined, recent: Matrix | undefined): RoleChange {
  const before = cellsOf(old, role);
  const after = cellsOf(recent, role);
  const given = (cell: Cell | undefined): boolean => cell !== undefined && cell !== "no";
  const actions = [...new Set([...after.keys(), ...before.keys()])];
  const named = (matrix: Matrix | undefined) => matrix?.roles.find((one) => one.role === role);
  return {
    role,
    label: named(recent)?.label ?? named(old)?.label ?? role,
    status: statusOf(named(old), named(recent)),
    gained: actions.filter((action) => given(after.get(action)) && !given(before.get(action))),
    lost: actions.filter((action) => given(before.get(action)) && !given(after.get(action))),
    otherwise: actions.flatMap((action) => {
      const [one, other] = [before.get(action), after.get(action)];
      if (one === undefined || other === undefined || !given(one) || !given(other) || one === other) return [];
      return [{ action, before: one, after: other }];
    }),
  };
}

function cellsOf(matrix: Matrix | undefined, role: string): ReadonlyMap<string, Cell> {
  const column = matrix?.roles.findIndex((one) => one.role === role) ?? -1;
  return new Map(matrix?.actions.map(({ action, cells }) => [action, cells[column] ?? "no"]));
}

const actionsOf = (matrix: Matrix | undefined): string[] => matrix?.actions.map(({ action }) => action) ?? [];

const statusOf = (old: unknown, recent: unknown): "added" | "removed" | "changed" =>
  old === undefined ? "added" : recent === undefined ? "removed" : "changed";
