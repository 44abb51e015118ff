import { addressOf, stated } from "./outcome.js";
import type { OrganizationAuthority } from "./organization.js";
import type { PersonAuthority } from "./person.js";
import type { PersonsAuthority } from "./persons.js";
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
    revisions: async (as) => revisionsOf(open(), as),
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

/** Revisions in lines, the newest only: who reads slowly misses those between. It ends for who is no active member any more. */
function revisionsOf(organization: OrganizationAuthority, as: string): ReadableStream<Uint8Array> {
  let [newest, sent, isOver] = [organization.revision, -1, false];
  let wake = (): void => undefined;
  const stop = organization.subscribe(as, {
    heard: (revision) => {
      newest = revision;
      wake();
    },
    ended: () => {
      isOver = true;
      wake();
    },
  });
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      while (newest === sent && !isOver) await new Promise<void>((resolve) => (wake = resolve));
      sent = newest;
      if (!isOver && isActiveIn(organization, as)) return controller.enqueue(new TextEncoder().encode(`${sent}\n`));
      stop();
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: stop,
  });
}

/** Who cannot be asked about hears nothing either. */
function isActiveIn(organization: OrganizationAuthority, as: string): boolean {
  try {
    return organization.isActive(as);
  } catch {
    return false;
  }
}

/** The persons of one shard, as a host keeps them. */
export interface PersonsPlace {
  person(principal: string): PersonPlace;
  /** Takes notes in, all or none. */
  told(notes: readonly Note[]): Promise<void>;
  /** Goes on with creations that have no answer; true where none is left. */
  resume(): Promise<boolean>;
}

/** Persons as others reach them. `open` gives their shard anew at each step: a host may put it away between two. */
export function personsPlace(open: () => PersonsAuthority, places: Places): PersonsPlace {
  return {
    person: (principal) => personPlace(() => open().person(principal), places),
    told: async (notes) => open().told(notes),
    resume: async () => {
      for (const { principal, command, person } of open().unsettled())
        await created(command, person, () => open().person(principal), places).catch(() => undefined);
      return open().unsettled().length === 0;
    },
  };
}

/** A person's list, or what is kept for an address. */
function personPlace(open: () => PersonAuthority, places: Places): PersonPlace {
  const signIn = (person: Person) => signedIn(person, open, places);
  return {
    signIn,
    me: () => meAt(open, places),
    create: async (command, person) => {
      await signIn(person);
      return created(command, person, open, places);
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
