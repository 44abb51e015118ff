// Commands by the policy of the directory: a role that this holder may not have does not compile.
import { type Command, Directory, type HolderRole, Policy, type SharingRole, definePolicy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import pinkfish from "bailiwick/presets/pinkfish";
import json from "../../../policies/pinecone.json" with { type: "json" };

const ana = "user/ana@acme.com";
const acme = { id: "c1", organization: "acme" };
const search = { ...acme, project: "search" };
const directory = Directory.load(Policy.compile(pinecone), "{}");

directory.apply({ ...search, command: "create_api_key", key: "k1", roles: ["project_key"] }, ana);
directory.apply({ ...search, command: "create_api_key", key: "k1" }, ana);
directory.apply({ ...acme, command: "change_api_key", key: "k1", roles: ["project_key"] }, ana);
directory.apply({ ...acme, command: "change_member_roles", member: ana, roles: ["organization_user"] }, ana);
directory.apply({ ...search, command: "add_project_member", member: ana, roles: ["project_user"] }, ana);
directory.apply({ ...acme, command: "create_service_account", account: "ci", roles: ["organization_user"] }, ana);
directory.applyAsHost({ ...acme, command: "change_edition", edition: "enterprise" });
directory.preview({ ...acme, command: "change_api_key", key: "k1", roles: ["project_key"] }, { as: ana });
// What comes over the network is text, and the module says what is wrong with it.
directory.apply(JSON.stringify({ ...acme, command: "change_api_key", key: "k1", roles: ["project_owner"] }), ana);

// @ts-expect-error an API key may not own a project
directory.apply({ ...search, command: "create_api_key", key: "k1", roles: ["project_owner"] }, ana);
// @ts-expect-error nor become its owner
directory.apply({ ...acme, command: "change_api_key", key: "k1", roles: ["project_owner"] }, ana);
// @ts-expect-error nor is it shown what would come of it
directory.preview({ ...acme, command: "change_api_key", key: "k1", roles: ["project_owner"] }, { as: ana });
// @ts-expect-error a person does not hold a key's role
directory.apply({ ...search, command: "add_project_member", member: ana, roles: ["project_key"] }, ana);
// @ts-expect-error a role of another kind
directory.apply({ ...acme, command: "change_member_roles", member: ana, roles: ["project_user"] }, ana);
// @ts-expect-error a misspelt role
directory.apply({ ...acme, command: "change_member_roles", member: ana, roles: ["organization_usr"] }, ana);
// @ts-expect-error a service account holds organization roles
directory.apply({ ...acme, command: "create_service_account", account: "ci", roles: ["project_key"] }, ana);
// @ts-expect-error no such edition
directory.applyAsHost({ ...acme, command: "change_edition", edition: "gold" });

// Pinkfish has no API keys of its own, and shares.
const shared = Directory.load(Policy.compile(pinkfish), "{}");
shared.apply({ ...acme, command: "share", resource: "automation/a1", with: "members", role: "view" }, ana);
// @ts-expect-error no such sharing role
shared.apply({ ...acme, command: "share", resource: "automation/a1", with: "members", role: "own" }, ana);
// @ts-expect-error nothing that an API key could hold
shared.apply({ ...acme, command: "create_api_key", project: "p", key: "k1", roles: ["edit"] }, ana);

// A document imported as JSON keeps the names that it declares, not the lists of who may hold what.
const imported = Directory.load(Policy.compile(json), "{}");
imported.apply({ ...search, command: "create_api_key", key: "k1", roles: ["project_key"] }, ana);
// @ts-expect-error a misspelt role
imported.apply({ ...search, command: "create_api_key", key: "k1", roles: ["project_ky"] }, ana);

// From text any role may be named.
const wide = Directory.load(Policy.compile("{}"), "{}");
wide.apply({ ...search, command: "create_api_key", key: "k1", roles: ["whatever"] }, ana);
const command: Command = { ...acme, command: "change_edition", edition: "any" } as unknown as Command;
wide.apply(command, ana);
const any: Directory = directory;
any.apply(command, ana);

// `as const`, and a document defined in a file of its own.
const literal = Directory.load(Policy.compile({ ...pinecone, name: "mine" } as const), "{}");
literal.access(ana, "acme").can("delete", "project", "search");
// @ts-expect-error a misspelt action
literal.access(ana, "acme").can("delte", "project", "search");

const studio = definePolicy({
  format: 1,
  name: "studio",
  editions: { only: {} },
  holders: {
    user: { roles: { organization: ["owner"], project: ["lead", "guest"] } },
    api_key: { roles: { project: ["guest"] } },
  },
  kinds: {
    platform: { roles: { person: {} } },
    organization: {
      parent: "platform",
      top: "owner",
      actions: { rename: {} },
      roles: { owner: { allow: ["rename"] } },
    },
    project: {
      parent: "organization",
      actions: { view: {}, delete: {} },
      roles: { lead: { allow: ["view", "delete"] }, guest: { allow: ["view"] } },
    },
  },
});
const own = Directory.load(Policy.compile(studio), "{}");
own.access(ana, "acme").can("view", "project", "p1");
own.apply({ ...acme, command: "create_api_key", project: "p1", key: "k1", roles: ["guest"] }, ana);
// @ts-expect-error an action of another kind
own.access(ana, "acme").can("view", "organization", "acme");
// @ts-expect-error a key may not lead
own.apply({ ...acme, command: "create_api_key", project: "p1", key: "k1", roles: ["lead"] }, ana);

// What a document uses must be declared in it, and the mistake is marked where it stands.
const base = { format: 1, name: "small", editions: {} } as const;
const organization = { parent: "platform", actions: { rename: {} }, roles: { owner: { allow: ["rename"] } } } as const;
definePolicy({ ...base, holders: { user: {} }, kinds: { platform: {}, organization } });
definePolicy({
  ...base,
  // @ts-expect-error a holder of a role that there is not
  holders: { user: { roles: { organization: ["boss"] } } },
  kinds: { platform: {}, organization },
});
definePolicy({
  ...base,
  holders: { user: {} },
  kinds: {
    platform: {},
    organization: {
      parent: "platform",
      actions: { rename: {} },
      // @ts-expect-error an action that the kind does not have
      roles: { owner: { allow: ["rename", "delete"] } },
    },
  },
});
definePolicy({
  ...base,
  holders: { user: {} },
  kinds: {
    platform: {},
    organization: {
      parent: "platform",
      // @ts-expect-error a role of another kind that there is not
      roles: { owner: { implies: { project: ["lead"] } } },
    },
    project: { parent: "organization", roles: { guest: {} } },
  },
});
definePolicy(pinecone);
definePolicy(pinkfish);

const key: HolderRole<typeof pinecone, "api_key", "project"> = "project_key";
const level: SharingRole<typeof pinkfish> = "edit";
void [key, level];
