import type { Held, Holding } from "./held.js";
import { Loaded, snapshotOf, startOf } from "./loaded.js";
import { carryOut, outcomeOf, personRow, refused } from "./outcome.js";
import type { Adoption, Outcome, Person, Refusal } from "./places.js";
import { BailiwickError, Directory } from "bailiwick";

/** Where an organization is to be. */
export interface Home extends Pick<Holding, "name" | "rules" | "ledger"> {
  readonly held: Held;
}

/** The first change, over a directory that knows its creator. */
export function foundFirst({ name, rules, held }: Home, command: string, creator: Person): Outcome {
  const start = startOf(rules, [personRow(creator)]);
  const loaded = Loaded.of(name, rules, start);
  const told = carryOut(loaded.directory, command, `user/${creator.id}`, held.now(0));
  if (told.ok) held.begin(loaded, snapshotOf(start, 0), [], told.change);
  else loaded.directory.free();
  return outcomeOf(told);
}

/** The refusal of the core for an id that is used or was, whoever asks: over a directory that knows nothing but that. */
export function taken({ name, rules, held }: Home, command: string, creator: Person, at: number): Refusal {
  const start = startOf(rules, [personRow(creator)]);
  const directory = Directory.load(rules.policy, { ...start, retired: [`organization/${name}`] });
  try {
    return refused(carryOut(directory, command, `user/${creator.id}`, held.now(at)));
  } finally {
    directory.free();
  }
}

/** As many changes as nobody makes. */
const ROOM = 2 ** 40;

/** What changed last has changed already, and there is room for what is to come: else no command would ever be carried out. */
function mustLeaveRoom({ at, directory }: Loaded, now: number): void {
  const isFull = directory.revision > Number.MAX_SAFE_INTEGER - ROOM;
  if (at <= now && !isFull) return;
  directory.free();
  if (isFull) throw new BailiwickError("ERR_NUMBER", "the revision leaves no room for changes", "revision");
  throw new BailiwickError("ERR_NUMBER", "the document was changed later than now", "changed");
}

/** Takes a document in, or says that there is an organization already: the same one, or another. */
export function moveIn(home: Home, document: string, now: Loaded): Adoption {
  const loaded = Loaded.of(home.name, home.rules, document);
  const start = loaded.start();
  mustLeaveRoom(loaded, home.held.now(0));
  const adopted = { ok: true, revision: start.revision } as const;
  if (!home.ledger.exists) {
    home.held.begin(loaded, start, loaded.roster.everyone());
    return adopted;
  }
  loaded.directory.free();
  const same = JSON.stringify(now.directory.document()) === new TextDecoder().decode(start.bytes);
  const create = JSON.stringify({ id: "adopt", command: "create_organization", organization: home.name });
  return same ? adopted : taken(home, create, { id: "host@host" }, now.at);
}
