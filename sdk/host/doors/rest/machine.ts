import { numberIn } from "../../state/id.ts";
import { isKind } from "../../state/view.ts";
import { type Caller, ref } from "./caller.ts";
import { RestError } from "./error.ts";
import { listed } from "./list.ts";
import { clone, instantClone, relocate } from "./machine-copies.ts";
import { machineInfo } from "./machine-info.ts";
import { machineList } from "./machine-list.ts";
import type { Route } from "./route.ts";

/** Below /api a machine that runs is not deleted, as in vCenter. */
async function destroy(caller: Caller, id: string): Promise<void> {
  await caller.finish(ref("VirtualMachine", id), "Destroy_Task");
}

/** Templates are no machines to this API. */
function requireMachine(caller: Caller, id: string): void {
  const record = caller.inventory.object(numberIn(id));
  if (record && isKind(record, "VirtualMachine") && record.template) {
    throw new RestError("NOT_FOUND", `'${id}' is a template, not a virtual machine.`);
  }
}

export const machineRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/vm", run: (caller) => listed(machineList, caller) },
  {
    method: "GET",
    path: "/vcenter/vm/{vm}",
    run(caller, { vm = "" }) {
      requireMachine(caller, vm);
      return machineInfo(caller, vm);
    },
  },
  { method: "DELETE", path: "/vcenter/vm/{vm}", run: (caller, { vm = "" }) => destroy(caller, vm) },
  { method: "POST", path: "/vcenter/vm", action: "instant-clone", run: (caller) => instantClone(caller) },
  { method: "POST", path: "/vcenter/vm", action: "clone", run: (caller) => clone(caller) },
  { method: "POST", path: "/vcenter/vm/{vm}", action: "relocate", run: (caller, { vm = "" }) => relocate(caller, vm) },
  {
    method: "POST",
    path: "/vcenter/vm/{vm}",
    action: "unregister",
    run: (caller, { vm = "" }) => caller.call(ref("VirtualMachine", vm), "UnregisterVM"),
  },
];
