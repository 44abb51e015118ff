import { type ReactNode, useState } from "react";
import type { Fields } from "../data/authority";
import { CommandDialog } from "../ui/command";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly name: string;
  readonly fields: Fields;
  /** The name has to be typed first: for what takes much with it. */
  readonly typed?: boolean;
  readonly onDone?: () => void;
  readonly children?: ReactNode;
}

/** Asks once more before something is gone for good. */
export const ConfirmDelete = fresh(function ConfirmDelete(props: Props) {
  const { isOpen, onOpenChange, name, fields, typed = false, onDone, children } = props;
  const [text, setText] = useState("");
  const ready = !typed || text.trim() === name;
  return (
    <CommandDialog
      title={`Delete ${name}`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={ready ? fields : undefined}
      submit="Delete"
      grave
      {...(onDone !== undefined && { onDone })}
    >
      {children}
      <p>This cannot be taken back.</p>
      {typed && <Line label={`Type “${name}” to go on`} value={text} onChange={setText} autoFocus />}
    </CommandDialog>
  );
});
