// How a stranger's project is built and looked at.
import { join } from "node:path";
import { serve } from "../../../../www/test/server.mjs";
import { run, serving } from "./process.mjs";

/** The folder in which each of them finds what has been built. */
const OUTPUT = {
  vite8: "dist",
  vite7: "dist",
  webpack: "public",
  esbuild: "public",
  rollup: "public",
  parcel: "dist",
};

/** All that bundle a page. */
export const bundlers = Object.keys(OUTPUT);

/** Builds the project and gives the folder of what is delivered. */
export async function build(project, name) {
  await made(project);
  return join(project, OUTPUT[name]);
}

const VITE = ["--host", "127.0.0.1", "--strictPort"];

/** Ways of looking at a project: each gives an address and how to stop. */
export const ways = {
  build: async (project, name) => serve(await build(project, name)),
  preview: async (project) => {
    await made(project);
    return serving("preview", VITE, project);
  },
  dev: async (project) => serving("dev", VITE, project),
  start: async (project) => {
    await made(project);
    return serving("start", ["--hostname", "127.0.0.1"], project);
  },
};

function made(project) {
  return run("npm", ["run", "build"], project);
}
