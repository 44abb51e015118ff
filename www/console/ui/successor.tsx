import { useOrganization } from "../data/organization";
import { peopleOf } from "../model/members";
import { PrincipalPicker } from "./principal";

/** Who takes over what nobody else holds in full. */
export function SuccessorPicker({
  without,
  value,
  onChange,
}: {
  readonly without: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { organization, view } = useOrganization();
  const away = new Set(organization.members?.filter(({ suspended }) => suspended === true).map(({ member }) => member));
  const people = peopleOf(view, organization).filter((one) => one !== without && !away.has(one));
  return (
    <PrincipalPicker
      label="Successor"
      hint="Takes over what nobody else holds in full; leave it empty where there is no such thing."
      options={people}
      value={value}
      onChange={onChange}
      addresses
    />
  );
}
