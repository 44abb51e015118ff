import { Clock, Plus } from "lucide-react";
import { useState } from "react";
import { useParam } from "../shell/param";
import { useOrganization } from "../data/organization";
import { kindIcon } from "../shell/nav";
import { Badge, Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { Search } from "../ui/search";
import { CreateThing } from "./create-thing";
import { ThingCard } from "./thing-card";

/** The things of one kind that one holds something on. */
export function Content() {
  const kind = useParam("kind");
  return <Kind key={kind} kind={kind} />;
}

function Kind({ kind }: { readonly kind: string }) {
  const { view, product, names, id } = useOrganization();
  const create = useOpen();
  const [search, setSearch] = useState("");
  const Icon = kindIcon(kind);
  const coming = product.kind(kind).available === false;
  const all = (view.document.resources ?? []).filter((one) => one.kind === kind);
  const wanted = search.trim().toLowerCase();
  const found = all.filter((one) => `${one.name ?? ""} ${one.id}`.toLowerCase().includes(wanted));
  const label = names.kinds(kind).toLowerCase();
  return (
    <>
      <PageHead
        title={
          <>
            {names.kinds(kind)} {coming && <Badge tone="later">Coming soon</Badge>}
          </>
        }
        about={
          coming
            ? "Defined, and switched on for nobody yet."
            : "Yours, and what was shared with you. Nobody sees more, whatever their role."
        }
      >
        <Decided
          variant="primary"
          icon={Plus}
          point={product.creation(kind, { kind: "organization", id })}
          onPress={create.open}
        >
          {`New ${names.kind(kind).toLowerCase()}`}
        </Decided>
      </PageHead>
      {all.length > 8 && <Search of={label} value={search} onChange={setSearch} />}
      {found.length > 0 ? (
        <ul className="cards">
          {found.map((thing) => (
            <li key={thing.id}>
              <ThingCard kind={kind} thing={thing} />
            </li>
          ))}
        </ul>
      ) : coming ? (
        <Empty icon={Clock} title={`${names.kinds(kind)} are on their way`} />
      ) : (
        <Empty icon={Icon} title={wanted === "" ? `No ${label} yet` : `None is called “${search.trim()}”`}>
          {wanted === "" && <p className="muted">Create one, or have one shared with you.</p>}
        </Empty>
      )}
      <CreateThing kind={kind} {...create} />
    </>
  );
}
