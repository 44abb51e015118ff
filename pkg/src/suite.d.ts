/** What says what a vector means: plain modules, so that the same files run in every runtime. */
declare module "*/suite/vectors.mjs" {
  type Api = Pick<typeof import("./index.js"), "Access" | "Directory" | "Policy">;

  /** One check: its name, what throws if it fails, and the path of its question in the vector. */
  export type Check = readonly [name: string, check: () => void, path: string];

  /** What may be asked, and the fields of each beside `ask`, `note` and `expect`. */
  export const FIELDS: { readonly [ask: string]: readonly string[] };

  export function openVector(
    api: Api,
    file: string,
    vector: unknown,
    policies: { readonly [name: string]: unknown },
  ): { readonly checks: readonly Check[]; readonly close: () => void };
}
