import { VsphereError } from "../errors.ts";
import type { Session } from "../session.ts";
import type { Kin, MachineLineage, Making } from "../transport/transport.ts";
import type { Ref } from "../vim/index.ts";

/** A machine in a line of descent. */
export interface Relative {
  readonly ref: Ref<"VirtualMachine">;
  /** Its name; of one that is gone, the last it had. */
  readonly name: string;
  readonly made: Making;
  /** When it went, for one that is gone. */
  readonly gone: Date | undefined;
}

/** Where a machine comes from, and how many come from it. */
export interface Lineage {
  /** How it came to be. */
  readonly made: Making;
  /** What it was made from; undefined for a machine that was not made from another, or from one that is long forgotten. */
  readonly source: Relative | undefined;
  /** Its source, that one's source, and so on. */
  readonly ancestors: readonly Relative[];
  /** How many ancestors it has. */
  readonly depth: number;
  /** How many machines were made from it. */
  readonly forks: number;
}

export const relative = ({ ref, name, made, gone }: Kin): Relative => ({
  ref,
  name,
  made,
  gone: gone === undefined ? undefined : new Date(gone),
});

/** Who was made from whom. Throws `NotSupported` where the server does not keep it: a real vCenter only says it in events. */
export function recordsOf({ transport }: Session): MachineLineage {
  if (transport.lineage) return transport.lineage;
  throw new VsphereError(
    "NotSupported",
    "Only a simulated vCenter remembers which machine was made from which. On a real one look for events of the type com.vmware.vc.VmInstantClonedEvent, as long as they are kept.",
  );
}

export async function lineageOf(session: Session, vm: Ref<"VirtualMachine">): Promise<Lineage> {
  const { made, ancestors, forks } = await recordsOf(session).of(vm);
  const line = ancestors.map(relative);
  return { made, source: line[0], ancestors: line, depth: line.length, forks };
}
