// The names of the policy are known to the functions.
import { type Readable, get, writable } from "svelte/store";
import { Access, type Button, type Decision } from "bailiwick";
import type pinecone from "bailiwick/presets/pinecone";
import { createBindings, setAccess as setAny, useCan as useAnyCan } from "bailiwick/svelte";
import { type AccessStore, accessStore } from "bailiwick/store";

const { setAccess, useAccess, useButton, useCan, useCheck } = createBindings<typeof pinecone>();

declare const access: Access<typeof pinecone>;
declare const bytes: Uint8Array;
const id = writable("search");

export const answers = () => {
  const allowed: Readable<boolean> = useCan("delete", "project", "search");
  const decision: Readable<Decision> = useCheck("grant project_user", "project", id);
  const button: Readable<Button> = useButton("invite_members", "organization", "acme");
  const from: Access<typeof pinecone> | undefined = get(useAccess());
  // @ts-expect-error a misspelt action
  useCan("delet", "project", id);
  // @ts-expect-error an action of another kind
  useCheck("invite_members", "project", id);
  // @ts-expect-error no such kind
  useButton("delete", "automation", id);
  // @ts-expect-error three strings
  useCan("delete", "project");
  return [allowed, decision, button, from];
};

export const providers = () => {
  const store: AccessStore<typeof pinecone> = setAccess({ access });
  setAccess({ access: undefined });
  setAccess({ store: accessStore(access) });
  setAccess({ bytes, open: Access.open });
  // @ts-expect-error bytes alone do not open
  setAccess({ bytes });
  // @ts-expect-error one source, not two
  setAccess({ access, store });
  // @ts-expect-error no access
  setAccess({ access: "access" });
};

// Without a policy any name may be asked for.
export const anything = () => [setAny({ access }), useAnyCan("whatever", "there", "is")];
