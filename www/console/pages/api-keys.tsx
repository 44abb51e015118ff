import { KeyRound, Pencil, Plus, RotateCw, Trash2 } from "lucide-react";
import type { ApiKeyDocument, ProjectDocument } from "bailiwick";
import { useOrganization } from "../data/organization";
import { useCheck } from "bailiwick/react";
import { isAbout } from "../model/topics";
import { Card, Empty, Trouble } from "../ui/bits";
import { Ways } from "../ui/explain";
import { CommandDialog } from "../ui/command";
import { Decided, RowAction, useOpen, useTask } from "../ui/decided";
import { useShown } from "../ui/why";
import { ChangeKey, CreateKey, useKeyRoles } from "./api-key-dialogs";
import { ConfirmDelete } from "./confirm-delete";

type Task = { readonly do: "rotate" | "change" | "delete"; readonly key: ApiKeyDocument };

export function ApiKeys({ project }: { readonly project: ProjectDocument }) {
  const { product, view } = useOrganization();
  const create = useOpen();
  const { task, start, ...dialog } = useTask<Task>();
  const keys = (view.document.apiKeys ?? []).filter((key) => key.project === project.id);
  const seeing = product.ownActions("project").find((action) => isAbout("api_key", action));
  const sees = useCheck(seeing ?? "", "project", project.id);
  useShown(seeing === undefined ? undefined : { action: seeing, kind: "project", id: project.id }, "The keys");
  return (
    <Card
      title="API keys"
      about="What each may do here. A key reaches this project alone; its secret is kept by the product, not here."
      actions={
        <Decided
          variant="primary"
          size="small"
          icon={Plus}
          point={product.guard("create_api_key", { kind: "project", id: project.id })}
          onPress={create.open}
        >
          New key
        </Decided>
      }
    >
      {seeing !== undefined && !sees.allowed ? (
        <>
          <Trouble refused text="The keys of this project are not shown to you." />
          <Ways decision={sees} />
        </>
      ) : keys.length === 0 ? (
        <Empty icon={KeyRound} title="No keys to show" />
      ) : (
        <ul className="rows">
          {keys.map((key) => (
            <li key={key.id}>
              <Key project={project} apiKey={key} onTask={start} />
            </li>
          ))}
        </ul>
      )}
      <CreateKey project={project} {...create} />
      {task?.do === "change" && <ChangeKey key={task.key.id} apiKey={task.key} {...dialog} />}
      {task?.do === "rotate" && (
        <CommandDialog
          {...dialog}
          title={`Rotate ${task.key.name ?? task.key.id}`}
          fields={{ command: "rotate_api_key", key: task.key.id }}
          submit="Rotate"
        >
          <p>It gets a new secret. What uses the old one stops working.</p>
        </CommandDialog>
      )}
      {task?.do === "delete" && (
        <ConfirmDelete
          {...dialog}
          name={task.key.name ?? task.key.id}
          fields={{ command: "delete_api_key", key: task.key.id }}
        >
          <p>Whatever uses it stops working at once.</p>
        </ConfirmDelete>
      )}
    </Card>
  );
}

function Key({
  project,
  apiKey,
  onTask,
}: {
  readonly project: ProjectDocument;
  readonly apiKey: ApiKeyDocument;
  readonly onTask: (task: Task) => void;
}) {
  const { product, names } = useOrganization();
  const here = { kind: "project", id: project.id };
  const name = apiKey.name ?? apiKey.id;
  const rotations = apiKey.rotations ?? 0;
  const roles = useKeyRoles(apiKey);
  return (
    <div className="row">
      <div className="row-text">
        <b>{name}</b>
        <span className="muted">
          {names.roles("project", roles) || "No roles"}
          {rotations > 0 && ` · rotated ${rotations === 1 ? "once" : `${rotations} times`}`}
        </span>
        <code className="muted">{apiKey.id}</code>
      </div>
      <div className="row-actions">
        <Decided
          size="small"
          icon={RotateCw}
          point={product.guard("rotate_api_key", here)}
          onPress={() => onTask({ do: "rotate", key: apiKey })}
        >
          Rotate
        </Decided>
        <RowAction
          icon={Pencil}
          point={product.guard("change_api_key", here)}
          onPress={() => onTask({ do: "change", key: apiKey })}
        >
          {`Change roles of ${name}`}
        </RowAction>
        <RowAction
          icon={Trash2}
          point={product.guard("delete_api_key", here)}
          onPress={() => onTask({ do: "delete", key: apiKey })}
        >
          {`Delete ${name}`}
        </RowAction>
      </div>
    </div>
  );
}
