import { Pencil, Plus, Trash2 } from "lucide-react";
import { useLocation } from "wouter";
import { useOrganization } from "../data/organization";
import { useSession } from "../data/session";
import { isAbout, isBilling } from "../model/topics";
import { Card, PageHead } from "../ui/bits";
import { Decided, DecidedPart, useOpen } from "../ui/decided";
import { ConfirmDelete } from "./confirm-delete";
import { CreateOrganization } from "./create-organization";
import { OwnActions } from "./own-actions";
import { Rename } from "./rename";
import { YourMembership } from "./your-membership";

export function Settings() {
  const { organization, names, product, id } = useOrganization();
  const rename = useOpen();
  const name = organization.name ?? organization.id;
  const here = { kind: "organization", id };
  return (
    <>
      <PageHead title="Settings" />
      <Card
        title="General"
        actions={
          <Decided icon={Pencil} point={product.guard("rename_organization", here)} onPress={rename.open}>
            Rename
          </Decided>
        }
      >
        <dl className="facts">
          <div>
            <dt>Name</dt>
            <dd>{name}</dd>
          </div>
          <div>
            <dt>Identifier</dt>
            <dd>
              <code>{organization.id}</code>
            </dd>
          </div>
          <div>
            <dt>Edition</dt>
            <dd>{names.edition(organization.edition)}</dd>
          </div>
          {organization.creator !== undefined && (
            <div>
              <dt>Created by</dt>
              <dd>{names.of(organization.creator)}</dd>
            </div>
          )}
        </dl>
      </Card>
      <OwnActions
        kind="organization"
        id={id}
        only={(action) => !isBilling(action) && !isAbout("service_account", action)}
      />
      <Further />
      <YourMembership />
      <DeleteCard />
      <Rename {...rename} was={name} command={(fresh) => ({ command: "rename_organization", name: fresh })} />
    </>
  );
}

/** Another organization by the same creator, where the policy has that. */
function Further() {
  const { product, id } = useOrganization();
  const create = useOpen();
  const [, go] = useLocation();
  const action = product.policy.organizations?.further;
  if (action === undefined) return null;
  const point = { action, kind: "organization", id };
  return (
    <DecidedPart point={point}>
      <Card
        title="Further organizations"
        about="For another unit or customer, with members and content of its own."
        actions={
          <Decided icon={Plus} point={point} onPress={create.open}>
            Create an organization
          </Decided>
        }
      />
      <CreateOrganization {...create} from={id} onDone={(made) => go(`~/o/${encodeURIComponent(made)}`)} />
    </DecidedPart>
  );
}

function DeleteCard() {
  const { product, id, names } = useOrganization();
  const { refresh } = useSession();
  const [, go] = useLocation();
  const remove = useOpen();
  const point = product.guard("delete_organization", { kind: "organization", id });
  if (point === undefined) return null;
  const gone = () => {
    void refresh();
    go("~/");
  };
  return (
    <DecidedPart point={point}>
      <Card
        title="Delete the organization"
        about="Everything in it goes with it, for everybody."
        actions={
          <Decided variant="danger" icon={Trash2} point={point} onPress={remove.open}>
            Delete
          </Decided>
        }
      />
      <ConfirmDelete
        {...remove}
        name={names.of(`organization/${id}`)}
        typed
        fields={{ command: "delete_organization" }}
        onDone={gone}
      >
        <p>Members lose all access at once.</p>
      </ConfirmDelete>
    </DecidedPart>
  );
}
