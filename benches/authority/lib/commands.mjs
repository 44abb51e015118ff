// Commands, one after the other and many at a time: each is asked for until it is answered, under one id.
import { commandIn } from "./world.mjs";

/** How many may wait for their answers. */
const MOST = 24;

/** Gives commands of one organization. */
export class Commander {
  /** Command ids by what became of them: the revision of an answer, or `refused`. */
  answered = new Map();
  #done = new Set();
  /** Commands of which an answer was lost: that it was refused later, perhaps to who was removed meanwhile, says nothing of the first time. */
  #unsure = new Set();
  #number = 0;
  #waiting = 0;
  #invites = [];
  /** What was made and may be there still, by the command that made it. */
  #made = { create_api_key: [], create_project: [] };
  #earlier = [];

  constructor({ organization, people, dice, tally, losses }) {
    Object.assign(this, { organization, people, dice, tally, losses });
  }

  get isBusy() {
    return this.#waiting >= MOST;
  }

  get isIdle() {
    return this.#waiting === 0;
  }

  /** One command more; sometimes one that was given before, or one twice at once. */
  async give() {
    this.#waiting += 1;
    try {
      const [command, actor] = this.dice.once(50) && this.#earlier.length > 0 ? this.dice.pick(this.#earlier) : this.#fresh();
      const times = this.dice.once(20) ? 2 : 1;
      await Promise.all(Array.from({ length: times }, () => this.#carry(command, actor)));
    } finally {
      this.#waiting -= 1;
    }
  }

  #fresh() {
    this.#number += 1;
    const { organization, dice } = this;
    const [owner, ...others] = this.people;
    const actor = dice.once(3) ? dice.pick(others) : owner;
    const id = `${organization}-${this.#number}`;
    const given = [commandIn({ organization, dice, id, invites: this.#invites, made: this.#made, isOwner: actor === owner }), actor];
    this.#earlier.push(given);
    return given;
  }

  async #carry(command, actor) {
    this.#settle(command, await this.#answer(command, actor));
  }

  #settle(command, { status, body, lost }) {
    if (lost) this.#unsure.add(command.id);
    if (status === 200) this.#accepted(command, body);
    else this.#refused(command, status, body);
  }

  async #answer(command, actor) {
    const path = `/api/organizations/${this.organization}/commands`;
    for (let lost = false; ; ) {
      const capsule = await actor.capsule(this.organization);
      if (capsule === undefined) return { status: 404, body: { reason: "no capsule" }, lost };
      const answer = await actor.ask({ method: "POST", path, body: command, capsule: capsule.token });
      lost ||= answer.lost;
      if (answer.status !== 401) return { ...answer, lost };
      this.tally.add(`capsules refused at the authority's door, renewed: ${answer.body.reason}`);
      await actor.renew(this.organization);
    }
  }

  #accepted(command, { revision, repeated }) {
    this.tally.add(repeated ? "commands repeated" : `commands accepted: ${command.command}`);
    this.answered.set(command.id, revision);
    if (repeated) return;
    if (this.#done.has(command.id)) throw new Error(`${command.id} was carried out again at revision ${revision}`);
    this.#done.add(command.id);
    if (command.command === "invite_member") this.#invited(command);
    this.#made[command.command]?.push(command.key ?? command.project);
    if (["remove_member", "suspend_member", "remove_project_member"].includes(command.command))
      this.losses.push({ organization: this.organization, principal: command.member, revision, at: Date.now() });
  }

  #invited({ invite, address }) {
    this.#invites.push(invite);
    const invited = this.people.find(({ person }) => person === address);
    if (invited !== undefined && this.dice.next() < 0.8) void this.#accept(invite, invited);
  }

  async #accept(invite, invited) {
    const id = `accept-${invite}`;
    const path = `/api/organizations/${this.organization}/invites/${invite}/acceptance`;
    this.#waiting += 1;
    const answer = await invited.ask({ method: "POST", path, body: { id } });
    this.#waiting -= 1;
    this.#settle({ id, command: "accept_invite" }, answer);
  }

  #refused({ id }, status, { reason, decision, code }) {
    this.tally.add(`commands refused: ${status} ${decision?.reason ?? reason ?? code}`);
    if (this.#unsure.has(id)) this.#forget(id);
    else if (!this.answered.has(id)) this.answered.set(id, "refused");
  }

  /** Another asking of the same command may have booked a refusal already. */
  #forget(id) {
    this.tally.add("commands refused after an answer was lost");
    if (this.answered.get(id) === "refused") this.answered.delete(id);
  }
}
