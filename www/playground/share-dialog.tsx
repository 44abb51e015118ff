import { Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Input, Label, Text, TextField } from "react-aria-components";
import { Skeleton, Trouble } from "../console/ui/bits";
import { Action } from "../console/ui/button";
import { Frame } from "../console/ui/dialog";
import { toast } from "../console/ui/toasts";
import { LONGEST_HASH, hashOf } from "./model/share";
import { type Session, sharedFrom } from "./model/session";

interface Props {
  readonly session: Session;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

/** A link that holds all of it. */
export function ShareDialog({ session, isOpen, onOpenChange }: Props) {
  const [hash, setHash] = useState<string | null>();
  useEffect(() => {
    if (!isOpen) return;
    let current = true;
    setHash(undefined);
    void hashOf(sharedFrom(session)).then((made) => current && setHash(made ?? null));
    return () => {
      current = false;
    };
  }, [isOpen, session]);
  return (
    <Frame title="Share" isOpen={isOpen} onOpenChange={onOpenChange}>
      <div className="dialog-body">
        {hash === undefined && <Skeleton lines={2} label="Making the link" />}
        {hash === null && (
          <Trouble
            text={`This is too much for a link: ${LONGEST_HASH / 1024} KiB hold no more. Export it as a test vector and send the file.`}
            refused
          />
        )}
        {typeof hash === "string" && <Link address={`${window.location.origin}${window.location.pathname}${hash}`} />}
      </div>
    </Frame>
  );
}

function Link({ address }: { readonly address: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast({ title: "The link is copied", tone: "good" });
    } catch {
      toast({ title: "The browser did not let the link be copied: select it and copy it yourself.", tone: "bad" });
    }
  };
  return (
    <div className="share-line">
      <TextField className="field" value={address} isReadOnly>
        <Label>A link to what you see</Label>
        <Input className="input share-input" onFocus={(event) => event.currentTarget.select()} />
        <Text slot="description" className="hint">
          {(address.length / 1024).toFixed(1)} KiB. The documents are in the part of the address that browsers send nowhere.
        </Text>
      </TextField>
      <Action variant="primary" icon={Copy} onPress={() => void copy()}>
        Copy
      </Action>
    </div>
  );
}
