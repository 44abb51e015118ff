// A Pinkfish-like company: 3 organizations, 40 people, about 1,000 shared resources.
import { activePeople, organizationRecords, peopleRecords } from "./members.mjs";
import { automations, organizations, people, purposes, scopes, stores, systems, teams } from "./pinkfish-data.mjs";
import { Random, day, slug } from "./random.mjs";

const roleNames = { a: "organization_admin", m: "organization_member" };
const lower = { automation: "view", connection: "run", data_store: "view", file_store: "view", vault: "view" };
const ends = [day(2025, 4, 1), day(2025, 10, 1), day(2027, 1, 1), day(2027, 7, 1), day(2028, 1, 1)];
const stagingTeams = ["data", "engineering", "it"];
const maya = "user/maya@brightside.example";
const jonas = "user/jonas@brightside.example";
const alice = "user/alice@brightside.example";
const ravi = "user/ravi@brightside.example";

/** Active users of an organization, of one team or of all. */
function usersOf(organization, team) {
  return activePeople(people, organization)
    .filter(([, , , at]) => !team || at === team)
    .map(([address]) => `user/${address}`);
}

const groupId = (organization, team) => (organization === "brightside" ? team : `staging-${team}`);

function groupRecords() {
  const production = Object.keys(teams).map((team) => ["brightside", team]);
  const staging = stagingTeams.map((team) => ["brightside-staging", team]);
  return [...production, ...staging].map(([organization, team]) => ({
    id: groupId(organization, team),
    organization,
    name: organization === "brightside" ? teams[team] : `${teams[team]} (staging)`,
    members: usersOf(organization, team),
  }));
}

const share = (who, role, until) => ({ with: who, role, ...(until && { until }) });
const resource = (kind, organization, id, name, creator, shares) => ({
  kind, id, name, parent: `organization/${organization}`, creator, ...(shares && { shares }),
});

/** Shares of one resource: its creator, then perhaps the team, everyone, and a few people, some until a time. */
function drawnShares(random, kind, organization, team, creator) {
  if (random.chance(0.15)) return undefined;
  const low = lower[kind];
  const shares = [share(creator, "edit")];
  if (random.chance(0.55)) shares.push(share(`group/${groupId(organization, team)}`, random.chance(0.2) ? "edit" : low));
  if (random.chance(0.05)) shares.push(share("members", low));
  const others = usersOf(organization).filter((who) => who !== creator);
  for (const who of random.some(others, random.pick([0, 0, 0, 1, 1, 2]))) {
    if (random.chance(0.2)) shares.push(share(who, "edit"));
    else shares.push(share(who, low, random.chance(0.15) ? random.pick(ends) : undefined));
  }
  if (kind === "connection" && organization === "brightside" && random.chance(0.1)) shares.push(share("service_account/scheduler", low));
  return shares;
}

function drawn(random, kind, organization, team, name) {
  const creator = random.pick(usersOf(organization, team));
  const id = organization === "brightside-staging" ? `staging-${slug(name)}` : slug(name);
  return resource(kind, organization, id, name, creator, drawnShares(random, kind, organization, team, creator));
}

/** What the first people of the list can be shown with. */
function written() {
  const here = (kind, name, creator, shares) => resource(kind, "brightside", slug(name), name, creator, shares);
  return [
    here("automation", "Weekly pipeline digest", jonas, [share(jonas, "edit"), share("group/sales", "view")]),
    here("automation", "Forecast roll-up", alice, [share(alice, "edit"), share(jonas, "view")]),
    here("automation", "Trial follow-up", alice, [share(alice, "edit"), share(jonas, "view", day(2025, 7, 1))]),
    here("automation", "Quarter-end push", alice, [share(alice, "edit"), share(jonas, "view", day(2027, 7, 1))]),
    here("automation", "Company announcements", maya, [share(maya, "edit"), share("members", "view")]),
    here("automation", "Revenue export", ravi),
    here("connection", "Salesforce, main", alice, [share(alice, "edit"), share(jonas, "run"), share("group/sales", "run")]),
    here("connection", "Snowflake, warehouse", ravi, [share(ravi, "edit"), share("group/data", "edit"), share("service_account/scheduler", "run")]),
    here("data_store", "Account health", ravi, [share(ravi, "edit"), share(jonas, "view")]),
    here("vault", "Sales credentials", alice, [share(alice, "edit"), share("group/sales", "view")]),
  ];
}

function automationNames() {
  return Object.entries(automations).flatMap(([team, names]) =>
    names.flatMap((name) => scopes.map((scope) => [team, `${name}, ${scope}`])),
  );
}

const connectionNames = () => systems.flatMap(([system, team]) => purposes.map((purpose) => [team, `${system}, ${purpose}`]));

function productionResources(random) {
  const storeTeams = Object.keys(teams);
  const kept = Object.entries(stores).flatMap(([kind, names]) =>
    names.flatMap((name) => scopes.slice(0, 3).map((scope) => drawn(random, kind, "brightside", random.pick(storeTeams), `${name}, ${scope}`))),
  );
  return [
    ...automationNames().map(([team, name]) => drawn(random, "automation", "brightside", team, name)),
    ...connectionNames().map(([team, name]) => drawn(random, "connection", "brightside", team, name)),
    ...kept,
  ];
}

/** Staging holds copies of what its three teams build. */
function stagingResources(random) {
  const builds = ([team]) => stagingTeams.includes(team);
  const names = automationNames().filter(builds);
  const links = connectionNames().filter(builds);
  return [
    ...names.map(([team, name]) => drawn(random, "automation", "brightside-staging", team, name)),
    ...links.map(([team, name]) => drawn(random, "connection", "brightside-staging", team, name)),
  ];
}

/** A free organization at its limit of ten automations. */
function fernwayResources() {
  const sam = "user/sam@fernway.example";
  const names = [
    "Studio bookings", "Client proofs", "Invoice reminders", "Portfolio sync", "Print orders",
    "Review requests", "Mileage log", "Receipt scanner", "Tax folder", "Holiday replies",
  ];
  const own = (kind, name) => resource(kind, "fernway", `fernway-${slug(name)}`, name, sam);
  return [...names.map((name) => own("automation", name)), own("connection", "Gmail"), own("connection", "Stripe")];
}

function serviceAccounts() {
  return [
    { id: "scheduler", organization: "brightside", name: "Scheduler", roles: ["organization_member"] },
    { id: "staging-runner", organization: "brightside-staging", name: "Staging runner", roles: ["organization_member"] },
  ];
}

export function pinkfish() {
  const random = new Random(4711);
  return {
    $schema: "../../policies/directory.schema.json",
    format: 1,
    policy: "pinkfish",
    revision: 0,
    people: peopleRecords(people),
    organizations: organizationRecords(organizations, people, roleNames),
    groups: groupRecords(),
    serviceAccounts: serviceAccounts(),
    resources: [...written(), ...productionResources(random), ...stagingResources(random), ...fernwayResources()],
    invites: [
      { id: "invite-iris", organization: "brightside", address: "iris@northgate.example", roles: ["organization_member"], sender: maya, expires: day(2027, 3, 1) },
    ],
  };
}
