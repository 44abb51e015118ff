import { useOrganization } from "../data/organization";
import { useFetched } from "../data/resource";

/** How somebody comes into a project: at once, by an invite, by one that is on its way, or not by whoever asks. */
export type Entrance = "asking" | "add" | "invite" | "invited" | "none";

/** How an address that is in no list comes in, as the authority answers it; who is in the list is added at once. */
export function useEntrance(address: string | undefined, project: string): Entrance {
  const { link, view } = useOrganization();
  const offered = async (target: string) => {
    const told = await link.grantable(target, "project", project);
    return told.ok && told.roles.length > 0;
  };
  const asked = async (): Promise<Entrance> => {
    if (address === undefined) return "add";
    if (view.document.invites?.some((invite) => invite.address === address) === true) return "invited";
    if (await offered(address)) return "invite";
    return (await offered(`user/${address}`)) ? "add" : "none";
  };
  const { value } = useFetched(`${address ?? ""} ${project}`, view.revision, asked);
  return value ?? (address === undefined ? "add" : "asking");
}
