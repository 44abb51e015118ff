import { useState } from "react";
import type { Fields } from "../data/authority";
import { CommandDialog } from "../ui/command";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly was: string;
  readonly command: (name: string) => Fields;
}

export const Rename = fresh(function Rename({ isOpen, onOpenChange, was, command }: Props) {
  const [name, setName] = useState(was);
  const fresh = name.trim();
  return (
    <CommandDialog
      title={`Rename ${was}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={fresh === "" || fresh === was ? undefined : command(fresh)}
      submit="Rename"
    >
      <Line label="Name" value={name} onChange={setName} required autoFocus />
    </CommandDialog>
  );
});
