import { Directory, Policy } from "bailiwick";
import pinecone from "bailiwick/presets/pinecone";
import { createBindings } from "bailiwick/react";
import company from "./company.json";

const access = Directory.load(Policy.compile(pinecone), company).access(location.hash.slice(1), "acme");
const { AccessProvider, useButton } = createBindings<typeof pinecone>();

function Rename() {
  const { state, text } = useButton("rename", "project", "search");
  return <button hidden={state === "hidden"} disabled={state === "disabled"} title={text}>Rename</button>;
}

export default () => <AccessProvider access={access}><Rename /></AccessProvider>;
