import type { Change, Fact } from "../api/commands.js";
import type { DirectoryDocument } from "../api/documents.js";
import type { Entry, Invited } from "./places.js";

type Row<F extends Fact["fact"]> = Extract<Fact, { readonly fact: F }>;

/** Who belongs to an organization and who is invited: what persons are told, kept beside the directory and moved on by its changes. */
export class Roster {
  #organization: Row<"organization"> | undefined;
  /** Whether each is active. */
  readonly #members = new Map<string, boolean>();
  readonly #roles = new Map<string, Set<string>>();
  readonly #invites = new Map<string, Row<"invite">>();

  constructor(
    readonly id: string,
    document: DirectoryDocument,
  ) {
    const row = document.organizations?.find((organization) => organization.id === id);
    if (row === undefined) return;
    this.#add({ fact: "organization", ...(row as Omit<Row<"organization">, "fact">) });
    for (const { member, roles, suspended, suspendedBy } of row.members ?? []) {
      this.#members.set(member, suspended !== true && suspendedBy === undefined);
      this.#roles.set(member, new Set(roles));
    }
    for (const invite of document.invites ?? []) this.#add({ fact: "invite", ...(invite as Omit<Row<"invite">, "fact">) });
  }

  /** Whether there is the organization. */
  get exists(): boolean {
    return this.#organization !== undefined;
  }

  /** Who created the organization. */
  get creator(): string | undefined {
    return this.#organization?.creator;
  }

  /** Moves on by a change. */
  lay(change: Change): void {
    for (const fact of change.removed) this.#remove(fact);
    for (const fact of change.added) this.#add(fact);
  }

  /** Everybody who is told what is true of the whole: members, addresses that are invited, and whoever created it. */
  everyone(): Set<string> {
    const invited = Array.from(this.#invites.values(), ({ address }) => placeOf(address));
    return new Set([...this.#members.keys(), ...invited, ...(this.creator?.startsWith("user/") === true ? [this.creator] : [])]);
  }

  /** What the list of a member says; nothing for who is none. */
  entry(member: string): Entry | undefined {
    const active = this.#members.get(member);
    if (active === undefined || this.#organization === undefined) return undefined;
    const { name, edition, creator } = this.#organization;
    const roles = [...(this.#roles.get(member) ?? [])].sort();
    return { id: this.id, ...(name === undefined ? {} : { name }), edition, roles, active, created: creator === member };
  }

  /** Where an invite was sent. */
  addressOf(invite: string): string | undefined {
    return this.#invites.get(invite)?.address;
  }

  /** The invites that wait for an address. */
  invites(address: string): Invited[] {
    const waiting = [...this.#invites.values()].filter((invite) => invite.address === address);
    return waiting.map(({ id, roles, expires }) => ({
      invite: id,
      organization: this.id,
      ...(this.#organization?.name === undefined ? {} : { name: this.#organization.name }),
      roles,
      until: expires,
    }));
  }

  #add(fact: Fact): void {
    if (fact.fact === "organization") this.#organization = fact;
    if (fact.fact === "invite") this.#invites.set(fact.id, fact);
    if (fact.fact === "member") this.#members.set(fact.member, fact.suspendedBy === undefined);
    if (this.#isOrganizationRole(fact)) this.#roles.set(fact.who, (this.#roles.get(fact.who) ?? new Set()).add(fact.role));
  }

  #remove(fact: Fact): void {
    if (fact.fact === "organization") this.#organization = undefined;
    if (fact.fact === "invite") this.#invites.delete(fact.id);
    if (fact.fact === "member") this.#members.delete(fact.member);
    if (this.#isOrganizationRole(fact)) this.#roles.get(fact.who)?.delete(fact.role);
  }

  #isOrganizationRole(fact: Fact): fact is Row<"binding"> {
    return fact.fact === "binding" && fact.on === `organization/${this.id}`;
  }
}

/** The place of an address, which is told of the invites that wait for it. */
export function placeOf(address: string): string {
  return `address:${address}`;
}
