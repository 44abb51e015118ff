// A directory document as text, one record per line, so that a change of one record is a change of one line.

const hasRecords = (list) => list.length > 0 && typeof list[0] === "object";

/** One record. Its members, if they are records themselves, stand on lines of their own. */
function record(item) {
  const { members, ...rest } = item;
  if (!members || !hasRecords(members)) return `    ${JSON.stringify(item)}`;
  const lines = members.map((member) => `      ${JSON.stringify(member)}`);
  return `    ${JSON.stringify(rest).slice(0, -1)},"members":[\n${lines.join(",\n")}\n    ]}`;
}

function field([name, value]) {
  if (!Array.isArray(value)) return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  return `  ${JSON.stringify(name)}: [\n${value.map(record).join(",\n")}\n  ]`;
}

export function write(document) {
  return `{\n${Object.entries(document).map(field).join(",\n")}\n}\n`;
}
