import { mix, uuidOf } from "../random.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";

const salt = 0x6e1d;

/**
 * What tells a guest that it is not what it was: another value in every clone, and after every return to a snapshot; the same through
 * restarts, suspensions and moves. Guests that see another one reseed what they draw from.
 */
export function generationId({ seed }: Pick<View, "seed">, { id, snapshots }: MachineRecord): string {
  const reverted = snapshots?.reverted ?? 0;
  return uuidOf(reverted === 0 ? seed ^ salt : mix(seed ^ salt, reverted), "instance", id);
}
