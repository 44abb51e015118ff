import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { DocumentId, Problem, Texts } from "../engine/protocol";
import { assistance } from "./complete";
import { theme } from "./theme";

/** What may be done with an editor from outside. */
export interface EditorHandle {
  /** Goes to a place, and shows it. */
  readonly goTo: (from: number, to?: number) => void;
  /** Changes a stretch of the text, as if it were typed. */
  readonly replace: (from: number, to: number, text: string) => void;
}

interface Props {
  readonly document: DocumentId;
  readonly label: string;
  /** The text to begin with: another one is another editor, by its `key`. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly texts: () => Texts;
  /** The text that the problems are of. */
  readonly checked: string | undefined;
  readonly problems: readonly Problem[];
  readonly ref?: Ref<EditorHandle>;
}

/** A text with its problems. It stands in a shadow root: there its style sheets are adopted, as the page's policy demands. */
export function Editor({ document, label, text, onChange, texts, checked, problems, ref }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const now = useRef({ text, onChange, texts });
  now.current = { ...now.current, onChange, texts };

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const changed = EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      now.current.text = update.state.doc.toString();
      now.current.onChange(now.current.text);
    });
    const own = new EditorView({
      state: EditorState.create({
        doc: now.current.text,
        extensions: [...basics, assistance(document, () => now.current.texts()), fieldOf(label), changed],
      }),
      parent: root,
      root,
    });
    view.current = own;
    return () => {
      own.destroy();
      view.current = null;
    };
  }, [document, label]);

  useEffect(() => {
    const own = view.current;
    if (own === null || checked !== now.current.text) return;
    own.dispatch(setDiagnostics(own.state, problems.map((problem) => diagnosticOf(problem, checked.length))));
  }, [problems, checked]);

  useImperativeHandle(ref, () => ({ goTo: (...place) => go(view.current, ...place), replace: (...change) => put(view.current, ...change) }), []);

  return <div className="editor" ref={host} data-document={document} />;
}

const fieldOf = (label: string) => EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" });

/** Chromium carries styles along when it types over a selection, which the page's policy forbids: then the editor types itself. */
const typesItself = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main, ranges } = view.state.selection;
    const { data, inputType } = event;
    if (inputType !== "insertText" || data === null || event.isComposing || main.empty || ranges.length > 1) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert());
    return true;
  },
});

const basics = [
  lineNumbers(),
  lintGutter(),
  foldGutter({ markerDOM: foldMarker }),
  history(),
  typesItself,
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  // Tab leaves the editor, as it leaves every field.
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
  json(),
  EditorState.tabSize.of(2),
  EditorView.lineWrapping,
  theme,
];

function foldMarker(open: boolean): HTMLElement {
  const marker = window.document.createElement("span");
  marker.textContent = open ? "⌄" : "›";
  marker.title = open ? "Fold" : "Unfold";
  return marker;
}

const LEVELS = { error: "error", warning: "warning", note: "info" } as const;

function diagnosticOf({ from, to, level, code, message, meant }: Problem, length: number): Diagnostic {
  const start = Math.min(from, length);
  return {
    from: start,
    to: Math.max(start, Math.min(to, length)),
    severity: LEVELS[level],
    source: code,
    message: meant === undefined ? message : `${message}. Did you mean \`${meant}\`?`,
    ...(meant !== undefined && { actions: [{ name: meant, apply: (view, at, end) => mend(view, at, end, meant) }] }),
  };
}

/** Puts the name that was meant in the place of the other. */
function mend(view: EditorView, from: number, to: number, meant: string): void {
  const quoted = view.state.sliceDoc(from, to).startsWith('"');
  view.dispatch({ changes: { from, to, insert: quoted ? JSON.stringify(meant) : meant } });
  view.focus();
}

function go(view: EditorView | null, from: number, to = from): void {
  if (view === null) return;
  const most = view.state.doc.length;
  const selection = { anchor: Math.min(from, most), head: Math.min(to, most) };
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
  view.focus();
}

function put(view: EditorView | null, from: number, to: number, text: string): void {
  if (view === null) return;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from } });
}
