/** A call that cannot be carried out as it was written: exit code 2. */
export class Usage extends Error {
  /** What may have been meant. */
  readonly meant: string | undefined;
  /** Of which command, where one is known. */
  readonly command: string | undefined;

  constructor(message: string, { meant, command }: { meant?: string | undefined; command?: string | undefined } = {}) {
    super(message);
    this.meant = meant;
    this.command = command;
  }
}
