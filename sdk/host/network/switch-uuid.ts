import { machineOfUuid, uuidOf } from "../random.ts";
import type { PortgroupRecord, SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";

/** The UUID of a distributed switch, from its number, as vCenter writes them: `50 1c 9a ... 1f-9b 02 ...`. */
export function switchUuid(seed: number, number: number): string {
  const bytes = uuidOf(seed, "instance", number).replaceAll("-", "").match(/../g) ?? [];
  return `${bytes.slice(0, 8).join(" ")}-${bytes.slice(8).join(" ")}`;
}

/** The switch of a UUID, however that is written. It can be read back from the UUID: no index is kept. */
export function switchOfUuid(view: View, uuid: string): SwitchRecord | undefined {
  const digits = uuid.toLowerCase().replace(/[^0-9a-f]/g, "");
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ];
  const plain = groups.join("-");
  const found = view.object(machineOfUuid(view.seed, "instance", plain));
  if (found?.kind !== "VmwareDistributedVirtualSwitch") return undefined;
  return uuidOf(view.seed, "instance", found.id) === plain ? found : undefined;
}

/** The switch that a port group belongs to. */
export function switchOf(view: Pick<View, "object">, portgroup: PortgroupRecord): SwitchRecord {
  const found = view.object(portgroup.switch);
  if (found?.kind === "VmwareDistributedVirtualSwitch") return found;
  throw new Error(`The port group ${portgroup.id} has no switch.`);
}

/** The port groups of a switch, that of its uplinks included. */
export function* portgroupsOf(
  view: Pick<View, "object">,
  of: SwitchRecord,
): Generator<PortgroupRecord, void, undefined> {
  for (const id of of.portgroups.keys()) {
    const found = view.object(id);
    if (found?.kind === "DistributedVirtualPortgroup") yield found;
  }
}
