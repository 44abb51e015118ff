// What the workload's names are called in Bailiwick: actions are lower_snake, an organization is an `organization`.
// In an application they are literals, which engines keep once: a property's name is kept so too.
const literal = text => Object.keys({ [text]: 0 })[0];
const kinds = { org: 'organization' };
export const names = { action: name => literal(name.replace(/[:.]/g, '_')), type: name => kinds[name] ?? name };
