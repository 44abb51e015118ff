// The two products of the demo: their roles, who is in them, and what is asked of their API.
const ana = "ana.moreau@acme.example";
const chiara = "chiara.rossi@acme.example";
const maya = "maya@brightside.example";
const jonas = "jonas@brightside.example";

export const products = [
  {
    name: "pinecone",
    directory: "acme.json",
    port: 0,
    organization: "acme",
    asked: [
      { says: "Ana owns the organization, and so each project in it.", as: ana, method: "DELETE", path: "acme/projects/product-search", status: 200 },
      { says: "Chiara sees to the bills: no role of hers deletes.", as: chiara, method: "DELETE", path: "acme/projects/product-search", status: 403, reason: "no_role" },
      { says: "Her own right holds.", as: chiara, method: "GET", path: "acme/billing", status: 200 },
      { says: "With another organization's name in the path it reads as if there were none.", as: ana, method: "GET", path: "acme-ventures/billing", status: 404, reason: "unknown_resource" },
      { says: "One letter changed: forged.", as: "forged", of: chiara, method: "GET", path: "acme/billing", status: 401, reason: "invalid_capsule" },
    ],
    command: { by: chiara, fields: { command: "rename_organization", name: "Chiara's" }, status: 403, reason: "no_role" },
  },
  {
    name: "pinkfish",
    directory: "pinkfish.json",
    port: 1,
    organization: "brightside",
    asked: [
      { says: "Jonas made this automation and runs it.", as: jonas, method: "POST", path: "brightside/automations/weekly-pipeline-digest/runs", status: 200 },
      { says: "Maya governs the organization, and is no reader of what was not shared with her.", as: maya, method: "POST", path: "brightside/automations/weekly-pipeline-digest/runs", status: 404, reason: "unknown_resource" },
    ],
    command: { by: jonas, fields: { command: "rename_organization", name: "Jonas's" }, status: 403, reason: "no_role" },
  },
];
