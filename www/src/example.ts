import {
  type Change,
  type Command,
  type Decision,
  Directory,
  type DirectoryDocument,
  type HostCommand,
  Policy,
  type PolicyDocument,
  type Told,
} from "bailiwick";
import acmeUrl from "../examples/acme.json?url";
import pinkfishUrl from "../examples/pinkfish.json?url";
import { Names } from "./names";

/** An example that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** The choice that begins from nothing, on the same policy. */
  readonly nothing: string;
  /** Who is shown first, and where. */
  readonly first: { readonly as: string; readonly in: string };
}

/** What happened, or was refused, during this visit. */
export interface Entry {
  readonly at: number;
  /** Who asked, by name; the platform for what only the host may do. */
  readonly who: string;
  /** What they did: `invited bo@acme.com`. */
  readonly said: string;
  /** What things were called when it happened. */
  readonly names: Names;
  readonly change?: Change;
  readonly refused?: { readonly decision: Decision; readonly text: string };
}

/** Something that can be asked for, by a principal or (`host`) by the platform. */
export interface Wish {
  readonly command: Command | HostCommand;
  /** The principal; absent for the platform. */
  readonly as?: string | undefined;
  readonly now: number;
}

/** Hears `change` after each change of a directory. */
export const changes = new EventTarget();

/** An example, compiled and loaded. It lives: commands change it until the visit ends or it starts over. */
export class Example {
  readonly policy: Policy;
  document!: DirectoryDocument;
  directory!: Directory;
  names!: Names;
  log: Entry[] = [];

  constructor(
    readonly id: string,
    readonly policyDocument: PolicyDocument,
    readonly source: string,
  ) {
    this.policy = Policy.compile(policyDocument);
    this.#load();
  }

  /** The moment of the last change, or 0. */
  get changed(): number {
    return this.document.changed ?? 0;
  }

  /** As it was in the beginning. */
  startOver(): void {
    this.directory.free();
    this.log = [];
    this.#load();
    changes.dispatchEvent(new Event("change"));
  }

  /** Carries out what is wished, if the policy lets it, and writes down either way what came of it. */
  carryOut({ command, as, now }: Wish, said: (names: Names) => string): Told<{ readonly change: Change }> {
    const told =
      as === undefined
        ? this.directory.applyAsHost(command as HostCommand, { now })
        : this.directory.apply(command as Command, as, { now });
    const before = this.names;
    if (told.ok) {
      this.document = this.directory.document();
      this.names = new Names(this.policyDocument, this.document);
    }
    const names = told.ok ? before.with(this.names.all) : before;
    const entry = { at: now, who: as === undefined ? "The platform" : names.of(as), said: said(names), names };
    const outcome = told.ok ? { change: told.change } : { refused: { decision: told.decision, text: told.text } };
    this.log = [{ ...entry, ...outcome }, ...this.log];
    return told;
  }

  #load(): void {
    this.directory = Directory.load(this.policy, this.source);
    this.document = JSON.parse(this.source) as DirectoryDocument;
    this.names = new Names(this.policyDocument, this.document);
  }
}

interface Source extends Choice {
  /** The file of the directory; absent when there is nothing yet. */
  readonly url?: string;
  policy(): Promise<{ readonly default: PolicyDocument }>;
}

const pinecone = () => import("bailiwick/presets/pinecone");
const pinkfish = () => import("bailiwick/presets/pinkfish");
const ADA = { as: "user/ada@harbour.example", in: "" };

const SOURCES: readonly Source[] = [
  {
    id: "acme",
    label: "Acme, on Pinecone's roles",
    nothing: "nothing-pinecone",
    first: { as: "user/ana.moreau@acme.example", in: "acme" },
    url: acmeUrl,
    policy: pinecone,
  },
  {
    id: "pinkfish",
    label: "Brightside, on Pinkfish's roles",
    nothing: "nothing-pinkfish",
    first: { as: "user/maya@brightside.example", in: "brightside" },
    url: pinkfishUrl,
    policy: pinkfish,
  },
  {
    id: "nothing-pinecone",
    label: "Nothing yet, on Pinecone's roles",
    nothing: "nothing-pinecone",
    first: ADA,
    policy: pinecone,
  },
  {
    id: "nothing-pinkfish",
    label: "Nothing yet, on Pinkfish's roles",
    nothing: "nothing-pinkfish",
    first: ADA,
    policy: pinkfish,
  },
];

/** Three people who have signed up, and no organization. */
const NOTHING = {
  format: 1,
  people: [
    { id: "ada@harbour.example", name: "Ada Okafor" },
    { id: "ben@harbour.example", name: "Ben Sato" },
    { id: "cleo@harbour.example", name: "Cleo Marin" },
  ],
};

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

async function load({ id, url, policy }: Source): Promise<Example> {
  const [text, { default: policyDocument }] = await Promise.all([textOf(id, url), policy()]);
  return new Example(id, policyDocument, text);
}

async function textOf(id: string, url: string | undefined): Promise<string> {
  if (url === undefined) return JSON.stringify(NOTHING);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the example ${id} could not be fetched: ${response.status}`);
  return response.text();
}
