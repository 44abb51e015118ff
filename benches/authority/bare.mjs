// A worker that does nothing: what workerd itself takes.
export class Organization {}
export class Person {}

export default { fetch: () => Response.json({ linear: 0 }) };
