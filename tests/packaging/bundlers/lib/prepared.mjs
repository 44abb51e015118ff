// The questions of the vectors for who has only a prepared access, made by the full module here.
import { data } from "./sources.mjs";

/** Each with the bytes of its access, and the reason that is expected. */
export async function prepared(workshop) {
  const api = await workshop.load("bailiwick");
  return Object.values(data.vectors)
    .filter(({ directory }) => directory !== undefined)
    .flatMap((vector) => questionsOf(api, vector));
}

function questionsOf({ Directory, Policy }, vector) {
  const policy = Policy.compile(typeof vector.policy === "string" ? data.policies[vector.policy] : vector.policy);
  const directory = Directory.load(policy, vector.directory);
  return vector.questions
    .filter(({ ask }) => ask === "check")
    .map(({ principal, organization, action, kind, id, now = 0, expect }) => {
      const access = Buffer.from(directory.access(principal, organization).bytes()).toString("base64");
      return { access, action, kind, id, now, expected: expect.reason };
    });
}
