// The smallest page that compiles, loads, commands and decides.
import { Directory, Policy } from "bailiwick";

globalThis.page = (policy, document, command, by, question) => {
  const directory = Directory.load(Policy.compile(policy), document);
  const outcome = directory.apply(command, by);
  return [outcome, directory.access(by, "acme").check(...question)];
};
