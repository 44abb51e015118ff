// Bailiwick, the full entry: from its own text, a policy and a directory.
import { Directory, Policy } from 'bailiwick';
import { accessOf, asked, names as named, text } from '../lib/bailiwick-world.mjs';
export const name = 'bailiwick (from text)';
export const kind = 'wasm';
export const names = named;
export const snapshot = text;
export const size = { entry: `export { Access, Directory, Policy } from 'bailiwick'` };

export const load = from => asked(accessOf({ Policy, Directory }, from));
