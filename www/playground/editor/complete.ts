import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  autocompletion,
  snippet,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { DocumentId, Texts } from "../engine/protocol";
import { language } from "./client";
import type { Offer } from "./protocol";

const SORTS = { name: "in use here", field: "field", value: "value" } as const;

/** Completes from the schema and from the names in the documents, and tells what a field means. */
export function assistance(document: DocumentId, texts: () => Texts): Extension {
  return [
    autocompletion({ override: [(context) => complete(document, texts, context)], icons: false, maxRenderedOptions: 200 }),
    hoverTooltip(async (view, at) => {
      const text = view.state.doc.toString();
      const told = await language.hover(document, text, at).catch(() => undefined);
      if (told === undefined || told === "") return null;
      return { pos: at, above: true, create: () => ({ dom: about(told) }) };
    }),
  ];
}

async function complete(
  document: DocumentId,
  texts: () => Texts,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  if (!context.explicit && context.matchBefore(/["\w\-:/@. ]$/) === null) return null;
  const text = context.state.doc.toString();
  const offers = await language.complete(document, { ...texts(), [document]: text }, context.pos).catch(() => []);
  if (context.aborted || offers.length === 0) return null;
  const from = Math.min(...offers.map((offer) => startOf(text, offer)));
  return { from, options: offers.map(optionOf), validFor: /^[\w\-/@. ]*$/ };
}

/** Where the typed part of an offer begins: behind the quotation mark. */
const startOf = (text: string, { from }: Offer): number => (text[from] === '"' ? from + 1 : from);

function optionOf({ label, insert, sort, about: told }: Offer): Completion {
  return {
    label,
    detail: SORTS[sort],
    boost: sort === "name" ? 50 : sort === "field" ? 10 : 0,
    ...(told !== undefined && told !== "" && { info: () => about(told) }),
    apply: (view, completion, from, to) => put(view, completion, insert, from, to),
  };
}

/** Puts a template in over the word and its quotation marks. */
function put(view: EditorView, completion: Completion, insert: string, from: number, to: number): void {
  const { doc } = view.state;
  const start = doc.sliceString(from - 1, from) === '"' ? from - 1 : from;
  const rest = doc.sliceString(to, Math.min(to + 200, doc.lineAt(to).to));
  const end = start === from ? to : to + (/^[\w\-/@. ]*"/.exec(rest)?.[0].length ?? 0);
  const follows = /^\s*["{[\d]/.test(doc.sliceString(end, end + 200)) && !insert.endsWith(",") ? "," : "";
  const keyed = /^\s*:/.test(doc.sliceString(end, end + 20));
  const template = keyed ? insert.replace(/^("(?:[^"\\]|\\.)*")[\s\S]*$/, "$1") : insert + follows;
  snippet(ours(template))(view, completion, start, end);
}

/** A template of the language server protocol as one of the editor. */
const ours = (template: string): string =>
  template.replace(/(?<!\\)\$(\d+)/g, "$${$1}").replace(/\\([$}\\])/g, "$1");

function about(text: string): HTMLElement {
  const dom = window.document.createElement("div");
  dom.className = "about";
  dom.textContent = text;
  return dom;
}
