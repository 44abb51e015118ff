import { useState } from "react";
import { useProduct } from "../data/product";
import { useSession } from "../data/session";
import type { Invited } from "../data/authority";
import { Names } from "../model/names";
import { day } from "../model/time";
import { Avatar } from "../ui/bits";
import { Action } from "../ui/button";
import { toast } from "../ui/toasts";

/** Invites that wait for whoever is signed in. */
export function Invites() {
  const { me } = useSession();
  if (me.invites.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="invites">
      <h2 id="invites">Invites</h2>
      <ul className="cards">
        {me.invites.map((invite) => (
          <li key={`${invite.organization} ${invite.invite}`}>
            <InviteCard invited={invite} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function InviteCard({ invited }: { readonly invited: Invited }) {
  const { account, refresh } = useSession();
  const names = new Names(useProduct().policy);
  const [pending, setPending] = useState(false);
  const title = invited.name ?? invited.organization;
  const accept = async () => {
    setPending(true);
    try {
      const told = await account.accept(invited.organization, invited.invite);
      if (told.ok) toast({ tone: "good", title: `You joined ${title}` });
      else toast({ tone: "bad", title: `You could not join ${title}`, detail: told.text });
      await refresh();
    } catch (error) {
      toast({ tone: "bad", title: "The invite could not be accepted", detail: String(error) });
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="card-link">
      <Avatar name={title} square />
      <span>
        <b>{title}</b>
        <span className="muted">
          as {names.roles("organization", invited.roles) || "a member"}
          {invited.until !== undefined && ` · until ${day(invited.until)}`}
        </span>
      </span>
      <Action variant="primary" size="small" isPending={pending} onPress={() => void accept()}>
        Accept
      </Action>
    </div>
  );
}
