import { useState } from "react";
import { useOrganization } from "../data/organization";
import type { Fields } from "../data/authority";
import { identifier, suffix } from "../model/identifier";
import { CommandDialog } from "../ui/command";
import { Choices, Line } from "../ui/fields";
import { fresh } from "../ui/fresh";

/** What is made: its identifier, its name, and the roles that were chosen, if any. */
export interface Made {
  readonly id: string;
  readonly name: string;
  readonly roles?: readonly string[];
}

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly holder: "service_account" | "api_key";
  readonly kind: "organization" | "project";
  /** The roles that it has unless others are chosen. */
  readonly usual: readonly string[];
  readonly hint: string;
  readonly fields: (made: Made) => Fields;
}

/** Makes whoever is no person and holds roles: a service account, an API key. */
export const CreateHolder = fresh(function CreateHolder({ holder, kind, usual, hint, fields, ...dialog }: Props) {
  const { product, names } = useOrganization();
  const [name, setName] = useState("");
  const [roles, setRoles] = useState(usual);
  const [end] = useState(suffix);
  const choices = product.rolesFor(holder, kind).map((role) => ({ id: role, label: names.role(kind, role) }));
  const made = { id: identifier(name, end), name: name.trim(), ...(roles.length > 0 && { roles }) };
  return (
    <CommandDialog {...dialog} fields={made.name === "" ? undefined : fields(made)} submit="Create">
      <Line label="Name" value={name} onChange={setName} required autoFocus />
      <Choices label="Roles" value={roles} onChange={setRoles} choices={choices} hint={hint} />
    </CommandDialog>
  );
});
