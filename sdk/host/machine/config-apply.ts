import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { requirePorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { memoryAccount } from "../storage/accounts.ts";
import { homePath } from "../storage/home.ts";
import { formatPath } from "../storage/path.ts";
import { applyFields, requirePower, requireSimulated } from "./config-fields.ts";
import { changeDevices, type DeviceChanges } from "./device-change.ts";
import { editsOver } from "./device-edits.ts";
import { type ChangePath, deviceFault } from "./device-fault.ts";
import { devicesOf, isDisk } from "./devices.ts";
import { requireModeChange } from "./disk-mode.ts";
import { changeDisks } from "./disks.ts";
import { over, pairsOf } from "./extra-config.ts";
import { replaceMachine } from "./links.ts";
import { beginRedo } from "./redo.ts";
import { indexUuids, wantedUuid } from "./uuid.ts";

const MiB = 2 ** 20;

/**
 * Changes a machine as a specification says, all or nothing. What is not simulated is refused by name. Its name is another
 * matter, see `reconfigure.ts`.
 */
export function applyConfig(
  tx: Draft,
  before: MachineRecord,
  spec: vim.VirtualMachineConfigSpec,
  path: string,
): MachineRecord {
  requireSimulated(spec, path);
  requirePower(spec, before.power, before.name);
  requireFiles(tx, before, spec, path);
  const fields = applyFields(before.base, spec, before.power, path);
  const changes = spec.deviceChange ?? [];
  changes.forEach((change, index) => {
    const at = { list: `${path}.deviceChange`, index };
    requireSameFile(tx, before, change, at);
    requireModeChange(before, change, at);
  });
  const host = record(tx, "HostSystem", before.host);
  const hardware =
    changes.length === 0
      ? undefined
      : changeDevices(tx, host, before.power, devicesOf(before), changes, `${path}.deviceChange`);
  const pairs = pairsOf(spec.extraConfig, `${path}.extraConfig`);
  const uuid = spec.uuid === undefined ? before.uuid : wantedUuid(spec.uuid, `${path}.uuid`);
  const instanceUuid =
    spec.instanceUuid === undefined ? before.instanceUuid : freeInstanceUuid(tx, before, spec.instanceUuid, path);
  const memory =
    fields.memoryMB > before.base.memoryMB && before.power === "poweredOn"
      ? grownMemory(tx, before, fields.memoryMB)
      : before.memory;
  const after: MachineRecord = {
    ...before,
    ...withDevices({ ...before, base: fields }, hardware),
    disks: hardware ? changeDisks(tx, before, hardware.disks) : before.disks,
    extraConfig: over(before.extraConfig, pairs),
    uuid,
    instanceUuid,
    memory,
    changes: before.changes + 1,
  };
  indexUuids(tx, before, after);
  const changed = replaceMachine(tx, before, after.power === "poweredOn" ? beginRedo(tx, after) : after);
  if (hardware) requirePorts(tx, changed);
  return changed;
}

/** Edits in place go on top of the base, which forks go on sharing; another list of devices takes a base of its own. */
function withDevices(
  machine: MachineRecord,
  changes: DeviceChanges | undefined,
): Pick<MachineRecord, "base" | "devices"> {
  const { base, devices } = machine;
  if (!changes) return { base, devices };
  if (!changes.edited) return { base: { ...base, devices: changes.devices }, devices: undefined };
  const keys = new Set(changes.edited);
  const edits = Object.fromEntries(
    changes.devices.filter(({ key }) => keys.has(key)).map((device) => [device.key, device]),
  );
  return { base, devices: editsOver(base, { ...devices, ...edits }) };
}

function grownMemory(tx: Draft, machine: MachineRecord, memoryMB: number): number {
  const account = memoryAccount(tx, machine.host, machine.datastore, machine.forked);
  return tx.growSpace(machine.memory, memoryMB * MiB, machine.id, account);
}

/** A disk cannot be exchanged for another by an edit: that is to remove one and to add one. */
function requireSameFile(tx: Draft, machine: MachineRecord, change: vim.VirtualDeviceConfigSpec, at: ChangePath): void {
  const { device, operation } = change;
  if (operation !== "edit" || !isDisk(device) || !device.backing || !("fileName" in device.backing)) return;
  const layer = machine.disks.find(({ key }) => key === device.key)?.layer;
  const { fileName } = device.backing;
  if (!layer || fileName === "" || fileName === formatPath(record(tx, "Datastore", layer.datastore).name, layer.path))
    return;
  throw deviceFault(
    "InvalidDeviceBacking",
    at,
    "device.backing.fileName",
    `The disk's file cannot be changed to '${fileName}'.`,
  );
}

/** Two machines with one instance UUID could not be told apart. */
function freeInstanceUuid(tx: Draft, machine: MachineRecord, text: string, path: string): string {
  const uuid = wantedUuid(text, `${path}.instanceUuid`);
  const holder = tx.uuids.get(`instance:${uuid}`);
  if (holder === undefined || holder === machine.id) return uuid;
  throw invalidArgument(`${path}.instanceUuid`, `Another machine has the instance UUID ${uuid}.`);
}

/** Files stay where they are: a specification may only repeat that. */
function requireFiles(tx: Draft, machine: MachineRecord, spec: vim.VirtualMachineConfigSpec, path: string): void {
  const { vmPathName, ...others } = spec.files ?? {};
  for (const [field, value] of Object.entries(others))
    if (field !== "_typeName" && value !== undefined) throw notSupported(`${path}.files.${field}`);
  const { name } = record(tx, "Datastore", machine.datastore);
  const own = formatPath(name, homePath(machine, ".vmx"));
  if (vmPathName === undefined || vmPathName === own) return;
  throw fault(
    "InvalidVmConfig",
    { property: `${path}.files.vmPathName` },
    `The configuration of '${machine.name}' is at '${own}' and cannot be moved there.`,
  );
}
