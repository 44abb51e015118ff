// The server prepares the access of who asks; the components below have its bytes only.
import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import company from "../src/company.json";
import { Buttons } from "./buttons.js";

export const dynamic = "force-dynamic";

export default function Page() {
  const access = Directory.load(Policy.compile(pinecone), company).access("user/bo@acme.com", "acme");
  return <Buttons bytes={access.bytes()} />;
}
