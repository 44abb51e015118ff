import { useOrganization } from "../data/organization";
import { isBilling } from "../model/topics";
import { PageHead } from "../ui/bits";
import { Editions } from "./editions";
import { OwnActions } from "./own-actions";

export function Billing() {
  const { id } = useOrganization();
  return (
    <>
      <PageHead title="Billing and usage" about="What the organization has booked, and who may see and change that." />
      <OwnActions kind="organization" id={id} only={isBilling} />
      <Editions />
    </>
  );
}
