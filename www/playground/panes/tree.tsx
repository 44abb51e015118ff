import { Bot, Boxes, Building2, FolderClosed, KeyRound, type LucideIcon, Network, UserRound, UsersRound } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Empty } from "../../console/ui/bits";
import { Action } from "../../console/ui/button";
import { Pick } from "../../console/ui/fields";
import { engine } from "../engine/client";
import type { Bound, Group, Labels, Reach, Scope, Texts, Tree } from "../engine/protocol";
import type { PaneProps } from "../results";
import { when } from "./when";

const STEP = 12;
const MOST_BOUND = 6;

interface Seen {
  readonly labels: Labels;
  /** Whom it is drawn for, with what binds them: themselves, their groups, `members`. */
  readonly holds: ReadonlySet<string> | undefined;
  readonly reach: Reach | undefined;
}

/** The resources as they lie below one another, and who is bound where. */
export function ScopeTree({ evaluation }: PaneProps) {
  const { tree, policy, of } = evaluation;
  const [principal, setPrincipal] = useState("");
  const reach = useReach(of, principal);
  const holds = useMemo(() => (tree === undefined || principal === "" ? undefined : heldBy(tree, principal)), [tree, principal]);
  if (tree === undefined || tree.scopes.length === 0)
    return (
      <Empty icon={Network} title="No organization yet">
        <p className="muted">The tree is drawn from the directory.</p>
      </Empty>
    );
  const seen: Seen = { labels: policy?.labels ?? { kinds: {}, roles: {} }, holds, reach };
  const people = tree.principals.map(({ id, name }) => ({ id, label: name ?? id, ...(name !== undefined && { hint: id }) }));
  return (
    <>
      <Pick
        label="Drawn for"
        value={principal === "" ? "everyone" : principal}
        onChange={(chosen) => setPrincipal(chosen === "everyone" ? "" : chosen)}
        options={[{ id: "everyone", label: "Everyone" }, ...people]}
      />
      <ul className="tree">
        {tree.scopes.map((scope) => (
          <Node key={scope.id} scope={scope} seen={seen} groups={tree.groups.filter(({ organization }) => organization === scope.id)} />
        ))}
      </ul>
    </>
  );
}

function useReach(texts: Texts, principal: string): Reach | undefined {
  const [reach, setReach] = useState<Reach>();
  useEffect(() => {
    setReach(undefined);
    if (principal === "") return;
    let current = true;
    engine.reach(texts, principal).then(
      (found) => current && setReach(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [texts, principal]);
  return reach;
}

function heldBy(tree: Tree, principal: string): ReadonlySet<string> {
  const groups = tree.groups.filter(({ members }) => members.includes(principal)).map(({ id }) => `group/${id}`);
  const everyone = principal.startsWith("user/") ? ["members"] : [];
  return new Set([principal, ...groups, ...everyone]);
}

const ICONS: Readonly<Record<string, LucideIcon>> = { organization: Building2, project: FolderClosed };

interface NodeProps {
  readonly scope: Scope;
  readonly seen: Seen;
  readonly groups?: readonly Group[];
}

function Node({ scope, seen, groups = [] }: NodeProps) {
  const [shown, setShown] = useState(STEP);
  const { kind, id, name, aside, below } = scope;
  const Icon = ICONS[kind] ?? Boxes;
  const reached = seen.reach?.[`${kind}/${id}`];
  return (
    <li className="node" data-scope={`${kind}/${id}`}>
      <div className="node-box" data-reached={reached === undefined ? undefined : reached[0] > 0}>
        <p className="node-head">
          <Icon className="icon" aria-hidden />
          <b>{name ?? id}</b>
          <span className="muted">
            {seen.labels.kinds[kind] ?? kind}
            {aside !== undefined && ` · ${aside}`}
          </span>
          {reached !== undefined && <Reached reached={reached} />}
        </p>
        <Bounds kind={kind} bound={scope.bound} seen={seen} />
        {groups.length > 0 && <Groups groups={groups} />}
      </div>
      {below.length > 0 && (
        <ul>
          {below.slice(0, shown).map((one) => (
            <Node key={`${one.kind}/${one.id}`} scope={one} seen={seen} />
          ))}
          {below.length > shown && (
            <li className="node">
              <Action size="small" variant="quiet" onPress={() => setShown(shown + 10 * STEP)}>
                {`Show ${Math.min(10 * STEP, below.length - shown)} more of ${below.length}`}
              </Action>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Reached({ reached: [allowed, of] }: { readonly reached: readonly [number, number] }) {
  return (
    <span className={`badge ${allowed > 0 ? "tone-good" : ""}`}>
      {allowed === 0 ? "Nothing" : `${allowed} of ${of} actions`}
    </span>
  );
}

function Bounds({ kind, bound, seen }: { readonly kind: string; readonly bound: readonly Bound[]; readonly seen: Seen }) {
  const [all, setAll] = useState(false);
  const own = seen.holds === undefined ? bound : bound.filter(({ who }) => seen.holds?.has(who));
  if (own.length === 0) return null;
  const shown = all ? own : own.slice(0, MOST_BOUND);
  return (
    <ul className="bounds">
      {shown.map((one) => (
        <BoundTag key={`${one.who} ${one.roles.join()} ${one.until ?? ""}`} kind={kind} bound={one} labels={seen.labels} />
      ))}
      {own.length > shown.length && (
        <li>
          <Action size="small" variant="quiet" onPress={() => setAll(true)}>
            {`${own.length - shown.length} more`}
          </Action>
        </li>
      )}
    </ul>
  );
}

const SORTS: Readonly<Record<string, LucideIcon>> = {
  user: UserRound,
  group: UsersRound,
  members: UsersRound,
  service_account: Bot,
  api_key: KeyRound,
};

function BoundTag({ kind, bound, labels }: { readonly kind: string; readonly bound: Bound; readonly labels: Labels }) {
  const { who, name, roles, until, suspended } = bound;
  const Icon = SORTS[who.split("/", 1)[0] ?? ""] ?? UserRound;
  const said = who === "members" ? "Everyone" : (name ?? who.slice(who.indexOf("/") + 1));
  return (
    <li className="bound" title={who}>
      <Icon className="icon" aria-hidden />
      <span>{said}</span>
      <span className="bound-role">{roles.map((role) => labels.roles[`${kind}/${role}`] ?? role).join(", ")}</span>
      {until !== undefined && <span className="muted">until {when(until)}</span>}
      {suspended === true && <span className="badge tone-ended">suspended</span>}
    </li>
  );
}

function Groups({ groups }: { readonly groups: readonly Group[] }) {
  return (
    <ul className="bounds bounds-groups" aria-label="Groups">
      {groups.map(({ id, name, members }) => (
        <li key={id} className="bound" title={members.join(", ")}>
          <UsersRound className="icon" aria-hidden />
          <span>{name ?? id}</span>
          <span className="muted">{members.length === 1 ? "1 member" : `${members.length} members`}</span>
        </li>
      ))}
    </ul>
  );
}
