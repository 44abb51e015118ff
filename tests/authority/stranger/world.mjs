// People and organizations of a check's own, asked over HTTP.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "bailiwick/authority/client";

let count = 0;

/** An id that no other check has. */
export const fresh = (name) => `${name}-${(count += 1)}`;

/** A person: what they ask with their token, and with their newest capsule. */
export async function person(host, name) {
  const id = `${fresh(name)}@acme.example`;
  const { body } = await ask(host, "POST", "/development/sign-in", {}, { person: id });
  const headers = { authorization: `Bearer ${body.token}` };
  const capsules = new Map();
  const me = {
    id,
    principal: `user/${id}`,
    token: body.token,
    capsules,
    asks: (method, path, body) => ask(host, method, path, headers, body),
    capsule: async (organization) => {
      const answer = await ask(host, "GET", `/organizations/${organization}/capsule`, headers);
      if (answer.status === 200) capsules.set(organization, answer.body.token);
      return answer;
    },
    /** With the capsule at hand, however old. */
    within: (organization, method, path, body) =>
      ask(host, method, `/organizations/${organization}/${path}`, { ...headers, "bailiwick-capsule": capsules.get(organization) ?? "" }, body),
    /** With a fresh capsule. Where it has just grown old, with the next. */
    does: async (organization, fields) => {
      const body = { id: fresh("c"), organization, ...fields };
      for (let tries = 1; ; tries += 1) {
        await me.capsule(organization);
        const answer = await me.within(organization, "POST", "commands", body);
        if (answer.status !== 401 || tries === 20) return answer;
      }
    },
    connected: (organization, more) =>
      connect({ base: host.base, organization, token: () => body.token, ...more }),
  };
  await me.asks("GET", "/me");
  return me;
}

/** Somebody with an organization of theirs. */
export async function founder(host, name = "ana") {
  const ana = await person(host, name);
  const acme = fresh("acme");
  const { status } = await ana.asks("POST", "/organizations", { id: fresh("c"), command: "create_organization", organization: acme });
  assert.equal(status, 200);
  return { ana, acme };
}

/** Somebody who is invited and accepts. */
export async function member(host, { ana, acme }, name = "bo", roles = ["organization_user"]) {
  const bo = await person(host, name);
  const invite = fresh("i");
  assert.equal((await ana.does(acme, { command: "invite_member", invite, address: bo.id, roles })).status, 200);
  const accepted = await bo.asks("POST", `/organizations/${acme}/invites/${invite}/acceptance`, { id: fresh("c") });
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
  return bo;
}

/** Who may give the host's own commands. */
export async function operator(host) {
  const { body } = await ask(host, "POST", "/development/sign-in", {}, { person: "operator@acme.example" });
  return (method, path, sent) => ask(host, method, `/operator${path}`, { authorization: `Bearer ${body.token}` }, sent);
}

/** Carries out `work` for each, so many at the same time. */
export async function each(all, atOnce, work) {
  const left = [...all];
  const one = async () => {
    while (left.length > 0) await work(left.pop());
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Waits for what comes soon: given up after so many milliseconds. */
export async function soon(check, what, patience = 10_000) {
  for (const deadline = Date.now() + patience; ; await pause(25)) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`it never came: ${what}`);
  }
}

export async function ask({ base }, method, path, headers, body) {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await fetch(base + path, {
    method,
    headers: { ...headers, ...json },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: text === "" ? undefined : JSON.parse(text) };
}
