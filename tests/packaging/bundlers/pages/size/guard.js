// The smallest page that makes a guard.
import { createGuard, fromCookie } from "bailiwick/guard";

globalThis.page = (routes, vocabulary) => createGuard({ routes, vocabulary, capsule: fromCookie("capsule") });
