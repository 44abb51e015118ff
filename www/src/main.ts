import { wanted } from "./commands/verbs";
import { consoleOf } from "./console";
import { byId, fill, h } from "./dom";
import { CHOICES, type Entry, type Example, changes, example } from "./example";
import { rail, walkable } from "./rail";
import { Scene } from "./scene";
import { type State, format, parse } from "./state";
import { toggleRail, top } from "./top";

let turn = 0;
/** Who and what was shown last. */
let shown = "";

/** Draws what the address says. A newer address overtakes an older one that is still loading. */
async function draw(): Promise<void> {
  turn += 1;
  const mine = turn;
  try {
    const state = parse(location.hash);
    const chosen = await example(state.example);
    if (mine !== turn) return;
    const complete = settle(state, chosen);
    if (format(complete) !== format(state)) history.replaceState(null, "", format(complete));
    show(new Scene(chosen, complete));
  } catch (error) {
    if (mine === turn) failed(error);
  }
}

/** Fills in who and where, when the address does not say; where nothing is yet, nowhere. */
function settle(state: State, { id, document, directory }: Example): State {
  const first = CHOICES.find((choice) => choice.id === id)?.first;
  const as = state.as || (first?.as ?? "");
  const [any] = document.organizations ?? [];
  const home = state.in || first?.in || directory.organizations(as)[0]?.id || (any?.id ?? "");
  return { ...state, example: id, as, in: any === undefined ? "" : home };
}

function show(scene: Scene): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
  const unfolded = folds()
    .filter(({ open }) => open)
    .map(({ dataset }) => dataset["fold"]);
  const top = scrollY;
  const { example: name, as, in: home, tab, item } = scene.state;
  const place = [name, as, home, tab, item].join(" ");
  const announced = `${scene.who} in ${scene.where}`;
  rail(scene);
  consoleOf(scene);
  scene.close();
  for (const fold of folds()) fold.open ||= unfolded.includes(fold.dataset["fold"]);
  document.title = `${announced} – Bailiwick`;
  const [last] = scene.example.log;
  byId("announcer").textContent =
    place === shown && last !== undefined ? happened(last) : `Showing the console as ${announced}`;
  document.documentElement.dataset["ready"] = String(turn);
  for (const current of document.querySelectorAll(".tabs [aria-current], .kinds [aria-current]"))
    current.scrollIntoView({ block: "nearest", inline: "nearest" });
  refocus(focused);
  if (place === shown) scrollTo({ top, behavior: "instant" });
  shown = place;
}

/** What came of a command, in a sentence. */
function happened({ who, said, refused }: Entry): string {
  return refused === undefined ? `${who} ${said}.` : `${who} tried to ${wanted(said)}: ${refused.text}`;
}

/** What stays folded or unfolded when the page is drawn again. */
function folds(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details[data-fold]")];
}

/** Puts the focus back on what has the same key as what had it, or on what folds it away. */
function refocus(key: string | undefined): void {
  if (key === undefined) return;
  const same = [...document.querySelectorAll<HTMLElement>("[data-key]")].find((one) => one.dataset["key"] === key);
  same?.focus({ preventScroll: true });
  if (document.activeElement === same) return;
  (same?.closest("details")?.querySelector("summary") ?? byId("console")).focus({ preventScroll: same !== undefined });
}

function failed(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const again = h("button", { type: "button", class: "button", onclick: () => void draw() }, "Try again");
  fill(
    byId("console"),
    h("div", { class: "closed", role: "alert" }, h("h1", {}, "Nothing can be shown"), h("p", {}, text), again),
  );
}

top();
walkable(byId("rail"));
byId("rail").addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest(".player") !== null) toggleRail(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (byId("rail").hasAttribute("data-open")) toggleRail(false);
  const open = document.querySelector<HTMLDetailsElement>(".switcher[open]");
  if (open !== null) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});
addEventListener("hashchange", () => void draw());
changes.addEventListener("change", () => void draw());
void draw();
