import type { CommandName } from "bailiwick";
import { type Child, h } from "../dom";
import type { Scene } from "../scene";
import { dateField, fromDateField } from "../time";
import { type Option, grantable, options, roleOptions, split, usable } from "./form";
import type { Field, Values } from "./specs";

/** What a field needs to draw itself and to tell what was chosen. */
export interface Editing {
  readonly scene: Scene;
  readonly command: CommandName;
  readonly values: Values;
  /** What was known before the form was opened is not asked again. */
  readonly preset: Values;
  set(name: string, value: unknown): void;
}

type Draw = (field: Field, editing: Editing, id: string) => Child;

/** A field with its label; empty where it has nothing to ask. */
export function fieldOf(field: Field, editing: Editing): Child {
  const id = `field-${field.name}`;
  const fixed = editing.preset[field.name];
  if (typeof fixed === "string" && fixed !== "") return known(field, fixed, editing);
  const inside = DRAW[field.is](field, editing, id);
  if (inside === false) return false;
  const several = ["some", "roles", "projects", "uses", "map"].includes(field.is);
  const hint = field.hint !== undefined && h("small", { id: `${id}-hint` }, field.hint);
  if (several) return h("fieldset", { id }, h("legend", {}, field.label), inside, hint);
  return h("div", { class: "field" }, h("label", { for: id }, field.label), inside, hint);
}

/** What is settled already, by name. */
function known(field: Field, fixed: string, { scene, values }: Editing): Child {
  const kinds: Record<string, string> = {
    project: "project",
    account: "service_account",
    key: "api_key",
    group: "group",
    invite: "invite",
  };
  const kind = kinds[field.name];
  const key = kind === undefined ? fixed : `${kind}/${fixed}`;
  const label =
    field.from === undefined ? undefined : options(scene, field, values).find(({ value }) => value === fixed)?.label;
  return h(
    "p",
    { class: "settled" },
    h("span", {}, field.name === "resource" ? scene.names.kind(split(fixed)[0]) : field.label),
    h("b", {}, label ?? scene.names.of(key)),
  );
}

const line: Draw = (field, { values, set }, id) => {
  const input = h("input", {
    type: "text",
    id,
    autocomplete: "off",
    spellcheck: "false",
    value: String(values[field.name] ?? ""),
    "aria-describedby": field.hint === undefined ? undefined : `${id}-hint`,
    oninput: () => set(field.name, input.value.trim()),
  });
  return input;
};

const fresh: Draw = (field, { values, set }, id) => {
  const kind = field.name === "resource" ? String(values["kind"]) : "";
  const shown = String(values[field.name] ?? "");
  const input = h("input", {
    type: "text",
    id,
    class: "code",
    autocomplete: "off",
    spellcheck: "false",
    value: kind === "" ? shown : shown.slice(kind.length + 1),
    "data-proposed": "",
    oninput: () => {
      delete input.dataset["proposed"];
      set(field.name, kind === "" ? input.value.trim() : `${kind}/${input.value.trim()}`);
    },
  });
  return input;
};

const one: Draw = (field, { scene, values, set }, id) => {
  const found = options(scene, field, values);
  const none = field.optional === true || found.length === 0;
  const select = h(
    "select",
    { id, onchange: () => set(field.name, select.value) },
    none && h("option", { value: "" }, found.length === 0 ? "Nobody and nothing to choose" : "Nobody"),
    choices(found, String(values[field.name] ?? "")),
  );
  return select;
};

const role: Draw = (field, { scene, command, values, set }, id) => {
  const found = roleOptions(scene, command, values);
  const select = h(
    "select",
    { id, onchange: () => set(field.name, select.value) },
    found.length === 0 && h("option", { value: "" }, `${scene.starts} may give none here`),
    choices(found, String(values[field.name] ?? "")),
  );
  return select;
};

function choices(found: readonly Option[], chosen: string): Child {
  return found.map(({ value, label }) => h("option", { value, selected: value === chosen }, label));
}

const boxes = (found: readonly Option[], field: Field, { values, set }: Editing, id: string, none: string): Child => {
  if (found.length === 0) return h("p", { class: "nothing" }, none);
  const chosen = Array.isArray(values[field.name]) ? (values[field.name] as readonly string[]) : [];
  const tick = () =>
    set(
      field.name,
      [...document.querySelectorAll<HTMLInputElement>(`#${id} input:checked`)].map(({ value }) => value),
    );
  return h(
    "ul",
    { class: "boxes" },
    found.map(({ value, label, kept }) =>
      h(
        "li",
        {},
        h(
          "label",
          {},
          h("input", { type: "checkbox", value, checked: chosen.includes(value), onchange: tick }),
          label,
          kept === true && h("small", {}, "held now"),
        ),
      ),
    ),
  );
};

/** The projects of an invite, each with a role. */
const projects: Draw = (field, { scene, values, set }, id) => {
  const here = (scene.example.document.projects ?? []).filter((each) => each.organization === scene.state.in);
  const offered = here
    .map((project) => ({ project, roles: grantable(scene, String(values["address"] ?? ""), "project", project.id) }))
    .filter(({ roles }) => roles.length > 0)
    .slice(0, 50);
  if (offered.length === 0) return false;
  const read = () =>
    set(
      field.name,
      [...document.querySelectorAll<HTMLSelectElement>(`#${id} select`)]
        .filter(({ value }) => value !== "")
        .map(({ value, name }) => ({ project: name, ...(value === "default" ? {} : { roles: [value] }) })),
    );
  const entry = ({ project, roles }: (typeof offered)[number]) =>
    h(
      "li",
      { class: "pair" },
      h("label", { for: `${id}-${project.id}` }, project.name ?? project.id),
      h(
        "select",
        { id: `${id}-${project.id}`, name: project.id, onchange: read },
        h("option", { value: "" }, "No"),
        h("option", { value: "default" }, "The default"),
        roles.map((name) => h("option", { value: name }, scene.names.role("project", name))),
      ),
    );
  return h("ul", { class: "pairs" }, offered.map(entry));
};

/** What an identity provider asserts, and which role it stands for. */
const map: Draw = (field, { scene, values, set }, id) => {
  const offers = [
    ...roleOffers(scene, "organization", scene.state.in),
    ...(scene.example.document.projects ?? [])
      .filter((each) => each.organization === scene.state.in)
      .flatMap(({ id: project }) => roleOffers(scene, "project", project)),
  ];
  const held = Object.entries((values[field.name] ?? {}) as Record<string, { role: string; on?: string }[]>);
  const rows = [
    ...held.flatMap(([value, roles]) => roles.map((each) => [value, `${each.role} ${each.on ?? ""}`.trim()] as const)),
    ["", ""] as const,
  ];
  const read = () => {
    const found: Record<string, { role: string; on?: string }[]> = {};
    for (const row of document.querySelectorAll(`#${id} li`)) {
      const value = row.querySelector("input")?.value.trim() ?? "";
      const [name = "", on] = (row.querySelector("select")?.value ?? "").split(" ");
      if (value !== "" && name !== "")
        found[value] = [...(found[value] ?? []), { role: name, ...(on === undefined ? {} : { on }) }];
    }
    set(field.name, found);
  };
  const entry = ([value, chosen]: readonly [string, string]) =>
    h(
      "li",
      { class: "pair" },
      h("input", {
        type: "text",
        value,
        placeholder: "A value",
        "aria-label": "Asserted value",
        autocomplete: "off",
        oninput: read,
      }),
      h(
        "select",
        { "aria-label": "Role", onchange: read },
        h("option", { value: "" }, "No role"),
        choices(offers, chosen),
      ),
    );
  const list = h("ul", { class: "pairs" }, rows.map(entry));
  const more = h(
    "button",
    { type: "button", class: "button button-small", onclick: () => list.append(entry(["", ""])) },
    "One more",
  );
  return [list, more];
};

function roleOffers(scene: Scene, kind: string, id: string): Option[] {
  return grantable(scene, "", kind, id).map((name) => ({
    value: kind === "organization" ? name : `${name} ${kind}/${id}`,
    label: scene.names.role(kind, name) + (kind === "organization" ? "" : ` of ${scene.names.of(`${kind}/${id}`)}`),
  }));
}

const until: Draw = (field, { values, set, scene }, id) => {
  const end = values[field.name];
  const input = h("input", {
    type: "date",
    id,
    min: dateField(scene.then),
    value: typeof end === "number" && end > 0 ? dateField(end) : "",
    "aria-describedby": `${id}-hint`,
    oninput: () => set(field.name, fromDateField(input.value) || undefined),
  });
  return input;
};

const DRAW: Record<Field["is"], Draw> = {
  text: line,
  new: fresh,
  one,
  role,
  until,
  projects,
  map,
  some: (field, editing, id) =>
    boxes(options(editing.scene, field, editing.values), field, editing, id, "Nobody is there yet."),
  roles: (field, editing, id) =>
    boxes(
      roleOptions(editing.scene, editing.command, editing.values),
      field,
      editing,
      id,
      `${editing.scene.starts} may give no role here.`,
    ),
  uses: (field, editing, id) => {
    const kind = String(editing.values["kind"] ?? split(String(editing.values["resource"] ?? ""))[0]);
    if (editing.scene.example.policyDocument.kinds[kind]?.run === undefined) return false;
    return boxes(usable(editing.scene, editing.values), field, editing, id, "There is no connection to use yet.");
  },
  words: (field, editing, id) => {
    const input = h("input", {
      type: "text",
      id,
      autocomplete: "off",
      "aria-describedby": `${id}-hint`,
      oninput: () =>
        editing.set(
          field.name,
          input.value
            .split(",")
            .map((word) => word.trim())
            .filter((word) => word !== ""),
        ),
    });
    return input;
  },
};
