import type { Ref, vim } from "../../vim/index.ts";
import { isSubtype } from "../../vim/schema.ts";
import { machineId } from "../state/esx-id.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { EventRecord } from "../state/task-record.ts";
import { datacenterOf } from "../state/tree.ts";
import type { View } from "../state/view.ts";
import { eventMessage } from "./event-message.ts";
import { frozen } from "./frozen.ts";
import { iso } from "./values.ts";

type Places = Pick<vim.EventEx, "datacenter" | "computeResource" | "host">;

/** Where it happened, as far as that is still there. */
function placesOf(view: View, event: EventRecord): Places {
  const host = view.object(event.host);
  if (host?.kind !== "HostSystem") return {};
  const compute = view.object(host.parent);
  const datacenter = view.object(datacenterOf(view, host.id));
  return {
    ...(datacenter?.kind === "Datacenter"
      ? { datacenter: { name: escapeName(datacenter.name), datacenter: refOf(datacenter) } }
      : {}),
    ...(compute?.kind === "ClusterComputeResource" || compute?.kind === "ComputeResource"
      ? { computeResource: { name: escapeName(compute.name), computeResource: refOf(compute) } }
      : {}),
    host: { name: escapeName(host.name), host: refOf(host) },
  };
}

/** The vim25 view of an event, with its message. Objects have the names they have now, the machine the one it had then. */
export function eventView(view: View, event: EventRecord): vim.Event {
  const places = placesOf(view, event);
  const machine = view.object(event.vm);
  const vm: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: machineId(view, event.vm) };
  const scene = {
    vm: event.vmName,
    host: places.host?.name ?? "",
    datacenter: places.datacenter?.name ?? "",
  };
  const isVmEvent = event.eventTypeId === undefined && isSubtype(event.type, "VmEvent");
  const value: Readonly<Record<string, unknown>> & { readonly _typeName: string } = {
    _typeName: event.type,
    key: event.key,
    chainId: event.chain,
    createdTime: iso(event.time),
    userName: event.user,
    ...places,
    ...(event.vm === 0 ? {} : { vm: { name: escapeName(event.vmName), vm } }),
    fullFormattedMessage: eventMessage(event, scene),
    ...(isVmEvent ? { template: machine?.kind === "VirtualMachine" && machine.template } : {}),
    ...(event.eventTypeId === undefined ? {} : extended(event, vm)),
    ...event.more,
  };
  // Which type it is was decided when it was posted; the properties of that type came along in `more`.
  return frozen(value) as unknown as vim.Event;
}

const extended = ({ eventTypeId, vm, vmName }: EventRecord, ref: Ref<"VirtualMachine">) => ({
  eventTypeId,
  severity: "info",
  ...(vm === 0 ? {} : { objectId: ref.value, objectType: ref.type, objectName: escapeName(vmName) }),
});
