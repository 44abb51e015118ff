import { addressOf, stated } from "./outcome.js";
import type { OrganizationAuthority } from "./organization.js";
import type { PersonAuthority } from "./person.js";
import type { Note, OrganizationPlace, Outcome, Person, PersonPlace, Places } from "./places.js";
import { placeOf } from "./roster.js";

/** An organization as others reach it. `open` gives it anew at each step: a host may put it away between two. */
export function organizationPlace(open: () => OrganizationAuthority, places: Places): OrganizationPlace {
  return {
    found: async (command, creator) => open().found(command, creator),
    adopt: async (document) => open().adopt(document),
    document: async () => open().document(),
    changes: async (asked) => open().changes(asked),
    apply: (command, actor) => applied(command, actor, open, places),
    applyAsHost: async (command) => open().applyAsHost(command),
    know: async (person) => open().know(person),
    capsule: async (principal, life) => open().capsule(principal, life),
    delta: async (principal, from, life) => open().delta(principal, from, life),
    projection: async (person) => open().projection(person),
    ask: async (question, as) => open().ask(question, as),
    revisions: async () => revisionsOf(open()),
  };
}

/** Carries a command out; where it fails for somebody who has signed up and is not known there yet, they are made known first. */
async function applied(text: string, actor: string, open: () => OrganizationAuthority, places: Places): Promise<Outcome> {
  const command = await ownInvite(text, actor, open, places);
  const outcome = open().apply(command, actor);
  if (outcome.ok || outcome.decision.reason !== "unknown_principal") return outcome;
  const stranger = await strangerIn(command, actor, open, places);
  if (stranger === undefined) return outcome;
  open().know(stranger);
  return open().apply(command, actor);
}

/**
 * The same command; but to accept what was sent to an address that whoever asks has no longer is to accept what is not there. The directory
 * keeps the address that somebody had when they became known.
 */
async function ownInvite(text: string, actor: string, open: () => OrganizationAuthority, places: Places): Promise<string> {
  const { command, invite, ...rest } = stated(text);
  if (command !== "accept_invite" || typeof invite !== "string") return text;
  const me = await places.person(actor).me();
  const sentTo = open().invited(invite);
  if (me === undefined || sentTo === undefined || sentTo === addressOf(me.person)) return text;
  return JSON.stringify({ ...rest, command, invite: crypto.randomUUID() });
}

/** Whoever accepts an invite that waits for them, or is invited by a member where only those may be who have signed up. */
async function strangerIn(
  text: string,
  actor: string,
  open: () => OrganizationAuthority,
  places: Places,
): Promise<Person | undefined> {
  const { command, address } = stated(text);
  if (command === "accept_invite") {
    const me = await places.person(actor).me();
    return me !== undefined && open().awaits(addressOf(me.person)) ? me.person : undefined;
  }
  const invites = command === "invite_member" && typeof address === "string" && open().rules.invitesPeople;
  if (!invites || !open().isActive(actor)) return undefined;
  return holderOf(address, places);
}

/** Who has signed up with an address, and has it still. */
async function holderOf(address: string, places: Places): Promise<Person | undefined> {
  const last = (await places.person(placeOf(address)).me())?.person;
  const person = last && (await places.person(`user/${last.id}`).me())?.person;
  return person !== undefined && addressOf(person) === address ? person : undefined;
}

/** Revisions in lines, the newest only: who reads slowly misses those between. */
function revisionsOf(organization: OrganizationAuthority): ReadableStream<Uint8Array> {
  let [newest, sent] = [organization.revision, -1];
  let wake = (): void => undefined;
  const stop = organization.subscribe((revision) => {
    newest = revision;
    wake();
  });
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      while (newest === sent) await new Promise<void>((resolve) => (wake = resolve));
      sent = newest;
      controller.enqueue(new TextEncoder().encode(`${sent}\n`));
    },
    cancel: stop,
  });
}

/** A person's place, which goes on with what the host did not finish. */
export interface ResumablePerson extends PersonPlace {
  /** Goes on with creations that have no answer; true where none is left. */
  resume(): Promise<boolean>;
}

/** A person's list as others reach it, or what is kept for an address. */
export function personPlace(open: () => PersonAuthority, places: Places): ResumablePerson {
  const signIn = (person: Person) => signedIn(person, open, places);
  const create = (command: string, person: Person) => created(command, person, open, places);
  return {
    signIn,
    me: () => meAt(open, places),
    told: async (note) => open().told(note),
    create: async (command, person) => {
      await signIn(person);
      return create(command, person);
    },
    resume: async () => {
      for (const { command, person } of open().unsettled()) await create(command, person).catch(() => undefined);
      return open().unsettled().length === 0;
    },
  };
}

/** Tells the address first: who is kept as signed in is known there, too. */
async function signedIn(person: Person, open: () => PersonAuthority, places: Places): Promise<{ readonly first: boolean }> {
  const known = open().me()?.person;
  const same = known?.id === person.id && known.email === person.email;
  if (!same && !isAddress(open())) await places.person(placeOf(addressOf(person))).signIn(person);
  return open().signIn(person);
}

async function meAt(open: () => PersonAuthority, places: Places): ReturnType<PersonPlace["me"]> {
  const me = open().me();
  if (me === undefined || isAddress(open())) return me;
  const waiting = await places.person(placeOf(addressOf(me.person))).me();
  return { ...me, invites: [...me.invites, ...(waiting?.invites ?? [])] };
}

/** Reserves, founds and settles. Each step repeated comes to the same, so whoever finds it unfinished begins anew. */
async function created(command: string, person: Person, open: () => PersonAuthority, places: Places): Promise<Outcome> {
  const { id, organization, from } = stated(command);
  const looked = typeof from === "string" ? await places.organization(from).projection(`user/${person.id}`) : undefined;
  const reserved = open().reserve(command, person, looked);
  if (!reserved.ok) return reserved;
  const outcome = await places.organization(String(organization)).found(command, person);
  open().settle(String(id), outcome.ok);
  return outcome;
}

function isAddress({ principal }: PersonAuthority): boolean {
  return principal.startsWith(placeOf(""));
}

/**
 * Tells everybody who is still to be told, `most` at once; true where nobody is left. What fails stays, and keeps nobody else from being
 * told. Between those whatever else waits has its turn.
 */
export async function deliver(open: () => OrganizationAuthority, places: Places, most = 100): Promise<boolean> {
  for (let failed = 0; ; ) {
    const notes = open().pending(most, failed);
    if (notes.length === 0) return failed === 0;
    const told = await Promise.all(notes.map((note) => isTold(note, places)));
    open().delivered(notes.filter((_, place) => told[place]));
    failed += told.filter((done) => !done).length;
    if (notes.length === most) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

async function isTold(note: Note, places: Places): Promise<boolean> {
  try {
    await places.person(note.to).told(note);
    return true;
  } catch {
    return false;
  }
}
