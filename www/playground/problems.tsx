import { CircleAlert, CircleCheck, Info, TriangleAlert, WandSparkles } from "lucide-react";
import { Button } from "react-aria-components";
import { Action } from "../console/ui/button";
import type { DocumentId, Problem } from "./engine/protocol";
import type { Looked } from "./model/evaluation";
import { Said } from "./said";

const ICONS = { error: CircleAlert, warning: TriangleAlert, note: Info } as const;
const MOST = 50;

interface Props {
  readonly looked: Looked;
  readonly goTo: (document: DocumentId, from: number, to?: number) => void;
  readonly mend: (problem: Problem) => void;
}

/** Everything to look at in the three documents; each line goes to its place. */
export function Problems({ looked, goTo, mend }: Props) {
  const { problems, broken, pending } = looked;
  const errors = problems.filter(({ level }) => level === "error");
  const others = problems.filter(({ level }) => level !== "error");
  return (
    <section className="problems" aria-label="Problems">
      <p className="problems-head" role="status">
        {broken !== undefined ? (
          <>
            <CircleAlert className="icon cell-bad" aria-hidden /> {broken}
          </>
        ) : (
          <Summary errors={errors.length} others={others.length} looked={looked} />
        )}
        {pending && <span className="visually-hidden"> looking</span>}
      </p>
      {problems.length > 0 && (
        <ul className="problem-list">
          {problems.slice(0, MOST).map((problem) => (
            <li className="problem-row" key={`${problem.document} ${problem.from} ${problem.code} ${problem.message}`}>
              <Line problem={problem} goTo={goTo} />
              {problem.meant !== undefined && (
                <Action size="small" icon={WandSparkles} onPress={() => mend(problem)}>
                  {`Write ${problem.meant}`}
                </Action>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Summary({ errors, others, looked }: { readonly errors: number; readonly others: number; readonly looked: Looked }) {
  const { evaluation } = looked;
  if (evaluation === undefined) return <>Looking at the documents</>;
  const told = [
    errors > 0 ? counted(errors, "error") : undefined,
    others > 0 ? `${others} to look at` : undefined,
  ].filter((one) => one !== undefined);
  const Icon = errors > 0 ? CircleAlert : CircleCheck;
  return (
    <>
      <Icon className={`icon ${errors > 0 ? "cell-bad" : "cell-yes"}`} aria-hidden />
      {errors === 0 && "Everything is accepted"}
      {errors === 0 && others > 0 && ", "}
      {told.join(", ")}
      <span className="muted problems-time">{evaluation.milliseconds.toFixed(0)} ms</span>
    </>
  );
}

const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;

function Line({ problem, goTo }: { readonly problem: Problem; readonly goTo: Props["goTo"] }) {
  const { document, from, to, line, column, level, code, message, meant } = problem;
  const Icon = ICONS[level];
  return (
    <Button className="problem" onPress={() => goTo(document, from, to)} data-level={level} data-code={code}>
      <Icon className="icon" aria-label={level} />
      <span className="problem-text">
        <Said text={message} />
        {meant !== undefined && (
          <>
            {" "}
            — did you mean <code>{meant}</code>?
          </>
        )}
      </span>
      <code className="muted problem-place">
        {document}:{line}:{column}
      </code>
    </Button>
  );
}
