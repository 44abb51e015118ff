import { type ReactNode, useEffect, useRef, useState } from "react";
import { Menu } from "lucide-react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useLocation } from "wouter";
import { asPerson } from "../data/session";
import { Action } from "../ui/button";
import { useWhy } from "../ui/why";
import { Nav } from "./nav";
import { Top } from "./top";
import { ViewAs } from "./view-as";
import { WhyPanel } from "./why-panel";

/** Navigation, top and page; beside it what explains the page, and the pane of somebody else. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { on } = useWhy();
  const [location] = useLocation();
  const [menu, setMenu] = useState(false);
  const [other, setOther] = useState<string>();
  const main = useArrival(location);
  useEffect(() => setMenu(false), [location]);
  return (
    <div className={`shell ${other === undefined ? "" : "shell-split"}`}>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the page
      </a>
      <aside className="side">
        <Nav />
      </aside>
      <div className="main-column">
        <Top
          menu={
            <Action className="menu-button" variant="quiet" icon={Menu} iconOnly onPress={() => setMenu(true)}>
              Navigation
            </Action>
          }
          {...(asPerson === undefined && { onViewAs: setOther })}
        />
        <main className="page" id="main" tabIndex={-1} ref={main}>
          {children}
        </main>
      </div>
      {on && <WhyPanel />}
      {other !== undefined && <ViewAs person={other} onClose={() => setOther(undefined)} />}
      <ModalOverlay className="veil veil-side" isOpen={menu} onOpenChange={setMenu} isDismissable>
        <Modal className="drawer">
          <Dialog aria-label="Navigation" className="drawer-dialog">
            <Nav />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}

/** After a step to another page the focus is on that page, unless it stayed where it still makes sense. */
function useArrival(location: string) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    const { activeElement } = document;
    if (activeElement === document.body || main.current?.contains(activeElement) === true) main.current?.focus();
  }, [location]);
  return main;
}
