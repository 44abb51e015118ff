// Prepared by the full module, asked in the small one without WebAssembly.
import { prepared } from "./prepared.js";
import { Access } from "bailiwick/access/js";

export { Policy } from "bailiwick";
export { Access };
export const Directory = prepared(Access);
