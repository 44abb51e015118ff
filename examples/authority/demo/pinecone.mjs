// A product whose content lies in projects.
import pinecone from "bailiwick/presets/pinecone";
import { demoOf } from "./authority.mjs";

const project = { kind: "project", organization: "organization", id: "project" };

const demo = demoOf({
  policy: pinecone,
  routes: [
    { method: "GET", path: "{organization}/billing", action: "view_billing", kind: "organization", organization: "organization" },
    { method: "POST", path: "{organization}/projects/{project}/query", action: "query_vectors", ...project },
    { method: "DELETE", path: "{organization}/projects/{project}", action: "delete", ...project },
  ],
});

export const { Organization, Persons } = demo;
export default { fetch: demo.fetch };
