import { X } from "lucide-react";
import { useRef, useState } from "react";
import { useOrganization } from "../data/organization";
import { paneOf } from "../data/session";
import { Action } from "../ui/button";
import { useArrivedFocus } from "./focus";

/** The same page as somebody else sees it: a console of their own, signed in as them. */
export function ViewAs({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const { names } = useOrganization();
  // It begins where this page is, and then goes its own way. A frame with the very address of its page is refused by some browsers.
  const [address] = useState(() => `${window.location.pathname}?pane${window.location.hash}`);
  const close = useRef<HTMLButtonElement>(null);
  useArrivedFocus(close);
  return (
    <aside className="pane" aria-label="As somebody else">
      <header className="pane-head">
        <p>
          As <b>{names.of(`user/${person}`)}</b>
        </p>
        <Action variant="quiet" size="small" icon={X} iconOnly ref={close} onPress={onClose}>
          Close the pane
        </Action>
      </header>
      <iframe
        key={person}
        name={paneOf(person, names.of(`user/${person}`))}
        src={address}
        title={`The console as ${names.of(`user/${person}`)}`}
      />
    </aside>
  );
}
