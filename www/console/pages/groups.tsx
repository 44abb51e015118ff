import { Plus, Trash2, UserPlus, UsersRound, X } from "lucide-react";
import { useState } from "react";
import type { GroupDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { identifier, suffix } from "../model/identifier";
import { Avatar, Card, Empty, PageHead } from "../ui/bits";
import { CommandDialog } from "../ui/command";
import { Decided, RowAction, useOpen } from "../ui/decided";
import { Line } from "../ui/fields";
import { fresh } from "../ui/fresh";
import { PrincipalPicker } from "../ui/principal";
import { ConfirmDelete } from "./confirm-delete";

export function Groups() {
  const { product, id, view } = useOrganization();
  const create = useOpen();
  const groups = view.document.groups ?? [];
  return (
    <>
      <PageHead title="Groups" about="People bound together, to share with at once.">
        <Decided
          variant="primary"
          icon={Plus}
          point={product.guard("create_group", { kind: "organization", id })}
          onPress={create.open}
        >
          New group
        </Decided>
      </PageHead>
      {groups.length === 0 ? (
        <Empty icon={UsersRound} title="No groups to show" />
      ) : (
        groups.map((group) => <Group key={group.id} group={group} />)
      )}
      <CreateGroup {...create} />
    </>
  );
}

function Group({ group }: { readonly group: GroupDocument }) {
  const { product, id, names, view } = useOrganization();
  const add = useOpen();
  const remove = useOpen();
  const drop = useOpen();
  const [leaving, setLeaving] = useState("");
  const here = { kind: "organization", id };
  const name = group.name ?? group.id;
  const members = group.members ?? [];
  const counted = members.length === 1 ? "1 member" : `${members.length} members`;
  return (
    <Card
      title={name}
      about={view.sees.members ? counted : "Who is in it is not yours to see."}
      actions={
        <>
          <Decided size="small" icon={UserPlus} point={product.guard("add_to_group", here)} onPress={add.open}>
            Add
          </Decided>
          <Decided size="small" icon={Trash2} point={product.guard("delete_group", here)} onPress={remove.open}>
            Delete
          </Decided>
        </>
      }
    >
      {members.length === 0 ? (
        view.sees.members && <p className="muted">Nobody is in it yet.</p>
      ) : (
        <ul className="people-tags">
          {members.map((member) => (
            <li key={member} className="person-tag">
              <Avatar name={names.of(member)} />
              {names.of(member)}
              <RowAction
                icon={X}
                point={product.guard("remove_from_group", here)}
                onPress={() => {
                  setLeaving(member);
                  drop.open();
                }}
              >
                {`Take ${names.of(member)} out`}
              </RowAction>
            </li>
          ))}
        </ul>
      )}
      <AddToGroup group={group} {...add} />
      <CommandDialog
        {...drop}
        title={`Take ${names.of(leaving)} out of ${name}`}
        fields={leaving === "" ? undefined : { command: "remove_from_group", group: group.id, member: leaving }}
        submit="Take out"
        grave
      />
      <ConfirmDelete {...remove} name={name} fields={{ command: "delete_group", group: group.id }}>
        <p>What was shared with the group is shared with it no longer.</p>
      </ConfirmDelete>
    </Card>
  );
}

interface Shared {
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
}

const AddToGroup = fresh(function AddToGroup({ group, ...shared }: Shared & { readonly group: GroupDocument }) {
  const { organization } = useOrganization();
  const [member, setMember] = useState("");
  const outside = (organization.members ?? [])
    .map((one) => one.member)
    .filter((one) => one.startsWith("user/") && group.members?.includes(one) !== true);
  return (
    <CommandDialog
      {...shared}
      title={`Add to ${group.name ?? group.id}`}
      fields={member === "" ? undefined : { command: "add_to_group", group: group.id, member }}
      submit="Add"
    >
      <PrincipalPicker label="Who" options={outside} value={member} onChange={setMember} addresses autoFocus />
    </CommandDialog>
  );
});

const CreateGroup = fresh(function CreateGroup(shared: Shared) {
  const [name, setName] = useState("");
  const [end] = useState(suffix);
  return (
    <CommandDialog
      {...shared}
      title="New group"
      fields={
        name.trim() === "" ? undefined : { command: "create_group", group: identifier(name, end), name: name.trim() }
      }
      submit="Create"
    >
      <Line label="Name" value={name} onChange={setName} required autoFocus />
    </CommandDialog>
  );
});
