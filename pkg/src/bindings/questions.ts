import type { Access } from "../api/access.js";
import type { Button, Decision } from "../api/decision.js";
import type { PolicyDocument } from "../api/documents.js";
import type { ActionName, KindName } from "../api/names.js";
import { unavailable, unavailableButton } from "../api/answers.js";
import { BailiwickError } from "../api/errors.js";

/** One sort of question, and its answer while there is no access. */
export interface Asking<T> {
  /** How the bindings call it. */
  readonly name: string;
  readonly none: T;
  of<P extends PolicyDocument, K extends KindName<P>>(
    access: Access<P>,
    action: ActionName<P, K>,
    kind: K,
    id: string,
  ): T;
}

export const can: Asking<boolean> = {
  name: "useCan",
  none: false,
  of: (access, action, kind, id) => access.can(action, kind, id),
};

export const check: Asking<Decision> = {
  name: "useCheck",
  none: unavailable(),
  of: (access, action, kind, id) => access.check(action, kind, id),
};

export const button: Asking<Button> = {
  name: "useButton",
  none: unavailableButton(),
  of: (access, action, kind, id) => access.button(action, kind, id),
};

/** The answer of an access, or of none. */
export function answer<T, P extends PolicyDocument, K extends KindName<P>>(
  asking: Asking<T>,
  access: Access<P> | undefined,
  action: ActionName<P, K>,
  kind: K,
  id: string,
): T {
  return access === undefined ? asking.none : asking.of(access, action, kind, id);
}

/** The old answer where the new one says the same, so that nothing is drawn again. An answer is plain data in one order of fields. */
export function keep<T>(old: T | undefined, fresh: T): T {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}

/** What was asked for has nobody above who would answer. */
export function orphan(asker: string, above: string): BailiwickError {
  return new BailiwickError(
    "ERR_NO_PROVIDER",
    `\`${asker}\` was called outside of a provider: put ${above} of the same \`createBindings\` above it`,
  );
}
