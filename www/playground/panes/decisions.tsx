import type { Decision, Reason } from "bailiwick";
import { CircleCheck, CircleDashed, CircleX, Crosshair, ListChecks, Pin } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button, Disclosure, DisclosurePanel, Heading, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Empty } from "../../console/ui/bits";
import { Action } from "../../console/ui/button";
import { ReasonBadge } from "../../console/ui/reason";
import { toast } from "../../console/ui/toasts";
import { engine } from "../engine/client";
import type { Answer, Answered, Asked, Labels } from "../engine/protocol";
import type { PaneProps } from "../results";
import { Said, Thing } from "../said";
import { Ask } from "./ask";
import { Because } from "./because";
import { Cells, Items, Moments, Steps } from "./answers";
import { when } from "./when";

const VERDICTS = {
  expected: ["As expected", CircleCheck],
  differs: ["Not as expected", CircleX],
  open: ["Nothing expected", CircleDashed],
} as const;

type Filter = "all" | Answered["verdict"];

/** Each question with its answer, why, and whether it was expected. */
export function Decisions(pane: PaneProps) {
  const answers = pane.evaluation.answers ?? [];
  const [filter, setFilter] = useState<Filter>("all");
  const list = useRef<HTMLUListElement>(null);
  useNewest(list, answers.length, () => setFilter("all"));
  if (answers.length === 0)
    return (
      <>
        <Ask {...pane} />
        <Empty icon={ListChecks} title="Nothing is asked yet">
          <p className="muted">
            Ask here, or write a question, as <code>{'{ "ask": "check", … }'}</code>: Ctrl and space complete it.
          </p>
        </Empty>
      </>
    );
  const count = (verdict: Answered["verdict"]) => answers.filter((one) => one.verdict === verdict).length;
  const shown = filter === "all" || count(filter) === 0 ? answers : answers.filter(({ verdict }) => verdict === filter);
  return (
    <>
      <Ask {...pane} />
      <ToggleButtonGroup
        className="segmented filter"
        aria-label="Show"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter]}
        onSelectionChange={([chosen]) => setFilter(chosen as Filter)}
      >
        <ToggleButton id="all" className="segment">
          All <span className="muted">{answers.length}</span>
        </ToggleButton>
        {(["expected", "differs", "open"] as const).map((verdict) => {
          const [label, Icon] = VERDICTS[verdict];
          return (
            <ToggleButton
              key={verdict}
              id={verdict}
              className={`segment verdict-${verdict}`}
              isDisabled={count(verdict) === 0}
              data-count={`${verdict} ${count(verdict)}`}
            >
              <Icon className="icon" aria-hidden /> <span className="filter-label">{label}</span> <span>{count(verdict)}</span>
            </ToggleButton>
          );
        })}
      </ToggleButtonGroup>
      <ul className="answers" ref={list}>
        {shown.map((answered) => (
          <li key={answered.place}>
            <One answered={answered} pane={pane} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shows the answer to what was asked last, when one more is asked. */
function useNewest(list: RefObject<HTMLUListElement | null>, count: number, show: () => void): void {
  const before = useRef(count);
  useEffect(() => {
    const isMore = count === before.current + 1 && before.current > 0;
    before.current = count;
    if (!isMore) return;
    show();
    requestAnimationFrame(() => list.current?.lastElementChild?.scrollIntoView({ block: "nearest" }));
  });
}

function One({ answered, pane }: { readonly answered: Answered; readonly pane: PaneProps }) {
  const { place, verdict, asked, ask, note, answer, from } = answered;
  const [label, Icon] = VERDICTS[verdict];
  return (
    <Disclosure
      className="answer"
      data-verdict={verdict}
      data-place={place}
      data-reason={answer.sort === "decision" ? answer.decision.reason : undefined}
    >
      <Heading level={3} className="answer-head">
        <Button slot="trigger" className="answer-button">
          <Icon className={`icon verdict verdict-${verdict}`} aria-label={label} />
          <span className="answer-text">
            <Question ask={ask} asked={asked} pane={pane} />
            {note !== undefined && <span className="hint">{note}</span>}
          </span>
          <Short answer={answer} />
        </Button>
      </Heading>
      <DisclosurePanel className="answer-panel">
        <div className="answer-more">
          <Long answer={answer} labels={pane.evaluation.policy?.labels} />
          <Differences answered={answered} />
          <div className="row-actions">
            <Action size="small" variant="quiet" icon={Crosshair} onPress={() => pane.goTo("questions", from)}>
              Show the question
            </Action>
            {verdict !== "expected" && answer.sort !== "none" && answer.sort !== "refusal" && (
              <Action size="small" variant="quiet" icon={Pin} onPress={() => void expectThis(pane, answered)}>
                Expect this answer
              </Action>
            )}
          </div>
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}

const ASKS: Readonly<Record<string, string>> = {
  held: "over time",
  can_many: "as a table",
  list: "on what",
  organizations: "is active where",
  walk: "Commands",
  error: "Refused",
};

function Question({ ask, asked, pane }: { readonly ask: string; readonly asked: Asked; readonly pane: PaneProps }) {
  const { principal, action, on, now } = asked;
  const name = pane.evaluation.tree?.principals.find(({ id }) => id === principal)?.name;
  return (
    <span className="question">
      {principal !== undefined && <Thing id={principal} name={name} />} {action !== undefined && <code>{action}</code>}{" "}
      {on !== undefined && <span>{on}</span>} {ASKS[ask] !== undefined && <span className="muted">{ASKS[ask]}</span>}
      {now !== undefined && <span className="muted when"> {when(now)}</span>}
    </span>
  );
}

function Short({ answer }: { readonly answer: Answer }) {
  switch (answer.sort) {
    case "decision":
      return <ReasonBadge reason={answer.decision.reason} />;
    case "moments":
      return <Chain reasons={answer.moments.map(({ reason }) => reason)} />;
    case "cells":
      return <span className="badge">{`${answer.bits.filter((bit) => bit === 1).length} of ${answer.bits.length}`}</span>;
    case "items":
      return <span className="badge">{answer.items.length + answer.rest.length}</span>;
    case "steps":
      return <span className="badge">{`${answer.steps.length} steps`}</span>;
    case "refusal":
      return <code>{answer.code}</code>;
    default:
      return <span className="badge tone-ended">Cannot be asked</span>;
  }
}

function Chain({ reasons }: { readonly reasons: readonly Reason[] }) {
  const [first] = reasons;
  const last = reasons.at(-1);
  return (
    <span className="chain">
      {first !== undefined && <ReasonBadge reason={first} />}
      {reasons.length > 1 && last !== undefined && (
        <>
          <span aria-label="then">→</span>
          <ReasonBadge reason={last} />
        </>
      )}
    </span>
  );
}

function Long({ answer, labels }: { readonly answer: Answer; readonly labels: Labels | undefined }) {
  switch (answer.sort) {
    case "decision":
      return <Whole decision={answer.decision} state={answer.button?.state} text={answer.button?.text} labels={labels} />;
    case "moments":
      return <Moments moments={answer.moments} />;
    case "cells":
      return <Cells {...answer} />;
    case "items":
      return <Items items={[...answer.items, ...answer.rest]} />;
    case "steps":
      return <Steps steps={answer.steps} />;
    case "refusal":
      return (
        <p>
          The document is refused with <code>{answer.code}</code>
          {answer.path !== "" && (
            <>
              {" "}
              at <code>{answer.path}</code>
            </>
          )}
          .
        </p>
      );
    default:
      return (
        <p className="field-error">
          <Said text={answer.text} />
        </p>
      );
  }
}

const STATES = { enabled: "A button is shown", disabled: "A button is shown, not to press", hidden: "No button is shown" };

function Whole({
  decision,
  state,
  text,
  labels,
}: {
  readonly decision: Decision;
  readonly state: keyof typeof STATES | undefined;
  readonly text: string | undefined;
  readonly labels: Labels | undefined;
}) {
  return (
    <>
      {text !== undefined && text !== "" && <p className="sentence">{text}</p>}
      <Because decision={decision} labels={labels} />
      <p className="muted">
        <code>{decision.reason}</code>
        {state !== undefined && ` · ${STATES[state]}`}
      </p>
    </>
  );
}

function Differences({ answered: { failures } }: { readonly answered: Answered }) {
  if (failures.length === 0) return null;
  return (
    <ul className="plain-list differences">
      {failures.map(({ path, message, difference }) => (
        <li key={path + message}>
          {difference === undefined ? (
            <p className="field-error">
              <Said text={message} />
            </p>
          ) : (
            <>
              {difference.of !== "" && <p className="muted">{difference.of}</p>}
              <pre className="difference" tabIndex={0} aria-label="What differs">
                {difference.lines.map(({ side, text }, at) => (
                  <span key={at} className={`line-${side}`}>
                    {{ both: "  ", expected: "− ", found: "+ " }[side]}
                    {text}
                    {"\n"}
                  </span>
                ))}
              </pre>
              <p className="hint">− expected, + found</p>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Writes what is answered into the question, as what is expected of it. */
async function expectThis({ evaluation, replace }: PaneProps, { place }: Answered): Promise<void> {
  const told = await engine.expect(evaluation.of, place);
  if ("fault" in told) toast({ title: told.fault, tone: "bad" });
  else replace("questions", told.from, told.to, told.text);
}
