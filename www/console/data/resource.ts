import { useEffect, useRef, useState } from "react";

/** Something that is fetched: what was there before stays until the new one comes. */
export interface Fetched<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly loading: boolean;
}

/** Fetches `load` for each new `key`. What belongs to another `subject` is not shown meanwhile. */
export function useFetched<T>(subject: string, key: unknown, load: () => Promise<T>): Fetched<T> {
  const [state, setState] = useState<{ subject: string; key: unknown; value?: T; error?: string }>();
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    let stale = false;
    latest.current().then(
      (value) => !stale && setState({ subject, key, value }),
      (cause: unknown) =>
        !stale && setState({ subject, key, error: cause instanceof Error ? cause.message : String(cause) }),
    );
    return () => {
      stale = true;
    };
  }, [subject, key]);
  const here = state?.subject === subject ? state : undefined;
  return { value: here?.value, error: here?.error, loading: here === undefined || here.key !== key };
}
