import { GitCompareArrows, ListChecks, type LucideIcon, Network, ShieldAlert, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { Empty, Skeleton } from "../console/ui/bits";
import { Action } from "../console/ui/button";
import type { DocumentId, Evaluation } from "./engine/protocol";
import type { Looked } from "./model/evaluation";
import type { Session } from "./model/session";
import { Audit } from "./panes/audit";
import { Compare } from "./panes/compare";
import { Decisions } from "./panes/decisions";
import { Roles } from "./panes/roles";
import { ScopeTree } from "./panes/tree";

export interface PaneProps {
  readonly session: Session;
  readonly evaluation: Evaluation;
  readonly goTo: (document: DocumentId, from: number, to?: number) => void;
  readonly replace: (document: DocumentId, from: number, to: number, text: string) => void;
}

interface Props extends Omit<PaneProps, "evaluation"> {
  readonly looked: Looked;
}

const PANES = {
  decisions: ["Answers", ListChecks],
  roles: ["Roles", Table2],
  audit: ["Audit", ShieldAlert],
  tree: ["Scope tree", Network],
  compare: ["Compare", GitCompareArrows],
} as const satisfies Record<string, readonly [string, LucideIcon]>;

/** What comes of the documents; while one of them is wrong, the way to what is wrong. */
export function Results({ looked, ...rest }: Props) {
  const [shown, setShown] = useState("decisions");
  const { evaluation } = looked;
  if (evaluation === undefined) return looked.broken === undefined ? <Skeleton lines={6} /> : <Broken />;
  const pane: PaneProps = { ...rest, evaluation };
  return (
    <Tabs className="tabs results" selectedKey={shown} onSelectionChange={(key) => setShown(String(key))}>
      <TabList className="tab-list" aria-label="Results">
        {Object.entries(PANES).map(([id, [label, Icon]]) => (
          <Tab key={id} id={id} className="tab tab-icon">
            <Icon className="icon" aria-hidden />
            {label}
            <Count id={id} evaluation={evaluation} />
          </Tab>
        ))}
      </TabList>
      <Pane id="decisions" needs={evaluation.answers} evaluation={evaluation} goTo={rest.goTo}>
        <Decisions {...pane} />
      </Pane>
      <Pane id="roles" needs={evaluation.policy} evaluation={evaluation} goTo={rest.goTo}>
        <Roles {...pane} />
      </Pane>
      <Pane id="audit" needs={evaluation.policy} evaluation={evaluation} goTo={rest.goTo}>
        <Audit {...pane} />
      </Pane>
      <Pane id="tree" needs={evaluation.policy} evaluation={evaluation} goTo={rest.goTo}>
        <ScopeTree {...pane} />
      </Pane>
      <TabPanel id="compare" className="pane-panel">
        <Compare {...pane} />
      </TabPanel>
    </Tabs>
  );
}

function Pane({
  id,
  needs,
  evaluation,
  goTo,
  children,
}: {
  readonly id: string;
  readonly goTo: PaneProps["goTo"];
  readonly needs: unknown;
  readonly evaluation: Evaluation;
  readonly children: ReactNode;
}) {
  const error = evaluation.problems.find(({ level }) => level === "error");
  const wrong = error?.document ?? "policy";
  return (
    <TabPanel id={id} className="pane-panel">
      {needs === undefined ? (
        <Empty icon={ShieldAlert} title={`The ${wrong} is not accepted yet`}>
          <p className="muted">What is wrong is marked in the text, and listed below it.</p>
          {error !== undefined && (
            <Action onPress={() => goTo(error.document, error.from, error.to)}>Go to the error</Action>
          )}
        </Empty>
      ) : (
        children
      )}
    </TabPanel>
  );
}

function Broken() {
  return (
    <Empty icon={ShieldAlert} title="The module did not answer">
      <p className="muted">Change a document, and it is asked anew.</p>
    </Empty>
  );
}

/** A number beside a tab, where there is something to see. */
function Count({ id, evaluation }: { readonly id: string; readonly evaluation: Evaluation }) {
  if (id === "decisions") {
    const differing = evaluation.answers?.filter(({ verdict }) => verdict === "differs").length ?? 0;
    return differing === 0 ? null : <span className="badge tone-ended">{differing}</span>;
  }
  if (id !== "audit") return null;
  const open = evaluation.policy?.findings.filter(({ level, explained }) => level === "warning" && explained === undefined);
  return open === undefined || open.length === 0 ? null : <span className="badge tone-plan">{open.length}</span>;
}
