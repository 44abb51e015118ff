import type { Scene } from "../scene";

/** Fields of new ids, and the kinds of what they name. */
const KINDS: Record<string, string> = { account: "service_account", key: "api_key" };

/** An id for something new, made of its name; one that is or was taken gets a number. */
export function propose(scene: Scene, field: string, kind: string, name: string): { id: string; value: string } {
  const of = field === "resource" ? kind : (KINDS[field] ?? field);
  const base = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 60);
  const retired = scene.example.document.retired ?? [];
  const taken = (id: string) => scene.names.has(`${of}/${id}`) || retired.includes(`${of}/${id}`);
  let id = base;
  for (let number = 2; base !== "" && taken(id); number += 1) id = `${base}-${number}`;
  return { id, value: field === "resource" && id !== "" ? `${kind}/${id}` : id };
}
