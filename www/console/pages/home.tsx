import { Building2, LogOut } from "lucide-react";
import { Link, useLocation } from "wouter";
import type { Entry } from "../data/authority";
import { useProduct } from "../data/product";
import { useSession } from "../data/session";
import { Names } from "../model/names";
import { Mark } from "../shell/mark";
import { ThemeSwitch } from "../shell/theme";
import { Avatar, Badge, Empty } from "../ui/bits";
import { Action } from "../ui/button";
import { useOpen } from "../ui/decided";
import { CreateOrganization } from "./create-organization";
import { Invites } from "./invites";

/** Where one is asked in, and where one belongs. */
export function Home() {
  const { me, signOut } = useSession();
  const create = useOpen();
  const [, go] = useLocation();
  return (
    <main className="alone">
      <header className="alone-head">
        <Mark />
        <ThemeSwitch />
        <Action variant="quiet" icon={LogOut} onPress={signOut}>
          Sign out
        </Action>
      </header>
      <h1 id="page-title" tabIndex={-1}>
        Hello, {me.person.name ?? me.person.id}
      </h1>
      <Invites />
      <section className="stack" aria-labelledby="organizations">
        <h2 id="organizations">Organizations</h2>
        {me.organizations.length === 0 ? (
          <Empty icon={Building2} title="You belong to no organization yet">
            <p className="muted">Create one, or ask somebody to invite {me.person.email ?? me.person.id}.</p>
          </Empty>
        ) : (
          <ul className="cards">
            {me.organizations.map((entry) => (
              <li key={entry.id}>
                <OrganizationCard entry={entry} />
              </li>
            ))}
          </ul>
        )}
        <div>
          <Action variant={me.organizations.length === 0 ? "primary" : "plain"} onPress={create.open}>
            Create an organization
          </Action>
        </div>
      </section>
      <CreateOrganization {...create} onDone={(id) => go(`/o/${encodeURIComponent(id)}`)} />
    </main>
  );
}

function OrganizationCard({ entry }: { readonly entry: Entry }) {
  const names = new Names(useProduct().policy);
  const inside = (
    <>
      <Avatar name={entry.name ?? entry.id} square />
      <span>
        <b>{entry.name ?? entry.id}</b>
        <span className="muted">
          {names.edition(entry.edition)}
          {entry.roles.length > 0 && ` · ${names.roles("organization", entry.roles)}`}
        </span>
      </span>
      {!entry.active && <Badge tone="ended">Suspended</Badge>}
    </>
  );
  if (!entry.active) return <div className="card-link">{inside}</div>;
  return (
    <Link className="card-link" href={`/o/${encodeURIComponent(entry.id)}`}>
      {inside}
    </Link>
  );
}
