import { useState } from "react";
import { useOrganization } from "../data/organization";
import { PageHead } from "../ui/bits";
import { Pick } from "../ui/fields";
import { PeopleMatrix } from "./people-matrix";

/** Everybody by actions, for one thing that is chosen. */
export function WhoCan() {
  const { id, view, names, product } = useOrganization();
  const { projects = [], resources = [] } = view.document;
  const things = [
    { id: `organization/${id}`, label: names.of(`organization/${id}`), hint: names.kind("organization") },
    ...projects.map((one) => ({ id: `project/${one.id}`, label: one.name ?? one.id, hint: names.kind("project") })),
    ...resources
      .filter((one) => product.kind(one.kind).available !== false)
      .map((one) => ({ id: `${one.kind}/${one.id}`, label: one.name ?? one.id, hint: names.kind(one.kind) })),
  ];
  const [chosen, setChosen] = useState(things[0]?.id ?? "");
  const slash = chosen.indexOf("/");
  return (
    <>
      <PageHead title="Who can do what" about="Asked of everyone at once, exactly as each of them would be answered." />
      <Pick label="On what" value={chosen} onChange={setChosen} options={things} />
      <PeopleMatrix key={chosen} kind={chosen.slice(0, slash)} id={chosen.slice(slash + 1)} />
    </>
  );
}
