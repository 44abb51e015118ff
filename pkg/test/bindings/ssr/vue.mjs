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

export const Page = {
  props: ["bytes", "ids"],
  setup(props) {
    const slots = { default: () => h("button", "Delete"), fallback: () => h("i", "–") };
    const can = (id) => h(Can, { key: `can ${id}`, action: "delete", kind: "project", id }, slots);
    const rows = () => props.ids.flatMap((id) => [h(Row, { key: id, id }), can(id)]);
    return () => h(AccessProvider, { bytes: props.bytes, open: Access.open }, () => [h(Where), ...rows()]);
  },
};
