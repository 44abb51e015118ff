import { FolderPlus, Plus } from "lucide-react";
import { useOrganization } from "../data/organization";
import { Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { CreateThing } from "./create-thing";
import { ThingCard } from "./thing-card";

export function Projects() {
  const { view, product, names, id } = useOrganization();
  const create = useOpen();
  const projects = view.document.projects ?? [];
  return (
    <>
      <PageHead title={names.kinds("project")} about={`${projects.length} in this organization`}>
        <Decided
          variant="primary"
          icon={Plus}
          point={product.creation("project", { kind: "organization", id })}
          onPress={create.open}
        >
          {`New ${names.kind("project").toLowerCase()}`}
        </Decided>
      </PageHead>
      {projects.length === 0 ? (
        <Empty icon={FolderPlus} title={`No ${names.kinds("project").toLowerCase()} yet`}>
          <p className="muted">Whoever creates one owns it.</p>
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
