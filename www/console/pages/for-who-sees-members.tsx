import type { ReactNode } from "react";
import { useOrganization } from "../data/organization";
import type { Point } from "../model/product";
import { Granted } from "../ui/decided";

/** What decides whether one is told who belongs here; nothing where the policy names no such action. */
export function useSeesMembers(): Point | undefined {
  const { product, id } = useOrganization();
  return product.asking("who", { kind: "organization", id });
}

/** What is shown only to who may be told who belongs here. */
export function ForWhoSeesMembers({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const point = useSeesMembers();
  return point === undefined ? null : (
    <Granted point={point} label={label}>
      {children}
    </Granted>
  );
}
