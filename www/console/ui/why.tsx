import { type ReactNode, createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Point } from "../model/product";

/** A decision point that is on the page now. */
export interface Shown {
  readonly point: Point;
  readonly label: string;
}

/** The decision points on the page, as they come and go. */
class Points {
  #shown: readonly Shown[] = [];
  readonly #listeners = new Set<() => void>();
  #told = false;

  readonly get = (): readonly Shown[] => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(shown: Shown): () => void {
    this.#shown = [...this.#shown, shown];
    this.#tell();
    return () => {
      this.#shown = this.#shown.filter((one) => one !== shown);
      this.#tell();
    };
  }

  /** Many come at once when a page is drawn: who listens is told once. */
  #tell(): void {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

interface Why {
  readonly on: boolean;
  set(on: boolean): void;
  readonly points: Points;
}

const Context = createContext<Why | undefined>(undefined);

/** Whether the page explains itself, and what it has to explain. */
export function WhyProvider({ children }: { readonly children: ReactNode }) {
  const [on, set] = useState(false);
  const [points] = useState(() => new Points());
  useEffect(() => {
    document.documentElement.classList.toggle("why", on);
  }, [on]);
  const why = useMemo(() => ({ on, set, points }), [on, points]);
  return <Context value={why}>{children}</Context>;
}

export function useWhy(): Why {
  const why = useContext(Context);
  if (why === undefined) throw new Error("outside of a WhyProvider");
  return why;
}

/** Says that this place of the page is decided by this question. */
export function useShown(point: Point | undefined, label: string): void {
  const { points, on } = useWhy();
  const { action, kind, id } = point ?? { action: "", kind: "", id: "" };
  useEffect(() => {
    if (!on || action === "") return undefined;
    return points.add({ point: { action, kind, id }, label });
  }, [points, on, action, kind, id, label]);
}

export function useShownPoints(): readonly Shown[] {
  const { points } = useWhy();
  return useSyncExternalStore(points.subscribe, points.get);
}
