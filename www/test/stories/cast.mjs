// Who is in the stories, by what they are.
const acme = (name) => `${name}@acme.example`;
const brightside = (name) => `${name}@brightside.example`;

/** Owns Acme, together with Diego. */
export const ana = acme("ana.moreau");
/** A user of Acme: owns Product search, uses Support copilot. */
export const bo = acme("bo.lindqvist");
/** Billing admin of Acme and of Acme Research. */
export const chiara = acme("chiara.rossi");
export const diego = acme("diego.fernandez");
/** Owns Support copilot. */
export const emma = acme("emma.johansson");
/** Invited to Acme, not there yet. */
export const lena = acme("lena.fischer");
/** Owns Acme Research, whose edition has no service accounts. */
export const aiko = acme("aiko.sato");
/** Owns Acme Ventures, whose edition has one project. */
export const julia = "julia.stone@ventures.example";

/** Admin of Brightside, together with Marco, and of Brightside Staging. */
export const maya = brightside("maya");
export const jonas = brightside("jonas");
export const alice = brightside("alice");
export const tara = brightside("tara");
/** Is in the group that supports, and meets neither Alice nor Esther in what is shared. */
export const isaac = brightside("isaac");
export const kofi = brightside("kofi");
export const esther = brightside("esther");
/** Shares nothing with anybody, and is in no group. */
export const bella = brightside("bella");
/** Admin of Fernway, whose edition lets nobody in. */
export const sam = "sam@fernway.example";
