/** A part of the page: the actions whose names speak of it. */
export interface Topic {
  readonly title: string;
  readonly about: string;
  readonly match: RegExp;
}

/** What an organization's own actions are about, in order: an action belongs to the first that matches. */
const ORGANIZATION: readonly Topic[] = [
  { title: "Billing", about: "How the organization pays.", match: /billing|invoice|payment/ },
  { title: "Usage", about: "What the organization uses.", match: /usage/ },
  { title: "Support", about: "The help that it has booked.", match: /support/ },
  { title: "Account and content", about: "What everybody comes to see.", match: /./ },
];

const OTHERS: readonly Topic[] = [
  { title: "API keys", about: "What programs use to reach it.", match: /api_key/ },
  { title: "Vectors", about: "What is stored, and how it is asked.", match: /vector|stats/ },
  { title: "Pods", about: "How large pod-based indexes may be.", match: /pod|index_size/ },
  { title: "Indexes", about: "Where the vectors live.", match: /index|backup|collection|assistant/ },
  { title: "Use", about: "What one does with it.", match: /./ },
];

/** Whether an action is about money, and stands on the page for that. */
export const isBilling = (action: string): boolean => /billing|invoice|payment|usage|support/.test(action);

/** Whether an action is about a thing that has a page of its own. */
export const isAbout = (thing: "api_key" | "service_account", action: string): boolean => action.includes(thing);

/** Actions by what they are about, what belongs to no other topic first; a part without any is left out. */
export function byTopic(kind: string, actions: readonly string[]): { topic: Topic; actions: readonly string[] }[] {
  const topics = kind === "organization" ? ORGANIZATION : OTHERS;
  const ownerOf = (action: string) => topics.find(({ match }) => match.test(action));
  return [...topics.slice(-1), ...topics.slice(0, -1)]
    .map((topic) => ({ topic, actions: actions.filter((action) => ownerOf(action) === topic) }))
    .filter((part) => part.actions.length > 0);
}
