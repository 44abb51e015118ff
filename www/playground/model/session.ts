import { useCallback, useEffect, useRef, useState } from "react";
import { DOCUMENTS, type DocumentId, type Texts } from "../engine/protocol";
import { FIRST, begunWith, startOf } from "./starts";
import { BadLink, type Shared, hashOf, sharedBy } from "./share";

/** What is being worked on. */
export interface Session {
  readonly start: string;
  readonly name: string;
  readonly texts: Texts;
  /** The texts as they were begun with. */
  readonly begun: Texts;
  /** Another number for each set of texts that replaces the one before. */
  readonly turn: number;
}

/** How long somebody does not type before the address follows, in milliseconds. */
const CALM = 500;

export interface SessionHold {
  readonly session: Session | undefined;
  /** Why a link or a file was not opened. */
  readonly trouble: string | undefined;
  readonly dismiss: () => void;
  readonly begin: (start: string) => Promise<void>;
  readonly openVector: (text: string) => Promise<void>;
  readonly write: (document: DocumentId, text: string) => void;
}

/** The session of the page: from its address, and back into it. */
export function useSession(): SessionHold {
  const [session, setSession] = useState<Session>();
  const [trouble, setTrouble] = useState<string>();
  const own = useRef<string>(undefined);
  const take = useCallback((fresh: Omit<Session, "turn">) => {
    setSession((last) => ({ ...fresh, turn: (last?.turn ?? 0) + 1 }));
  }, []);

  const open = useCallback(async () => {
    try {
      take(await sessionOf(await sharedBy(window.location.hash)));
      setTrouble(undefined);
    } catch (error) {
      setTrouble(error instanceof BadLink ? error.message : `This could not be opened: ${String(error)}`);
      take(await sessionOf(undefined));
    }
  }, [take]);

  useEffect(() => {
    void open();
    const follow = () => window.location.hash !== own.current && void open();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [open]);

  useEffect(() => {
    if (session === undefined || trouble !== undefined) return;
    const timer = setTimeout(() => {
      void hashOf(sharedFrom(session)).then((hash) => {
        own.current = hash ?? "";
        window.history.replaceState(null, "", `${window.location.pathname}${hash ?? ""}`);
      });
    }, CALM);
    return () => clearTimeout(timer);
  }, [session, trouble]);

  return {
    session,
    trouble,
    dismiss: () => setTrouble(undefined),
    begin: async (start) => {
      setTrouble(undefined);
      take(await sessionOf({ start, texts: {} }));
    },
    openVector: async (text) => {
      try {
        const { name, texts } = await begunWith(text);
        setTrouble(undefined);
        take({ start: "", name, texts, begun: texts });
      } catch (error) {
        setTrouble(`This file is no vector: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    write: (document, text) =>
      setSession((last) => last && { ...last, texts: { ...last.texts, [document]: text } }),
  };
}

/** What a link to a session carries. */
export function sharedFrom({ start, name, texts, begun }: Session): Shared {
  const changed = DOCUMENTS.filter((document) => start === "" || texts[document] !== begun[document]);
  const own = Object.fromEntries(changed.map((document) => [document, texts[document]]));
  return { start, ...(start === "" && { name }), texts: own };
}

/** Whether something was written that would be lost. */
export const isChanged = ({ texts, begun }: Session): boolean =>
  DOCUMENTS.some((document) => texts[document] !== begun[document]);

async function sessionOf(shared: Shared | undefined): Promise<Omit<Session, "turn">> {
  const { start, texts, name } = shared ?? { start: FIRST, texts: {}, name: undefined };
  if (start === "") {
    const own = { policy: "", directory: "", questions: "[]", ...texts };
    return { start, name: name ?? "A vector", texts: own, begun: own };
  }
  const found = startOf(start);
  if (found === undefined) throw new BadLink("This link begins with an example that there is not.");
  const begun = await found.load();
  return { start, name: begun.name, texts: { ...begun.texts, ...texts }, begun: begun.texts };
}
