import { PersistentIndex } from "../../../sdk/host/cow/persistent-index.ts";
import { PersistentMap } from "../../../sdk/host/cow/persistent-map.ts";
import type { Host } from "../../../sdk/host/host.ts";
import type { MachineDisk } from "../../../sdk/host/state/machine-record.ts";

/** A value written out whole, in a form that can be compared: collections in order of their keys. */
function plain(value: unknown): unknown {
  if (value instanceof PersistentMap) return [...value.entries()].map(([key, item]) => [key, plain(item)]);
  if (value instanceof PersistentIndex)
    return [...value.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, plain(item)]);
  if (value instanceof Set) return [...value].map(plain);
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** A sample of the bytes of an address space: where there are any, from the first and the last pages of every run of them. */
function* sample(pages: Host["universe"]["pages"], space: number): Generator<string> {
  for (const { address, length } of pages.extents(space)) {
    for (const at of new Set([address, address + length - 4096]))
      yield `${at} of ${address}+${length}: ${Buffer.from(pages.read(space, at, 64)).toString("hex")}`;
  }
}

/** All that a host is: its state, the figures of its page store, and bytes of every machine. */
export function dump({ universe }: Host): unknown {
  const { pages, state } = universe;
  const spaces: [owner: string, space: number][] = [];
  const add = (name: string, { memory, disks }: { memory: number; disks: readonly MachineDisk[] }) => {
    if (memory !== 0) spaces.push([`${name} memory`, memory]);
    for (const { key, space } of disks) spaces.push([`${name} disk ${key}`, space]);
  };
  for (const record of state.objects.values()) {
    if (record.kind === "VirtualMachine") add(record.name, record);
    if (record.kind === "VirtualMachineSnapshot") add(`${record.name} snapshot`, record.machine);
  }
  return {
    state: plain(state),
    unique: pages.unique,
    accounts: state.accounts.map((_, i) => pages.account(i + 1)),
    bytes: spaces.map(([name, space]) => [name, pages.figures(space), [...sample(pages, space)]]),
  };
}
