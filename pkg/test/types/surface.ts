// The rest of the surface, under `lib: es2022` without the types of a browser or of Node.
import {
  Access,
  type Change,
  type Command,
  BailiwickError,
  BailiwickTypeError,
  type Button,
  type Decision,
  Directory,
  type DirectoryDocument,
  type Matrix,
  type Messages,
  type Page,
  Policy,
  type PolicyDocument,
  type Reason,
  init,
  reset,
} from "bailiwick";

const started: Promise<void> = init();
reset();

const policyDocument: PolicyDocument = { format: 1, name: "small", editions: {}, holders: {}, kinds: {} };
const directoryDocument: DirectoryDocument = { format: 1, people: [{ id: "ana@acme.com" }] };

const policy = Policy.compile(policyDocument);
const directory = Directory.load(policy, directoryDocument);
const messages: Messages = { no_role: (decision, question) => `${question.action}: ${decision.reason}` };
const access = directory.access("user/ana@acme.com", "acme", { clock: () => 0, messages });

const yes: boolean = access.can("rename", "organization", "acme");
const decision: Decision = access.check("rename", "organization", "acme");
const reason: Reason = decision.reason;
const button: Button = access.button("rename", "organization", "acme");
const cells: Uint8Array = access.canMany(["rename"], "organization", ["acme"]);
const page: Page = access.list("rename", "organization", { after: undefined, limit: 10 });
const matrix: Matrix | undefined = policy.matrix("organization");
const end: number = access.nextExpiry;
const copy: Access = Access.open(access.bytes(), { clock: () => 0 });

for (const remedy of decision.remedy) {
  const change: "role" | "share" | "edition" = remedy.change;
  const named: string = remedy.change === "edition" ? remedy.edition : remedy.role;
  void [change, named];
}

const leave: Command = { id: "c1", command: "leave_organization", organization: "acme" };
const outcome = directory.apply(leave, "user/ana@acme.com", { now: 0 });
if (outcome.ok) {
  const change: Change = outcome.change;
  directory.commit(change);
} else {
  const sentence: string = outcome.text;
  const why: Reason = outcome.decision.reason;
  void [sentence, why];
}
directory.applyAsHost({ id: "c2", command: "change_edition", organization: "acme", edition: "team" });
const preview = directory.preview(leave, { as: "user/ana@acme.com", limit: 10 });
if (preview.ok) void preview.rows.map((row) => [row.principal, row.gained.length]);
// @ts-expect-error a command without what it needs
directory.apply({ id: "c3", command: "rename_project", organization: "acme" }, "user/ana@acme.com");
// @ts-expect-error the host's own entry is for the host's commands
directory.applyAsHost(leave);
// @ts-expect-error not told before it is known to be
preview.rows;
// @ts-expect-error not a reason
const wrong: Reason = "because";
// @ts-expect-error a clock gives a number
directory.access("user/ana@acme.com", "acme", { clock: () => "now" });
// @ts-expect-error a sentence for no reason
directory.access("user/ana@acme.com", "acme", { messages: { because: () => "" } });
// @ts-expect-error made by Policy.compile only
new Policy();
// @ts-expect-error an unknown field of a directory
Directory.load(policy, { format: 1, persons: [] });
// @ts-expect-error a decision is not written to
decision.allowed = true;

try {
  copy.free();
  access[Symbol.dispose]();
} catch (error) {
  if (error instanceof BailiwickError) void [error.code, error.path, error.message];
  if (error instanceof BailiwickTypeError) void [error.code, error.path];
}

void [started, yes, reason, button, cells, page, matrix, end, wrong];
