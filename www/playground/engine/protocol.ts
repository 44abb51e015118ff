import type { Button, Decision, Finding, Matrix, Reason } from "bailiwick";
import type { Changes } from "../../../pkg/src/cli/changes";
import type { Movement } from "../../../pkg/src/cli/compare";
import type { Failure } from "../../../pkg/src/cli/vector";

/** The three texts, in the order in which one depends on the other. */
export const DOCUMENTS = ["policy", "directory", "questions"] as const;
export type DocumentId = (typeof DOCUMENTS)[number];
export type Texts = Readonly<Record<DocumentId, string>>;

/** Something to look at in one of the texts. */
export interface Problem {
  readonly document: DocumentId;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly level: "error" | "warning" | "note";
  readonly code: string;
  readonly path: string;
  readonly message: string;
  /** A name that may have been meant. */
  readonly meant?: string | undefined;
}

/** A finding of the audit, and where the policy says what it speaks of. */
export interface PlacedFinding extends Finding {
  readonly from: number;
}

export interface Step {
  readonly as: string;
  readonly command: string;
  /** `changed`, `repeated`, or the reason of a refusal. */
  readonly outcome: Reason | "changed" | "repeated" | "error";
  readonly text: string;
  readonly gained: number;
  readonly lost: number;
}

export type Answer =
  | { readonly sort: "decision"; readonly decision: Decision; readonly button?: Button }
  | { readonly sort: "moments"; readonly moments: readonly { readonly now: number; readonly reason: Reason }[] }
  | {
      readonly sort: "cells";
      readonly actions: readonly string[];
      readonly ids: readonly string[];
      readonly bits: readonly number[];
    }
  | { readonly sort: "items"; readonly items: readonly string[]; readonly next: boolean; readonly rest: readonly string[] }
  | { readonly sort: "steps"; readonly steps: readonly Step[] }
  | { readonly sort: "refusal"; readonly code: string; readonly path: string }
  | { readonly sort: "none"; readonly text: string };

/** One question, what is answered, and whether that was expected. */
export interface Answered {
  readonly place: number;
  readonly from: number;
  readonly ask: string;
  readonly asked: Asked;
  readonly note?: string | undefined;
  readonly answer: Answer;
  readonly verdict: "expected" | "differs" | "open";
  readonly failures: readonly Failure[];
}

/** What a question asks, as far as it says it. */
export interface Asked {
  readonly principal?: string;
  readonly action?: string;
  readonly on?: string;
  readonly now?: number;
}

export interface Bound {
  readonly who: string;
  readonly name?: string | undefined;
  readonly roles: readonly string[];
  readonly until?: number | undefined;
  readonly suspended?: boolean | undefined;
}

/** A resource in the tree, with who is bound to it. */
export interface Scope {
  readonly kind: string;
  readonly id: string;
  readonly name?: string | undefined;
  readonly aside?: string | undefined;
  readonly bound: readonly Bound[];
  readonly below: readonly Scope[];
}

export interface Group {
  readonly id: string;
  readonly organization: string;
  readonly name?: string | undefined;
  readonly members: readonly string[];
}

export interface Tree {
  readonly scopes: readonly Scope[];
  readonly groups: readonly Group[];
  readonly principals: readonly { readonly id: string; readonly name?: string | undefined }[];
}

/** Labels of a policy, for people. */
export interface Labels {
  readonly kinds: Readonly<Record<string, string>>;
  /** By `kind/role`. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface PolicyView {
  readonly name: string;
  readonly label: string;
  readonly matrices: readonly Matrix[];
  readonly findings: readonly PlacedFinding[];
  readonly labels: Labels;
}

/** All that is seen of three texts. */
export interface Evaluation {
  readonly of: Texts;
  readonly problems: readonly Problem[];
  readonly policy?: PolicyView | undefined;
  readonly tree?: Tree | undefined;
  readonly answers?: readonly Answered[] | undefined;
  readonly milliseconds: number;
}

export type Mapping = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Two policies over one directory. */
export interface Comparison {
  readonly before: string;
  readonly after: string;
  readonly changes: Changes;
  readonly movements: readonly Movement[];
  /** Why nobody could be compared, where the directory does not stand under both. */
  readonly fault?: string | undefined;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly labels: Labels;
}

/** How many of its actions somebody may do on each resource, by `kind/id`. */
export type Reach = Readonly<Record<string, readonly [allowed: number, of: number]>>;

export interface Failed {
  readonly fault: string;
}

/** What the engine is asked, and what it answers. */
export interface Work {
  evaluate: (texts: Texts) => Evaluation;
  compare: (before: string, after: string, directory: string, mapping: Mapping) => Comparison | Failed;
  reach: (texts: Texts, principal: string) => Reach;
  vector: (texts: Texts, name: string, preset: string | undefined) => string | Failed;
  types: (policy: string) => string | Failed;
  expect: (texts: Texts, place: number) => { readonly from: number; readonly to: number; readonly text: string } | Failed;
}
