import { byId, fill, h, icon } from "./dom";

const THEMES = ["system", "light", "dark"] as const;

/** The bar above everything: the name, the list of people on a small screen, the theme. */
export function top(): void {
  const people = h(
    "button",
    {
      type: "button",
      class: "button people-button",
      "aria-expanded": "false",
      "aria-controls": "rail",
      onclick: () => toggleRail(),
    },
    icon("person"),
    "People",
  );
  fill(
    byId("top"),
    h("a", { class: "brand", href: "#" }, icon("mark"), "Bailiwick"),
    h("p", { class: "tagline" }, "Who may do what, and why not"),
    people,
    themeButton(),
  );
}

/** Opens or closes the list of people, where it is not always there. */
export function toggleRail(open = !byId("rail").hasAttribute("data-open")): void {
  byId("rail").toggleAttribute("data-open", open);
  const button = byId("top").querySelector<HTMLElement>(".people-button");
  button?.setAttribute("aria-expanded", String(open));
  if (open) byId("rail").querySelector("select")?.focus();
  else if (byId("rail").contains(document.activeElement)) button?.focus();
}

function themeButton(): HTMLElement {
  const root = document.documentElement;
  const name = h("span", {});
  const show = () => (name.textContent = `Theme: ${root.dataset["theme"] ?? "system"}`);
  const turn = () => {
    const next =
      THEMES[(THEMES.indexOf((root.dataset["theme"] ?? "system") as (typeof THEMES)[number]) + 1) % THEMES.length] ??
      "system";
    if (next === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = next;
    remember(next);
    show();
  };
  show();
  return h("button", { type: "button", class: "button theme-button", onclick: turn }, icon("theme"), name);
}

function remember(theme: string): void {
  try {
    localStorage.setItem("bailiwick-theme", theme);
  } catch {
    // No storage: the theme lasts as long as the page.
  }
}
