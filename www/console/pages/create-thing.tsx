import { useState } from "react";
import { useLocation } from "wouter";
import type { Fields } from "../data/authority";
import { useOrganization } from "../data/organization";
import { identifier, suffix } from "../model/identifier";
import { CommandDialog } from "../ui/command";
import { Choices, Line } from "../ui/fields";
import { fresh } from "../ui/fresh";

interface Props {
  readonly kind: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

/** Makes a project, or a thing of a kind of content. */
export const CreateThing = fresh(function CreateThing({ kind, isOpen, onOpenChange }: Props) {
  const { names, id } = useOrganization();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [uses, setUses] = useState<readonly string[]>([]);
  const [random] = useState(suffix);
  const usable = useUsable(kind);
  const thing = identifier(name, random);
  const fields: Fields | undefined =
    name.trim() === ""
      ? undefined
      : kind === "project"
        ? { command: "create_project", project: thing, name: name.trim() }
        : {
            command: "create_resource",
            resource: `${kind}/${thing}`,
            parent: `organization/${id}`,
            name: name.trim(),
            uses,
          };
  const done = () => {
    go(kind === "project" ? `/projects/${encodeURIComponent(thing)}` : `/content/${kind}/${encodeURIComponent(thing)}`);
  };
  const label = names.kind(kind).toLowerCase();
  return (
    <CommandDialog
      title={`New ${label}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={fields}
      submit="Create"
      onDone={done}
    >
      <Line label="Name" value={name} onChange={setName} required autoFocus />
      {usable.length > 0 && <Choices label="Uses" value={uses} onChange={setUses} choices={usable} />}
    </CommandDialog>
  );
});

/** What a thing of that kind may use: things of kinds that can be used, if it can be run at all. */
export function useUsable(
  kind: string,
): readonly { readonly id: string; readonly label: string; readonly hint: string }[] {
  const { product, view, names } = useOrganization();
  if (product.kind(kind).run === undefined) return [];
  return (view.document.resources ?? [])
    .filter((one) => product.kind(one.kind).use !== undefined && product.kind(one.kind).available !== false)
    .map((one) => ({ id: `${one.kind}/${one.id}`, label: one.name ?? one.id, hint: names.kind(one.kind) }));
}
