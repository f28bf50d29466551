import { fault, invalidArgument, invalidPowerState, invalidState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { hardwareNumber, newestHardware, requireHardware } from "./hardware-versions.ts";
import { replaceMachine } from "./links.ts";

/** The hardware version that an upgrade leads to. Throws InvalidState, InvalidPowerState, AlreadyUpgraded or InvalidArgument. */
export function plannedUpgrade(machine: MachineRecord, wanted: string | undefined): string {
  const { name, power, template, base } = machine;
  if (template) throw invalidState(`'${name}' is a template: it cannot be changed.`);
  if (power !== "poweredOff") throw invalidPowerState(power, "poweredOff", name);
  const to = requireHardware(wanted ?? newestHardware, "version");
  if (base.version === to)
    throw fault(
      "AlreadyUpgraded",
      {},
      `'${name}' has the hardware version ${to} already: there is nothing to upgrade.`,
    );
  if (hardwareNumber(base.version) < hardwareNumber(to)) return to;
  throw invalidArgument("version", `'${name}' has the hardware version ${base.version}: it cannot go back to ${to}.`);
}

export function upgradeHardware(tx: Draft, machine: MachineRecord, wanted: string | undefined): void {
  const version = plannedUpgrade(machine, wanted);
  replaceMachine(tx, machine, { ...machine, base: { ...machine.base, version }, changes: machine.changes + 1 });
}
