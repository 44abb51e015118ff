import type { OrganizationDocument } from "bailiwick";
import type { Example } from "./example";
import type { Names, Principal } from "./names";

/** Somebody in an organization, as the list of people shows them. */
export interface Player extends Principal {
  readonly note: string;
  readonly suspended: boolean;
}

/** An organization with everyone who could ask in it. */
export interface Troupe {
  readonly organization: OrganizationDocument;
  readonly people: readonly Player[];
  readonly programs: readonly Player[];
  readonly keys: readonly Player[];
}

/** Everyone who can ask, organization by organization. */
export function troupes({ document, policyDocument, names }: Example): Troupe[] {
  const usual = policyDocument.kinds["organization"]?.default;
  const usualRoles = usual === undefined ? [] : [usual];
  return (document.organizations ?? []).map((organization) => {
    const people = (organization.members ?? []).map(({ member, roles = usualRoles, suspended = false }) =>
      player(names, member, "user", roleNames(names, roles), suspended),
    );
    const programs = (document.serviceAccounts ?? [])
      .filter((one) => one.organization === organization.id)
      .map(({ id, roles = [], suspended = false }) =>
        player(names, `service_account/${id}`, "service_account", roleNames(names, roles), suspended),
      );
    const projects = new Set(
      (document.projects ?? []).filter((one) => one.organization === organization.id).map(({ id }) => id),
    );
    const keys = (document.apiKeys ?? [])
      .filter(({ project }) => projects.has(project))
      .map(({ id, project }) => player(names, `api_key/${id}`, "api_key", names.of(`project/${project}`), false));
    return { organization, people: people.sort(byName), programs, keys };
  });
}

/** Everyone known who is no member of an organization. */
export function outsiders({ document, names }: Example, organization: string): Player[] {
  const inside = new Set(
    document.organizations?.find(({ id }) => id === organization)?.members?.map(({ member }) => member),
  );
  return (document.people ?? [])
    .map(({ id }) => player(names, `user/${id}`, "user", id, false))
    .filter(({ id }) => !inside.has(id))
    .sort(byName);
}

function player(names: Names, id: string, holder: Principal["holder"], note: string, suspended: boolean): Player {
  return { id, name: names.of(id), holder, note, suspended };
}

function roleNames(names: Names, roles: readonly string[]): string {
  return roles.map((role) => names.role("organization", role)).join(", ") || "No organization role";
}

function byName(one: Player, other: Player): number {
  return one.name.localeCompare(other.name, "en");
}
