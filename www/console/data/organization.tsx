import { type ReactNode, createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { OrganizationDocument } from "bailiwick";
import { AccessProvider } from "bailiwick/react";
import { lastOwnerOf, organizationRoles } from "../model/members";
import { Names } from "../model/names";
import type { Product } from "../model/product";
import { type Link, type View, isGone, isSignedOut } from "./authority";
import { useFetched } from "./resource";
import { useSession } from "./session";
import { useProduct } from "./product";

/** The organization that the page is about. */
export interface Here {
  readonly id: string;
  readonly link: Link;
  readonly product: Product;
  readonly view: View;
  readonly organization: OrganizationDocument;
  readonly names: Names;
  /** Who is signed in, as a principal. */
  readonly me: string;
  /** What they hold on the organization. */
  readonly roles: readonly string[];
  /** The one who must not go, where there is but one. */
  readonly lastOwner: string | undefined;
  /** Who is known here to hold a role directly; nobody where that may not be seen. */
  holdersOf(role: string, on: string): readonly string[];
}

const Context = createContext<Here | undefined>(undefined);

/** What the scope of an organization shows until it is open, and where it is not. */
export interface ScopeProps {
  readonly id: string;
  readonly waiting: ReactNode;
  readonly gone: ReactNode;
  readonly failed: (text: string, again: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** Opens an organization and keeps it up to date for what lies inside. */
export function OrganizationScope({ id, waiting, gone, failed, children }: ScopeProps) {
  const { account, signOut, refresh } = useSession();
  const [tries, setTries] = useState(0);
  const [opened, setOpened] = useState<{ id: string; link?: Link; error?: unknown }>();
  useEffect(() => {
    let link: Link | undefined;
    let stale = false;
    account.open(id, signOut).then(
      (fresh) => {
        if (stale) return fresh.close();
        link = fresh;
        setOpened({ id, link });
      },
      (error: unknown) => {
        if (isSignedOut(error)) signOut();
        else if (!stale) setOpened({ id, error });
      },
    );
    return () => {
      stale = true;
      link?.close();
    };
  }, [account, signOut, id, tries]);
  const lost = opened?.id === id && isGone(opened.error);
  useEffect(() => {
    if (lost) void refresh();
  }, [lost, refresh]);
  if (opened?.id !== id) return waiting;
  if (lost) return gone;
  if (opened.link === undefined) return failed(textOf(opened.error), () => (setOpened(undefined), setTries(tries + 1)));
  return (
    <Opened link={opened.link} waiting={waiting} gone={gone} failed={failed}>
      {children}
    </Opened>
  );
}

function Opened({ link, waiting, gone, failed, children }: Omit<ScopeProps, "id"> & { readonly link: Link }) {
  const state = useSyncExternalStore(link.subscribe, link.getState);
  const product = useProduct();
  const { me, refresh } = useSession();
  const isLost = state.status === "gone";
  useEffect(() => {
    if (isLost) void refresh();
  }, [isLost, refresh]);
  const fetched = useFetched(link.organization, state.revision, () => link.view());
  const view = fetched.value?.ok === true ? fetched.value : undefined;
  const here = useMemo(
    () => (view === undefined ? undefined : hereOf(link, product, view, `user/${me.person.id}`)),
    [link, product, view, me.person.id],
  );
  if (isLost) return gone;
  if (fetched.value?.ok === false) return failed(fetched.value.text, () => void link.renew());
  if (here === undefined) return fetched.error === undefined ? waiting : failed(fetched.error, () => void link.renew());
  return (
    <AccessProvider store={link.store}>
      {state.status === "cut" && (
        <p className="cut" role="status">
          The service does not answer. What you see may be old; it is tried again.
        </p>
      )}
      <Context value={here}>{children}</Context>
    </AccessProvider>
  );
}

export function useOrganization(): Here {
  const here = useContext(Context);
  if (here === undefined) throw new Error("outside of an organization");
  return here;
}

function hereOf(link: Link, product: Product, view: View, me: string): Here {
  const { organization: id } = link;
  const organization = view.document.organizations?.find((one) => one.id === id) ?? { id, edition: "" };
  const names = new Names(product.policy, view.document);
  const membership = organization.members?.find(({ member }) => member === me);
  const roles = membership === undefined ? [] : organizationRoles(product, membership);
  const lastOwner = view.sees.members ? lastOwnerOf(product, organization) : undefined;
  return {
    id,
    link,
    product,
    view,
    organization,
    names,
    me,
    roles,
    lastOwner,
    holdersOf: (role, on) => holders(view, role, on),
  };
}

function holders({ document }: View, role: string, on: string): readonly string[] {
  const slash = on.indexOf("/");
  const [kind, id] = [on.slice(0, slash), on.slice(slash + 1)];
  const list = kind === "organization" ? document.organizations : kind === "project" ? document.projects : undefined;
  const members = list?.find((one) => one.id === id)?.members ?? [];
  const shares = document.resources?.find((one) => one.kind === kind && one.id === id)?.shares ?? [];
  return [
    ...members.filter(({ roles }) => roles?.includes(role) === true).map(({ member }) => member),
    ...shares.filter((share) => share.role === role).map((share) => share.with),
  ];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "The organization could not be opened.";
}
