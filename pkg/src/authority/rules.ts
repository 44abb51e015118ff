import type { PolicyDocument } from "../api/documents.js";
// By the package's own name: its conditions choose how the module comes in, in workerd another way than elsewhere.
import { BailiwickError, Policy, reset } from "bailiwick";

/**
 * A policy that comes back when the module broke and was given up: whatever was compiled before is gone then. One for a process.
 *
 * @example
 * const rules = new Rules(pinecone);
 * rules.policy.vocabulary(); // read `policy` each time: it may be another one
 */
export class Rules {
  readonly document: PolicyDocument;
  #policy: Policy | undefined;

  /** The document, or the JSON text of it. It is compiled when it is needed first, and throws then what `Policy.compile` throws. */
  constructor(document: PolicyDocument | string) {
    this.document = typeof document === "string" ? (JSON.parse(document) as PolicyDocument) : document;
  }

  /** The policy in force. */
  get policy(): Policy {
    this.#policy ??= compiled(this.document);
    return this.#policy;
  }

  /** Compiles anew, if what is in force is gone. */
  renew(): void {
    try {
      this.#policy?.matrix("organization");
    } catch {
      this.#policy = undefined;
    }
  }

  /** The role that governs organizations. */
  get top(): string {
    return String(this.document.kinds["organization"]?.top);
  }

  /** Whether only those may be invited who have signed up. */
  get invitesPeople(): boolean {
    return this.document.invites?.to === "people";
  }
}

/** The policy that was handed in, made once where it is a document. */
export function rulesOf(policy: Rules | PolicyDocument | string): Rules {
  return policy instanceof Rules ? policy : new Rules(policy);
}

/** Whether the module broke: what was asked has no answer, and everything compiled is gone. */
export function isLost(error: unknown): boolean {
  return error instanceof BailiwickError && error.code === "ERR_ENGINE_LOST";
}

/** Another policy of the same process may have put a fresh module in force already: it is asked first. */
function compiled(document: PolicyDocument): Policy {
  const { $schema, ...policy } = document;
  try {
    return Policy.compile(policy);
  } catch (error) {
    if (!isLost(error)) throw error;
    reset();
    return Policy.compile(policy);
  }
}
