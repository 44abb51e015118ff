// Databases that fail at the k-th statement, before it or after it, once or from then on.

/** What a broken database throws. */
export class Fault extends Error {}

/** Counts statements, and breaks the one that is due. */
export class Faults {
  count = 0;
  fired = false;
  #dead = false;

  /**
   * @param due the number of the statement that fails; none if absent
   * @param lost whether it is carried out, and only its answer lost
   * @param crash whether nothing works from then on, until `restart`
   */
  constructor({ due = 0, lost = false, crash = false } = {}) {
    Object.assign(this, { due, lost, crash });
  }

  restart() {
    this.#dead = false;
  }

  wrap(database) {
    const step = (run) => this.#step(run);
    return {
      exec: (sql) => step(() => database.exec(sql)),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        const { reader } = statement;
        const call = (how) => (...values) => step(() => statement[how](...values));
        return { ...(reader === undefined ? {} : { reader }), all: call("all"), run: call("run") };
      },
    };
  }

  #step(run) {
    if (this.#dead) throw new Fault("the process is gone");
    this.count += 1;
    if (this.count !== this.due) return run();
    this.fired = true;
    this.#dead = this.crash;
    if (this.lost) run();
    throw new Fault(`statement ${this.due}`);
  }
}
