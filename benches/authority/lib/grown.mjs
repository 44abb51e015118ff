// Organizations with so many shares: members of projects, a hundred to each.
const TO_EACH = 100;
const PEOPLE = 1_000;

export const OWNER = "owner@acme.example";
export const personAt = (place) => `person-${String(place).padStart(4, "0")}@acme.example`;
export const projectAt = (place) => `project-${String(place).padStart(5, "0")}`;

/** The document of an organization whose projects have `shares` members in all. */
export function grownOf(organization, shares) {
  const people = Array.from({ length: Math.min(PEOPLE, shares) }, (_, place) => personAt(place));
  const projects = Array.from({ length: Math.max(1, shares / TO_EACH) }, (_, place) => ({
    id: `${organization}-${projectAt(place)}`,
    organization,
    members: Array.from({ length: Math.min(TO_EACH, shares) }, (_, at) => ({
      member: `user/${people[(place * 37 + at) % people.length]}`,
      roles: ["project_user"],
    })),
  }));
  return {
    format: 1,
    people: [OWNER, ...people].map((id) => ({ id })),
    organizations: [
      {
        id: organization,
        edition: "enterprise",
        members: [{ member: `user/${OWNER}`, roles: ["organization_owner"] }, ...people.map((id) => ({ member: `user/${id}`, roles: ["organization_user"] }))],
      },
    ],
    projects,
  };
}
