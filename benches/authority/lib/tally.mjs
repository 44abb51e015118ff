/** What happened how often. */
export class Tally {
  #counts = new Map();

  add(what, times = 1) {
    this.#counts.set(what, this.of(what) + times);
  }

  of(what) {
    return this.#counts.get(what) ?? 0;
  }

  print() {
    for (const [what, count] of [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1)))
      console.log(`${String(count).padStart(10)}  ${what}`);
  }
}
