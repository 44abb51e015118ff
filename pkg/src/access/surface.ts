import { again } from "../load.js";

export { Access, type AccessOptions } from "../api/access.js";
export type { Clock } from "../api/clock.js";
export type * from "../api/decision.js";
export type * from "../api/documents.js";
export { BailiwickError, BailiwickTypeError } from "../api/errors.js";
export type { KindView } from "../api/kind-view.js";
export type { ActionName, KindName, RoleName } from "../api/names.js";

/**
 * Instantiates the module again, after `ERR_ENGINE_LOST` or at any time. Accesses opened before deny with the reason `unavailable`, so
 * open their bytes again.
 *
 * @example
 * reset();
 * old.can("rename", "organization", "acme"); // false, whatever it was
 */
export const reset = (): void => again("access");
