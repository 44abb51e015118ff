// One React page for server and client.
import { createElement as h } from "react";
import { AccessProvider, Can, useAccess, useButton, useCheck } from "bailiwick/react";
import { Access } from "bailiwick";

function Row({ id }) {
  const button = useButton("rename", "project", id);
  const { reason, remedy } = useCheck("rename", "project", id);
  const disabled = button.state !== "enabled";
  return h("li", { title: button.text }, h("button", { disabled }, "Rename"), `${reason} ${JSON.stringify(remedy)}`);
}

const Where = () => useAccess()?.organization ?? "nowhere";

/** What ends. */
const Query = ({ id }) => h("i", undefined, useButton("query_vectors", "project", id).state);

export function Page({ bytes, ids, renderedAt }) {
  const can = (id) =>
    h(
      Can,
      { key: `can ${id}`, action: "delete", kind: "project", id, fallback: "–" },
      h("button", undefined, "Delete"),
    );
  const rows = ids.flatMap((id) => [h(Row, { key: id, id }), can(id)]);
  return h(AccessProvider, { bytes, open: Access.open, renderedAt }, h(Where), h(Query, { id: "p2" }), rows);
}
