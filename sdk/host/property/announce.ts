import { inputs } from "../properties/derivation.ts";
import { numberIn } from "../state/id.ts";
import type { InventoryRecord, Members } from "../state/record.ts";
import type { Change, Changes } from "./changes.ts";

/** Calls for each object whose properties depend on something that has changed elsewhere, with the input by which they do. */
export function announce(changes: Changes, on: (id: number, input: number) => void): void {
  for (const change of changes.objects) announceOne(change, on);
  for (const { before, after } of changes.tasks) {
    const task = after ?? before;
    if (task) on(numberIn(task.entity.value), inputs.tasks);
  }
}

function announceOne({ before, after }: Change<InventoryRecord>, on: (id: number, input: number) => void): void {
  const all = (members: Members | undefined, input: number) => {
    for (const id of members?.keys() ?? []) on(id, input);
  };
  const record = after ?? before;
  switch (record?.kind) {
    case "Datastore":
      if (before?.name !== after?.name) {
        all(vmsOf(record), inputs.datastores);
        all(record.hosts, inputs.datastores);
      }
      break;
    case "Network":
      if (before?.name !== after?.name) {
        all(vmsOf(record), inputs.networks);
        all(record.hosts, inputs.networks);
      }
      break;
    case "DistributedVirtualPortgroup":
      if (before?.name !== after?.name) all(vmsOf(record), inputs.networks);
      on(record.switch, inputs.members);
      break;
    case "VmwareDistributedVirtualSwitch":
      all(record.portgroups, inputs.members);
      for (const host of record.members.keys()) on(host, inputs.members);
      break;
    case "HostSystem":
      if (hostState(before) !== hostState(after)) {
        all(vmsOf(record), inputs.host);
        on(record.parent, inputs.hosts);
      }
      break;
    case "VirtualMachine":
      for (const machine of [before, after]) {
        if (machine?.kind !== "VirtualMachine") continue;
        on(machine.datastore, inputs.members);
        for (const disk of machine.disks) on(disk.layer.datastore, inputs.members);
      }
      break;
    case "VirtualMachineSnapshot":
      on(record.parent, inputs.members);
  }
}

const vmsOf = (record: InventoryRecord) => ("vms" in record ? record.vms : undefined);

/** What others show of a host. */
const hostState = (host: InventoryRecord | undefined) =>
  host?.kind === "HostSystem"
    ? `${host.connection} ${host.maintenance} ${host.cores} ${host.mhz} ${host.memoryBytes}`
    : undefined;
