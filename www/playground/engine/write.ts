import type { Texts } from "./protocol";

interface Vector {
  readonly name: string;
  /** The name of the preset, where the policy is one unchanged. */
  readonly preset: string | undefined;
  readonly texts: Texts;
  readonly questions: readonly unknown[];
}

/** A vector as `npx bailiwick test` runs it: the documents as they were written, each question in a line. */
export function vectorText({ name, preset, texts, questions }: Vector): string {
  const { directory } = texts;
  const fields = [
    ["name", JSON.stringify(name)],
    ["policy", preset === undefined ? moved(texts.policy) : JSON.stringify(preset)],
    ...(directory.trim() === "" ? [] : [["directory", moved(directory)]]),
    ["questions", `[\n${questions.map((question) => `    ${writeQuestion(question)}`).join(",\n")}\n  ]`],
  ];
  return `{\n${fields.map(([field, value]) => `  "${field}": ${value}`).join(",\n")}\n}\n`;
}

/** A question in one line, with room between what stands in it. */
export function writeQuestion(question: unknown): string {
  if (Array.isArray(question)) return question.length === 0 ? "[]" : `[${question.map(writeQuestion).join(", ")}]`;
  if (typeof question !== "object" || question === null) return JSON.stringify(question);
  const fields = Object.entries(question).filter(([, value]) => value !== undefined);
  const written = fields.map(([field, value]) => `${JSON.stringify(field)}: ${writeQuestion(value)}`);
  return written.length === 0 ? "{}" : `{ ${written.join(", ")} }`;
}

/** A document one step further in. Its strings hold no line breaks, so no line begins inside one. */
const moved = (text: string): string => text.trim().split("\n").join("\n  ");
