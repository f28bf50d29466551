import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { PortgroupRecord, SwitchRecord } from "../state/switch-record.ts";
import { datacenterOf } from "../state/tree.ts";

export interface Doer {
  readonly user: string;
  readonly chain: number;
}

/** Posts an event of a distributed switch, or of a port group with its switch. */
export function postNetwork(
  tx: Draft,
  by: Doer,
  type: string,
  of: SwitchRecord | PortgroupRecord,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const datacenter = tx.object(datacenterOf(tx, of.id));
  const name = escapeName(of.name);
  const about =
    of.kind === "VmwareDistributedVirtualSwitch"
      ? { dvs: { name, dvs: refOf(of) } }
      : { net: { name, network: refOf(of) }, ...dvsArgument(tx, of.switch) };
  post(tx, by, type, {
    more: {
      ...(datacenter?.kind === "Datacenter"
        ? { datacenter: { name: escapeName(datacenter.name), datacenter: refOf(datacenter) } }
        : {}),
      ...about,
      ...more,
    },
  });
}

function dvsArgument(tx: Draft, id: number) {
  const found = tx.object(id);
  return found?.kind === "VmwareDistributedVirtualSwitch"
    ? { dvs: { name: escapeName(found.name), dvs: refOf(found) } }
    : {};
}
