// A product of the demo in Cloudflare's runtime on this machine, over a folder of its own, with the built console as its page.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openProduct } from "../../../examples/authority/demo/opening.mjs";
import { products } from "../../../examples/authority/demo/products.mjs";

const assets = fileURLToPath(new URL("../../dist", import.meta.url));
const folder = (name) => mkdtempSync(join(tmpdir(), `bailiwick-${name}-`));
const furnished = new Map();

/** A house in which nothing has been changed yet. */
export async function house(name) {
  const product = products.find((one) => one.name === name);
  const home = folder(name);
  cpSync(await furnish(product), home, { recursive: true });
  const { origin, stop } = await openProduct(product, { folder: home, assets });
  const own = { address: origin, stop };
  own.restart = async () => {
    await own.stop();
    own.stop = (await openProduct(product, { folder: home, assets, port: new URL(origin).port })).stop;
  };
  own.leave = async () => {
    await own.stop();
    rmSync(home, { recursive: true });
  };
  return own;
}

/** The folder of a product into which everybody has moved, to be copied. */
function furnish(product) {
  const { name } = product;
  if (!furnished.has(name)) furnished.set(name, open());
  return furnished.get(name);
  async function open() {
    const model = folder(name);
    process.once("exit", () => rmSync(model, { recursive: true, force: true }));
    await (await openProduct(product, { folder: model })).stop();
    return model;
  }
}
