import type { LucideIcon } from "lucide-react";
import {
  Activity,
  Bot,
  Boxes,
  CreditCard,
  Database,
  FileText,
  FolderKanban,
  Grid3x3,
  House,
  KeyRound,
  Plug,
  Settings,
  ShieldQuestion,
  Users,
  UsersRound,
  Vault,
  Workflow,
} from "lucide-react";
import { useAccess, useButton } from "bailiwick/react";
import { useId } from "react";
import { useLocation, useRoute, Link } from "wouter";
import { useOrganization } from "../data/organization";
import { isAbout, isBilling } from "../model/topics";
import type { Point } from "../model/product";
import { Button, DialogTrigger, Focusable, TooltipTrigger } from "react-aria-components";
import { Description, Tip } from "../ui/button";
import { LOOKS } from "../model/reasons";
import { ExplainPopover } from "../ui/decided";
import { useShown, useWhy } from "../ui/why";
import { Switcher } from "./switcher";

interface Entry {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** What decides about it; without one it is for everybody here. */
  readonly point?: Point | undefined;
  /** It has something to show whatever its point says. */
  readonly anyway?: boolean;
}

const KINDS: readonly (readonly [RegExp, LucideIcon])[] = [
  [/automation|workflow|flow/, Workflow],
  [/connection|integration/, Plug],
  [/file/, FileText],
  [/vault|secret/, Vault],
  [/store|data|table/, Database],
];

export const kindIcon = (kind: string): LucideIcon => KINDS.find(([match]) => match.test(kind))?.[1] ?? Boxes;

/** Where one can go; each entry is decided like any button. */
export function Nav() {
  const { product } = useOrganization();
  const parts = useParts();
  return (
    <nav className="nav" aria-label={product.name}>
      <Switcher />
      {parts.map(({ title, entries }) => (
        <div key={title} className="nav-part">
          <p className="nav-title">{title}</p>
          <ul>
            {entries.map((entry) => (
              <li key={entry.to}>
                <NavEntry entry={entry} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function useParts(): readonly { readonly title: string; readonly entries: readonly Entry[] }[] {
  const { product, names, id, view } = useOrganization();
  const here = { kind: "organization", id };
  const billing = useBilling();
  const accounts = product.ownActions("organization").find((action) => isAbout("service_account", action));
  const content: Entry[] = product.contentKinds.map((kind) => ({
    to: `/content/${kind}`,
    label: names.kinds(kind),
    icon: kindIcon(kind),
    point: product.creation(kind, here),
    anyway: view.document.resources?.some((one) => one.kind === kind) === true,
  }));
  if (product.hasProjects) content.unshift({ to: "/projects", label: names.kinds("project"), icon: FolderKanban });
  return [
    { title: "Work", entries: [{ to: "/", label: "Overview", icon: House }, ...content] },
    {
      title: "People and access",
      entries: [
        { to: "/members", label: "Members", icon: Users, point: product.asking("who", here) },
        { to: "/groups", label: "Groups", icon: UsersRound, point: product.guard("create_group", here) },
        {
          to: "/accounts",
          label: names.holder("service_account") + "s",
          icon: Bot,
          point: accounts === undefined ? product.guard("create_service_account", here) : { action: accounts, ...here },
        },
        { to: "/sso", label: "Single sign-on", icon: KeyRound, point: product.guard("configure_sso", here) },
        { to: "/roles", label: "Roles", icon: Grid3x3 },
        { to: "/access", label: "Who can do what", icon: ShieldQuestion, point: product.asking("matrix", here) },
        { to: "/activity", label: "Activity", icon: Activity, point: product.asking("who", here) },
      ],
    },
    {
      title: names.kind("organization"),
      entries: [
        { to: "/billing", label: "Billing and usage", icon: CreditCard, point: billing },
        { to: "/settings", label: "Settings", icon: Settings },
      ],
    },
  ];
}

/** Of the actions about money the one that is granted, else the first. */
function useBilling(): Point | undefined {
  const { product, id } = useOrganization();
  const access = useAccess();
  const points = product
    .ownActions("organization")
    .filter(isBilling)
    .map((action) => ({ action, kind: "organization", id }));
  return points.find(({ action, kind }) => access?.can(action, kind, id) === true) ?? points[0];
}

function NavEntry({ entry }: { readonly entry: Entry }) {
  return entry.point === undefined ? <NavLink entry={entry} /> : <DecidedEntry entry={entry} point={entry.point} />;
}

function DecidedEntry({ entry, point }: { readonly entry: Entry; readonly point: Point }) {
  const shows = useButton(point.action, point.kind, point.id);
  const { on } = useWhy();
  useShown(point, entry.label);
  if (shows.state === "hidden" && entry.anyway !== true) return on ? <HiddenEntry entry={entry} point={point} /> : null;
  const refused = shows.state === "disabled" ? shows : undefined;
  return (
    <NavLink
      entry={entry}
      state={shows.state}
      explains={on}
      {...(refused && { sign: LOOKS[refused.reason].label, why: refused.text })}
    />
  );
}

/** Where an entry would be, while the page explains itself: pressed, it says why it is not there. */
function HiddenEntry({ entry, point }: { readonly entry: Entry; readonly point: Point }) {
  return (
    <DialogTrigger>
      <Button className="nav-link nav-hidden" data-state="hidden" data-explains>
        <entry.icon className="icon" aria-hidden />
        <span>{entry.label}</span>
      </Button>
      <ExplainPopover point={point} />
    </DialogTrigger>
  );
}

interface LinkProps {
  readonly entry: Entry;
  readonly state?: string;
  readonly explains?: boolean;
  readonly sign?: string;
  readonly why?: string;
}

function NavLink({ entry, state, explains = false, sign, why }: LinkProps) {
  const { to, label, icon: Icon } = entry;
  const [exact] = useRoute(to);
  const [location] = useLocation();
  const reason = useId();
  const active = exact || (to !== "/" && location.startsWith(`${to}/`));
  const link = (
    <Link
      href={to}
      className="nav-link"
      aria-current={active ? "page" : undefined}
      aria-describedby={why === undefined ? undefined : reason}
      data-state={state}
      data-explains={explains || undefined}
    >
      <Icon className="icon" aria-hidden />
      <span>{label}</span>
      {sign !== undefined && <span className="nav-sign">{sign}</span>}
    </Link>
  );
  if (why === undefined) return link;
  return (
    <>
      <TooltipTrigger delay={300}>
        <Focusable>{link}</Focusable>
        <Tip>{why}</Tip>
      </TooltipTrigger>
      <Description id={reason}>{why}</Description>
    </>
  );
}
