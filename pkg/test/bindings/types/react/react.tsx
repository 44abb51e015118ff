// The names of the policy are known to the hooks and components.
import type { ReactElement } from "react";
import { Access, type Button, type Decision } from "bailiwick";
import type pinecone from "bailiwick/presets/pinecone";
import { Can as AnyCan, AccessProvider as AnyProvider, createBindings, useCan as useAnyCan } from "bailiwick/react";
import { accessStore } from "bailiwick/store";

const { AccessProvider, Can, useAccess, useButton, useCan, useCheck } = createBindings<typeof pinecone>();

declare const access: Access<typeof pinecone>;
declare const bytes: Uint8Array;

export function Page({ id }: { id: string }): ReactElement {
  const allowed: boolean = useCan("delete", "project", id);
  const decision: Decision = useCheck("grant project_user", "project", id);
  const button: Button = useButton("invite_members", "organization", "acme");
  const asked: boolean | undefined = useAccess()?.canMany(["rename", "delete"], "project", [id]).includes(1);
  // @ts-expect-error a misspelt action
  useCan("delet", "project", id);
  // @ts-expect-error an action of another kind
  useCheck("invite_members", "project", id);
  // @ts-expect-error no such kind
  useButton("delete", "automation", id);
  // @ts-expect-error three strings
  useCan("delete", "project");
  // @ts-expect-error a misspelt action of the access
  useAccess()?.can("delet", "project", id);
  return (
    <p>
      {[allowed, decision.reason, button.text, asked]}
      <Can action="delete" kind="project" id={id} fallback={<i>no</i>}>
        <button>Delete</button>
      </Can>
      {/* @ts-expect-error a misspelt action */}
      <Can action="delet" kind="project" id={id} />
      {/* @ts-expect-error an action of another kind */}
      <Can action="invite_members" kind="project" id={id} />
      {/* @ts-expect-error no id */}
      <Can action="delete" kind="project" />
    </p>
  );
}

export const providers = [
  <AccessProvider access={access}>one</AccessProvider>,
  <AccessProvider access={undefined} />,
  <AccessProvider store={accessStore(access)} />,
  <AccessProvider bytes={bytes} open={Access.open} />,
  <AccessProvider bytes={bytes} open={(from) => Access.open(from, { clock: () => 0 })} />,
  // @ts-expect-error nothing to take an access from
  <AccessProvider />,
  // @ts-expect-error bytes alone do not open
  <AccessProvider bytes={bytes} />,
  // @ts-expect-error one source, not two
  <AccessProvider access={access} store={accessStore(access)} />,
  // @ts-expect-error no access
  <AccessProvider access="access" />,
];

// Without a policy any name may be asked for.
export function Anything(): ReactElement {
  return (
    <AnyProvider access={access}>
      {useAnyCan("whatever", "there", "is")}
      <AnyCan action="whatever" kind="there" id="is" />
    </AnyProvider>
  );
}
