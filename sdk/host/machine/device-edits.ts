import type { vim } from "../../vim/index.ts";
import { equal } from "../property/equal.ts";
import type { MachineBase, MachineRecord } from "../state/machine-record.ts";

type Edits = NonNullable<MachineRecord["devices"]>;

/** Edits that machines of one base were given last. Which of two equal objects a record holds makes no difference to anybody. */
const recent = new WeakMap<MachineBase, Edits[]>();
const kept = 8;

/**
 * Device edits on top of a base as a record keeps them: what is as in the base is no edit, and equal edits of forks of one source are
 * one object, so that a thousand forks whose cards are disconnected hold no more than one.
 */
export function editsOver(
  base: MachineBase,
  edits: Readonly<Record<number, vim.VirtualDevice>> | undefined,
): MachineRecord["devices"] {
  if (!edits) return undefined;
  const known = recent.get(base) ?? [];
  if (known.includes(edits)) return edits;
  const entries = Object.entries(edits);
  const own = entries.filter(([key, device]) => !equal(device, deviceIn(base, Number(key))));
  if (own.length === 0) return undefined;
  const wanted: Edits = own.length === entries.length ? edits : Object.fromEntries(own);
  const same = known.find((other) => equal(other, wanted));
  if (same) return same;
  recent.set(base, [wanted, ...known.slice(0, kept - 1)]);
  return wanted;
}

const deviceIn = (base: MachineBase, key: number) => base.devices.find((device) => device.key === key);
