import { FolderPlus, Plus } from "lucide-react";
import { useState } from "react";
import { useOrganization } from "../data/organization";
import { Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { Search } from "../ui/search";
import { CreateThing } from "./create-thing";
import { ThingCard } from "./thing-card";

export function Projects() {
  const { view, product, names, id } = useOrganization();
  const create = useOpen();
  const [search, setSearch] = useState("");
  const all = view.document.projects ?? [];
  const label = names.kinds("project").toLowerCase();
  const wanted = search.trim().toLowerCase();
  const projects = all.filter(({ id, name = "" }) => `${name} ${id}`.toLowerCase().includes(wanted));
  return (
    <>
      <PageHead title={names.kinds("project")} about={`${all.length} in this organization`}>
        <Decided
          variant="primary"
          icon={Plus}
          point={product.creation("project", { kind: "organization", id })}
          onPress={create.open}
        >
          {`New ${names.kind("project").toLowerCase()}`}
        </Decided>
      </PageHead>
      {all.length > 8 && <Search of={label} value={search} onChange={setSearch} />}
      {projects.length === 0 ? (
        <Empty icon={FolderPlus} title={wanted === "" ? `No ${label} yet` : `None is called “${search.trim()}”`}>
          {wanted === "" && <p className="muted">Whoever creates one owns it.</p>}
        </Empty>
      ) : (
        <ul className="cards">
          {projects.map((project) => (
            <li key={project.id}>
              <ThingCard kind="project" thing={project} />
            </li>
          ))}
        </ul>
      )}
      <CreateThing kind="project" {...create} />
    </>
  );
}
