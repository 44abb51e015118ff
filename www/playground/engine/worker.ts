import type { PolicyDocument } from "bailiwick";
import { typesOf } from "../../../pkg/src/cli/unions";
import { answerTo, expectationOf, isOpen } from "./answer";
import { compare } from "./compare";
import { directoryOf, evaluate, policyOf, questionsOf } from "./evaluate";
import { locateEnd } from "./ends";
import type { Texts, Work } from "./protocol";
import { answerCalls } from "./rpc";
import { reachOf } from "./tree";
import { vectorText, writeQuestion } from "./write";

const offer: Work = {
  evaluate,
  compare,
  reach(texts, principal) {
    const { policy, directory, tree } = worldOf(texts);
    return policy && directory && tree ? reachOf(policy, directory, tree, principal) : {};
  },
  vector(texts, name, preset) {
    const world = worldOf(texts);
    const { questions, problem } = questionsOf(texts.questions);
    if (world.policy === undefined || problem !== undefined || world.problems.length > 0)
      return { fault: "What is wrong has to be mended first: a vector holds documents that are accepted." };
    if (questions.length === 0) return { fault: "A vector asks at least one question." };
    const asked = questions.map((question) => expected(texts, question));
    return vectorText({ name, preset, texts, questions: asked });
  },
  types(policy) {
    const { view } = policyOf(policy);
    if (view === undefined) return { fault: "The policy does not compile yet." };
    return typesOf(JSON.parse(policy) as PolicyDocument);
  },
  expect(texts, place) {
    const { questions, problem } = questionsOf(texts.questions);
    if (problem !== undefined) return { fault: problem.message };
    const { from, to } = locateEnd(texts.questions, place);
    return { from, to, text: writeQuestion(expected(texts, questions[place])) };
  },
};

function worldOf(texts: Texts) {
  const policy = policyOf(texts.policy);
  const { directory, tree, problems } = directoryOf(policy, texts.directory);
  return { policy: policy.policy, directory, tree, problems };
}

/** A question with what is answered as its expectation, where it has none. */
function expected(texts: Texts, question: unknown): unknown {
  const { policy, directory } = worldOf(texts);
  if (policy === undefined || !isOpen(question)) return question;
  const answer = answerTo({ policy, directory, directoryText: texts.directory }, question);
  return { ...(question as object), ...expectationOf(question, answer) };
}

answerCalls(offer as unknown as Parameters<typeof answerCalls>[0]);
