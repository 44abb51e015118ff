/**
 * Every failure of this package is a real `Error` with a stable `code` and, where a document is at fault, the `path` of the place.
 *
 * @example
 * try {
 *   Policy.compile('{ "format": 1 }');
 * } catch (error) {
 *   if (error instanceof BailiwickError) console.log(error.code, error.path); // ERR_MISSING_FIELD, "name"
 * }
 */
export class BailiwickError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "BailiwickError", configurable: true, writable: true });
  }

  /** Stable, upper case, made to be compared: `ERR_FREED`, `ERR_UNKNOWN_ROLE` … */
  readonly code: string;
  /** The place in the document, such as `kinds.project.roles.owner.allow[3]`; empty for the whole of it. */
  readonly path: string;

  constructor(code: string, message: string, path = "", cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
  }
}

/**
 * A value of the wrong type, in an argument or in a document: a `TypeError` whose `code` is `ERR_TYPE`.
 *
 * @example
 * access.can("delete", "project", 7); // throws: `id` must be a string
 */
export class BailiwickTypeError extends TypeError {
  static {
    Object.defineProperty(this.prototype, "name", { value: "BailiwickTypeError", configurable: true, writable: true });
  }

  /** Always `ERR_TYPE`. */
  readonly code = "ERR_TYPE";
  /** The argument, or the place in the document: `ids[3]`, `people[0].id`. */
  readonly path: string;

  constructor(message: string, path = "") {
    super(message);
    this.path = path;
  }
}

/** What the module throws for a mistake that a person can make; anything else that leaves it is a trap. */
interface EngineError {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

function isEngineError(error: unknown): error is EngineError {
  return (
    error instanceof Error &&
    error.name === "BailiwickError" &&
    Object.hasOwn(error, "code") &&
    typeof (error as { code?: unknown }).code === "string"
  );
}

/** The error as this package throws it, or nothing when the module itself broke. */
export function typedError(error: unknown): BailiwickError | BailiwickTypeError | undefined {
  if (error instanceof BailiwickError || error instanceof BailiwickTypeError) return error;
  if (!isEngineError(error)) return undefined;
  const path = typeof error.path === "string" ? error.path : "";
  return error.code === "ERR_TYPE"
    ? new BailiwickTypeError(error.message, path)
    : new BailiwickError(error.code, error.message, path);
}
