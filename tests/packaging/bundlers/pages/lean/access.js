// Only an access that somebody else has prepared.
import { Access } from "bailiwick/access";

const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

globalThis.reasons = (questions) =>
  questions.map(({ access, action, kind, id, now }) => {
    const opened = Access.open(bytesOf(access), { clock: () => now });
    const { reason } = opened.check(action, kind, id);
    opened.free();
    return reason;
  });
