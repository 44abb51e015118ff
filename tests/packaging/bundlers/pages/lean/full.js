// Everything: what a page is compared with that should hold less.
import { Directory, Policy } from "bailiwick";

globalThis.load = (policy, directory) => Directory.load(Policy.compile(policy), directory).document();
