import { BailiwickError, type Preview, type Told } from "bailiwick";
import { byId, fill, h } from "../dom";
import { changes } from "../example";
import type { Scene } from "../scene";
import { type State } from "../state";
import { fieldOf } from "./fields";
import { commandOf, initial, rolesAgain } from "./form";
import type { Offer } from "./guard";
import { previewOf, refusalOf } from "./preview";
import { propose } from "./propose";
import { SPECS, type Field, type Values } from "./specs";

/** On these hang the roles that can be chosen. */
const TARGETS = ["member", "with", "account", "key", "project", "address", "group"];

/** Opens the form of a command, or of several to choose from, with what it would come to. */
export function openCommand(scene: Scene, offers: readonly Offer[]): void {
  const [first] = offers;
  if (first === undefined) return;
  new Form(scene, offers, first).open();
}

class Form {
  readonly #scene: Scene;
  readonly #offers: readonly Offer[];
  readonly #dialog = byId("command") as HTMLDialogElement;
  readonly #fields = h("div", { class: "fields" });
  readonly #preview = h("div", { class: "preview", "aria-live": "polite", "data-preview": "" });
  readonly #title = h("h2", { id: "command-title" });
  readonly #save = h("button", { type: "submit", class: "button button-main" });
  #offer: Offer;
  #values: Values = {};
  #id = "";
  #told: Told<Preview> | undefined;

  constructor(scene: Scene, offers: readonly Offer[], offer: Offer) {
    this.#scene = scene;
    this.#offers = offers;
    this.#offer = offer;
  }

  open(): void {
    const { who, where, state } = this.#scene;
    const host = this.#spec.host === true;
    const cancel = h("button", { type: "button", class: "button", onclick: () => this.#dialog.close() }, "Cancel");
    const subject = host ? "The platform does this" : `As ${who}${state.in === "" ? "" : `, in ${where}`}`;
    fill(
      this.#dialog,
      h(
        "form",
        { class: "command", novalidate: true, onsubmit: (event) => this.#submit(event) },
        h("header", {}, this.#title, h("p", { class: "over" }, subject)),
        this.#choice(),
        this.#fields,
        this.#preview,
        h("footer", {}, cancel, this.#save),
      ),
    );
    this.#begin();
    this.#dialog.showModal();
    const fields = [...this.#fields.querySelectorAll<HTMLElement>("input, select")];
    (fields.find((one) => one.checkVisibility()) ?? (this.#spec.grave === true ? cancel : this.#save)).focus();
  }

  get #spec() {
    return SPECS[this.#offer.command];
  }

  /** Which of several commands: the button of an action opens all that it guards. */
  #choice(): HTMLElement | false {
    if (this.#offers.length < 2) return false;
    const pick = (offer: Offer) => {
      this.#offer = offer;
      this.#begin();
    };
    return h(
      "fieldset",
      { class: "choice" },
      h("legend", { class: "quiet" }, "What"),
      this.#offers.map((offer, place) =>
        h(
          "label",
          {},
          h("input", {
            type: "radio",
            name: "what",
            value: offer.command,
            checked: place === 0,
            onchange: () => pick(offer),
          }),
          offer.label ?? SPECS[offer.command].label,
        ),
      ),
    );
  }

  #begin(): void {
    const { command, values } = this.#offer;
    const label = this.#spec.titled?.(values, this.#scene.names) ?? this.#spec.label;
    this.#id = crypto.randomUUID();
    this.#values = initial(this.#scene, command, values);
    fill(this.#title, label);
    fill(this.#save, label);
    this.#save.classList.toggle("button-grave", this.#spec.grave === true);
    this.#draw();
    this.#ask();
  }

  #draw(): void {
    fill(
      this.#fields,
      this.#spec.fields.map((field) => h("div", { "data-field": field.name }, this.#fieldOf(field))),
    );
    this.#showHeir();
  }

  #fieldOf(field: Field) {
    return fieldOf(field, {
      scene: this.#scene,
      command: this.#offer.command,
      values: this.#values,
      preset: this.#offer.values,
      set: (name, value) => this.#set(name, value),
    });
  }

  #set(name: string, value: unknown): void {
    this.#values = { ...this.#values, [name]: value };
    if (name === "name" || name === "address") this.#propose(String(value));
    if (TARGETS.includes(name)) {
      if (name === "project" || name === "group") this.#again(["one"], name);
      if (name !== "address") this.#values = rolesAgain(this.#scene, this.#offer.command, this.#values);
      this.#again(["roles", "role", "projects", "until"], name);
    }
    this.#ask();
  }

  /** Draws some fields again, since they hang on another. */
  #again(kinds: readonly Field["is"][], but: string): void {
    for (const field of this.#spec.fields) {
      if (!kinds.includes(field.is) || field.name === but || (field.optional === true && field.is === "one")) continue;
      if (field.is === "one" && this.#offer.values[field.name] === undefined) {
        const { [field.name]: _, ...rest } = this.#values;
        this.#values = { ...rest, [field.name]: initial(this.#scene, this.#offer.command, rest)[field.name] };
      }
      const box = this.#fields.querySelector(`[data-field="${field.name}"]`);
      if (box !== null) fill(box, this.#fieldOf(field));
    }
  }

  /** Proposes an id for what has a name, until one is typed. */
  #propose(name: string): void {
    const field = this.#spec.fields.find(({ is }) => is === "new");
    const input = this.#fields.querySelector<HTMLInputElement>("[data-proposed]");
    if (field === undefined || input === null) return;
    const { id, value } = propose(this.#scene, field.name, String(this.#values["kind"] ?? ""), name);
    input.value = id;
    this.#values = { ...this.#values, [field.name]: value };
  }

  get #allowed(): boolean {
    return this.#told?.ok === true;
  }

  get #wish() {
    const { state, then } = this.#scene;
    const command = commandOf(this.#scene, this.#offer.command, this.#id, this.#values);
    return { command, now: then, as: this.#spec.host === true ? undefined : state.as };
  }

  /** Asks what would come of it, and shows that. */
  #ask(): void {
    this.#told = undefined;
    const empty = this.#spec.fields.find(
      ({ name, optional, is }) =>
        optional !== true &&
        !["map", "projects"].includes(is) &&
        [undefined, "", 0].includes(this.#values[name] as string),
    );
    if (empty !== undefined) this.#say(`“${empty.label}” is empty.`);
    else this.#look();
    if (this.#allowed) this.#save.removeAttribute("aria-disabled");
    else this.#save.setAttribute("aria-disabled", "true");
    this.#showHeir();
  }

  #look(): void {
    const { command, as, now } = this.#wish;
    try {
      const told = this.#scene.example.directory.preview(command, { as, now, limit: 200 });
      this.#told = told;
      if (told.ok) fill(this.#preview, previewOf(told, this.#scene));
      else fill(this.#preview, refusalOf(told, this.#scene), this.#anyway());
      this.#preview.dataset["preview"] = told.ok ? "allowed" : told.decision.reason;
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw error;
      const text = error.message.replace(/^[\w[\].]+: /, "");
      this.#say(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
    }
  }

  #carryOut() {
    const wish = this.#wish;
    return this.#scene.example.carryOut(wish, (names) => this.#spec.said(wish.command as unknown as Values, names));
  }

  #say(text: string): void {
    this.#preview.dataset["preview"] = "incomplete";
    fill(this.#preview, h("p", { class: "aside" }, text));
  }

  /** A page only hints. What it does not offer can be sent all the same, and is refused by the directory itself. */
  #anyway(): HTMLElement {
    const send = () => {
      this.#carryOut();
      this.#id = crypto.randomUUID();
      this.#dialog.addEventListener("close", () => changes.dispatchEvent(new Event("change")), { once: true });
      fill(
        this.#preview.querySelector(".anyway") ?? this.#preview,
        "Refused. Nothing changed, and the activity tells of it.",
      );
      byId("command").querySelector<HTMLElement>("footer .button")?.focus();
    };
    return h(
      "div",
      { class: "anyway" },
      h("button", { type: "button", class: "button button-small", "data-anyway": "", onclick: send }, "Try it anyway"),
    );
  }

  /** Who takes over is asked when somebody has to. */
  #showHeir(): void {
    const box = this.#fields.querySelector<HTMLElement>('[data-field="successor"]');
    if (box === null) return;
    const told = this.#told;
    const needed = told?.ok === false && /successor/.test(told.text);
    box.hidden = !needed && !this.#values["successor"];
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (!this.#allowed) return;
    const { state } = this.#scene;
    const told = this.#carryOut();
    if (!told.ok) {
      fill(this.#preview, refusalOf(told, this.#scene));
      return;
    }
    this.#dialog.close();
    go(this.#scene, after(this.#offer.command, this.#values, state));
  }
}

/** What is looked at after a command: what was created; not what was deleted. */
function after(command: string, values: Values, state: State): Partial<State> {
  const made = values["organization"];
  if ((command === "create_organization" || command === "accept_invite") && typeof made === "string")
    return { in: made, tab: command === "accept_invite" ? state.tab : "settings" };
  if (command === "delete_project") return { tab: "projects", item: "" };
  return { item: state.item, page: state.page };
}

function go(scene: Scene, change: Partial<State>): void {
  const address = scene.link(change);
  if (location.hash === address || decodeURIComponent(location.hash) === decodeURIComponent(address))
    changes.dispatchEvent(new Event("change"));
  else location.hash = address;
}
