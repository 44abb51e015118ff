import { useOrganization } from "../data/organization";
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
  const { organization } = useOrganization();
  const people = (organization.members ?? [])
    .filter(({ member, suspended }) => member.startsWith("user/") && member !== without && suspended !== true)
    .map(({ member }) => member);
  return (
    <PrincipalPicker
      label="Successor"
      hint="Takes over what nobody else holds in full; leave it empty where there is no such thing."
      options={people}
      value={value}
      onChange={onChange}
    />
  );
}
