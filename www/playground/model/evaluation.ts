import { useEffect, useState } from "react";
import { language } from "../editor/client";
import type { Flaw } from "../editor/protocol";
import { engine } from "../engine/client";
import { DOCUMENTS, type DocumentId, type Evaluation, type Problem, type Texts } from "../engine/protocol";

/** How long somebody does not type before the texts are looked at, in milliseconds. */
const CALM = 150;

export interface Looked {
  readonly evaluation: Evaluation | undefined;
  readonly problems: readonly Problem[];
  readonly pending: boolean;
  /** Why the module did not answer. */
  readonly broken: string | undefined;
}

const NOTHING: Looked = { evaluation: undefined, problems: [], pending: true, broken: undefined };

/** What is to be seen of the texts, a moment after they were written. One look at a time; the last texts are always looked at. */
export function useEvaluation(texts: Texts | undefined): Looked {
  const [looked, setLooked] = useState(NOTHING);
  useEffect(() => {
    if (texts === undefined) return;
    let current = true;
    setLooked((last) => ({ ...last, pending: true }));
    const timer = setTimeout(() => {
      void look(texts).then((found) => current && setLooked(found));
    }, CALM);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [texts]);
  return looked;
}

async function look(texts: Texts): Promise<Looked> {
  try {
    const evaluation = await engine.evaluate(texts);
    const flaws = await Promise.all(suspects(evaluation).map((document) => language.flaws(document, texts[document])));
    const problems = merged(evaluation, flaws.flat());
    return { evaluation, problems, pending: false, broken: undefined };
  } catch (error) {
    const broken = error instanceof Error ? error.message : String(error);
    return { evaluation: undefined, problems: [], pending: false, broken };
  }
}

/** The texts that a schema may say more about: those that are refused, and the questions. */
function suspects({ of, problems }: Evaluation): readonly DocumentId[] {
  const refused = (document: DocumentId) => problems.some((one) => one.document === document && one.level === "error");
  return DOCUMENTS.filter((document) => (document === "questions" || refused(document)) && isJson(of[document]));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The module's word first; of the schema's what it did not speak of. */
function merged({ of, problems }: Evaluation, flaws: readonly Flaw[]): readonly Problem[] {
  const more = flaws
    .filter((flaw) => !problems.some((one) => one.document === flaw.document && one.from < flaw.to && flaw.from < one.to))
    .map((flaw): Problem => ({ ...flaw, ...positionOf(of[flaw.document], flaw.from), ...FLAW }));
  const rank = (one: Problem) => ["error", "warning", "note"].indexOf(one.level);
  return [...problems, ...more].sort((one, other) => rank(one) - rank(other));
}

const FLAW = { level: "error", code: "schema", path: "" } as const;

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
