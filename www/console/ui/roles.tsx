import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";
import { day } from "../model/time";
import { Skeleton, Trouble } from "./bits";
import { type Choice, Choices } from "./fields";

interface Props {
  readonly label?: string;
  readonly hint?: string | undefined;
  /** Who would hold them: a principal, or an address that would be invited. */
  readonly target: string;
  readonly kind: string;
  readonly id: string;
  /** What they hold now: it may be taken away where it may be given. */
  readonly held?: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Offers exactly the roles that may be given to somebody there; others that they hold are shown as they are. */
export function RolePicker({ label = "Roles", hint, target, kind, id, held = [], value, onChange }: Props) {
  const { link, names, view } = useOrganization();
  const subject = `${target} ${kind}/${id}`;
  const { value: told, error } = useFetched(subject, view.revision, () => link.grantable(target, kind, id));
  if (error !== undefined) return <Trouble text={error} />;
  if (told === undefined) return <Skeleton lines={2} label="Asking which roles may be given" />;
  if (!told.ok) return <Trouble text={told.text} refused />;
  const choices: Choice[] = told.roles.map(({ role, label: said, until }) => ({
    id: role,
    label: said,
    ...(until !== undefined && { hint: `until ${day(until)} at the latest` }),
  }));
  for (const role of held)
    if (!choices.some((choice) => choice.id === role))
      choices.push({ id: role, label: names.role(kind, role), hint: "Not yours to give or take", disabled: true });
  if (choices.length === 0)
    return <p className="muted">There is no role here that you may give to {names.of(target)}.</p>;
  return <Choices label={label} value={value} onChange={onChange} choices={choices} hint={hint} />;
}
