export { Access, Directory, Policy } from "bailiwick/js";
