// After it all: the log of each organization, replayed, against what was answered.
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import { documentOf } from "./world.mjs";

/** Everything that an organization's log says, or the error that says what is wrong. */
export class Replay {
  #policy = Policy.compile(pinecone);

  /** Replays the changes on what moved in; at each revision the answers of that revision are looked at. Gives the last document. */
  run(organization, changes, answers, tally) {
    const directory = Directory.load(this.#policy, documentOf(organization));
    const asked = grouped(answers);
    this.#look(directory, asked, tally);
    for (const change of changes) {
      if (change.before !== directory.revision) throw new Error(`${organization}: revision ${change.after} comes after ${directory.revision}`);
      directory.commit(change);
      tally.add("changes replayed");
      this.#look(directory, asked, tally);
    }
    return directory.document();
  }

  /** What the guard said of capsules of this revision is what the directory says. */
  #look(directory, asked, tally) {
    for (const { organization, principal, question, allowed, at } of asked.get(directory.revision) ?? []) {
      const can = directory.access(principal, organization, { clock: () => at }).can(...question);
      tally.add("answers of the guard compared");
      if (allowed === can) continue;
      throw new Error(`${principal} ${question.join(" ")} at revision ${directory.revision}: the guard said ${allowed}, the directory ${can}`);
    }
  }
}

function grouped(answers) {
  const groups = new Map();
  for (const answer of answers) {
    const group = groups.get(answer.revision);
    if (group === undefined) groups.set(answer.revision, [answer]);
    else group.push(answer);
  }
  return groups;
}

/** Each command that was accepted is in the log once, none that was refused is. */
export function mustBeOnce(answered, changes) {
  const times = new Map();
  for (const { command } of changes) times.set(command.id, (times.get(command.id) ?? 0) + 1);
  for (const [id, count] of times) if (count !== 1) throw new Error(`${id} was carried out ${count} times`);
  for (const [id, became] of answered) {
    const there = times.has(id);
    if (became === "refused" && there) throw new Error(`${id} was refused, and carried out`);
    if (became !== "refused" && !there) throw new Error(`${id} was answered with revision ${became}, and is lost`);
  }
}

/**
 * How long after a loss was answered an older capsule still passed, in milliseconds, at most. Past its own end none may.
 */
export function latest(losses, answers) {
  let longest = 0;
  for (const { organization, principal, revision, at, notAfter, allowed } of answers) {
    if (at > notAfter + 1_000 && allowed) throw new Error(`a capsule passed ${at - notAfter} ms after its end`);
    const lost = losses.find((loss) => loss.organization === organization && loss.principal === principal && loss.revision > revision && loss.at < at);
    if (lost !== undefined && allowed) longest = Math.max(longest, at - lost.at);
  }
  return longest;
}
