import type { Ref } from "../../../sdk/index.ts";
import { kind } from "../kind.ts";
import { loadOne } from "../load.ts";
import { enumeration, GB, idOf, moment, number, reference, text, truth, whole } from "../values.ts";
import type { VIObject } from "../vi-object.ts";
import { folder } from "./folder.ts";
import { resourcePool } from "./resource-pool.ts";
import { vmGuest } from "./vm-guest.ts";
import { vmHost } from "./vm-host.ts";

const paths = [
  "runtime.powerState",
  "runtime.host",
  "runtime.instantCloneFrozen",
  "parent",
  "resourcePool",
  "config.hardware.numCPU",
  "config.hardware.numCoresPerSocket",
  "config.hardware.memoryMB",
  "config.annotation",
  "config.guestId",
  "config.version",
  "config.instanceUuid",
  "config.createDate",
  "config.template",
  "summary.storage.committed",
  "summary.storage.uncommitted",
] as const;

const gigabytes = (bytes: number): number => bytes / GB;

/** What `Get-VM` puts out. */
export const virtualMachine = kind("VirtualMachine", "VirtualMachine", paths, {
  PowerState: (values) => enumeration(values["runtime.powerState"]),
  Notes: (values) => text(values["config.annotation"]) ?? "",
  Guest: (_values, vm) => loadOne(vm, vmGuest, vm.ref),
  NumCpu: (values) => whole(values["config.hardware.numCPU"]),
  CoresPerSocket: (values) => whole(values["config.hardware.numCoresPerSocket"]),
  MemoryMB: (values) => whole(values["config.hardware.memoryMB"]),
  MemoryGB: (values) => number(values["config.hardware.memoryMB"]) / 1024,
  VMHostId: (values) => idText(values["runtime.host"]),
  VMHost: (values, vm) => loadOne(vm, vmHost, reference(values["runtime.host"])),
  FolderId: (values) => idText(values.parent),
  Folder: (values, vm) => loadOne(vm, folder, reference(values.parent)),
  ResourcePoolId: (values) => idText(values.resourcePool),
  ResourcePool: (values, vm) => loadOne(vm, resourcePool, reference(values.resourcePool)),
  SourceVM: async (_values, vm) => (await lineageOf(vm))?.source?.name ?? null,
  ForkCount: async (_values, vm) => (await lineageOf(vm))?.forks ?? null,
  Frozen: (values) => truth(values["runtime.instantCloneFrozen"]),
  HardwareVersion: (values) => text(values["config.version"]),
  PersistentId: (values) => text(values["config.instanceUuid"]),
  GuestId: (values) => text(values["config.guestId"]),
  CreateDate: (values) => moment(values["config.createDate"]),
  UsedSpaceGB: (values) => gigabytes(number(values["summary.storage.committed"])),
  ProvisionedSpaceGB: (values) =>
    gigabytes(number(values["summary.storage.committed"]) + number(values["summary.storage.uncommitted"])),
});

/** Where it comes from; undefined on a server that does not keep it. */
async function lineageOf({ connection: { session }, ref }: VIObject) {
  const { objectOf } = await import("../../../sdk/index.ts");
  const vm = objectOf(session, ref as Ref<"VirtualMachine">);
  return session.transport.lineage ? vm.lineage() : undefined;
}

const idText = (value: unknown): string | null => {
  const ref = reference(value);
  return ref ? idOf(ref) : null;
};
