/** What the sentences of the commands begin with, and the same before it is done. */
const VERBS: Readonly<Record<string, string>> = {
  accepted: "accept",
  added: "add",
  changed: "change",
  configured: "configure",
  created: "create",
  deleted: "delete",
  edited: "edit",
  invited: "invite",
  left: "leave",
  moved: "move",
  released: "release",
  removed: "remove",
  renamed: "rename",
  restored: "restore",
  rotated: "rotate",
  sent: "send",
  shared: "share",
  signed: "sign",
  suspended: "suspend",
  took: "take",
  verified: "verify",
};

/** `left Acme` as it was wanted: `leave Acme`. */
export function wanted(said: string): string {
  const [verb = "", ...rest] = said.split(" ");
  return [VERBS[verb] ?? verb, ...rest].join(" ");
}
