// Bailiwick, the small entry: from a prepared access, as a server or a worker hands it out.
import { Access } from 'bailiwick/access';
export const name = 'bailiwick/access (prepared)';
export const kind = 'wasm';
export const size = { entry: `export { Access } from 'bailiwick/access'` };
export { names } from '../lib/bailiwick-names.mjs';

export async function snapshot(u) {
  const [api, world] = await Promise.all([import('bailiwick'), import('../lib/bailiwick-world.mjs')]);
  return world.accessOf(api, world.text(u)).bytes();
}

export function load(bytes) {
  const access = Access.open(bytes);
  return {
    check: (action, type, id) => access.can(action, type, id),
    checkMany: (actions, type, ids) => access.canMany(actions, type, ids),
  };
}
