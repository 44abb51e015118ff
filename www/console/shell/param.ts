import { useParams } from "wouter";

/** A part of the address, as it was before it was put there. */
export function useParam(name: string): string {
  const value = useParams()[name] ?? "";
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
