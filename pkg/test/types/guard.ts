// The guard and capsules, under `lib: es2022` without the types of a browser or of Node.
import { Access, Directory, Policy, capsuleDelta } from "bailiwick";
import { type Jwk, type Key, type Verify, createVerifier, signCapsule, signDelta } from "bailiwick/capsule";
import {
  type Guard,
  type GuardDecision,
  type GuardReason,
  type GuardRecord,
  type Outcome,
  type Problem,
  type Route,
  applyDelta,
  createGuard,
  fromBearer,
  fromCookie,
} from "bailiwick/guard";
import pinecone from "bailiwick/presets/pinecone";

const policy = Policy.compile(pinecone);
const directory = Directory.load(policy, "{}");
const vocabulary: Uint8Array = policy.vocabulary();
const capsule: Uint8Array = directory.capsule("user/ana@acme.com", "acme", { issuedAt: 0, notAfter: 1 });
const access = Access.openCapsule<typeof pinecone>(capsule, vocabulary, { clock: () => 0 });
Access.openCapsule(capsule, Access.open(vocabulary)).can("rename", "organization", "acme");
const times: (number | undefined)[] = [access.issuedAt, access.notAfter];
const next: Uint8Array = applyDelta(capsule, capsuleDelta(capsule, capsule));
// @ts-expect-error a misspelt action
access.can("delet", "project", "search");
// @ts-expect-error a capsule ends
directory.capsule("user/ana@acme.com", "acme", { issuedAt: 0 });

declare const key: Key;
const jwk: Jwk = { kty: "OKP", crv: "Ed25519", x: "" };
const token: Promise<string> = signCapsule(capsule, { key, kid: "k1", audience: "a" });
const verify: Verify = createVerifier({ keys: { k1: jwk }, audience: "a", limit: 4_096 });
createVerifier({ keys: new Map([["k1", key]]), audience: "a", type: "delta" });
createVerifier({ keys: async (kid) => (kid === "k1" ? jwk : undefined), audience: "a" });
void [signDelta(capsule, { key: jwk, kid: "k1", audience: "a" }), next, token, times];
// @ts-expect-error for whom it is must be said
createVerifier({ keys: {} });

type Names = typeof pinecone;
const routes: Route<Names>[] = [
  { method: "GET", path: "/health", public: true },
  {
    method: "DELETE",
    path: "/{org}/{p}",
    action: "delete",
    kind: "project",
    id: "p",
    organization: "org",
    hidden: true,
  },
  // @ts-expect-error a misspelt action
  { method: "DELETE", path: "/{org}/{p}", action: "delet", kind: "project", id: "p", organization: "org" },
  // @ts-expect-error an action of another kind
  { method: "GET", path: "/{org}/{p}", action: "view_billing", kind: "project", id: "p", organization: "org" },
  // @ts-expect-error no such method
  { method: "get", path: "/health", public: true },
  // @ts-expect-error neither public nor guarded
  { method: "GET", path: "/health" },
];
const guard = createGuard<Names>({
  routes,
  vocabulary,
  capsule: fromCookie("capsule"),
  verify,
  principal: async (request) => request.headers.get("x-user"),
  minRevision: (_, organization) => organization.length,
  log: (record: GuardRecord) => void record["bailiwick.reason"],
  problem: (problem: Problem) => ({ ...problem, type: "https://acme.com" }),
});
const request = { method: "GET", url: "https://acme.com/", headers: { get: (_name: string) => null } };
const outcome: Outcome<Names> = await guard(request);
const reason: GuardReason = outcome.reason;
if (outcome.allowed) {
  const found: string | undefined = outcome.params["org"];
  const decision: GuardDecision | undefined = outcome.decision;
  void [found, decision, decision?.validUntil, outcome.can("delete", "project", "search"), outcome.cacheControl];
  // @ts-expect-error what would change it an access says
  void outcome.check("delete", "project", "search").remedy;
  // @ts-expect-error a misspelt action
  outcome.can("delet", "project", "search");
} else {
  void [outcome.response, outcome.problem.title, outcome.headers["allow"], outcome.body];
  // @ts-expect-error nothing is asked of who does not pass
  outcome.can("delete", "project", "search");
}
const own: Guard<Names, { headers: { get(name: string): string | null }; ip: string }, { id: number }> = createGuard<
  Names,
  { headers: { get(name: string): string | null }; ip: string },
  { id: number }
>({ routes, vocabulary, capsule: ({ ip }, { id }) => (ip === "" ? null : capsule.subarray(id)) });
const raw = own.checkRaw("/a");
if (raw.path === undefined) void (raw.reason satisfies GuardReason);
void own.decide({ method: "GET", target: "/a", request: { ip: "", headers: request.headers }, context: { id: 0 } });
void [reason, fromBearer(), createGuard({ routes: [], vocabulary, capsule: fromBearer() })];
