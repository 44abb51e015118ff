import { useState } from "react";
import type { ApiKeyDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { identifier, suffix } from "../model/identifier";
import { CommandDialog } from "../ui/command";
import { Choices, Line } from "../ui/fields";
import { RolePicker } from "../ui/roles";

/** What a key holds: what was chosen, else the default of keys. */
export function useKeyRoles(key: ApiKeyDocument): readonly string[] {
  const { product } = useOrganization();
  return key.roles ?? product.policy.holders["api_key"]?.default ?? [];
}

export function CreateKey({
  project,
  isOpen,
  onOpenChange,
}: {
  readonly project: ProjectDocument;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}) {
  const { product, names } = useOrganization();
  const usual = product.policy.holders["api_key"]?.default ?? [];
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<readonly string[]>(usual);
  const [end, setEnd] = useState(suffix);
  const clear = () => {
    setName("");
    setRoles(usual);
    setEnd(suffix());
  };
  const choices = product
    .rolesFor("api_key", "project")
    .map((role) => ({ id: role, label: names.role("project", role) }));
  return (
    <CommandDialog
      title="New API key"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={
        name.trim() === ""
          ? undefined
          : {
              command: "create_api_key",
              project: project.id,
              key: identifier(name, end),
              name: name.trim(),
              ...(roles.length > 0 && { roles }),
            }
      }
      submit="Create"
      onDone={clear}
    >
      <Line label="Name" value={name} onChange={setName} required autoFocus />
      <Choices
        label="Roles"
        value={roles}
        onChange={setRoles}
        choices={choices}
        hint="Whoever makes a key holds all that it holds."
      />
    </CommandDialog>
  );
}

export function ChangeKey({
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
}
