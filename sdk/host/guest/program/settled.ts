import type { MachineRecord } from "../../state/machine-record.ts";
import type { Universe } from "../../state/universe.ts";

/** True when a program of the guest has something to do now: neither ended nor asleep, in a guest that runs. */
const busy = ({ power, frozen, guest }: MachineRecord): boolean =>
  power === "poweredOn" &&
  !frozen &&
  (guest.programs?.list.some(({ script }) => script !== undefined && script.wakes === undefined) ?? false);

/** Resolves when one guest has nothing to do for now, or is gone; undefined when it has not. The others may have. */
export function settled(universe: Universe, id: number): Promise<void> | undefined {
  const done = () => {
    const machine = universe.state.objects.get(id);
    return machine?.kind !== "VirtualMachine" || !busy(machine);
  };
  if (done()) return undefined;
  return new Promise((resolve) => {
    const end = universe.listen(({ touched, restored }) => {
      if (!(restored || touched.has(id)) || !done()) return;
      end();
      resolve();
    });
  });
}
