import type { DocumentId, Texts } from "../engine/protocol";

/** Something that can be put in, over a stretch of the text. */
export interface Offer {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** As a template of the language server protocol: `$1` is where one goes on. */
  readonly insert: string;
  readonly sort: "name" | "field" | "value";
  readonly about?: string | undefined;
}

/** What a schema finds wrong. */
export interface Flaw {
  readonly document: DocumentId;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface Language {
  complete: (document: DocumentId, texts: Texts, offset: number) => Promise<readonly Offer[]>;
  flaws: (document: DocumentId, text: string) => Promise<readonly Flaw[]>;
  hover: (document: DocumentId, text: string, offset: number) => Promise<string | undefined>;
}
