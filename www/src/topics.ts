/** A part of the console: which actions of a kind it shows. */
export interface Topic {
  readonly tab: string;
  readonly title: string;
  readonly about: string;
  readonly match: RegExp;
}

/** The parts of an organization, in order: an action belongs to the first that matches its name. */
const ORGANIZATION: readonly Topic[] = [
  {
    tab: "projects",
    title: "New project",
    about: "Projects hold indexes, keys and members of their own.",
    match: /project/,
  },
  {
    tab: "content",
    title: "Content",
    about: "What people build, and share with one another.",
    match: /automation|connection|store|vault|content/,
  },
  {
    tab: "members",
    title: "Service accounts",
    about: "Programs that act in the organization.",
    match: /service_account/,
  },
  { tab: "members", title: "Groups", about: "People bound together, to share with at once.", match: /group/ },
  {
    tab: "members",
    title: "People",
    about: "Who belongs to the organization, and with which roles.",
    match: /member|invite|users/,
  },
  { tab: "billing", title: "Billing", about: "How the organization pays.", match: /billing|invoice/ },
  {
    tab: "billing",
    title: "Usage and support",
    about: "What it uses, and the help it has booked.",
    match: /usage|support/,
  },
  {
    tab: "settings",
    title: "Sign-in and audit",
    about: "How members come in, and what is recorded.",
    match: /sso|audit/,
  },
  { tab: "settings", title: "General", about: "The organization itself.", match: /./ },
];

/** The parts of a project. */
const PROJECT: readonly Topic[] = [
  { tab: "project", title: "Members", about: "Who works in the project.", match: /member/ },
  { tab: "project", title: "API keys", about: "What programs use to reach it.", match: /api_key/ },
  { tab: "project", title: "Pods", about: "How large pod-based indexes may be.", match: /pod|index_size/ },
  {
    tab: "project",
    title: "Indexes and data",
    about: "The vectors, and what is done with them.",
    match: /index|vector|backup|collection|assistant|answer|embed|rerank/,
  },
  { tab: "project", title: "General", about: "The project itself.", match: /./ },
];

/** The topics of one tab with their actions, `General` first. */
export function topics(
  kind: "organization" | "project",
  tab: string,
  actions: readonly string[],
): { topic: Topic; actions: string[] }[] {
  const all = kind === "project" ? PROJECT : ORGANIZATION;
  const owner = (action: string) => all.find(({ match }) => match.test(action));
  const shown = all
    .filter((topic) => topic.tab === tab)
    .map((topic) => ({ topic, actions: actions.filter((action) => owner(action) === topic) }));
  const order = (title: string) =>
    ["General", "People", "Members", "API keys", "Indexes and data"].indexOf(title) & 0xff;
  return shown
    .filter((one) => one.actions.length > 0)
    .sort((one, other) => order(one.topic.title) - order(other.topic.title));
}
