import { Problem, malformed } from "./problems.js";

/** 64 KiB: no command comes near it. */
const LONGEST = 65_536;

/** A command as it came, read: what is handed on is what was looked at. */
export interface Sent {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The same as JSON text. */
  readonly text: string;
}

/** The object in a body of at most `longest` bytes. A form cannot send one: `application/json` alone is taken. */
export async function sent(request: Request, longest = LONGEST): Promise<Sent> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json *(; *charset=utf-8 *)?$/i.test(type)) throw new Problem("unsupported_media_type");
  return parsed(await read(request, longest));
}

/** A text that must stand in a body. */
export function fieldOf({ fields }: Sent, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === "string") return value;
  throw malformed("ERR_TYPE", name, `\`${name}\` must be a string`);
}

/** A command for one organization; nobody reaches another one by naming it in the body. */
export async function commandFor(request: Request, organization: string): Promise<string> {
  const command = await sent(request);
  const named = Object.hasOwn(command.fields, "organization");
  if (named && command.fields["organization"] === organization) return command.text;
  throw malformed("ERR_VALUE", "organization", "the command must name the organization of the path");
}

function parsed(text: string): Sent {
  try {
    const value: unknown = JSON.parse(text);
    // What is nested too deeply is no JSON here, whichever of the two finds out.
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown>, text: JSON.stringify(value) };
  } catch {
    // Said below.
  }
  throw malformed("ERR_JSON", "", "the body must be an object as JSON");
}

/** Stops reading where it is too long, whatever its header said. */
async function read({ body }: Request, longest: number): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, length] = ["", 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > longest) throw new Problem("too_large");
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof Problem ? error : malformed("ERR_JSON", "", "the body is no text in UTF-8");
  }
}
