// The worker in workerd, in a process of its own: node server.mjs <folder> <port> <worker> <inspector port>.
// It says where it listens and which process workerd is.
import { fileURLToPath } from "node:url";
import { start } from "../../../examples/authority/local.mjs";

const [, , folder, port, file, inspector] = process.argv;
const worker = fileURLToPath(new URL(`../${file}`, import.meta.url));
const { origin, pid } = await start({ folder, port, worker, inspectorPort: Number(inspector) });
console.log(JSON.stringify({ origin, pid }));
