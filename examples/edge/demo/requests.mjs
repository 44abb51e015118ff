// What the demo asks, and what must come back.
const project = "/v1/orgs/acme/projects/product-search";

export const requests = [
  { says: "Everybody may ask how it is.", path: "/health", status: 200 },
  { says: "Ana owns the organization, and so each project in it.", as: "ana", method: "DELETE", path: project, status: 200 },
  { says: "Chiara sees to the bills: no role of hers deletes.", as: "chiara", method: "DELETE", path: project, status: 403, reason: "no_role" },
  { says: "Her own right holds.", as: "chiara", path: "/v1/orgs/acme/billing", status: 200 },
  { says: "Another organization reads as if there were none.", as: "ana", path: "/v1/orgs/acme-ventures", status: 404, reason: "unknown_resource" },
  { says: "Nobody in particular may not.", method: "DELETE", path: project, status: 401, reason: "unknown_principal" },
  { says: "Chiara's capsule with one letter of Ana's: forged.", as: "forged", method: "DELETE", path: project, status: 401, reason: "invalid_capsule" },
  { says: "What is not in its one form has no row, whoever asks.", as: "ana", path: "/v1/org%73/acme/billing", status: 400, reason: "encoded" },
];
