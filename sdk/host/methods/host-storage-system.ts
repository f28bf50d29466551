import type { Handlers } from "../call.ts";
import { fault } from "../faults.ts";

/** The storage of one host, `HostSystem.configManager.storageSystem`: what there is, is always found. */
export const hostStorageSystem: Handlers<"HostStorageSystem"> = {
  RescanAllHba() {},
  RescanVmfs() {},
  RefreshStorageSystem() {},
  RescanHba(_call, { hbaDevice }) {
    if (hbaDevice !== "vmhba0")
      throw fault("NotFound", {}, `The host has no storage adapter '${hbaDevice.slice(0, 100)}'.`);
  },
};
