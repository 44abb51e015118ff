import { type ReactNode, createContext, useContext, useMemo } from "react";
import { Product } from "../model/product";
import { policy } from "./authority";
import { useFetched } from "./resource";

const Context = createContext<Product | undefined>(undefined);

/** The role model of the product, before anything else. */
export function ProductProvider({
  waiting,
  failed,
  children,
}: {
  readonly waiting: ReactNode;
  readonly failed: (text: string) => ReactNode;
  readonly children: ReactNode;
}) {
  const { value, error } = useFetched("policy", 0, policy);
  const product = useMemo(() => (value === undefined ? undefined : new Product(value)), [value]);
  if (product === undefined) return error === undefined ? waiting : failed(error);
  return <Context value={product}>{children}</Context>;
}

export function useProduct(): Product {
  const product = useContext(Context);
  if (product === undefined) throw new Error("outside of a ProductProvider");
  return product;
}
