// A small company under the preset `pinecone`, and the few who ask.
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";

export const END = 1_800_000_000_000;

export const document = {
  format: 1,
  policy: "pinecone",
  revision: 7,
  people: [
    { id: "ana@acme.com", name: "Ana Moreau" },
    { id: "bo@acme.com", name: "Bo Lind" },
    { id: "cy@acme.com", name: "Cy Park" },
    { id: "out@else.com", name: "Uma Out" },
  ],
  organizations: [
    {
      id: "acme",
      name: "Acme",
      edition: "standard",
      members: [
        { member: "user/ana@acme.com", roles: ["organization_owner"] },
        { member: "user/bo@acme.com" },
        { member: "user/cy@acme.com", roles: ["organization_billing_admin"] },
      ],
    },
    {
      id: "labs",
      name: "Acme Labs",
      edition: "enterprise",
      members: [{ member: "user/ana@acme.com", roles: ["organization_owner"] }],
    },
  ],
  projects: [
    {
      id: "search",
      organization: "acme",
      name: "Search",
      members: [{ member: "user/bo@acme.com", roles: ["project_user"] }],
    },
    {
      id: "ads",
      organization: "acme",
      name: "Ads",
      members: [{ member: "user/cy@acme.com", roles: ["project_user"], until: END }],
    },
    { id: "other", organization: "labs" },
  ],
};

export const ana = "user/ana@acme.com";
export const bo = "user/bo@acme.com";
export const cy = "user/cy@acme.com";

/** The company, compiled. */
export function company() {
  const policy = Policy.compile(pinecone);
  return { policy, directory: Directory.load(policy, document) };
}
