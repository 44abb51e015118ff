// Names of kinds, actions and roles are known to TypeScript where the policy is a literal.
import { Access, type ActionName, Directory, type KindName, Policy, type RoleName } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import pinkfish from "bailiwick/presets/pinkfish";
import json from "../../../policies/pinecone.json" with { type: "json" };

const directory = Directory.load(Policy.compile(pinecone), "{}");
const access = directory.access("user/ana@acme.com", "acme");

access.can("delete", "project", "search");
access.can("grant project_user", "project", "search");
access.check("invite_members", "organization", "acme");
access.button("rename", "project", "search");
access.canMany(["rename", "delete"], "project", ["search"]);
access.list("delete", "project", { limit: 10, after: undefined });
directory.check("user/ana@acme.com", "acme", "delete", "project", "search", { now: 0 });

// @ts-expect-error a misspelt action
access.can("delet", "project", "search");
// @ts-expect-error an action of another kind
access.can("invite_members", "project", "search");
// @ts-expect-error no such kind
access.can("delete", "automation", "search");
// @ts-expect-error no such role
access.can("grant project_boss", "project", "search");
// @ts-expect-error one misspelt action among others
access.canMany(["rename", "delet"], "project", ["search"]);
// @ts-expect-error a misspelt action of a list
access.list("delet", "project");
// @ts-expect-error a misspelt action asked of a directory
directory.check("user/ana@acme.com", "acme", "delet", "project", "search");
// @ts-expect-error three strings
access.can("delete", "project");

const other = Directory.load(Policy.compile(pinkfish), "{}").access("user/ana@acme.com", "acme");
other.can("run", "automation", "a1");
// @ts-expect-error Pinkfish has no projects
other.can("delete", "project", "search");

// A document imported as JSON keeps its names as well.
const imported = Directory.load(Policy.compile(json), "{}").access("user/ana@acme.com", "acme");
imported.can("delete", "project", "search");
// @ts-expect-error a misspelt action
imported.can("delet", "project", "search");

// A document written in place.
const small = Policy.compile({
  format: 1,
  name: "small",
  editions: { only: {} },
  holders: { user: { roles: { organization: ["owner"] } } },
  kinds: {
    platform: { roles: { person: {} } },
    organization: {
      parent: "platform",
      top: "owner",
      actions: { rename: {} },
      roles: { owner: { allow: ["rename"], grant: ["owner"] } },
    },
  },
});
small.matrix("organization");
// @ts-expect-error no such kind
small.matrix("project");

// From text or bytes any name may be asked for.
const wide = Directory.load(Policy.compile("{}"), "{}").access("user/ana@acme.com", "acme");
wide.can("whatever", "there", "is");
Access.open(new Uint8Array()).can("whatever", "there", "is");
Access.open<typeof pinecone>(new Uint8Array()).can("delete", "project", "search");

// A typed access goes where any access is taken, and the reverse.
const any: Access = access;
any.can("whatever", "there", "is");

const kind: KindName<typeof pinecone> = "project";
const action: ActionName<typeof pinecone, "project"> = "grant project_owner";
const role: RoleName<typeof pinecone, "project"> = "project_user";
access.can(action, kind, role);
