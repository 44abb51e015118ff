import type { Directory, Policy } from "./module.js";
import { type Fault, compiled, loaded } from "./faults.js";
import { read, readPolicy } from "./input.js";
import type { Source } from "./source.js";
import { Usage } from "./usage.js";

/** A policy with the document that it was made of. */
export interface ReadPolicy {
  readonly policy: Policy;
  readonly source: Source;
}

/** A document that was needed is wrong. */
export class Wrong extends Usage {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`\`${fault.file}\` is wrong`);
    this.fault = fault;
  }
}

/** Reads a policy that a command cannot do without. */
export async function needPolicy(name: string): Promise<ReadPolicy> {
  const source = await readPolicy(name);
  const policy = compiled(source);
  if (policy.fault) throw new Wrong(policy.fault);
  return { policy: policy.value, source };
}

/** Reads a directory that a command cannot do without. */
export async function needDirectory(name: string, of: ReadPolicy): Promise<{ directory: Directory; source: Source }> {
  const source = await read(name);
  const directory = loaded(of.policy, of.source, source);
  if (directory.fault) throw new Wrong(directory.fault);
  return { directory: directory.value, source };
}
