import { again } from "./load.js";

export { Access, type AccessOptions } from "./api/access.js";
export type { KindView } from "./api/kind-view.js";
export type * from "./api/commands.js";
export { capsuleDelta } from "./api/capsule.js";
export type { Clock } from "./api/clock.js";
export type * from "./api/decision.js";
export { definePolicy } from "./api/define.js";
export { Directory } from "./api/directory.js";
export type * from "./api/documents.js";
export { BailiwickError, BailiwickTypeError } from "./api/errors.js";
export type { ActionName, EditionName, HolderRole, KindName, RoleName, SharingRole } from "./api/names.js";
export { Policy } from "./api/policy.js";
export type * from "./api/questions.js";

/**
 * Instantiates the module again, after `ERR_ENGINE_LOST` or at any time. Everything made before is lost: its questions are denied with
 * the reason `unavailable`, so compile and load again.
 *
 * @example
 * reset();
 * old.can("rename", "organization", "acme"); // false, whatever it was
 */
export const reset = (): void => again("bailiwick");
