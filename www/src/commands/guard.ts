import type { CommandName } from "bailiwick";
import { icon, h } from "../dom";
import { showDecision } from "../decision";
import { reasonIcon } from "../reasons";
import type { Scene } from "../scene";
import { openCommand } from "./dialog";
import { split } from "./form";
import { SPECS, type Values } from "./specs";

/** A command with what is known of it already. */
export interface Offer {
  readonly command: CommandName;
  readonly values: Values;
  readonly label?: string;
}

interface Guard {
  readonly action: string;
  readonly kind: string;
  readonly id: string;
}

/** The action that guards a command there; none for what everybody may try. */
export function guardOf(scene: Scene, { command, values }: Offer): Guard | undefined {
  const { policyDocument, document } = scene.example;
  const here = { kind: "organization", id: scene.state.in };
  if (command === "create_project") return { action: policyDocument.kinds["project"]?.create ?? "", ...here };
  if (command === "create_resource")
    return { action: policyDocument.kinds[String(values["kind"])]?.create ?? "", ...here };
  const guards = policyDocument.commands?.[command] ?? {};
  if (guards["organization"] !== undefined) return { action: guards["organization"], ...here };
  if (guards["project"] !== undefined) {
    const key = document.apiKeys?.find(({ id }) => id === values["key"]);
    return { action: guards["project"], kind: "project", id: key?.project ?? String(values["project"] ?? "") };
  }
  const [kind, id] = split(String(values["resource"] ?? ""));
  const action = guards[kind];
  return action === undefined ? undefined : { action, kind, id };
}

/** The commands that an action guards: what its button opens. */
export function offersOf(scene: Scene, { action, kind, id }: Guard): Offer[] {
  const { policyDocument } = scene.example;
  if (kind === "organization" && policyDocument.organizations?.further === action)
    return [{ command: "create_organization", values: { from: id } }];
  const created = Object.entries(policyDocument.kinds).find(
    ([name, one]) => name !== kind && one.create === action && one.parent === kind,
  );
  if (created !== undefined) {
    const [name] = created;
    if (name === "project") return [{ command: "create_project", values: {} }];
    return [{ command: "create_resource", values: { kind: name } }];
  }
  const values = kind === "organization" ? {} : kind === "project" ? { project: id } : { resource: `${kind}/${id}` };
  return Object.entries(policyDocument.commands ?? {})
    .filter(([command, guards]) => guards[kind] === action && SPECS[command as CommandName].host !== true)
    .map(([command]) => ({ command: command as CommandName, values }));
}

/** A small button for one command on one thing. `own`: what one may always do for oneself, whatever guards it. */
export function commandButton(scene: Scene, offer: Offer, own = false): HTMLElement | false {
  const { command, values, label = SPECS[offer.command].label } = offer;
  const { grave } = SPECS[command];
  const guard = own ? undefined : guardOf(scene, offer);
  const button = guard === undefined ? undefined : scene.access.button(guard.action, guard.kind, guard.id);
  if (button?.state === "hidden") return false;
  const refused = button?.state === "disabled" ? button : undefined;
  const press = () => {
    if (guard === undefined || refused === undefined || button === undefined) openCommand(scene, [offer]);
    else showDecision({ ...guard, label, button }, scene.decide(guard), scene);
  };
  return h(
    "button",
    {
      type: "button",
      class: `button button-small${grave === true ? " button-grave" : ""}`,
      "aria-disabled": refused === undefined ? undefined : "true",
      title: refused?.text,
      "data-command": command,
      "data-key": `${command} ${JSON.stringify(values)}`,
      onclick: press,
    },
    refused !== undefined && reasonIcon(refused.reason),
    label,
  );
}

/** The same, larger: a way in where there is nothing else yet. */
export function firstButton(scene: Scene, offer: Offer): HTMLElement | false {
  const button = commandButton(scene, offer, true);
  if (button === false) return false;
  button.classList.remove("button-small");
  button.classList.add("button-main");
  button.append(icon("next"));
  return button;
}

/** Small buttons in a row. */
export function commandButtons(
  scene: Scene,
  label: string,
  offers: readonly (Offer | HTMLElement | false)[],
): HTMLElement {
  const shown = offers.map((one) => (one === false || one instanceof HTMLElement ? one : commandButton(scene, one)));
  return h("div", { class: "toolbar", role: "group", "aria-label": label }, shown);
}
