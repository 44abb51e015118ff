// Requests past the page, with all that its person has: their sign-in, and a capsule that is as new as can be.

/** Sends a command; gives the status of the answer, its reason and its sentence. */
export const send = (page, organization, command) =>
  page.evaluate(
    async ([id, fields]) => {
      const authorization = `Bearer ${sessionStorage.getItem("bailiwick-token")}`;
      const base = `/api/organizations/${encodeURIComponent(id)}`;
      const { token } = await (await fetch(`${base}/capsule`, { headers: { authorization } })).json();
      const headers = { authorization, "bailiwick-capsule": token, "content-type": "application/json" };
      const body = JSON.stringify({ id: crypto.randomUUID(), organization: id, ...fields });
      const response = await fetch(`${base}/commands`, { method: "POST", headers, body });
      const { reason = "", text = "" } = await response.json();
      return { status: response.status, reason, text };
    },
    [organization, command],
  );
