import { type ReactNode, useEffect, useState } from "react";
import type { Done, Fields, Told } from "../data/authority";
import { useOrganization } from "../data/organization";
import { said } from "../model/sentences";
import type { Preview } from "bailiwick";
import { FormDialog } from "./dialog";
import { PreviewPane, noteText } from "./preview";
import { toast } from "./toasts";

/** Carries a command out and says what it came to. */
export function useRun(): (fields: Fields) => Promise<Told<Done>> {
  const { link, names, id: organization } = useOrganization();
  return async (fields) => {
    try {
      const told = await link.command(fields);
      if (told.ok) {
        const notes = (told.notes ?? []).map((note) => noteText(note, names)).join(" ");
        toast({
          tone: "good",
          title: `You ${said(fields, organization, names)}`,
          ...(notes !== "" && { detail: notes }),
        });
      } else toast({ tone: "bad", title: "Refused", detail: told.text });
      return told;
    } catch (error) {
      toast({
        tone: "bad",
        title: "That did not work",
        detail: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  };
}

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  /** The command as the fields stand; nothing while something is missing. */
  readonly fields: Fields | undefined;
  readonly submit: string;
  readonly grave?: boolean;
  readonly wide?: boolean;
  readonly children?: ReactNode;
  readonly onDone?: (done: Done) => void;
}

/** A dialog for one command: its fields, what it would come to, and the command itself. */
export function CommandDialog({ fields, onDone, onOpenChange, isOpen, ...rest }: Props) {
  const run = useRun();
  const [sending, setSending] = useState(false);
  const preview = usePreview(isOpen && !sending ? fields : undefined);
  const refused = preview.told?.ok === false ? preview.told : undefined;
  const submit = async () => {
    if (fields === undefined) return;
    setSending(true);
    const told = await run(fields).finally(() => setSending(false));
    if (!told.ok) return;
    onOpenChange(false);
    onDone?.(told);
  };
  return (
    <FormDialog
      {...rest}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      ready={fields !== undefined && refused === undefined}
      refusal={refused}
      onSubmit={submit}
      below={fields !== undefined && !sending && refused === undefined && <PreviewPane {...preview} />}
    />
  );
}

interface Previewed {
  readonly told: Told<Preview> | undefined;
  readonly error: string | undefined;
  /** The fields have changed since. */
  readonly stale: boolean;
}

/** What a command would come to, asked a moment after its fields were changed last. */
function usePreview(fields: Fields | undefined): Previewed {
  const { link } = useOrganization();
  const key = fields === undefined ? "" : JSON.stringify(fields);
  const [state, setState] = useState<{ key: string; told?: Told<Preview>; error?: string }>();
  useEffect(() => {
    if (key === "") return undefined;
    let stale = false;
    const timer = setTimeout(() => {
      link.preview(JSON.parse(key) as Fields).then(
        (told) => !stale && setState({ key, told }),
        (error: unknown) => !stale && setState({ key, error: error instanceof Error ? error.message : String(error) }),
      );
    }, 200);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [link, key]);
  const fits = key !== "" && state !== undefined;
  return { told: fits ? state.told : undefined, error: fits ? state.error : undefined, stale: state?.key !== key };
}
