// Every story of the console.
import { stories as door } from "./door.mjs";
import { stories as members } from "./members.mjs";

export const stories = [...door, ...members];
