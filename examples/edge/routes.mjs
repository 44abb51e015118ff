// What each request of the API needs.
/** @import { Route } from "bailiwick/guard" */
const organization = { kind: "organization", organization: "org" };
const project = { kind: "project", id: "prj", organization: "org" };

/** @type {readonly Route[]} */
export const routes = [
  { method: "GET", path: "/health", public: true },
  { method: "GET", path: "/v1/orgs/{org}", action: "view_account", ...organization },
  { method: "PATCH", path: "/v1/orgs/{org}", action: "rename", ...organization },
  { method: "GET", path: "/v1/orgs/{org}/billing", action: "view_billing", ...organization },
  { method: "GET", path: "/v1/orgs/{org}/projects/{prj}", action: "query_vectors", ...project },
  { method: "POST", path: "/v1/orgs/{org}/projects/{prj}", action: "query_vectors", ...project },
  { method: "DELETE", path: "/v1/orgs/{org}/projects/{prj}", action: "delete", ...project },
];
