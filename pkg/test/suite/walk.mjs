// The question `walk`: command after command on a directory of its own, what comes of each, and what holds then.
import { knownFields, must, same } from "./equal.mjs";

const FIELDS = ["as", "at", "note", "command", "text", "expect", "says", "notes", "gains", "loses", "then"];

/**
 * One check for each step, to be run one after the other.
 *
 * @param ask asks a question that stands under `then` of the directory
 */
export function walkChecks({ Directory }, file, place, policy, document, question, ask) {
  const at = `${file}: questions[${place}]`;
  knownFields(question, ["ask", "note", "steps"], at);
  must(question.steps.length > 0, `${at}: no steps`);
  const walk = {};
  // The same changes laid over a second directory give the same document.
  const begin = () => {
    walk.here ??= Directory.load(policy, document);
    walk.there ??= Directory.load(policy, document);
  };
  return question.steps.map((step, number) => {
    const name = `${at}: steps[${number}]: ${JSON.stringify(step)}`;
    return [
      name,
      () => {
        begin();
        knownFields(step, FIELDS, at);
        take(walk, step, at);
        for (const then of step.then ?? []) ask(walk.here, then, `${at}: then ${JSON.stringify(then)}`);
        if (number === question.steps.length - 1) {
          walk.here.free();
          walk.there.free();
        }
      },
    ];
  });
}

function take({ here, there }, step, at) {
  const before = text(here);
  const previewed = previewOf(here, step);
  same(text(here), before, `${at}: a preview changes nothing`);
  const came = outcomeOf(() => apply(here, step));
  if (came.error !== undefined) {
    same(came.error, step.expect, at);
    same(previewed.error, step.expect, `${at}: the preview`);
  } else if (came.ok) {
    same(came.change.repeated ? "repeated" : "changed", step.expect, at);
    there.commit(came.change);
    same(text(there), text(here), `${at}: the change that was replayed`);
    if (step.notes !== undefined) same(came.change.notes ?? [], step.notes, `${at}: notes`);
    must(previewed.ok, `${at}: the preview was refused`);
    for (const field of ["gains", "loses"]) rows(previewed.rows, step, field, at);
  } else {
    same(came.decision.reason, step.expect, `${at}: ${came.text}`);
    same(came.decision.allowed, false, at);
    same(previewed.decision?.reason, step.expect, `${at}: the preview`);
    if (step.says !== undefined) same(came.text, step.says, at);
  }
  same(text(here) === before, step.expect !== "changed", `${at}: what changes`);
}

/** Exactly these characters, or a value. */
function commandOf({ command, text }) {
  must((command === undefined) !== (text === undefined), "one of `command` and `text`");
  return text ?? JSON.stringify(command);
}

function apply(directory, step) {
  const settings = { now: step.at };
  return step.as === "host"
    ? directory.applyAsHost(commandOf(step), settings)
    : directory.apply(commandOf(step), step.as, settings);
}

function previewOf(directory, step) {
  const settings = step.as === "host" ? { now: step.at } : { as: step.as, now: step.at };
  return outcomeOf(() => directory.preview(commandOf(step), settings));
}

/** An answer, or the code and the path of a typed error. */
function outcomeOf(work) {
  try {
    return work();
  } catch (error) {
    must(error instanceof Error && typeof error.code === "string", `not a typed error: ${error}`);
    return { error: { error: error.code, path: error.path } };
  }
}

function text(directory) {
  return JSON.stringify(directory.document());
}

/** All that is gained, and all that is lost: by whom on what, and which actions where the vector lists them. */
function rows(found, step, field, at) {
  if (step[field] === undefined) return;
  const actions = (row) => (field === "gains" ? row.gained : row.lost);
  const moved = found.filter((row) => actions(row).length > 0);
  same(
    moved.map(({ principal, kind, id }) => [principal, `${kind}/${id}`]),
    step[field].map(({ principal, on }) => [principal, on]),
    `${at}: ${field}`,
  );
  step[field].forEach((row, place) => {
    knownFields(row, ["principal", "on", "actions"], at);
    if (row.actions !== undefined) same(actions(moved[place]), row.actions, `${at}: ${field} of ${row.on}`);
  });
}
