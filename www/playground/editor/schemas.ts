import type { JSONSchema } from "vscode-json-languageservice";
import command from "../../../policies/command.schema.json";
import directory from "../../../policies/directory.schema.json";
import policy from "../../../policies/policy.schema.json";
import vector from "../../../tests/vectors/vector.schema.json";
import type { DocumentId } from "../engine/protocol";

const ADDRESS = "https://bailiwick.invalid";

/** The address that a text of the playground has, so that its schema is found. */
export const addressOf = (document: DocumentId): string => `${ADDRESS}/${document}.json`;

/** The questions of a vector, without the rule that each says what is expected: here one may just ask. */
function questions(): JSONSchema {
  const { $defs, ...whole } = structuredClone(vector) as unknown as { $defs: Record<string, JSONSchema>; properties: Record<string, JSONSchema> };
  for (const [name, schema] of Object.entries($defs))
    if (name !== "error") schema.required = schema.required?.filter((field) => !["expect", "now"].includes(field)) ?? [];
  const step = $defs["step"]?.properties;
  if (step !== undefined) step["command"] = { anyOf: [{ $ref: `${ADDRESS}/command.schema.json` }, {}] };
  const moment = ($defs["held"]?.properties?.["moments"] as JSONSchema | undefined)?.items as JSONSchema | undefined;
  if (moment !== undefined) moment.required = ["now"];
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $defs, ...whole.properties["questions"] } as JSONSchema;
}

export const SCHEMAS = [
  { uri: `${ADDRESS}/policy.schema.json`, fileMatch: [addressOf("policy")], schema: policy as unknown as JSONSchema },
  {
    uri: `${ADDRESS}/directory.schema.json`,
    fileMatch: [addressOf("directory")],
    schema: directory as unknown as JSONSchema,
  },
  { uri: `${ADDRESS}/command.schema.json`, fileMatch: [], schema: command as unknown as JSONSchema },
  { uri: `${ADDRESS}/questions.schema.json`, fileMatch: [addressOf("questions")], schema: questions() },
];
