// Only the bindings: whoever uses them brings the access.
import { useButton, useCan } from "bailiwick/react";

globalThis.hooks = [useButton, useCan];
