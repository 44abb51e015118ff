// A Pinecone-like company: 3 organizations, 40 people, 50 projects.
import { groups, keyNames, organizations, people, projects, serviceAccounts } from "./acme-data.mjs";
import { activePeople, organizationRecords, peopleRecords } from "./members.mjs";
import { Random, day, slug } from "./random.mjs";

const roleNames = { o: "organization_owner", u: "organization_user", b: "organization_billing_admin" };
const ana = "user/ana.moreau@acme.example";
const bo = "user/bo.lindqvist@acme.example";
const chiara = "user/chiara.rossi@acme.example";

const addressOf = (local) => people.find(([address]) => address.startsWith(`${local}@`))[0];
const owner = (member) => ({ member, roles: ["project_owner"] });
const user = (member, until) => ({ member, roles: ["project_user"], ...(until && { until }) });

/** Active users who may create projects, without Ana and Bo: their projects are written by hand. */
function builders(organization) {
  return activePeople(people, organization)
    .filter(([, , belongs]) => belongs[organization] !== "b")
    .map(([address]) => `user/${address}`)
    .filter((who) => who !== bo && who !== ana);
}

const project = (organization, name, creator, members) => ({ id: slug(name), organization, name, creator, members });

function drawnProject(random, organization, name) {
  const [creator, second, ...others] = random.some(builders(organization), 3 + random.below(4));
  const members = [owner(creator), random.chance(0.3) ? owner(second) : user(second), ...others.map((who) => user(who))];
  const teams = groups.filter(([id, home]) => home === organization && id !== "search-team");
  if (random.chance(0.3)) members.push(user(`group/${random.pick(teams)[0]}`));
  if (organization === "acme" && random.chance(0.25)) members.push(user("service_account/ci"));
  return project(organization, name, creator, members);
}

/** The projects that show something: a chosen role, a default, an end to come, an end gone by, everyone, a group. */
function writtenProjects() {
  const emma = "user/emma.johansson@acme.example";
  const grace = "user/grace.kim@acme.example";
  const liam = "user/liam.walsh@acme.example";
  const tomas = "user/tomas.novak@acme.example";
  return [
    project("acme", "Product search", bo, [owner(bo), user("group/search-team"), user("service_account/ci")]),
    project("acme", "Mobile search", bo, [owner(bo), owner(grace), user("service_account/terraform")]),
    project("acme", "Support copilot", emma, [owner(emma), user(bo), user("group/support-tools"), user(tomas)]),
    project("acme", "Fraud signals", liam, [owner(liam), { member: bo }, user("group/data-platform")]),
    project("acme", "Contract review", grace, [owner(grace), user(bo, day(2027, 7, 1)), user("user/paul.weiss@studio.example", day(2028, 1, 1))]),
    project("acme", "Incident history", liam, [owner(liam), user(bo, day(2025, 7, 1)), user("service_account/nightly-backup")]),
    project("acme", "Internal wiki", emma, [owner(emma), user("members")]),
    project("acme", "Cost reports", ana, [owner(ana), user(chiara), user("service_account/usage-export")]),
  ];
}

function otherProjects() {
  const ben = "user/ben.carter@acme.example";
  const julia = "user/julia.stone@ventures.example";
  return [
    project("acme-research", "Retrieval evaluation", ben, [owner(ben), user("group/evaluation"), user("service_account/nightly-evaluation")]),
    project("acme-ventures", "Deal flow", julia, [owner(julia), user("user/karl.meyer@ventures.example"), user("user/omar.said@acme.example")]),
  ];
}

function projectRecords(random) {
  const drawn = Object.entries(projects).flatMap(([organization, names]) =>
    names.map((name) => drawnProject(random, organization, name)),
  );
  return [...writtenProjects(), ...drawn, ...otherProjects()];
}

function keyRecords(random, list) {
  return list.flatMap(({ id: at, name: of }) =>
    keyNames.slice(0, 1 + random.below(3)).map((name, place) => ({
      id: `key-${at}-${slug(name)}`,
      project: at,
      name: `${of}, ${name}`,
      ...(place > 0 && { roles: ["project_key"] }),
    })),
  );
}

function invites() {
  return [
    {
      id: "invite-lena", organization: "acme", address: "lena.fischer@acme.example", roles: ["organization_user"],
      projects: [{ project: "product-search", roles: ["project_user"] }, { project: "mobile-search", roles: ["project_owner"] }],
      sender: ana, expires: day(2027, 3, 1),
    },
    {
      id: "invite-marta", organization: "acme-research", address: "marta.silva@acme.example", roles: ["organization_billing_admin"],
      sender: "user/aiko.sato@acme.example", expires: day(2027, 3, 8),
    },
  ];
}

export function acme() {
  const random = new Random(2024);
  const allProjects = projectRecords(random);
  return {
    $schema: "../../policies/directory.schema.json",
    format: 1,
    policy: "pinecone",
    revision: 0,
    people: peopleRecords(people),
    organizations: organizationRecords(organizations, people, roleNames),
    groups: groups.map(([id, organization, name, locals]) => ({
      id, organization, name, members: locals.map((local) => `user/${addressOf(local)}`),
    })),
    serviceAccounts,
    projects: allProjects,
    apiKeys: keyRecords(random, allProjects),
    invites: invites(),
  };
}
