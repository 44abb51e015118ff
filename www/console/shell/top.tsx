import { CircleHelp, Eye, LayoutGrid, LogOut, Mail } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Dialog, DialogTrigger, Popover, ToggleButton } from "react-aria-components";
import { useLocation } from "wouter";
import { useOrganization } from "../data/organization";
import { asPerson, useSession } from "../data/session";
import { Avatar } from "../ui/bits";
import { Action } from "../ui/button";
import { useOpen } from "../ui/decided";
import { useWhy } from "../ui/why";
import { ThemeSwitch } from "./theme";
import { PickPerson } from "./pick-person";

/** Above every page: who is there, why it looks as it does, and how somebody else sees it. */
export function Top({ menu, onViewAs }: { readonly menu: ReactNode; readonly onViewAs?: (person: string) => void }) {
  const { on, set } = useWhy();
  const { me } = useSession();
  const [, go] = useLocation();
  const pick = useOpen();
  return (
    <header className="top">
      {menu}
      <span className="top-space">
        {asPerson !== undefined && <span className="as-note">Seen as {me.person.name ?? me.person.id}</span>}
      </span>
      {me.invites.length > 0 && (
        <Action
          variant="quiet"
          icon={Mail}
          onPress={() => go("~/")}
        >{`${me.invites.length} ${me.invites.length === 1 ? "invite" : "invites"}`}</Action>
      )}
      <ToggleButton className="button button-plain button-normal why-toggle" isSelected={on} onChange={set}>
        <CircleHelp className="icon" aria-hidden />
        <span>Why?</span>
      </ToggleButton>
      {onViewAs !== undefined && (
        <>
          <Action icon={Eye} className="view-as-button" onPress={pick.open}>
            View as
          </Action>
          <PickPerson {...pick} onPick={onViewAs} />
        </>
      )}
      <Account />
    </header>
  );
}

function Account() {
  const { me, signOut } = useSession();
  const { names, roles } = useOrganization();
  const [, go] = useLocation();
  const name = me.person.name ?? me.person.id;
  return (
    <DialogTrigger>
      <Button className="account" aria-label={`Account of ${name}`}>
        <Avatar name={name} />
      </Button>
      <Popover className="popover" placement="bottom end" offset={6}>
        <Dialog className="popover-dialog account-dialog" aria-label="Account">
          <p>
            <b>{name}</b>
            <br />
            <span className="muted">{me.person.email ?? me.person.id}</span>
          </p>
          <p className="muted">{names.roles("organization", roles) || "No role of their own"}</p>
          <ThemeSwitch />
          <Action variant="quiet" icon={LayoutGrid} onPress={() => go("~/")}>
            All organizations
          </Action>
          {asPerson === undefined && (
            <Action icon={LogOut} onPress={signOut}>
              Sign out
            </Action>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
