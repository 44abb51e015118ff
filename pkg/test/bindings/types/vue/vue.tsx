// The names of the policy are known to the composables and components.
import { type ComputedRef, computed, ref } from "vue";
import { Access, type Button, type Decision } from "bailiwick";
import type pinecone from "bailiwick/presets/pinecone";
import { accessPlugin, createBindings, provideAccess as provideAny, useCan as useAnyCan } from "bailiwick/vue";
import { type AccessStore, accessStore } from "bailiwick/store";

const { AccessProvider, Can, provideAccess, useAccess, useButton, useCan, useCheck } =
  createBindings<typeof pinecone>();

declare const access: Access<typeof pinecone>;
declare const bytes: Uint8Array;
const id = ref("search");

export const answers = () => {
  const allowed: ComputedRef<boolean> = useCan("delete", "project", id);
  const decision: ComputedRef<Decision> = useCheck("grant project_user", "project", () => id.value);
  const button: ComputedRef<Button> = useButton(
    "invite_members",
    "organization",
    computed(() => "acme"),
  );
  const from: Access<typeof pinecone> | undefined = useAccess().value;
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

export const can = () => [
  <Can action="delete" kind="project" id="search" />,
  // @ts-expect-error a misspelt action
  <Can action="delet" kind="project" id="search" />,
  // @ts-expect-error an action of another kind
  <Can action="invite_members" kind="project" id="search" />,
  // @ts-expect-error no id
  <Can action="delete" kind="project" />,
];

export const providers = () => {
  const store: AccessStore<typeof pinecone> = provideAccess({ access });
  provideAccess({ access: undefined });
  provideAccess({ store: accessStore(access) });
  provideAccess({ bytes, open: Access.open });
  // @ts-expect-error bytes alone do not open
  provideAccess({ bytes });
  // @ts-expect-error one source, not two
  provideAccess({ access, store });
  return [
    <AccessProvider access={access} />,
    <AccessProvider store={store} />,
    <AccessProvider bytes={bytes} open={Access.open} />,
    // @ts-expect-error bytes alone do not open
    <AccessProvider bytes={bytes} />,
    // @ts-expect-error no access
    <AccessProvider access="access" />,
  ];
};

// Without a policy any name may be asked for.
export const anything = () => [provideAny({ access }), accessPlugin({ access }), useAnyCan("whatever", "there", "is")];
