import type { Decision } from "bailiwick";
import { creation, invitations, welcome } from "./arrivals";
import { byId, fill, h, icon } from "./dom";
import { rolesOf } from "./roles";
import { margin } from "./notes";
import { avatar } from "./rail";
import { chip, why } from "./reasons";
import type { Scene } from "./scene";
import { activity } from "./panels/activity";
import { content } from "./panels/content";
import { matrix } from "./panels/matrix";
import { members } from "./panels/members";
import { project, projects } from "./panels/projects";
import { billing, settings } from "./panels/settings";
import { day } from "./time";

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly show: (scene: Scene) => HTMLElement;
}

/** The console of one organization, as one person sees it. */
export function consoleOf(scene: Scene): void {
  const shut = scene.shut();
  const tabs = tabsOf(scene, shut);
  const tab = tabs.find(({ id }) => id === scene.state.tab) ?? tabs[0];
  if (tab === undefined) throw new Error("a console without a tab");
  fill(
    byId("console"),
    header(scene, shut === undefined),
    h(
      "nav",
      { class: "tabs", "aria-label": "Console" },
      tabs.map(({ id, label }) =>
        h(
          "a",
          {
            href: scene.link({ tab: id }),
            "aria-current": id === tab.id ? "page" : undefined,
            "data-key": `tab ${id}`,
            class: id === "activity" ? "tab-apart" : undefined,
          },
          label,
        ),
      ),
    ),
    invitations(scene),
    h("div", { class: "panel", "data-tab": tab.id }, tab.show(scene)),
  );
}

function tabsOf(scene: Scene, shut: Decision | undefined): Tab[] {
  const last = [
    { id: "activity", label: "Activity", show: activity },
    { id: "matrix", label: "Role matrix", show: matrix },
  ];
  if (scene.state.in === "") return [{ id: "settings", label: "Beginning", show: welcome }, ...last];
  if (shut !== undefined) return [{ id: "settings", label: "Console", show: () => closed(scene, shut) }, ...last];
  const projectTab = {
    id: "projects",
    label: "Projects",
    show: (one: Scene) => (one.state.item === "" ? projects(one) : project(one)),
  };
  return [
    { id: "settings", label: "Settings", show: settings },
    { id: "members", label: "Members", show: members },
    { id: "billing", label: "Billing", show: billing },
    ...(scene.hasKind("project") ? [projectTab] : []),
    ...(scene.contentKinds().length > 0 ? [{ id: "content", label: "Content", show: content }] : []),
    ...last,
  ];
}

/** Whose console it is, and who looks. A stranger is not told the edition. */
function header(scene: Scene, open: boolean): HTMLElement {
  const { state, names, access, now, organization } = scene;
  const holder = state.as.startsWith("user/")
    ? "user"
    : state.as.startsWith("api_key/")
      ? "api_key"
      : "service_account";
  const end = access.nextExpiry;
  return h(
    "header",
    { class: "head" },
    h(
      "div",
      { class: "place" },
      h("p", { class: "over" }, state.in === "" ? scene.example.policy.label : "Organization"),
      h("h1", {}, scene.where),
      open && organization !== undefined && h("span", { class: "edition" }, names.edition(organization.edition)),
      switcher(scene),
    ),
    h(
      "div",
      { class: "self" },
      avatar({ name: scene.who, holder, suspended: false }),
      h(
        "p",
        {},
        h("b", {}, scene.who),
        h("small", {}, rolesOf(scene)),
        Number.isFinite(end) &&
          h("small", { class: "ends" }, end > now ? `Something ends on ${day(end)}` : `Something ended on ${day(end)}`),
      ),
    ),
  );
}

/** Only for who is active in more than one. */
function switcher(scene: Scene): HTMLElement | false {
  const entries = scene.example.directory.organizations(scene.state.as);
  if (entries.length < 2) return false;
  return h(
    "details",
    { class: "switcher", "data-switcher": "" },
    h("summary", { class: "button button-small", "data-key": "switcher" }, "Switch organization"),
    h(
      "ul",
      {},
      entries.map(({ id, name, edition }) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: scene.link({ in: id }),
              "aria-current": id === scene.state.in ? "true" : undefined,
              "data-key": `switch ${id}`,
            },
            name,
            h("small", {}, scene.names.edition(edition)),
          ),
        ),
      ),
    ),
  );
}

/** Nobody without a place in the organization sees anything of it. */
function closed(scene: Scene, decision: Decision): HTMLElement {
  const rows = scene.rows(scene.actions("organization"), "organization", scene.state.in);
  return h(
    "section",
    { class: "part" },
    h(
      "div",
      { class: "closed" },
      icon("mark"),
      h("h2", {}, `${scene.starts} sees nothing of ${scene.where}`),
      chip(decision.reason),
      h("p", {}, why(decision, scene)),
      creation(scene),
    ),
    margin(scene.missing(rows), scene),
  );
}
