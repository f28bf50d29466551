import type { PowerState } from "../../state/machine-record.ts";
import { escapeName } from "../../state/name.ts";
import type { List } from "./list.ts";

/** Power states as the REST API writes them. */
export const powerStates = {
  poweredOn: "POWERED_ON",
  poweredOff: "POWERED_OFF",
  suspended: "SUSPENDED",
} as const satisfies Record<PowerState, string>;

export const machineList: List<"VirtualMachine"> = {
  kinds: ["VirtualMachine"],
  ids: "vms",
  most: 4000,
  // Templates are in a list of their own.
  hides: ({ template }) => template,
  filters: {
    folders: ({ parent }, inventory) => inventory.idOf(parent),
    hosts: ({ host }, inventory) => inventory.idOf(host),
    clusters: ({ host }, inventory) => inventory.idOf(inventory.object(host)?.parent ?? 0),
    resource_pools: ({ pool }, inventory) => inventory.idOf(pool),
    power_states: ({ power }) => powerStates[power],
  },
  words: { power_states: Object.values(powerStates) },
  row: ({ id, name, power, base }, inventory) => ({
    memory_size_MiB: base.memoryMB,
    vm: inventory.idOf(id),
    name: escapeName(name),
    power_state: powerStates[power],
    cpu_count: base.numCPU,
  }),
};
