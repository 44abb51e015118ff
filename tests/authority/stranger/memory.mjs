// An authority that forgets: node memory.mjs <folder, not used> <port>
import { createServer } from "node:http";
import Database from "libsql";
import { createService, developmentIssuer, listener, newSigningKeys, openPlaces } from "bailiwick/authority";
import pinecone from "bailiwick/presets/pinecone";

const [, , , port] = process.argv;
const keys = await newSigningKeys("k1");
const places = openPlaces({ policy: pinecone, databases: () => new Database(":memory:"), most: 10_000 });
const development = developmentIssuer({ key: keys.keys.k1 });
const operator = ({ principal }) => principal === process.env.OPERATOR;
const service = createService({ policy: pinecone, places, keys, audience: "bailiwick-example", prefix: "/api", development, operator });
createServer(listener(service)).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/api/policy`));
