import type { PolicyDocument } from "../api/documents.js";

/** The presets, by the names under which a policy may be asked for. */
export const PRESETS: { readonly [name: string]: () => Promise<PolicyDocument> } = {
  pinecone: async () => (await import("../presets/pinecone.js")).default,
  "pinecone-literal": async () => (await import("../presets/pinecone-literal.js")).default,
  "pinecone-two-roles": async () => (await import("../presets/pinecone-two-roles.js")).default,
  "pinecone-2026": async () => (await import("../presets/pinecone-2026.js")).default,
  pinkfish: async () => (await import("../presets/pinkfish.js")).default,
};
