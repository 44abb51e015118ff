import { useOrganization } from "../data/organization";
import { isBilling } from "../model/topics";
import { PageHead } from "../ui/bits";
import { Granted } from "../ui/decided";
import { Editions } from "./editions";
import { Limits } from "./limits";
import { OwnActions } from "./own-actions";

/** How much of each limit is used, for who may see that. */
function Usage() {
  const { id, product } = useOrganization();
  const action = product.ownActions("organization").find((one) => one.includes("usage"));
  return action === undefined ? null : (
    <Granted point={{ action, kind: "organization", id }} label="How much is used">
      <Limits all />
    </Granted>
  );
}

export function Billing() {
  const { id } = useOrganization();
  return (
    <>
      <PageHead title="Billing and usage" about="What the organization has booked, and who may see and change that." />
      <Usage />
      <OwnActions kind="organization" id={id} only={isBilling} />
      <Editions />
    </>
  );
}
