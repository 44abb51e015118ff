// What no page may do, whoever looks at it.

/** What is refused, what a change has overtaken, and what was not there while the service was away: the page is told so, and that is no fault. */
const EXPECTED = /status of (401|403|404|409)|net::ERR_(CONNECTION|EMPTY|INCOMPLETE)/;

/** Notes each error of a page, each request to somewhere else and each breach of its Content-Security-Policy. */
export async function watch(context, origin, faults) {
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`Content-Security-Policy: ${violatedDirective} ${blockedURI}`),
    ),
  );
  context.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && protocol !== "data:") faults.push(`a request to ${request.url()}`);
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) faults.push(message.text());
  });
}
