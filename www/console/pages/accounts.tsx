import { Bot, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ServiceAccountDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { projectsOf } from "../model/members";
import { Avatar, Badge, Empty, PageHead } from "../ui/bits";
import { CommandDialog } from "../ui/command";
import { Decided, RowAction, useOpen } from "../ui/decided";
import { fresh } from "../ui/fresh";
import { RolePicker } from "../ui/roles";
import { ConfirmDelete } from "./confirm-delete";
import { CreateHolder } from "./create-holder";

export function Accounts() {
  const { product, id, view, names } = useOrganization();
  const create = useOpen();
  // Who does not see all of them knows some by name alone.
  const accounts = view.sees.members ? (view.document.serviceAccounts ?? []) : [];
  const label = names.holder("service_account");
  return (
    <>
      <PageHead title={`${label}s`} about="Programs that act in the organization. They are never part of everyone.">
        <Decided
          variant="primary"
          icon={Plus}
          point={product.guard("create_service_account", { kind: "organization", id })}
          onPress={create.open}
        >
          {`New ${label.toLowerCase()}`}
        </Decided>
      </PageHead>
      {accounts.length === 0 ? (
        <Empty icon={Bot} title={`No ${label.toLowerCase()}s to show`} />
      ) : (
        <ul className="rows card">
          {accounts.map((account) => (
            <li key={account.id}>
              <Account account={account} />
            </li>
          ))}
        </ul>
      )}
      <CreateAccount {...create} />
    </>
  );
}

function Account({ account }: { readonly account: ServiceAccountDocument }) {
  const { product, id, names, view } = useOrganization();
  const change = useOpen();
  const remove = useOpen();
  const here = { kind: "organization", id };
  const name = account.name ?? account.id;
  const roles = account.roles ?? [];
  const places = projectsOf(view.document.projects ?? [], `service_account/${account.id}`);
  return (
    <div className="row">
      <span className="person">
        <Avatar name={name} square />
        <span>
          <b>{name}</b>
          <span className="muted">
            {names.roles("organization", roles) || "No organization role"}
            {places.map(({ project }) => `, ${project.name ?? project.id}`)}
          </span>
        </span>
      </span>
      {account.suspended === true && <Badge tone="ended">Suspended</Badge>}
      <div className="row-actions">
        <RowAction
          icon={Pencil}
          point={product.guard("change_service_account", here)}
          onPress={change.open}
        >
          {`Change roles of ${name}`}
        </RowAction>
        <RowAction
          icon={Trash2}
          point={product.guard("delete_service_account", here)}
          onPress={remove.open}
        >
          {`Delete ${name}`}
        </RowAction>
      </div>
      <ChangeAccount account={account} {...change} />
      <ConfirmDelete {...remove} name={name} fields={{ command: "delete_service_account", account: account.id }}>
        <p>Whatever acts as it stops working at once.</p>
      </ConfirmDelete>
    </div>
  );
}

interface Shared {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

interface ChangeProps extends Shared {
  readonly account: ServiceAccountDocument;
}

const ChangeAccount = fresh(function ChangeAccount({ account, ...shared }: ChangeProps) {
  const { id } = useOrganization();
  const held = account.roles ?? [];
  const [roles, setRoles] = useState<readonly string[]>(held);
  const same = roles.length === held.length && roles.every((role) => held.includes(role));
  return (
    <CommandDialog
      {...shared}
      title={`Roles of ${account.name ?? account.id}`}
      fields={
        same || roles.length === 0 ? undefined : { command: "change_service_account", account: account.id, roles }
      }
      submit="Save"
    >
      <RolePicker
        target={`service_account/${account.id}`}
        kind="organization"
        id={id}
        held={held}
        value={roles}
        onChange={setRoles}
      />
    </CommandDialog>
  );
});

function CreateAccount(shared: Shared) {
  const { names } = useOrganization();
  return (
    <CreateHolder
      {...shared}
      title={`New ${names.holder("service_account").toLowerCase()}`}
      holder="service_account"
      kind="organization"
      usual={[]}
      hint="You can give it only what you hold yourself."
      fields={({ id, ...made }) => ({ command: "create_service_account", account: id, ...made })}
    />
  );
}
