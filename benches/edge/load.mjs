// Load over keep-alive connections: one request at a time on each, its bytes made once, its answers counted.
import { connect } from "node:net";

/** How many requests were answered with 200, and in how many milliseconds; any other answer is an error. */
export async function load(port, bytes, { connections = 16, ms }) {
  const end = performance.now() + ms;
  const start = performance.now();
  const counts = await Promise.all(Array.from({ length: connections }, () => one(port, bytes, end)));
  return { count: counts.reduce((sum, count) => sum + count, 0), took: performance.now() - start };
}

function one(port, bytes, end) {
  return new Promise((resolve, reject) => {
    let count = 0;
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setNoDelay(true);
    socket.on("error", reject);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.latin1Slice();
      if (!text.startsWith("HTTP/1.1 200")) return reject(new Error(text.slice(0, 200)));
      if (!isWhole(text)) return undefined;
      text = "";
      count += 1;
      if (performance.now() < end) return socket.write(bytes);
      socket.destroy();
      return resolve(count);
    });
  });
}

/** The body is `ok`, as it is or in chunks. */
function isWhole(text) {
  return text.endsWith("\r\n\r\nok") || text.endsWith("\r\n0\r\n\r\n");
}
