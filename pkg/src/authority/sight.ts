import type { Access, Directory } from "bailiwick";
import type { DirectoryDocument, KindDocument } from "../api/documents.js";
import type { Rules } from "./rules.js";

/** An organization, and who asks about it when. */
export interface Asked {
  readonly directory: Directory;
  readonly rules: Rules;
  readonly organization: string;
  /** Whoever asks: `user/ana@acme.com`. */
  readonly as: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What one asker may see (rule 2): every answer comes from the core. */
export class Sight {
  readonly #asked: Asked;
  readonly #access: Access;
  readonly #known = new Map<string, boolean>();
  #document: DirectoryDocument | undefined;
  #parents: Map<string, string> | undefined;
  #members: ReadonlySet<string> | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#access = asked.directory.access(asked.as, asked.organization, { clock: () => asked.now });
  }

  /** All that there is, seen by the asker or not. It is written when it is first looked at: of a large organization that takes long. */
  get document(): DirectoryDocument {
    return (this.#document ??= this.#asked.directory.document());
  }

  /** Whether the asker is told that there is such a thing: of private kinds, where they hold something on it. */
  knows(name: string): boolean {
    const known = this.#known.get(name) ?? this.#isKnown(...split(name));
    this.#known.set(name, known);
    return known;
  }

  /** Whether the asker may ask who may do what there: by the action that the policy names on the nearest kind at or above. */
  seesPeople(name: string): boolean {
    const guarded = this.#asked.rules.document.questions?.["who"];
    for (let at: string | undefined = name; at !== undefined; at = this.#parentOf(at)) {
      const [kind, id] = split(at);
      const action = guarded?.[kind];
      if (action !== undefined) return this.knows(name) && this.#access.can(action, kind, id);
    }
    return false;
  }

  /** Whether somebody is a member now: of who is none, the asker is not told who they are. */
  isMember(principal: string): boolean {
    this.#members ??= new Set((this.document.organizations ?? []).flatMap(({ members = [] }) => members.map(({ member }) => member)));
    return this.#members.has(principal);
  }

  /** Gives the memory of the access back. */
  free(): void {
    this.#access.free();
  }

  #parentOf(name: string): string | undefined {
    this.#parents ??= parentsOf(this.document);
    return this.#parents.get(name);
  }

  /** By what `check` says of an action; where that has other reasons to give, by a question that looks at the thing alone. */
  #isKnown(kind: string, id: string): boolean {
    const found = this.#asked.rules.document.kinds[kind];
    if (found?.private !== true) return true;
    const action = availableIn(found);
    const reason = action === undefined ? "feature_unavailable" : this.#access.check(action, kind, id).reason;
    return reason === "feature_unavailable" ? this.#isNamed(kind, id) : reason !== "unknown_resource";
  }

  #isNamed(kind: string, id: string): boolean {
    const { directory, organization, as, now } = this.#asked;
    const told = directory.matrix(organization, kind, id, { as, now, limit: 1 });
    return told.ok || told.decision.reason !== "unknown_resource";
  }
}

/** An action of a kind that is not still to come. */
function availableIn({ available, actions }: KindDocument): string | undefined {
  const all = Object.entries(actions ?? {});
  return available === false ? undefined : all.find(([, action]) => action.available !== false)?.[0];
}

/** `kind/id` in two. */
export function split(name: string): readonly [kind: string, id: string] {
  const at = name.indexOf("/");
  return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)];
}

function parentsOf({ projects, resources }: DirectoryDocument): Map<string, string> {
  return new Map([
    ...(projects ?? []).map(({ id, organization }) => [`project/${id}`, `organization/${organization}`] as const),
    ...(resources ?? []).map(({ kind, id, parent }) => [`${kind}/${id}`, parent] as const),
  ]);
}
