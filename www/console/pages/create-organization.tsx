import { useState } from "react";
import { useSession } from "../data/session";
import type { Refused } from "../data/authority";
import { FormDialog } from "../ui/dialog";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { identifier } from "../model/identifier";
import { toast } from "../ui/toasts";

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly onDone: (id: string) => void;
  /** The organization out of which it is made: a further one by the same creator. */
  readonly from?: string;
}

export const CreateOrganization = fresh(function CreateOrganization({ isOpen, onOpenChange, onDone, from }: Props) {
  const { account, refresh } = useSession();
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<Refused>();
  const submit = async () => {
    const id = identifier(name);
    const told = await account.create(id, name.trim(), from);
    if (!told.ok) return setRefused(told);
    toast({ tone: "good", title: `You created ${name.trim()}` });
    await refresh();
    onOpenChange(false);
    onDone(id);
  };
  return (
    <FormDialog
      title="Create an organization"
      isOpen={isOpen}
      onOpenChange={(is) => (setRefused(undefined), onOpenChange(is))}
      submit="Create"
      ready={name.trim() !== ""}
      refusal={refused}
      onSubmit={submit}
    >
      <p className="muted">You will own it. Who else belongs to it, you decide then.</p>
      <Line label="Name" value={name} onChange={setName} required autoFocus />
    </FormDialog>
  );
});
