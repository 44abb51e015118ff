import { type Location, getLocation, parse } from "jsonc-parser";
import { type CompletionItem, MarkupKind, TextDocument, getLanguageService } from "vscode-json-languageservice";
import { answerCalls } from "../engine/rpc";
import type { DocumentId, Texts } from "../engine/protocol";
import { namesAt } from "./names";
import type { Flaw, Language, Offer } from "./protocol";
import { SCHEMAS, addressOf } from "./schemas";

const service = getLanguageService({
  // What a schema names is here already; nothing is fetched.
  schemaRequestService: (uri) => Promise.reject(new Error(`no schema at ${uri}`)),
  clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: [MarkupKind.PlainText] } } } },
});
service.configure({ validate: true, schemas: SCHEMAS });

function opened(document: DocumentId, text: string) {
  const file = TextDocument.create(addressOf(document), "json", 1, withoutSchema(text));
  return { file, json: service.parseJSONDocument(file) };
}

/** The same text, as long, naming no schema of its own: ours is the one that is meant. */
const withoutSchema = (text: string): string => text.replace(/"\$schema"(\s*:\s*)"[^"\n]*"/, (named) => {
  const colon = named.indexOf(":");
  return named.slice(0, colon + 1) + JSON.stringify("").padEnd(named.length - colon - 1);
});

const language: Language = {
  async complete(document, texts, offset) {
    const text = texts[document];
    const { file, json } = opened(document, text);
    const location = getLocation(text, offset);
    const names = namesAt(document, location, readable(texts)).map((name) => nameOffer(text, location, offset, name));
    const list = await service.doComplete(file, file.positionAt(offset), json);
    const known = new Set(names.map(({ label }) => label));
    const others = (list?.items ?? []).flatMap((item) => offerOf(file, item) ?? []).filter(({ label }) => !known.has(label));
    return [...names, ...others];
  },
  async flaws(document, text) {
    const { file, json } = opened(document, text);
    const found = await service.doValidation(file, json, { schemaValidation: "error", comments: "error", trailingCommas: "error" });
    return found.map(({ range, message }): Flaw => {
      const said = typeof message === "string" ? message : message.value;
      return { document, from: file.offsetAt(range.start), to: file.offsetAt(range.end), message: said };
    });
  },
  async hover(document, text, offset) {
    const { file, json } = opened(document, text);
    const hover = await service.doHover(file, file.positionAt(offset), json);
    const told = hover?.contents;
    if (told === undefined || Array.isArray(told)) return undefined;
    return typeof told === "string" ? told : told.value;
  },
};

function readable({ policy, directory, questions }: Texts) {
  return { policy: parse(policy) as unknown, directory: parse(directory) as unknown, questions: parse(questions) as unknown };
}

/** A name over the string that stands there, or where there is none yet. */
function nameOffer(text: string, { previousNode, isAtPropertyKey }: Location, offset: number, name: string): Offer {
  const node = previousNode;
  const over = node !== undefined && node.offset <= offset && offset <= node.offset + node.length;
  const [from, to] = over ? [node.offset, node.offset + node.length] : [offset, offset];
  const colon = isAtPropertyKey && !/^\s*:/.test(text.slice(to)) ? ": $1" : "";
  return { label: name, from, to, insert: JSON.stringify(name).replaceAll("$", "\\$") + colon, sort: "name" };
}

function offerOf(file: TextDocument, item: CompletionItem): Offer | undefined {
  const { textEdit } = item;
  if (textEdit === undefined || !("range" in textEdit)) return undefined;
  const label = unquoted(item.label);
  if (label === "$schema") return undefined;
  const about = typeof item.documentation === "string" ? item.documentation : item.documentation?.value;
  return {
    label,
    from: file.offsetAt(textEdit.range.start),
    to: file.offsetAt(textEdit.range.end),
    insert: textEdit.newText,
    // 10 is a property.
    sort: item.kind === 10 ? "field" : "value",
    about,
  };
}

function unquoted(label: string): string {
  try {
    const value: unknown = JSON.parse(label);
    return typeof value === "string" ? value : label;
  } catch {
    return label;
  }
}

answerCalls(language as unknown as Parameters<typeof answerCalls>[0]);
