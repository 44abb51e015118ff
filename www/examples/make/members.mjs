// What both examples say about people: [address, name, { organization: role codes }, …].
// A code is one letter of `roleNames`; no code is no role chosen (the policy's default); `s` is suspended.

export const peopleRecords = (people) => people.map(([id, name]) => ({ id, name }));

function member([address, , belongs], organization, roleNames) {
  const codes = [...belongs[organization]];
  const roles = codes.filter((code) => code in roleNames).map((code) => roleNames[code]);
  return {
    member: `user/${address}`,
    ...(roles.length > 0 && { roles }),
    ...(codes.includes("s") && { suspended: true }),
  };
}

const belonging = (people, organization) => people.filter(([, , belongs]) => organization in belongs);

export const activePeople = (people, organization) =>
  belonging(people, organization).filter(([, , belongs]) => !belongs[organization].includes("s"));

export function organizationRecords(organizations, people, roleNames) {
  return organizations.map(([id, name, edition, creator]) => ({
    id,
    name,
    edition,
    creator: `user/${creator}`,
    members: belonging(people, id).map((person) => member(person, id, roleNames)),
  }));
}
