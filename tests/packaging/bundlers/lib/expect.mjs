/** Fails with a sentence, unless it holds. */
export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** The counts of a run of the suite; any failure of it is one of the check. */
export function counted({ vectors, cells, failures }) {
  must(failures.length === 0, `${failures.length} failed\n${failures.slice(0, 5).join("\n")}`);
  must(vectors > 0 && cells > 0, "nothing was asked");
  return { vectors, cells };
}
