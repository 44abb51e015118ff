import { type ComponentType, Suspense, lazy, useEffect } from "react";
import { Link, Route, Router, Switch } from "wouter";
import { OrganizationScope } from "../data/organization";
import { Mark } from "../shell/mark";
import { Shell } from "../shell/shell";
import { ShellWaiting } from "../shell/waiting";
import { PageHead, Skeleton, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { Overview } from "./overview";

const loads: (() => Promise<unknown>)[] = [];

/** A page that comes when it is wanted, or before. */
function page<Name extends string>(load: () => Promise<{ readonly [name in Name]: ComponentType }>, name: Name) {
  loads.push(load);
  return lazy(async () => ({ default: (await load())[name] }));
}

/** Fetches the other pages once the first one stands: a step to another one is then at once. */
function useOtherPages(): void {
  useEffect(() => {
    const timer = setTimeout(() => loads.forEach((load) => void load().catch(() => undefined)), LATER);
    return () => clearTimeout(timer);
  }, []);
}

/** In milliseconds. */
const LATER = 1_500;

const Members = page(() => import("./members"), "Members");
const MemberPage = page(() => import("./member"), "MemberPage");
const Groups = page(() => import("./groups"), "Groups");
const Accounts = page(() => import("./accounts"), "Accounts");
const Sso = page(() => import("./sso"), "Sso");
const Projects = page(() => import("./projects"), "Projects");
const ProjectPage = page(() => import("./project"), "ProjectPage");
const Content = page(() => import("./content"), "Content");
const ResourcePage = page(() => import("./resource"), "ResourcePage");
const Roles = page(() => import("./roles"), "Roles");
const WhoCan = page(() => import("./who-can"), "WhoCan");
const Activity = page(() => import("./activity"), "Activity");
const Billing = page(() => import("./billing"), "Billing");
const Settings = page(() => import("./settings"), "Settings");

const PAGES: readonly (readonly [string, ComponentType])[] = [
  ["/", Overview],
  ["/members", Members],
  ["/members/:member", MemberPage],
  ["/groups", Groups],
  ["/accounts", Accounts],
  ["/sso", Sso],
  ["/projects", Projects],
  ["/projects/:project", ProjectPage],
  ["/content/:kind", Content],
  ["/content/:kind/:resource", ResourcePage],
  ["/roles", Roles],
  ["/access", WhoCan],
  ["/activity", Activity],
  ["/billing", Billing],
  ["/settings", Settings],
];

/** Every page of one organization. */
export function OrganizationPages({ id }: { readonly id: string }) {
  useOtherPages();
  return (
    <Router base={`/o/${encodeURIComponent(id)}`}>
      <OrganizationScope
        id={id}
        waiting={<ShellWaiting />}
        gone={<Gone />}
        failed={(text, again) => <Failed text={text} again={again} />}
      >
        <Shell>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Switch>
              {PAGES.map(([path, component]) => (
                <Route key={path} path={path} component={component} />
              ))}
              <Route>
                <PageHead title="There is no such page" about="It was moved, or never there." />
              </Route>
            </Switch>
          </Suspense>
        </Shell>
      </OrganizationScope>
    </Router>
  );
}

/** The same words for an organization that does not exist and for one that one does not belong to. */
function Gone() {
  return (
    <main className="alone">
      <header className="alone-head">
        <Mark />
      </header>
      <h1 id="page-title" tabIndex={-1}>
        There is no such organization for you
      </h1>
      <p className="muted">It does not exist, or you are no active member of it.</p>
      <p>
        <Link href="~/" className="text-link">
          To your organizations
        </Link>
      </p>
    </main>
  );
}

function Failed({ text, again }: { readonly text: string; readonly again: () => void }) {
  return (
    <main className="alone">
      <header className="alone-head">
        <Mark />
      </header>
      <h1>The organization could not be opened</h1>
      <Trouble text={text} />
      <div>
        <Action variant="primary" onPress={again}>
          Try again
        </Action>
      </div>
    </main>
  );
}
