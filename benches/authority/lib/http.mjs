// Requests over connections that stay open, and that break when workerd is killed.
import { Agent, request as send } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request: status and JSON. Throws where no whole answer came back. */
export function once(origin, { method = "GET", path, headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const all = text === undefined ? headers : { "content-type": "application/json", ...headers };
    const asked = send(origin + path, { method, headers: all, agent, timeout: 20_000 }, async (answer) => {
      try {
        const said = (await answer.toArray()).join("");
        if (!answer.complete) throw new Error("the answer was cut");
        resolve({ status: answer.statusCode, body: said === "" ? {} : JSON.parse(said) });
      } catch (error) {
        reject(error);
      }
    });
    asked.once("error", reject).once("timeout", () => asked.destroy(new Error("no answer"))).end(text);
  });
}

/** Until there is an answer that is not for the moment only. `lost` says whether one asked for before did not come back: what became of it is not known. */
export async function until(origin, request, tally) {
  for (let lost = false; ; lost = true) {
    try {
      const answer = await once(origin, request);
      if (answer.status < 500) return { ...answer, lost };
      tally.add(`answers of ${answer.status}, asked again`);
    } catch {
      tally.add("requests without an answer, sent again");
    }
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
  }
}
