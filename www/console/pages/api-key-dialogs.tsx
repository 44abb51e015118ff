import { useState } from "react";
import type { ApiKeyDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { CommandDialog } from "../ui/command";
import { fresh } from "../ui/fresh";
import { RolePicker } from "../ui/roles";
import { CreateHolder } from "./create-holder";

/** What a key holds: what was chosen, else the default of keys. */
export function useKeyRoles(key: ApiKeyDocument): readonly string[] {
  const { product } = useOrganization();
  return key.roles ?? product.policy.holders["api_key"]?.default ?? [];
}

export function CreateKey({
  project,
  ...dialog
}: {
  readonly project: ProjectDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}) {
  const { product } = useOrganization();
  return (
    <CreateHolder
      {...dialog}
      title="New API key"
      holder="api_key"
      kind="project"
      usual={product.policy.holders["api_key"]?.default ?? []}
      hint="You can give it only what you hold yourself."
      fields={({ id, ...made }) => ({ command: "create_api_key", project: project.id, key: id, ...made })}
    />
  );
}

export const ChangeKey = fresh(function ChangeKey({
  apiKey,
  isOpen,
  onOpenChange,
}: {
  readonly apiKey: ApiKeyDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}) {
  const held = useKeyRoles(apiKey);
  const [roles, setRoles] = useState(held);
  return (
    <CommandDialog
      title={`Roles of ${apiKey.name ?? apiKey.id}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={roles.length === 0 ? undefined : { command: "change_api_key", key: apiKey.id, roles }}
      submit="Save"
    >
      <RolePicker
        target={`api_key/${apiKey.id}`}
        kind="project"
        id={apiKey.project}
        held={held}
        value={roles}
        onChange={setRoles}
      />
    </CommandDialog>
  );
});
