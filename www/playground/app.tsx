import { useMemo, useRef, useState } from "react";
import { FileJson, ListChecks, type LucideIcon, TriangleAlert, Users } from "lucide-react";
import { Tab, TabList, TabPanel, Tabs, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Skeleton, Trouble } from "../console/ui/bits";
import { Action } from "../console/ui/button";
import { Toasts } from "../console/ui/toasts";
import { Bar } from "./bar";
import { Editor, type EditorHandle } from "./editor/editor";
import { DOCUMENTS, type DocumentId, type Problem } from "./engine/protocol";
import { type Looked, useEvaluation } from "./model/evaluation";
import { type Session, type SessionHold, useSession } from "./model/session";
import { Problems } from "./problems";
import { Results } from "./results";

const LABELS: Readonly<Record<DocumentId, readonly [label: string, icon: LucideIcon]>> = {
  policy: ["Policy", FileJson],
  directory: ["Directory", Users],
  questions: ["Questions", ListChecks],
};

/** What a document is for, to who has never seen one. */
const ABOUT: Readonly<Record<DocumentId, string>> = {
  policy: "The role model: what there is, what is done with it, and the roles that allow it.",
  directory: "Who and what there is: people, organizations, resources, and who holds which role on what.",
  questions: "What is asked of the two, and, where you like, the answer that you expect.",
};

export function App() {
  const hold = useSession();
  const { session, trouble, dismiss } = hold;
  const looked = useEvaluation(session?.texts);
  return (
    <div className="play">
      <a className="skip" href="#results" onClick={(event) => skipTo(event, "results")}>
        To the results
      </a>
      <Bar hold={hold} />
      {trouble !== undefined && (
        <div className="play-trouble">
          <Trouble text={trouble} />
          <Action onPress={dismiss}>Go on with an example</Action>
        </div>
      )}
      {session === undefined ? <Waiting /> : <Desk hold={hold} session={session} looked={looked} />}
      <Toasts />
    </div>
  );
}

/** A link within the page, without touching what the address holds. */
function skipTo(event: { preventDefault(): void }, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

function Waiting() {
  return (
    <main className="alone">
      <Skeleton lines={5} />
    </main>
  );
}

interface DeskProps {
  readonly hold: SessionHold;
  readonly session: Session;
  readonly looked: Looked;
}

/** What is written on the one side, what comes of it on the other. */
function Desk({ hold, session, looked }: DeskProps) {
  const [side, setSide] = useState<"write" | "see">("write");
  const [shown, setShown] = useState<DocumentId>("policy");
  const editors = useRef<Partial<Record<DocumentId, EditorHandle | null>>>({});
  const texts = useRef(session.texts);
  texts.current = session.texts;
  const goTo = (document: DocumentId, from: number, to?: number) => {
    setSide("write");
    setShown(document);
    requestAnimationFrame(() => editors.current[document]?.goTo(from, to));
  };
  const replace = (document: DocumentId, from: number, to: number, text: string) =>
    editors.current[document]?.replace(from, to, text);
  const mend = ({ document, from, to, meant }: Problem) => {
    goTo(document, from, to);
    const isQuoted = session.texts[document].slice(from, to).startsWith('"');
    if (meant !== undefined) replace(document, from, to, isQuoted ? JSON.stringify(meant) : meant);
  };
  const { evaluation, problems, broken } = looked;
  // Drawn anew for what was looked at, not for each letter.
  const results = useMemo(
    () => <Results session={session} looked={looked} goTo={goTo} replace={replace} />,
    [evaluation, broken, session.begun],
  );
  return (
    <main className="desk" data-side={side} data-looked={looked.pending ? "no" : "yes"} data-turn={session.turn}>
      <ToggleButtonGroup
        className="segmented sides"
        aria-label="Side"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[side]}
        onSelectionChange={([chosen]) => setSide(chosen === "see" ? "see" : "write")}
      >
        <ToggleButton id="write" className="segment">
          Write
        </ToggleButton>
        <ToggleButton id="see" className="segment">
          See
        </ToggleButton>
      </ToggleButtonGroup>
      <section className="side-write" aria-label="Documents">
        <h2 className="visually-hidden">Documents</h2>
        <Tabs className="tabs" selectedKey={shown} onSelectionChange={(key) => setShown(key as DocumentId)}>
          <TabList className="tab-list" aria-label="Documents">
            {DOCUMENTS.map((document) => (
              <DocumentTab key={document} document={document} problems={problems} />
            ))}
          </TabList>
          {DOCUMENTS.map((document) => (
            <TabPanel key={document} id={document} shouldForceMount className="editor-panel">
              <p className="editor-about muted">{ABOUT[document]}</p>
              <OneEditor
                key={session.turn}
                handle={(handle) => {
                  editors.current[document] = handle;
                }}
                {...{ document, session, hold, problems }}
                checked={evaluation?.of[document]}
                texts={() => texts.current}
              />
            </TabPanel>
          ))}
        </Tabs>
        <Problems looked={looked} goTo={goTo} mend={mend} />
      </section>
      <section className="side-see" aria-label="Results" id="results" tabIndex={-1}>
        <h2 className="visually-hidden">Results</h2>
        {results}
      </section>
    </main>
  );
}

function DocumentTab({ document, problems }: { readonly document: DocumentId; readonly problems: readonly Problem[] }) {
  const [label, Icon] = LABELS[document];
  const errors = problems.filter((one) => one.document === document && one.level === "error").length;
  return (
    <Tab id={document} className="tab tab-icon">
      <Icon className="icon" aria-hidden />
      {label}
      {errors > 0 && (
        <span className="badge tone-ended">
          <TriangleAlert className="icon" aria-hidden />
          {errors}
          <span className="visually-hidden"> {errors === 1 ? "error" : "errors"}</span>
        </span>
      )}
    </Tab>
  );
}

interface OneEditorProps {
  readonly document: DocumentId;
  readonly session: Session;
  readonly hold: SessionHold;
  readonly problems: readonly Problem[];
  readonly checked: string | undefined;
  readonly texts: () => Session["texts"];
  readonly handle: (handle: EditorHandle | null) => void;
}

function OneEditor({ document, session, hold, problems, checked, texts, handle }: OneEditorProps) {
  const own = useMemo(() => problems.filter((one) => one.document === document), [problems, document]);
  return (
    <Editor
      ref={handle}
      document={document}
      label={LABELS[document][0]}
      text={session.texts[document]}
      onChange={(text) => hold.write(document, text)}
      texts={texts}
      checked={checked}
      problems={own}
    />
  );
}
