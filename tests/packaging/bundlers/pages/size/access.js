// The smallest page that opens a prepared access and asks it in every way.
import { Access } from "bailiwick/access";

globalThis.page = (bytes, actions, kind, ids) => {
  const access = Access.open(bytes);
  const [action] = actions;
  const [id] = ids;
  return [
    access.can(action, kind, id),
    access.canMany(actions, kind, ids),
    access.list(action, kind),
    access.check(action, kind, id),
  ];
};
