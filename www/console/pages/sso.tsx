import { Globe, Pencil, Plus, X } from "lucide-react";
import { useState } from "react";
import { useCan } from "bailiwick/react";
import { useOrganization } from "../data/organization";
import { Badge, Card, PageHead, Trouble } from "../ui/bits";
import { Action } from "../ui/button";
import { CommandDialog } from "../ui/command";
import { Decided, useOpen } from "../ui/decided";
import { Choices, Line, Pick } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { TryAssertion } from "./try-assertion";

/** What an asserted value stands for. */
export interface Stand {
  readonly role: string;
  readonly on?: string | undefined;
}

/** How members come in by the organization's own sign-in. */
export function Sso() {
  const { product, id, organization } = useOrganization();
  const configure = useOpen();
  const point = product.guard("configure_sso", { kind: "organization", id });
  const may = useCan(point?.action ?? "", "organization", id);
  const { domains = [], default: usual = [], map = {} } = organization.sso ?? {};
  return (
    <>
      <PageHead
        title="Single sign-on"
        about="Members come in through the organization's own sign-in, with the roles that it says."
      >
        <Decided variant="primary" icon={Pencil} point={point} onPress={configure.open}>
          Configure
        </Decided>
      </PageHead>
      {!may && organization.sso === undefined && (
        <Trouble refused text="How it is set up here is not shown to you, or it is not." />
      )}
      <Domains domains={domains} />
      <Card title="First sign-in" about="Who comes for the first time from one of the domains gets these roles.">
        <RoleTags roles={usual.map((role) => ({ role }))} none="None is set: nobody gets in by a first sign-in." />
      </Card>
      <Card
        title="What groups there stand for"
        about="At each sign-in the roles of a member become those that their groups stand for."
      >
        {Object.keys(map).length === 0 ? (
          <p className="muted">No group stands for anything yet.</p>
        ) : (
          <dl className="facts">
            {Object.entries(map).map(([value, stands]) => (
              <div key={value}>
                <dt>{value}</dt>
                <dd>
                  <RoleTags roles={stands} none="Nothing" />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <TryAssertion map={map} />
      </Card>
      <Configure {...configure} usual={usual} map={map} />
    </>
  );
}

function Domains({ domains }: { readonly domains: readonly string[] }) {
  return (
    <Card title="Domains" about="The platform verifies that a domain belongs to the organization.">
      {domains.length === 0 ? (
        <p className="muted">No domain is verified.</p>
      ) : (
        <ul className="people-tags">
          {domains.map((domain) => (
            <li key={domain} className="person-tag">
              <Globe className="icon" aria-hidden /> {domain}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function RoleTags({ roles, none }: { readonly roles: readonly Stand[]; readonly none: string }) {
  const { names } = useOrganization();
  if (roles.length === 0) return <p className="muted">{none}</p>;
  return (
    <ul className="people-tags">
      {roles.map(({ role, on }) => (
        <li key={`${role} ${on ?? ""}`}>
          <Badge tone="role">
            {on === undefined ? names.role("organization", role) : `${names.roleOn(on, role)} of ${names.of(on)}`}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

interface ConfigureProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly usual: readonly string[];
  readonly map: { readonly [value: string]: readonly Stand[] };
}

const Configure = fresh(function Configure({ usual, map, ...shared }: ConfigureProps) {
  const { product, names } = useOrganization();
  const [roles, setRoles] = useState(usual);
  const [stands, setStands] = useState(map);
  const choices = product
    .rolesFor("user", "organization")
    .map((role) => ({ id: role, label: names.role("organization", role) }));
  return (
    <CommandDialog
      {...shared}
      wide
      title="Configure single sign-on"
      fields={{ command: "configure_sso", default: roles, map: stands }}
      submit="Save"
    >
      <Choices label="Roles of a first sign-in" value={roles} onChange={setRoles} choices={choices} />
      <fieldset className="fieldset">
        <legend>What groups stand for</legend>
        {Object.entries(stands).map(([value, held]) => (
          <div key={value} className="placed-head">
            <b>{value}</b>
            <RoleTags roles={held} none="Nothing" />
            <Action
              variant="quiet"
              size="small"
              icon={X}
              iconOnly
              onPress={() => setStands(Object.fromEntries(Object.entries(stands).filter(([other]) => other !== value)))}
            >
              {`Leave ${value} out`}
            </Action>
          </div>
        ))}
        <AddStand onAdd={(value, stand) => setStands({ ...stands, [value]: [...(stands[value] ?? []), stand] })} />
      </fieldset>
    </CommandDialog>
  );
});

function AddStand({ onAdd }: { readonly onAdd: (value: string, stand: Stand) => void }) {
  const { product, names, view } = useOrganization();
  const [value, setValue] = useState("");
  const [role, setRole] = useState("");
  const projects = view.document.projects ?? [];
  const options = [
    ...product.rolesFor("user", "organization").map((one) => ({ id: one, label: names.role("organization", one) })),
    ...projects.flatMap((project) =>
      product
        .rolesFor("user", "project")
        .map((one) => ({
          id: `${one} project/${project.id}`,
          label: `${names.role("project", one)} of ${project.name ?? project.id}`,
        })),
    ),
  ];
  const add = () => {
    const [name = "", on] = role.split(/ (.*)/s);
    onAdd(value.trim(), on === undefined || on === "" ? { role: name } : { role: name, on });
    setValue("");
    setRole("");
  };
  return (
    <div className="inline-form">
      <Line label="Group there" value={value} onChange={setValue} />
      <Pick label="Stands for" value={role} onChange={setRole} options={options} />
      <Action icon={Plus} onPress={add} isDisabled={value.trim() === "" || role === ""}>
        Add
      </Action>
    </div>
  );
}
