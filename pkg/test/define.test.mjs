// A policy defined in TypeScript: the document itself, and no module is needed for that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Policy, definePolicy } from "bailiwick";
import * as slim from "bailiwick/slim";
import { presets } from "./data.mjs";

test("definePolicy gives the document back, before any module is there", () => {
  assert.equal(slim.definePolicy(presets.pinecone), presets.pinecone);
  assert.equal(Policy.compile(definePolicy(presets.pinecone)).name, "pinecone");
});
