// One Vue page for server and client.
import { h } from "vue";
import { AccessProvider, Can, useAccess, useButton, useCheck } from "bailiwick/vue";
import { Access } from "bailiwick";

const Row = {
  props: ["id"],
  setup(props) {
    const button = useButton("rename", "project", () => props.id);
    const check = useCheck("rename", "project", () => props.id);
    const said = () => `${check.value.reason} ${JSON.stringify(check.value.remedy)}`;
    const rename = () => h("button", { disabled: button.value.state !== "enabled" }, "Rename");
    return () => h("li", { title: button.value.text }, [rename(), said()]);
  },
};

const Where = {
  setup() {
    const access = useAccess();
    return () => h("p", access.value?.organization ?? "nowhere");
  },
};

/** What ends. */
const Query = {
  setup() {
    const query = useButton("query_vectors", "project", "p2");
    return () => h("i", query.value.state);
  },
};

export const Page = {
  props: ["bytes", "ids", "renderedAt"],
  setup(props) {
    const slots = { default: () => h("button", "Delete"), fallback: () => h("b", "–") };
    const can = (id) => h(Can, { key: `can ${id}`, action: "delete", kind: "project", id }, slots);
    const rows = () => props.ids.flatMap((id) => [h(Row, { key: id, id }), can(id)]);
    const source = () => ({ bytes: props.bytes, open: Access.open, renderedAt: props.renderedAt });
    return () => h(AccessProvider, source(), () => [h(Where), h(Query), ...rows()]);
  },
};
