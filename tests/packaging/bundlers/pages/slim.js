// A page that fetches the module by itself: until it is there, every call says so.
import { Access, Directory, Policy, init } from "bailiwick/slim";
import pinecone from "bailiwick/presets/pinecone";
import address from "bailiwick/bailiwick.wasm?url";
import { questions } from "./questions.js";

globalThis.before = codeOf(() => Policy.compile(pinecone));
init(fetch(address)).then(() => {
  globalThis.questions = (entry, data) => questions({ Access, Directory, Policy }, data);
});

function codeOf(call) {
  try {
    call();
    return "nothing was thrown";
  } catch (error) {
    return error.code;
  }
}
