// The one line of the command line that knows an entry of the package.
export { Access, BailiwickError, BailiwickTypeError, Directory, Policy } from "../index.js";
