import type { Changes as ChangesOf, KindChange, RoleChange } from "../../../pkg/src/cli/changes";
import { Moved } from "./moved";

const CELLS = { yes: "always", no: "never", feature: "with a feature", not_available_yet: "coming soon" } as const;
const STATUS = { added: "new", removed: "gone", changed: "" } as const;

/** How the role tables differ. */
export function Changes({ changes }: { readonly changes: ChangesOf }) {
  if (changes.same) return <p className="muted">The role tables are the same.</p>;
  return (
    <ul className="stack">
      {changes.kinds.map((kind) => (
        <li key={kind.kind} className="stack">
          <Kind change={kind} />
        </li>
      ))}
    </ul>
  );
}

function Kind({ change: { label, status, actionsAdded, actionsRemoved, roles } }: { readonly change: KindChange }) {
  return (
    <>
      <h4>
        {label} <Status status={status} />
      </h4>
      {actionsAdded.length > 0 && <p>New actions: {actionsAdded.join(", ")}</p>}
      {actionsRemoved.length > 0 && <p>Actions gone: {actionsRemoved.join(", ")}</p>}
      {roles.map((role) => (
        <Role key={role.role} change={role} />
      ))}
    </>
  );
}

function Role({ change: { label, status, gained, lost, otherwise } }: { readonly change: RoleChange }) {
  return (
    <div className="gain-row">
      <p>
        <b>{label}</b> <Status status={status} />
      </p>
      <Moved gained={gained} lost={lost} />
      {otherwise.map(({ action, before, after }) => (
        <p key={action} className="muted">
          <code>{action}</code> {CELLS[before]} → {CELLS[after]}
        </p>
      ))}
    </div>
  );
}

function Status({ status }: { readonly status: keyof typeof STATUS }) {
  if (status === "changed") return null;
  return <span className={`badge ${status === "added" ? "tone-good" : "tone-ended"}`}>{STATUS[status]}</span>;
}
