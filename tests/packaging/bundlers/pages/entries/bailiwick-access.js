// Prepared by the full module, asked in the small one.
import { prepared } from "./prepared.js";
import { Access } from "bailiwick/access";

export { Policy } from "bailiwick";
export { Access };
export const Directory = prepared(Access);
