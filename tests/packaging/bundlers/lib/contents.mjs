// What a folder of built files holds.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FORMS = ["hex", "latin1", "base64", "letters"];
const MAGIC = Buffer.from("\0asm\x01\0\0\0", "latin1");

/** The files of a folder that a browser is given, with their bytes. */
export function delivered(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
    .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
}

/** Whether a part of the module is anywhere in the files: as it is, as hex, as base64, or in letters. */
export function holds(files, module) {
  const parts = Array.from({ length: 16 }, (_, place) => partAt(module, (module.length * place) >> 4));
  return parts.some((part) => files.some(({ bytes }) => inSomeForm(bytes, part)));
}

/** Whether any module is in the files, or the means to make one. */
export function holdsAny(files) {
  return files.some(({ bytes }) => bytes.includes("WebAssembly") || inSomeForm(bytes, MAGIC));
}

/** 96 bytes from a place that base64 does not shift. */
function partAt(module, place) {
  const from = place - (place % 3);
  return module.subarray(from, from + 96);
}

function inSomeForm(bytes, part) {
  return FORMS.some((form) => bytes.includes(written(part, form)));
}

/** The last characters of base64 depend on what follows. */
function written(part, form) {
  if (form === "letters") return Buffer.from(lettersOf(part), "latin1");
  return form === "base64" ? part.toString(form).replace(/..=*$/, "") : Buffer.from(part.toString(form), "latin1");
}

/** As pkg/scripts/modules.mjs writes them; a backslash stands twice in a string. */
function lettersOf(part) {
  const letter = (byte) => ["", " ", "!"][Math.floor(byte / 92)] + String.fromCharCode(35 + (byte % 92));
  return Array.from(part, letter).join("").replaceAll("\\", "\\\\");
}
