// The first decision of cedar-wasm on Cloudflare's runtime: one policy, one entity.
import module from "@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm";
import { initSync, isAuthorized } from "@cedar-policy/cedar-wasm/web";

initSync({ module });
const [principal, resource] = [{ type: "User", id: "bo" }, { type: "Project", id: "project-0007" }];
const question = {
  principal,
  resource,
  action: { type: "Action", id: "query_vectors" },
  context: {},
  policies: { staticPolicies: 'permit(principal, action == Action::"query_vectors", resource) when { resource.members.contains(principal) };' },
  entities: [{ uid: resource, attrs: { members: [{ __entity: principal }] }, parents: [] }],
};

export default {
  fetch() {
    const { response } = isAuthorized(question);
    const allowed = response?.decision === "allow";
    return new Response(allowed ? "ok" : "no", { status: allowed ? 200 : 403 });
  },
};
