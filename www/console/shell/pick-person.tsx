import { useState } from "react";
import { Button, Input, Label, SearchField } from "react-aria-components";
import { useOrganization } from "../data/organization";
import { Avatar } from "../ui/bits";
import { Frame } from "../ui/dialog";

const SHOWN = 8;

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly onPick: (person: string) => void;
}

/** Whose eyes to borrow: a member, or an address of anybody. The development issuer signs them in beside. */
export function PickPerson({ isOpen, onOpenChange, onPick }: Props) {
  const { organization, names, me } = useOrganization();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = (organization.members ?? [])
    .map(({ member }) => ({ id: member.slice("user/".length), name: names.of(member), member }))
    .filter(({ member, id, name }) => member !== me && `${name} ${id}`.toLowerCase().includes(wanted));
  const address = /^[^@\s]+@[^@\s]+$/.test(wanted) && !found.some(({ id }) => id === wanted) ? wanted : undefined;
  const pick = (person: string) => {
    onOpenChange(false);
    onPick(person);
  };
  return (
    <Frame title="View as somebody else" isOpen={isOpen} onOpenChange={onOpenChange}>
      <div className="dialog-body">
        <p className="muted">The development service signs them in beside you: what they press is done by them.</p>
        <SearchField className="field" value={search} onChange={setSearch} autoFocus>
          <Label>Name or address</Label>
          <Input className="input" />
        </SearchField>
        <ul className="people-choice">
          {found.slice(0, SHOWN).map(({ id, name }) => (
            <li key={id}>
              <Person id={id} name={name} onPress={() => pick(id)} />
            </li>
          ))}
          {address !== undefined && (
            <li>
              <Person id={address} name={address} onPress={() => pick(address)} />
            </li>
          )}
        </ul>
        {found.length > SHOWN && <p className="muted">and {found.length - SHOWN} more</p>}
      </div>
    </Frame>
  );
}

function Person({ id, name, onPress }: { readonly id: string; readonly name: string; readonly onPress: () => void }) {
  return (
    <Button className="person-choice" onPress={onPress}>
      <Avatar name={name} />
      <span>
        <b>{name}</b>
        <span className="muted">{id}</span>
      </span>
    </Button>
  );
}
