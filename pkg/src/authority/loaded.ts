import type { Change } from "../api/commands.js";
import type { DirectoryDocument } from "../api/documents.js";
import type { Ledger, Snapshot } from "./ledger.js";
import { Roster } from "./roster.js";
import { type Rules, isLost } from "./rules.js";
import { BailiwickError, Directory } from "bailiwick";

/** The fewest letters of changes that make a new snapshot due. */
const LEAST = 256 * 1024;

/** A directory in memory, as the ledger has it, and what is counted beside it. */
export class Loaded {
  #roster: Roster | undefined;
  /** Letters of changes since the last snapshot, and bytes of that. */
  #since = 0;
  #whole: number;

  private constructor(
    readonly organization: string,
    readonly directory: Directory,
    /** When it was changed last, in milliseconds since 1970. */
    public at: number,
    whole: number,
  ) {
    this.#whole = whole;
  }

  /** Reads the snapshot and the changes after it; an empty directory where there is no organization. */
  static from(ledger: Ledger, organization: string, rules: Rules): Loaded {
    if (!ledger.exists) return Loaded.of(organization, rules, startOf(rules, []));
    const { revision, at, bytes } = ledger.snapshot();
    const loaded = new Loaded(organization, readable(() => Directory.load(rules.policy, bytes)), at, bytes.length);
    try {
      for (const text of ledger.after(revision)) readable(() => loaded.#replay(text));
    } catch (error) {
      loaded.directory.free();
      throw error;
    }
    return loaded;
  }

  /** A directory that nothing is written of yet. */
  static of(organization: string, rules: Rules, document: DirectoryDocument | string): Loaded {
    return new Loaded(organization, Directory.load(rules.policy, document), 0, 0);
  }

  /** The directory before its first change here. Throws `ERR_ORGANIZATION`, and gives the memory back, if it is of anything else. */
  start(): Snapshot {
    const document = this.directory.document();
    const [first, ...others] = document.organizations ?? [];
    this.at = document.changed ?? 0;
    if (first?.id === this.organization && others.length === 0) {
      const snapshot = snapshotOf(document, this.at);
      this.#whole = snapshot.bytes.length;
      return snapshot;
    }
    this.directory.free();
    throw new BailiwickError("ERR_ORGANIZATION", `the document must be of \`${this.organization}\` alone`, "organizations");
  }

  #replay(text: string): void {
    this.directory.commit(text);
    this.at = (JSON.parse(text) as Change).at;
    this.#since += text.length;
  }

  /** Who belongs to it and who is invited. */
  get roster(): Roster {
    this.#roster ??= new Roster(this.organization, this.directory.document());
    return this.#roster;
  }

  /** Moves on by a change that the directory has made. */
  moved(change: Change, text: string): void {
    this.at = change.at;
    this.#since += text.length;
    this.#roster?.lay(change);
  }

  /** The directory whole, if reading the changes since the last snapshot costs more than writing it. */
  due(): Snapshot | undefined {
    if (this.#since <= Math.max(LEAST, this.#whole / 2)) return undefined;
    const snapshot = snapshotOf(this.directory.document(), this.at);
    this.#since = 0;
    this.#whole = snapshot.bytes.length;
    return snapshot;
  }
}

/** What is kept and does not fit the policy is no fault of who asks, and not theirs to read. */
function readable<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isLost(cause) || !(cause instanceof BailiwickError)) throw cause;
    throw new BailiwickError("ERR_STORAGE", `what is kept does not fit the policy: ${cause.message}`, "", cause);
  }
}

/** A directory before its first change. */
export function startOf({ document }: Rules, people: DirectoryDocument["people"]): DirectoryDocument {
  return { format: 1, policy: document.name, people };
}

/** A document as it is written. */
export function snapshotOf(document: DirectoryDocument, at: number): Snapshot {
  return { revision: document.revision ?? 0, at, bytes: new TextEncoder().encode(JSON.stringify(document)) };
}
