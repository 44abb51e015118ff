// A company of many projects, and one person in all of them.
import { Access, Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import { END } from "./ends.mjs";

export { END };
export const PROJECTS = 1_000;
export const projectIds = Array.from({ length: PROJECTS }, (_, at) => `p${at}`);

const bo = "user/bo@acme.com";
const policy = Policy.compile(pinecone);

/**
 * Bo's access: an owner of every project, but a user in the `user` ones, who may not rename, and in the `ending` ones, until END.
 * @param {{ user?: readonly string[], ending?: readonly string[], clock?: () => number }} settings
 */
export function access({ user = [], ending = [], clock } = {}) {
  const membership = (id) => ({
    member: bo,
    roles: [user.includes(id) || ending.includes(id) ? "project_user" : "project_owner"],
    ...(ending.includes(id) ? { until: END } : {}),
  });
  const projects = projectIds.map((id) => ({ id, organization: "acme", members: [membership(id)] }));
  const people = [{ id: "ana@acme.com" }, { id: "bo@acme.com" }];
  const members = [
    { member: "user/ana@acme.com", roles: ["organization_owner"] },
    { member: bo, roles: ["organization_user"] },
  ];
  const organizations = [{ id: "acme", edition: "standard", members }];
  const document = { format: 1, policy: "pinecone", people, organizations, projects };
  return Directory.load(policy, document).access(bo, "acme", clock === undefined ? undefined : { clock });
}

/** Time that a test moves; the timers do what they are told when it does. */
export function time(now = 0) {
  let pending = [];
  const set = (call, milliseconds) => {
    const timer = { call, at: now + milliseconds };
    pending.push(timer);
    return timer;
  };
  const clear = (timer) => void (pending = pending.filter((other) => other !== timer));
  const moveTo = (moment) => {
    now = moment;
    for (const timer of pending.filter(({ at }) => at <= now)) {
      clear(timer);
      timer.call();
    }
  };
  return { clock: () => now, timers: { set, clear }, moveTo, held: () => pending.length };
}

/** Counts calls by name. */
export function counter() {
  const counts = new Map();
  const count = (name) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  /** The names counted since the last look, with their counts. */
  const taken = () => {
    const found = Object.fromEntries(counts);
    counts.clear();
    return found;
  };
  return { count, taken };
}

export { Access };
