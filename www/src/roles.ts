import type { Scene } from "./scene";

/** What somebody holds in the organization, in words: for the head of the console. */
export function rolesOf(scene: Scene): string {
  const { document, policyDocument, names } = scene.example;
  const { as: principal, in: organization } = scene.state;
  if (principal.startsWith("api_key/")) return "API key";
  const here = document.organizations?.find(({ id }) => id === organization);
  const account = document.serviceAccounts?.find(
    ({ id, organization: of }) => `service_account/${id}` === principal && of === organization,
  );
  const member = here?.members?.find((one) => one.member === principal);
  const usual = policyDocument.kinds["organization"]?.default;
  const roles = member === undefined ? account?.roles : (member.roles ?? (usual === undefined ? [] : [usual]));
  if (roles === undefined) return "Outside the organization";
  return roles.map((role) => names.role("organization", role)).join(", ") || "No organization role";
}
