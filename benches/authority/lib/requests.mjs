// Requests to a product behind its own guard: with the capsule that is held, an old one, a forged one.
import { requestIn } from "./world.mjs";

/** Asks as one person after the other, and keeps what the guard answered for the replay. */
export class Customer {
  constructor({ organization, people, dice, tally, answers }) {
    Object.assign(this, { organization, people, dice, tally, answers });
  }

  async ask() {
    const somebody = this.dice.pick(this.people);
    if (this.dice.once(10)) await somebody.renew(this.organization);
    const capsule = await somebody.capsule(this.organization);
    if (capsule === undefined) return;
    const { method, path, question } = requestIn(this.organization, this.dice);
    const isForged = this.dice.once(25);
    const token = isForged ? forged(capsule.token, this.dice) : capsule.token;
    const request = { method, path: `/api/product/${this.organization}${path}`, capsule: token };
    const { status, body } = await somebody.askOnce(request).catch(() => ({}));
    if (status === undefined || status >= 500) return this.tally.add("requests to the product without an answer");
    if (isForged) return this.#forged(status);
    await this.#answered(status, body, somebody, capsule, question);
  }

  #forged(status) {
    this.tally.add("forged capsules refused");
    if (status !== 401) throw new Error(`a forged capsule was answered with ${status}`);
  }

  async #answered(status, { reason }, somebody, { revision, notAfter }, question) {
    const at = Date.now();
    if (status === 401) {
      this.tally.add(`capsules refused by the product's guard: ${reason}`);
      await somebody.renew(this.organization);
      return;
    }
    const allowed = status === 200;
    this.tally.add(allowed ? "requests allowed" : "requests refused");
    this.answers.push({ organization: this.organization, revision, principal: `user/${somebody.person}`, question, allowed, at, notAfter });
  }
}

/** One letter is another one. */
function forged(token, dice) {
  const place = token.indexOf(".") + 1 + dice.below(token.length - token.indexOf(".") - 1);
  if (token[place] === ".") return forged(token, dice);
  const letter = token[place] === "A" ? "B" : "A";
  return token.slice(0, place) + letter + token.slice(place + 1);
}
