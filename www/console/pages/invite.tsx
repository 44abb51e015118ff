import { X } from "lucide-react";
import { useState } from "react";
import type { Fields } from "../data/authority";
import { useOrganization } from "../data/organization";
import { suffix } from "../model/identifier";
import { Action } from "../ui/button";
import { CommandDialog } from "../ui/command";
import { Line, Pick } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { RolePicker } from "../ui/roles";

const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

interface Placed {
  readonly project: string;
  readonly roles: readonly string[];
}

/** Asks somebody in, with the roles that one may give them. */
export const Invite = fresh(function Invite({
  isOpen,
  onOpenChange,
}: {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}) {
  const { id, product } = useOrganization();
  const [typed, setTyped] = useState("");
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [projects, setProjects] = useState<readonly Placed[]>([]);
  const [invite, setInvite] = useState(suffix);
  const address = typed.trim().toLowerCase();
  const whole = ADDRESS.test(address);
  const fields: Fields | undefined =
    !whole || roles.length === 0
      ? undefined
      : {
          command: "invite_member",
          invite: `invite-${invite}`,
          address,
          roles,
          ...(projects.length > 0 && {
            projects: projects.map(({ project, roles: given }) => ({
              project,
              ...(given.length > 0 && { roles: given }),
            })),
          }),
        };
  const clear = () => {
    setTyped("");
    setRoles([]);
    setProjects([]);
    setInvite(suffix());
  };
  return (
    <CommandDialog
      title="Invite somebody"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      fields={fields}
      submit="Invite"
      onDone={clear}
    >
      <Line
        label="E-mail address"
        type="email"
        value={typed}
        onChange={setTyped}
        required
        autoFocus
        {...hintOf(product.policy.invites?.to)}
      />
      {whole ? (
        <>
          <RolePicker
            label="Roles on the organization"
            target={address}
            kind="organization"
            id={id}
            value={roles}
            onChange={setRoles}
          />
          {product.hasProjects && (
            <ProjectsPart
              address={address}
              usual={product.usual(roles, "project")}
              value={projects}
              onChange={setProjects}
            />
          )}
        </>
      ) : (
        <p className="muted">Then choose among the roles that you may give.</p>
      )}
    </CommandDialog>
  );
});

function hintOf(to: string | undefined): { hint?: string } {
  return to === "people" ? { hint: "Only people who have signed up before can be invited here." } : {};
}

interface PartProps {
  readonly address: string;
  /** The roles on a project where none is chosen. */
  readonly usual: readonly string[];
  readonly value: readonly Placed[];
  readonly onChange: (value: readonly Placed[]) => void;
}

function ProjectsPart({ address, usual, value, onChange }: PartProps) {
  const { view, names } = useOrganization();
  const rest = (view.document.projects ?? []).filter(({ id }) => !value.some(({ project }) => project === id));
  const change = (project: string, roles: readonly string[]) =>
    onChange(value.map((one) => (one.project === project ? { project, roles } : one)));
  return (
    <fieldset className="fieldset">
      <legend className="visually-hidden">{names.kinds("project")}</legend>
      {rest.length > 0 && (
        <Pick
          label={`Add a ${names.kind("project").toLowerCase()}`}
          value=""
          onChange={(project) => onChange([...value, { project, roles: [] }])}
          options={rest.map((one) => ({ id: one.id, label: one.name ?? one.id }))}
        />
      )}
      {value.map(({ project, roles }) => (
        <div key={project} className="placed">
          <div className="placed-head">
            <b>{names.of(`project/${project}`)}</b>
            <Action
              variant="quiet"
              size="small"
              icon={X}
              iconOnly
              onPress={() => onChange(value.filter((one) => one.project !== project))}
            >
              {`Leave ${names.of(`project/${project}`)} out`}
            </Action>
          </div>
          <RolePicker
            label="Roles"
            {...(usual.length > 0 && { hint: `If you choose none: ${names.roles("project", usual)}` })}
            target={address}
            kind="project"
            id={project}
            value={roles}
            onChange={(given) => change(project, given)}
          />
        </div>
      ))}
    </fieldset>
  );
}
