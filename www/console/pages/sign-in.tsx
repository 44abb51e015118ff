import { useState } from "react";
import { Button, Form, SearchField, Input, Label } from "react-aria-components";
import { candidates } from "../data/authority";
import { useProduct } from "../data/product";
import { useFetched } from "../data/resource";
import { asPerson, useDoor } from "../data/session";
import { Avatar, Skeleton, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { Line } from "../ui/fields";
import { ThemeSwitch } from "../shell/theme";
import { Mark } from "../shell/mark";

const SHOWN = 8;

/** The development issuer: one says who one is, and is. */
export function SignIn() {
  const { enter, error } = useDoor();
  const product = useProduct();
  if (asPerson !== undefined) return <main className="alone">{error !== undefined && <Trouble text={error} />}</main>;
  return (
    <main className="alone sign-in">
      <header className="alone-head">
        <Mark />
        <ThemeSwitch />
      </header>
      <h1>Sign in to {product.name}</h1>
      <p className="muted">
        This is a development service: choose who you are. A product signs people in by its own issuer.
      </p>
      {error !== undefined && <Trouble text={error} />}
      <People enter={(person, name) => void enter(person, name)} />
      <SomebodyNew enter={(person, name) => void enter(person, name)} />
      <p className="muted">
        Roles of your own are tried in{" "}
        <a className="text-link" href="playground.html">
          the playground
        </a>
        .
      </p>
    </main>
  );
}

function People({ enter }: { readonly enter: (person: string, name?: string) => void }) {
  const { value: people, loading } = useFetched("candidates", 0, candidates);
  const [search, setSearch] = useState("");
  if (loading) return <Skeleton lines={5} label="Loading people" />;
  if (people === undefined || people.length === 0) return null;
  const wanted = search.trim().toLowerCase();
  const found = people.filter(({ id, name, about }) => `${name ?? ""} ${id} ${about ?? ""}`.toLowerCase().includes(wanted));
  return (
    <section aria-label="People" className="stack">
      {people.length > SHOWN && (
        <SearchField className="field" value={search} onChange={setSearch}>
          <Label>Find somebody</Label>
          <Input className="input" placeholder="Name, address or role" />
        </SearchField>
      )}
      <ul className="people-choice">
        {found.slice(0, SHOWN).map(({ id, name, about }) => (
          <li key={id}>
            <Button className="person-choice" onPress={() => enter(id, name)}>
              <Avatar name={name ?? id} />
              <span>
                <b>{name ?? id}</b>
                <span className="muted">{about ?? id}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="muted">and {found.length - SHOWN} more: search for them</p>}
      {found.length === 0 && <p className="muted">Nobody of that name.</p>}
    </section>
  );
}

function SomebodyNew({ enter }: { readonly enter: (person: string, name?: string) => void }) {
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  return (
    <Form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter(address.trim().toLowerCase(), name.trim() || undefined);
      }}
    >
      <h2>Somebody new</h2>
      <Line label="Address" type="email" value={address} onChange={setAddress} required />
      <Line label="Name" value={name} onChange={setName} />
      <div>
        <Action type="submit" variant="primary">
          Sign up
        </Action>
      </div>
    </Form>
  );
}
