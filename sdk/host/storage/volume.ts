import { mix } from "../random.ts";

const hex = (n: number, digits: number) => n.toString(16).padStart(8, "0").slice(-digits);

/** The id of a VMFS volume, from its datastore's number, in which it ends: on an ESXi it is the datastore's id too. */
export function vmfsUuid(seed: number, datastore: number): string {
  const part = (n: number, digits: number) => hex(mix(seed, 0x5f3759df, datastore, n), digits);
  return `${part(1, 8)}-${part(2, 8)}-${part(3, 4)}-f${String(datastore).padStart(11, "0")}`;
}
