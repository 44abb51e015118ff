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

/** Databases in memory that begin as a copy says, each when it is asked for. */
export class Copied {
  #open;
  #copy;
  #all = new Map();

  /** @param copy as `copy()` gives it; empty if absent */
  constructor(open, copy = {}) {
    this.#open = open;
    this.#copy = copy;
  }

  /** The database of a name. */
  at(name) {
    if (!this.#all.has(name)) this.#all.set(name, filled(this.#open(":memory:"), this.#copy[name] ?? {}));
    return this.#all.get(name);
  }

  /** Those that were asked for. */
  names() {
    return [...this.#all.keys()];
  }

  /** What a process that stops leaves to SQLite. */
  rollBack() {
    for (const database of this.#all.values())
      try {
        database.exec("ROLLBACK");
      } catch {
        // There was nothing to take back.
      }
  }

  /** Every row of every table, by database; of what nobody wrote to nothing. */
  copy() {
    const now = Object.fromEntries([...this.#all].map(([name, database]) => [name, rowsOf(database)]));
    const all = Object.entries({ ...this.#copy, ...now });
    return Object.fromEntries(all.filter(([, tables]) => Object.keys(tables).length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function rowsOf(database) {
  const made = database.prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").all();
  const rows = (name) => database.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all().map(plain);
  return Object.fromEntries(made.map(({ name, sql }) => [name, { sql, rows: sql.startsWith("CREATE TABLE") ? rows(name) : [] }]));
}

function plain(row) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof ArrayBuffer ? new Uint8Array(value) : value]));
}

function filled(database, tables) {
  for (const [name, { sql, rows }] of Object.entries(tables)) {
    database.exec(sql);
    for (const row of rows) {
      const values = Object.values(row);
      database.prepare(`INSERT INTO ${name} VALUES (${values.map(() => "?").join(", ")})`).run(...values);
    }
  }
  return database;
}
