import { type RefObject, useEffect } from "react";

/** How long, in milliseconds, whoever took the focus has to give it back. */
const BACK = 150;

/** What had the focus may go away with a change: then the page's title has it, once there is one, and nobody has to begin at the top. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let isLost = false;
    let turn = 0;
    const remember = () => {
      last = document.activeElement;
      isLost = false;
      turn += 1;
    };
    const toTitle = () => {
      if (!isLost || document.activeElement !== document.body) return;
      document.getElementById("page-title")?.focus({ preventScroll: true });
    };
    /** Something else may have had the focus since, and lost it just now: that is looked at by itself. */
    const look = (since: number) => {
      if (since !== turn) return;
      isLost = document.activeElement === document.body;
      toTitle();
    };
    const observer = new MutationObserver(() => {
      toTitle();
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      // A dialog that closes gives the focus back by itself, in the next frame, however late that comes.
      const since = turn;
      setTimeout(() => requestAnimationFrame(() => look(since)), BACK);
    });
    document.addEventListener("focusin", remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, []);
}

/** Gives the focus to what has come onto the page, after the dialog that brought it has closed. */
export function useArrivedFocus(target: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const timer = setTimeout(() => target.current?.focus(), BACK);
    return () => clearTimeout(timer);
  }, [target]);
}
