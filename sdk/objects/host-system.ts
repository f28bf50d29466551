import type { CallOptions } from "../progress.ts";
import { ManagedObject, type WireMethods } from "./managed-object.ts";
import { VirtualMachine } from "./virtual-machine.ts";

/** Its wire methods are put on the prototype by `defineWireMethods`. */
export interface HostSystem extends WireMethods<"HostSystem"> {}

/** An ESXi host. */
export class HostSystem extends ManagedObject<"HostSystem"> {
  /** The machines on it. */
  async virtualMachines(options: CallOptions = {}): Promise<VirtualMachine[]> {
    return ((await this.get("vm", options)) ?? []).map((ref) => new VirtualMachine(this.session, ref));
  }
}
