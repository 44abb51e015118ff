import { type Player, outsiders, troupes } from "./cast";
import { CHOICES } from "./example";
import { type Icon, byId, fill, h, icon } from "./dom";
import { beginnings, platform } from "./platform";
import type { Scene } from "./scene";
import { format, parse } from "./state";
import { dateField, day, fromDateField } from "./time";

const ICONS: Record<Player["holder"], Icon> = { user: "person", service_account: "service", api_key: "key" };

/** The list of who can be looked at: outside the console, since nobody in it would have such a list. */
export function rail(scene: Scene): void {
  const element = byId("rail");
  const before = element.querySelector<HTMLInputElement>("#search")?.value ?? "";
  const top = element.querySelector(".people")?.scrollTop ?? 0;
  const people = h("div", { class: "people" }, groups(scene));
  const search = h("input", {
    type: "search",
    id: "search",
    placeholder: "Find a person",
    "aria-label": "Find a person",
    "data-key": "search",
    oninput: () => filter(people, search.value),
  });
  search.value = before;
  fill(
    element,
    exampleField(scene),
    beginnings(scene),
    momentField(scene),
    h("div", { class: "field" }, h("label", { for: "search" }, "See the console as"), search),
    people,
    platform(scene),
  );
  filter(people, before);
  people.scrollTop = top;
}

function exampleField({ example }: Scene): HTMLElement {
  const select = h(
    "select",
    {
      id: "example",
      "data-key": "example",
      onchange: () => (location.hash = format({ ...parse(""), example: select.value })),
    },
    CHOICES.map(({ id, label }) => h("option", { value: id, selected: id === example.id }, label)),
  );
  return h("div", { class: "field" }, h("label", { for: "example" }, "Example"), select);
}

function momentField(scene: Scene): HTMLElement {
  const { state, now, access } = scene;
  const field = h("input", {
    type: "date",
    id: "moment",
    "data-key": "moment",
    value: dateField(now),
    onchange: () => (location.hash = scene.link({ at: fromDateField(field.value) })),
  });
  const end = access.nextExpiry;
  const jump =
    Number.isFinite(end) &&
    now < end &&
    h("a", { href: scene.link({ at: end }), "data-key": "jump" }, `to ${day(end)}, when something ends`);
  const back = state.at !== 0 && h("a", { href: scene.link({ at: 0 }), "data-key": "today" }, "back to today");
  return h(
    "div",
    { class: `field${state.at === 0 ? "" : " field-shifted"}` },
    h("label", { for: "moment" }, "Moment"),
    field,
    (jump || back) && h("p", { class: "jumps" }, back, " ", jump),
  );
}

function groups(scene: Scene): HTMLElement[] {
  const inside = troupes(scene.example).map(({ organization, people, programs, keys }) => {
    const here = organization.id === scene.state.in;
    return h(
      "details",
      { open: here },
      h(
        "summary",
        {},
        h("span", {}, scene.names.of(`organization/${organization.id}`)),
        h("small", {}, scene.names.edition(organization.edition)),
      ),
      list(people, organization.id, scene),
      programs.length > 0 && h("p", { class: "over" }, "Service accounts"),
      list(programs, organization.id, scene),
      keys.length > 0 &&
        h(
          "details",
          { class: "keys", open: here && scene.state.as.startsWith("api_key/") },
          h("summary", {}, `${keys.length} API keys`),
          list(keys, organization.id, scene),
        ),
    );
  });
  const strangers = outsiders(scene.example, scene.state.in);
  const open = scene.state.in === "" || strangers.some(({ id }) => id === scene.state.as);
  const title = scene.state.in === "" ? "People" : `Not in ${scene.where}`;
  return [
    ...inside,
    h(
      "details",
      { open },
      h("summary", {}, h("span", {}, title), h("small", {}, strangers.length)),
      list(strangers, scene.state.in, scene),
    ),
  ];
}

function list(players: readonly Player[], organization: string, scene: Scene): HTMLElement | false {
  return (
    players.length > 0 &&
    h(
      "ul",
      {},
      players.map((player) => h("li", {}, entry(player, organization, scene))),
    )
  );
}

function entry(player: Player, organization: string, scene: Scene): HTMLElement {
  const current = player.id === scene.state.as && organization === scene.state.in;
  const { tab } = scene.state;
  return h(
    "a",
    {
      class: "player",
      href: scene.link({ as: player.id, in: organization, item: "", tab }),
      "aria-current": current ? "true" : undefined,
      "data-key": `as ${player.id} ${organization}`,
      "data-words": `${player.name} ${player.id} ${player.note}`.toLowerCase(),
    },
    avatar(player),
    h(
      "span",
      { class: "who" },
      h("b", {}, player.name),
      h("small", {}, player.suspended ? `Suspended · ${player.note}` : player.note),
    ),
  );
}

/** Initials of a person, a drawing for a program. */
export function avatar({ name, holder, suspended }: Pick<Player, "name" | "holder" | "suspended">): HTMLElement {
  const initials = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("")
    .toUpperCase();
  return h(
    "span",
    { class: `avatar${suspended ? " avatar-suspended" : ""}`, "aria-hidden": "true" },
    holder === "user" ? initials : icon(ICONS[holder]),
  );
}

/** Hides who does not match; opens the groups in which somebody does. */
function filter(people: HTMLElement, text: string): void {
  const words = text.trim().toLowerCase();
  for (const player of people.querySelectorAll<HTMLElement>(".player")) {
    player.parentElement?.toggleAttribute("hidden", words !== "" && !player.dataset["words"]?.includes(words));
  }
  for (const group of people.querySelectorAll("details")) {
    const found = group.querySelector("li:not([hidden])") !== null;
    group.hidden = !found;
    if (words !== "" && found) group.open = true;
  }
}

/** Arrow keys walk the list. */
export function walkable(element: HTMLElement): void {
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (
      step === undefined ||
      !(event.target instanceof HTMLElement) ||
      !event.target.matches(".player, summary, input[type=search]")
    )
      return;
    const stops = [...element.querySelectorAll<HTMLElement>("input[type=search], summary, .player")].filter((one) =>
      one.checkVisibility(),
    );
    const next = stops[stops.indexOf(event.target) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}
