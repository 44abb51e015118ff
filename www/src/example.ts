import { Directory, type DirectoryDocument, Policy, type PolicyDocument } from "bailiwick";
import acmeUrl from "../examples/acme.json?url";
import pinkfishUrl from "../examples/pinkfish.json?url";
import { Names } from "./names";

/** An example that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Who is shown first, and where. */
  readonly first: { readonly as: string; readonly in: string };
}

/** An example, compiled and loaded. */
export interface Example {
  readonly id: string;
  readonly policyDocument: PolicyDocument;
  readonly document: DirectoryDocument;
  readonly policy: Policy;
  readonly directory: Directory;
  readonly names: Names;
}

interface Source extends Choice {
  readonly url: string;
  policy(): Promise<{ readonly default: PolicyDocument }>;
}

const SOURCES: readonly Source[] = [
  {
    id: "acme",
    label: "Acme, on Pinecone's roles",
    first: { as: "user/ana.moreau@acme.example", in: "acme" },
    url: acmeUrl,
    policy: () => import("bailiwick/presets/pinecone"),
  },
  {
    id: "pinkfish",
    label: "Brightside, on Pinkfish's roles",
    first: { as: "user/maya@brightside.example", in: "brightside" },
    url: pinkfishUrl,
    policy: () => import("bailiwick/presets/pinkfish"),
  },
];

/** The examples that can be chosen. */
export const CHOICES: readonly Choice[] = SOURCES;

const loaded = new Map<string, Promise<Example>>();

/** The example with this id, or the first; each is loaded once. */
export function example(id: string): Promise<Example> {
  const source = SOURCES.find((one) => one.id === id) ?? SOURCES[0];
  if (source === undefined) throw new Error("there is no example");
  const known = loaded.get(source.id) ?? load(source);
  loaded.set(source.id, known);
  known.catch(() => loaded.delete(source.id));
  return known;
}

async function load(source: Source): Promise<Example> {
  const [response, { default: policyDocument }] = await Promise.all([fetch(source.url), source.policy()]);
  if (!response.ok) throw new Error(`the example ${source.id} could not be fetched: ${response.status}`);
  const text = await response.text();
  const document = JSON.parse(text) as DirectoryDocument;
  const policy: Policy = Policy.compile(policyDocument);
  const directory = Directory.load(policy, text);
  return { id: source.id, policyDocument, document, policy, directory, names: new Names(policyDocument, document) };
}
