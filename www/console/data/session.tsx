import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { Account, type Me, type Person, isSignedOut, signIn } from "./authority";

interface Session {
  readonly account: Account;
  readonly me: Me;
  /** Asks for the list of organizations and invites anew. */
  refresh(): Promise<void>;
  signOut(): void;
}

interface Door {
  readonly session: Session | undefined;
  /** Whether it is still being found out who is there. */
  readonly pending: boolean;
  readonly error: string | undefined;
  enter(person: string, name?: string): Promise<void>;
}

const KEY = "bailiwick-token";
const Context = createContext<Door | undefined>(undefined);

/** A pane that shows the console as somebody else is named after them. */
export const asPerson: Pick<Person, "id" | "name"> | undefined =
  window.parent === window ? undefined : personIn(window.name);

/** The name of a pane for somebody. */
export const paneOf = (id: string, name: string): string => JSON.stringify({ id, name });

function personIn(pane: string): Pick<Person, "id" | "name"> | undefined {
  try {
    const { id, name } = JSON.parse(pane) as { id?: unknown; name?: unknown };
    return typeof id === "string" ? { id, ...(typeof name === "string" && { name }) } : undefined;
  } catch {
    return undefined;
  }
}

/** Knows who is signed in. A token lives as long as its tab; the pane of somebody else keeps it in memory alone. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(remembered);
  const [me, setMe] = useState<Me>();
  const [error, setError] = useState<string>();
  const account = useMemo(() => (token === undefined ? undefined : new Account(token)), [token]);

  const signOut = useCallback(() => {
    remember(undefined);
    // Whoever comes next begins at their own door, not where this one stood.
    window.location.hash = "#/";
    setMe(undefined);
    setToken(undefined);
  }, []);

  useEffect(() => {
    if (account === undefined) return;
    let stale = false;
    account.me().then(
      (found) => !stale && setMe(found),
      (cause: unknown) => {
        if (stale) return;
        if (isSignedOut(cause)) signOut();
        else setError(textOf(cause));
      },
    );
    return () => {
      stale = true;
    };
  }, [account, signOut]);

  const enter = useCallback(async (person: string, name?: string) => {
    setError(undefined);
    try {
      const fresh = await signIn(person, name);
      remember(fresh);
      setToken(fresh);
    } catch (cause) {
      setError(textOf(cause));
    }
  }, []);

  useEffect(() => {
    if (asPerson !== undefined) void enter(asPerson.id, asPerson.name);
  }, [enter]);

  const refresh = useCallback(async () => {
    if (account !== undefined) setMe(await account.me());
  }, [account]);
  useReturn(refresh);

  const door = useMemo<Door>(() => {
    const session = account === undefined || me === undefined ? undefined : { account, me, signOut, refresh };
    const pending = session === undefined && error === undefined && (token !== undefined || asPerson !== undefined);
    return { session, pending, error, enter };
  }, [account, me, signOut, refresh, token, enter, error]);
  return <Context value={door}>{children}</Context>;
}

/** Looks again when somebody comes back to the tab: they may have been invited meanwhile. */
function useReturn(refresh: () => Promise<void>): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") refresh().catch(() => undefined);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [refresh]);
}

export function useDoor(): Door {
  const door = useContext(Context);
  if (door === undefined) throw new Error("outside of a SessionProvider");
  return door;
}

/** Who is signed in; only below the door. */
export function useSession(): Session {
  const { session } = useDoor();
  if (session === undefined) throw new Error("nobody is signed in");
  return session;
}

const textOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

function remembered(): string | undefined {
  if (asPerson !== undefined) return undefined;
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(token: string | undefined): void {
  if (asPerson !== undefined) return;
  try {
    if (token === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // No storage: signed in until the page is left.
  }
}
