import { useEffect } from "react";

/** How long, in milliseconds, whoever took the focus has to give it back. */
const BACK = 150;

/** What had the focus may go away with a change: then the page's title has it, and nobody has to begin at the top. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const remember = () => {
      last = document.activeElement;
    };
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      // A dialog that closes gives the focus back by itself, a moment later.
      setTimeout(() => {
        if (document.activeElement === document.body)
          document.getElementById("page-title")?.focus({ preventScroll: true });
      }, BACK);
    });
    document.addEventListener("focusin", remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, []);
}
