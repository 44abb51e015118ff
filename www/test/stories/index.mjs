// Every story of the console.
import { stories as commands } from "./commands.mjs";
import { stories as door } from "./door.mjs";
import { stories as focus } from "./focus.mjs";
import { stories as keyboard } from "./keyboard.mjs";
import { stories as live } from "./live.mjs";
import { stories as members } from "./members.mjs";
import { stories as newcomer } from "./newcomer.mjs";
import { stories as pages } from "./pages.mjs";
import { stories as projects } from "./projects.mjs";
import { stories as settings } from "./settings.mjs";
import { stories as sharing } from "./sharing.mjs";
import { stories as steady } from "./steady.mjs";
import { stories as weight } from "./weight.mjs";
import { stories as why } from "./why.mjs";

export const stories = [...commands, ...door, ...members, ...projects, ...settings, ...sharing, ...live, ...steady, ...why, ...keyboard, ...focus, ...newcomer, ...pages, ...weight];
