import { Redirect, Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { ProductProvider } from "./data/product";
import { SessionProvider, useDoor } from "./data/session";
import { Home } from "./pages/home";
import { SignIn } from "./pages/sign-in";
import { OrganizationPages } from "./pages/routes";
import { Skeleton, Trouble } from "./ui/bits";
import { Action } from "./ui/button";
import { Toasts } from "./ui/toasts";
import { WhyProvider } from "./ui/why";
import { useKeptFocus } from "./shell/focus";
import { Mark } from "./shell/mark";

export function App() {
  useKeptFocus();
  return (
    <Router hook={useHashLocation}>
      <ProductProvider waiting={<Waiting />} failed={(text) => <Failed text={text} />}>
        <SessionProvider>
          <WhyProvider>
            <Inside />
          </WhyProvider>
        </SessionProvider>
      </ProductProvider>
      <Toasts />
    </Router>
  );
}

function Inside() {
  const { session, pending } = useDoor();
  if (pending) return <Waiting />;
  if (session === undefined) return <SignIn />;
  return (
    <Switch>
      <Route path="/o/:organization/*?">
        {({ organization }) => <OrganizationPages id={decodeURIComponent(organization)} />}
      </Route>
      <Route path="/">
        <Home />
      </Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  );
}

function Waiting() {
  return (
    <main className="alone">
      <header className="alone-head">
        <Mark />
      </header>
      <Skeleton lines={3} />
    </main>
  );
}

function Failed({ text }: { readonly text: string }) {
  return (
    <main className="alone">
      <header className="alone-head">
        <Mark />
      </header>
      <h1>The service is not there</h1>
      <Trouble text={text} />
      <div>
        <Action variant="primary" onPress={() => window.location.reload()}>
          Try again
        </Action>
      </div>
    </main>
  );
}
