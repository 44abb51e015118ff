// A server component: it answers the suite for each request.
import data from "../src/data.json";
import { answers } from "../src/answers.js";
import { Client } from "./client.js";

export const dynamic = "force-dynamic";

export default function Page() {
  return (
    <main>
      <pre id="server">{JSON.stringify(answers(data))}</pre>
      <Client />
    </main>
  );
}
