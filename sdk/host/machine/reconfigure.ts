import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import { rename } from "../state/tree.ts";
import { changeVersion } from "./change-version.ts";
import { applyConfig } from "./config-apply.ts";
import type { Doer } from "./create.ts";
import { requireNoTemplate } from "./lookup.ts";

/** Changes a machine as `ReconfigVM_Task` does, its name included. */
export function reconfigure(
  tx: Draft,
  by: Doer,
  machine: MachineRecord,
  spec: vim.VirtualMachineConfigSpec,
): MachineRecord {
  requireNoTemplateChange(machine, spec);
  if (spec.changeVersion !== undefined && spec.changeVersion !== "" && spec.changeVersion !== changeVersion(machine))
    throw fault(
      "ConcurrentAccess",
      {},
      `'${machine.name}' has been changed since it was read (its change version is ${changeVersion(machine)}). Read it again.`,
    );
  const changed = applyConfig(tx, machine, spec, "spec");
  const renamed = spec.name === undefined ? changed : rename(tx, changed, wantedName(spec.name));
  if (renamed.name !== machine.name)
    post(tx, by, "VmRenamedEvent", { vm: renamed, more: { oldName: machine.name, newName: renamed.name } });
  post(tx, by, "VmReconfiguredEvent", { vm: renamed, more: { configSpec: spec } });
  return renamed;
}

/** Of a template only the name and the notes can be changed. */
function requireNoTemplateChange(machine: MachineRecord, spec: vim.VirtualMachineConfigSpec): void {
  const set = Object.entries(spec).filter(([, value]) => value !== undefined);
  if (set.some(([field]) => !["_typeName", "name", "annotation", "changeVersion"].includes(field)))
    requireNoTemplate(machine, "changing its configuration");
}

/** The privileges that a change takes, by what it is about. */
export function privilegesFor(spec: vim.VirtualMachineConfigSpec): readonly string[] {
  const found = new Set<string>();
  for (const [field, value] of Object.entries(spec)) {
    if (value === undefined || field === "_typeName" || field === "changeVersion") continue;
    if (field === "deviceChange") for (const change of spec.deviceChange ?? []) found.add(devicePrivilege(change));
    else found.add(privileges[field] ?? "VirtualMachine.Config.Settings");
  }
  return [...found];
}

const privileges: Readonly<Record<string, string>> = {
  name: "VirtualMachine.Config.Rename",
  annotation: "VirtualMachine.Config.Annotation",
  numCPUs: "VirtualMachine.Config.CPUCount",
  numCoresPerSocket: "VirtualMachine.Config.CPUCount",
  memoryMB: "VirtualMachine.Config.Memory",
  extraConfig: "VirtualMachine.Config.AdvancedConfig",
  cpuAllocation: "VirtualMachine.Config.Resource",
  memoryAllocation: "VirtualMachine.Config.Resource",
  managedBy: "VirtualMachine.Config.ManagedBy",
};

function devicePrivilege({ device, operation, fileOperation }: vim.VirtualDeviceConfigSpec): string {
  if (device._typeName !== "VirtualDisk")
    return operation === "edit" ? "VirtualMachine.Config.EditDevice" : "VirtualMachine.Config.AddRemoveDevice";
  if (operation === "remove") return "VirtualMachine.Config.RemoveDisk";
  if (operation === "edit") return "VirtualMachine.Config.DiskExtend";
  return fileOperation === "create" ? "VirtualMachine.Config.AddNewDisk" : "VirtualMachine.Config.AddExistingDisk";
}
