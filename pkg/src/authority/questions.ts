import type { Told } from "../api/questions.js";
import type { Answer, Question } from "./places.js";
import { type Log, historyOf } from "./history.js";
import { withNames } from "./named.js";
import { mustName, refusalAsNew, stated } from "./outcome.js";
import type { Asked } from "./sight.js";
import { viewOf } from "./view.js";
import { BailiwickError } from "bailiwick";

/** What questions are asked of. */
export interface Answering extends Asked {
  readonly log: Log;
}

/** Answers a question for whoever asks. Throws `ERR_QUESTION` for one that there is not. */
export function answered(question: Question, asked: Answering): Answer {
  switch (question.ask) {
    case "view":
      return viewOf(asked);
    case "history":
      return historyOf(asked, asked.log, question.before, question.limit);
    default:
      return asJson(passedOn(question, asked));
  }
}

function passedOn(question: Exclude<Question, { ask: "view" | "history" }>, asked: Answering): Told<object> {
  const { directory, organization, as, now } = asked;
  const settings = { as, now };
  switch (question.ask) {
    case "who":
      return withNames(
        directory.who(organization, question.action, question.kind, question.id, { ...settings, ...pageOf(question) }),
        asked,
      );
    case "matrix":
      return withNames(directory.matrix(organization, question.kind, question.id, { ...settings, ...pageOf(question) }), asked);
    case "list": {
      const { principal, action, kind } = question;
      return directory.list(organization, principal, action, kind, { ...settings, ...pageOf(question) });
    }
    case "grantable":
      return directory.grantable(organization, question.target, question.kind, question.id, settings);
    case "preview":
      mustName(stated(question.command), organization);
      return (
        refusalAsNew(directory, question.command, as, now) ??
        directory.preview(question.command, { ...settings, ...pageOf(question) })
      );
    default:
      throw new BailiwickError("ERR_QUESTION", "there is no such question", "ask");
  }
}

/** Answers of the directory are plain JSON. */
function asJson(told: Told<object>): Answer {
  return told.ok ? { ...told } : told;
}

function pageOf({ after, limit }: { readonly after?: string | undefined; readonly limit?: number | undefined }) {
  return { after, limit };
}
