import { Directory } from "bailiwick";

/** Directories whose accesses travel as bytes to `Access`. */
export function prepared(Access) {
  return { load: (policy, document) => sending(Directory.load(policy, document), Access) };
}

function sending(directory, Access) {
  const make = directory.access.bind(directory);
  const access = (principal, organization) => {
    const made = make(principal, organization);
    const bytes = made.bytes();
    made.free();
    return Access.open(bytes);
  };
  return Object.assign(directory, { access });
}
