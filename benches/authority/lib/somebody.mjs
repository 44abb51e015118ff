// Somebody who is signed in, with the capsules that they hold.
import { once, until } from "./http.mjs";

export class Somebody {
  #identity;
  #capsules = new Map();

  constructor(origin, person, tally) {
    this.origin = origin;
    this.person = person;
    this.tally = tally;
  }

  async signIn() {
    await this.identify();
    await this.ask({ path: "/api/me" });
  }

  /** Has a token, and was not here yet. */
  async identify() {
    const { body } = await until(this.origin, { method: "POST", path: "/api/development/sign-in", body: { person: this.person } }, this.tally);
    this.#identity = `Bearer ${body.token}`;
  }

  /** The capsule held, a new one where none is, or nothing for who is no member. */
  async capsule(organization) {
    return this.#capsules.get(organization) ?? (await this.renew(organization));
  }

  async renew(organization) {
    this.#capsules.delete(organization);
    const { status, body } = await this.ask({ path: `/api/organizations/${organization}/capsule` });
    if (status !== 200) return undefined;
    this.tally.add("capsules issued");
    this.#capsules.set(organization, body);
    return body;
  }

  /** Asks as whoever it is until there is an answer. */
  ask(request) {
    return until(this.origin, this.#signed(request), this.tally);
  }

  /** Asks once, perhaps in vain. */
  askOnce(request) {
    return once(this.origin, this.#signed(request));
  }

  #signed({ headers = {}, capsule, ...request }) {
    const held = capsule === undefined ? {} : { "bailiwick-capsule": capsule };
    return { ...request, headers: { authorization: this.#identity, ...held, ...headers } };
  }
}
