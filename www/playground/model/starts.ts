import { textAt } from "../engine/ends";
import type { Texts } from "../engine/protocol";

/** Something to begin with. */
export interface Start {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly group: "Examples" | "Presets" | "Vectors";
  readonly load: () => Promise<Begun>;
}

export interface Begun {
  readonly name: string;
  readonly texts: Texts;
}

type Files = Record<string, () => Promise<string>>;

const POLICIES = import.meta.glob(["../../../policies/*.json", "!../../../policies/*.schema.json"], { query: "?raw", import: "default" }) as Files;
const SHARED = import.meta.glob("../../../tests/vectors/policies/*.json", { query: "?raw", import: "default" }) as Files;
const VECTORS = import.meta.glob(
  ["../../../tests/vectors/*.json", "!../../../tests/vectors/*.schema.json"],
  { query: "?raw", import: "default" },
) as Files;
const DIRECTORIES = import.meta.glob("../../examples/*.json", { query: "?raw", import: "default" }) as Files;
const OWN = import.meta.glob("../starts/*.json", { query: "?raw", import: "default" }) as Files;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1, -".json".length);

async function read(files: Files, name: string): Promise<string> {
  const found = Object.entries(files).find(([path]) => nameOf(path) === name);
  if (found === undefined) throw new Error(`there is no \`${name}\``);
  return found[1]();
}

/** The names of the presets. */
export const PRESETS: readonly string[] = Object.keys(POLICIES).map(nameOf);

/** The text of a preset. */
export const presetText = (name: string): Promise<string> => read(POLICIES, name);

/** The preset that a text is, unchanged. */
export async function presetOf(text: string): Promise<string | undefined> {
  for (const name of PRESETS) if ((await presetText(name)) === text) return name;
  return undefined;
}

/** The parts of a vector, each as it is written there. */
export async function begunWith(text: string): Promise<Begun> {
  const { name, policy } = JSON.parse(text) as { readonly name?: unknown; readonly policy?: unknown };
  return {
    name: typeof name === "string" ? name : "A vector",
    texts: {
      policy: typeof policy === "string" ? await named(policy) : (textAt(text, "policy") ?? ""),
      directory: textAt(text, "directory") ?? "",
      questions: textAt(text, "questions") ?? "[]",
    },
  };
}

const named = (policy: string): Promise<string> =>
  read(PRESETS.includes(policy) ? POLICIES : SHARED, policy);

async function example(directory: string, policy: string): Promise<Begun["texts"]> {
  const [one, other, questions] = await Promise.all([
    read(POLICIES, policy),
    read(DIRECTORIES, directory),
    read(OWN, `${directory}-questions`),
  ]);
  return { policy: one, directory: other, questions };
}

const fromVector = (files: Files, name: string) => async () => begunWith(await read(files, name));

const preset = (id: string, label: string, about: string, load = fromVector(VECTORS, id)): Start => ({
  ...{ id, label, about, load },
  group: "Presets",
});

const EXAMPLES: readonly Start[] = [
  {
    id: "studio",
    label: "A small product",
    about: "Two kinds, four roles: to change into your own",
    group: "Examples",
    load: fromVector(OWN, "small"),
  },
  {
    id: "acme",
    label: "Acme",
    about: "A Pinecone-like company: 40 people, 50 projects, 107 API keys",
    group: "Examples",
    load: async () => ({ name: "Acme", texts: await example("acme", "pinecone") }),
  },
  {
    id: "brightside",
    label: "Brightside",
    about: "A Pinkfish-like company: 1,065 shared resources in three organizations",
    group: "Examples",
    load: async () => ({ name: "Brightside", texts: await example("pinkfish", "pinkfish") }),
  },
];

const OF_PRESETS: readonly Start[] = [
  preset("pinecone", "Pinecone", "Owners, users, billing admins"),
  preset("pinecone-2026", "Pinecone 2026", "Nine project roles, keys with roles of their own"),
  preset("pinecone-literal", "Pinecone, literally", "Every user owns every project"),
  preset("pinecone-two-roles", "Pinecone with two roles", "Without billing admins", fromVector(OWN, "pinecone-two-roles")),
  preset("pinkfish", "Pinkfish", "Content shared at a level", fromVector(VECTORS, "pinkfish-sharing")),
];

const OF_VECTORS: readonly Start[] = Object.keys(VECTORS)
  .map(nameOf)
  .map((name) => ({
    id: `vector-${name}`,
    label: name.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase()),
    about: `tests/vectors/${name}.json`,
    group: "Vectors",
    load: fromVector(VECTORS, name),
  }));

export const STARTS: readonly Start[] = [...EXAMPLES, ...OF_PRESETS, ...OF_VECTORS];

/** What is shown to who comes without a link. */
export const FIRST = "studio";

export const startOf = (id: string): Start | undefined => STARTS.find((start) => start.id === id);
