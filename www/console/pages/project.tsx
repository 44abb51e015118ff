import { ArrowLeft, FolderOutput, FolderX, Pencil, Trash2 } from "lucide-react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { Link, useLocation } from "wouter";
import { useParam } from "../shell/param";
import type { ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { isAbout } from "../model/topics";
import { Empty, PageHead } from "../ui/bits";
import { Decided, useOpen } from "../ui/decided";
import { ApiKeys } from "./api-keys";
import { MoveProject } from "./move-project";
import { OwnActions } from "./own-actions";
import { PeopleMatrix } from "./people-matrix";
import { ProjectMembers } from "./project-members";
import { Rename } from "./rename";
import { ConfirmDelete } from "./confirm-delete";

export function ProjectPage() {
  const id = useParam("project");
  const { view, names } = useOrganization();
  const project = view.document.projects?.find((one) => one.id === id);
  return (
    <>
      <Link className="back" href="/projects">
        <ArrowLeft className="icon" aria-hidden /> {names.kinds("project")}
      </Link>
      {project === undefined ? <Absent /> : <Project key={id} project={project} />}
    </>
  );
}

function Absent() {
  const { names } = useOrganization();
  return (
    <>
      <PageHead title={`No such ${names.kind("project").toLowerCase()}`} />
      <Empty icon={FolderX} title="It does not exist here, or no longer" />
    </>
  );
}

function Project({ project }: { readonly project: ProjectDocument }) {
  const { product } = useOrganization();
  const [, go] = useLocation();
  const rename = useOpen();
  const remove = useOpen();
  const move = useOpen();
  const here = { kind: "project", id: project.id };
  const name = project.name ?? project.id;
  // Where the policy has no action for it, whoever may take the project away may ask for it.
  const taking = product.guard("move_project", here) ?? product.guard("delete_project", here);
  return (
    <>
      <PageHead title={name} about={project.id}>
        <Decided icon={Pencil} point={product.guard("rename_project", here)} onPress={rename.open}>
          Rename
        </Decided>
        <Decided icon={FolderOutput} point={taking} onPress={move.open}>
          Move
        </Decided>
        <Decided icon={Trash2} point={product.guard("delete_project", here)} onPress={remove.open}>
          Delete
        </Decided>
      </PageHead>
      <Tabs className="tabs">
        <TabList className="tab-list" aria-label={name}>
          <Tab id="use" className="tab">
            Use
          </Tab>
          <Tab id="members" className="tab">
            Members
          </Tab>
          {product.has("create_api_key") && (
            <Tab id="keys" className="tab">
              API keys
            </Tab>
          )}
          <Tab id="who" className="tab">
            Who can do what
          </Tab>
        </TabList>
        <TabPanel id="use">
          <OwnActions kind="project" id={project.id} only={(action) => !isAbout("api_key", action)} />
        </TabPanel>
        <TabPanel id="members">
          <ProjectMembers project={project} />
        </TabPanel>
        <TabPanel id="keys">
          <ApiKeys project={project} />
        </TabPanel>
        <TabPanel id="who">
          <PeopleMatrix kind="project" id={project.id} />
        </TabPanel>
      </Tabs>
      <Rename
        {...rename}
        was={name}
        command={(fresh) => ({ command: "rename_project", project: project.id, name: fresh })}
      />
      <MoveProject project={project} {...move} />
      <ConfirmDelete
        {...remove}
        name={name}
        fields={{ command: "delete_project", project: project.id }}
        onDone={() => go("/projects")}
      >
        <p>Its members, keys and everything in it go with it.</p>
      </ConfirmDelete>
    </>
  );
}
