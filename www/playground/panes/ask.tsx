import { MessageCircleQuestion } from "lucide-react";
import { useMemo, useState } from "react";
import { ComboBox, Form, Label } from "react-aria-components";
import { Action } from "../../console/ui/button";
import { type Option, Options, TypedLine } from "../../console/ui/options";
import type { Evaluation, Scope } from "../engine/protocol";
import { writeQuestion } from "../engine/write";
import type { PaneProps } from "../results";

/** So many of a list are offered at once: more are found by typing. */
const SHOWN = 50;
const DAY = 86_400_000;

/** A thing to ask about, and the organization in which it is asked. */
interface Target extends Option {
  readonly kind: string;
  readonly own: string;
  readonly organization: string;
}

/** May somebody do something to something? Writes the question at the end of the others. */
export function Ask({ evaluation, replace }: PaneProps) {
  const { principals, targets, actions } = useOffers(evaluation);
  const [who, setWho] = useState("");
  const [on, setOn] = useState("");
  const [action, setAction] = useState("");
  const principal = principals.find(({ id }) => id === who) ?? principals[1] ?? principals[0];
  const target = targets.find(({ id }) => id === on) ?? targets.find(({ kind }) => kind !== "organization") ?? targets[0];
  const offered = actions.get(target?.kind ?? "") ?? [];
  const asked = offered.find(({ id }) => id === action) ?? offered[0];
  if (principal === undefined || target === undefined || asked === undefined) return null;
  const ask = () => {
    const { kind, own: id, organization } = target;
    const now = Math.floor(Date.now() / DAY) * DAY;
    const question = { ask: "check", principal: principal.id, organization, action: asked.id, kind, id, now };
    replace("questions", ...appended(evaluation.of.questions, writeQuestion(question)));
  };
  return (
    <Form
      className="ask"
      aria-label="Ask a question"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Choose label="May who" options={principals} chosen={principal} onChoose={setWho} />
      <Choose label="do what" options={offered} chosen={asked} onChoose={setAction} />
      <Choose label="on what" options={targets} chosen={target} onChoose={setOn} />
      <Action type="submit" icon={MessageCircleQuestion}>
        Ask
      </Action>
    </Form>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly onChoose: (id: string) => void;
}

/** One of many, found by typing. */
function Choose({ label, options, chosen, onChoose }: ChooseProps) {
  const [typed, setTyped] = useState<string>();
  const wanted = (typed ?? "").trim().toLowerCase();
  const found = options.filter(({ id, label: said }) => `${said} ${id}`.toLowerCase().includes(wanted)).slice(0, SHOWN);
  return (
    <ComboBox
      className="field"
      items={found}
      inputValue={typed ?? chosen.label}
      onInputChange={setTyped}
      value={chosen.id}
      onChange={(key) => {
        if (key !== null) onChoose(String(key));
        setTyped(undefined);
      }}
      onOpenChange={(isOpen) => setTyped(isOpen ? "" : undefined)}
      onBlur={() => setTyped(undefined)}
      menuTrigger="focus"
    >
      <Label>{label}</Label>
      <TypedLine />
      <Options none="Nothing of that name" />
    </ComboBox>
  );
}

/** Who is there, what is there, and what can be done to each kind of it. */
function useOffers({ tree, policy }: Evaluation) {
  return useMemo(
    () => ({
      principals: (tree?.principals ?? []).map(({ id, name }) => ({ id, label: name ?? id, hint: id })),
      targets: (tree?.scopes ?? []).flatMap((scope) => targetsIn(scope, scope.id)),
      actions: new Map(
        (policy?.matrices ?? []).map(({ kind, actions }) => [
          kind,
          actions.map(({ action, label }) => ({ id: action, label, hint: action })),
        ]),
      ),
    }),
    [tree, policy],
  );
}

function targetsIn({ kind, id, name, below }: Scope, organization: string): readonly Target[] {
  const own = { id: `${kind}/${id}`, label: name ?? id, hint: `${kind}/${id}`, kind, own: id, organization };
  return [own, ...below.flatMap((scope) => targetsIn(scope, organization))];
}

/** The change of a list's text that puts one more at its end. */
function appended(text: string, question: string): [from: number, to: number, text: string] {
  const end = text.lastIndexOf("]");
  if (end < 0) return [0, text.length, `[\n  ${question}\n]\n`];
  const before = text.slice(0, end).trimEnd();
  return [before.length, end, `${before.endsWith("[") ? "" : ","}\n  ${question}\n`];
}
