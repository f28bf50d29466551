import type { CallOptions } from "../progress.ts";
import { ManagedObject, type WireMethods } from "./managed-object.ts";

/** Its wire methods are put on the prototype by `defineWireMethods`. */
export interface ResourcePool extends WireMethods<"ResourcePool"> {}

/** A resource pool. */
export class ResourcePool extends ManagedObject<"ResourcePool"> {
  /** Makes a pool below it, without reservations or limits. */
  async createPool(name: string, options: CallOptions = {}): Promise<ResourcePool> {
    const unlimited = {
      reservation: 0,
      expandableReservation: true,
      limit: -1,
      shares: { level: "normal", shares: 0 },
    } as const;
    const spec = { cpuAllocation: unlimited, memoryAllocation: unlimited };
    const ref = await this.session.call<"ResourcePool", "CreateResourcePool">(
      this.ref,
      "CreateResourcePool",
      { name, spec },
      options,
    );
    return new ResourcePool(this.session, ref);
  }
}
