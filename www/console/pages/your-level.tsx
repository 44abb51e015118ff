import { useAccess } from "bailiwick/react";
import { useOrganization } from "../data/organization";

interface Thing {
  readonly kind: string;
  readonly id: string;
  /** What is said where one holds nothing. */
  readonly none?: string;
}

/** Through what one sees a thing: the nearest binding that carries the first action that is granted. */
export function YourLevel({ kind, id, none = "Nothing any more" }: Thing) {
  const { product, names } = useOrganization();
  const access = useAccess();
  const actions = Object.keys(product.kind(kind).actions ?? {});
  const granted = actions.find((action) => access?.can(action, kind, id) === true);
  const [via] = granted === undefined ? [] : (access?.check(granted, kind, id).via ?? []);
  if (via === undefined) return none;
  const how = {
    direct: "",
    group: `, by ${names.of(`group/${via.group ?? ""}`)}`,
    members: ", as everyone",
    platform: "",
  }[via.how];
  return `${names.roleOn(via.on, via.role)}${how}`;
}
