// The question `error` of a vector: a document that must be refused, with its code and its place.
import { knownFields, must, same } from "./equal.mjs";

export function checkError({ Policy, Directory }, at, policy, documents, question) {
  knownFields(question, ["ask", "note", "document", "text", "value", "patch", "expect"], at);
  knownFields(question.expect, ["code", "path", "under"], at);
  must(["policy", "directory"].includes(question.document), `${at}: \`document\` is \`policy\` or \`directory\``);
  const text = textOf(question, documents[question.document], at);
  const error = refusal(
    () => (question.document === "policy" ? Policy.compile(text) : Directory.load(policy, text)),
    at,
  );
  same(error.code, question.expect.code, `${at}: at \`${error.path}\``);
  const { path, under } = question.expect;
  must((path === undefined) !== (under === undefined), `${at}: one of \`path\` and \`under\``);
  if (path !== undefined) same(error.path, path, `${at}: ${error.code}`);
  else must(error.path.startsWith(under), `${at}: ${error.code} at \`${error.path}\``);
}

function textOf({ text, value, patch }, own, at) {
  must(
    [text, value, patch].filter((one) => one !== undefined).length === 1,
    `${at}: one of \`text\`, \`value\` and \`patch\``,
  );
  if (text !== undefined) return text;
  return JSON.stringify(value === undefined ? patched(own, patch, at) : value);
}

function refusal(work, at) {
  let made;
  try {
    made = work();
  } catch (error) {
    must(error instanceof Error && typeof error.code === "string", `${at}: not a typed error: ${error}`);
    return error;
  }
  made.free();
  throw new Error(`${at}: this document should be refused`);
}

/** `set` puts a value at a JSON Pointer (a `-` at the end appends), `remove` takes one away. */
function patched(own, patch, at) {
  const document = structuredClone(own);
  for (const change of patch) {
    knownFields(change, ["set", "to", "remove"], at);
    const steps = (change.set ?? change.remove)
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop();
    const holder = steps.reduce((above, step) => above?.[step], document);
    must(typeof holder === "object" && holder !== null, `${at}: nothing at \`${steps.join("/")}\``);
    if (change.remove === undefined) put(holder, last, change.to);
    else take(holder, last, at);
  }
  return document;
}

function put(holder, key, value) {
  if (Array.isArray(holder) && key === "-") holder.push(value);
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function take(holder, key, at) {
  must(Object.hasOwn(holder, key), `${at}: nothing to remove at \`${key}\``);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
